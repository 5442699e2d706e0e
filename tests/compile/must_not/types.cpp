// SPDX-License-Identifier: Apache-2.0
// Mistakes with message types and action types. must_not_compile.py says how this file is read.

#include <eliot/eliot.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using namespace eliot::literals;

struct Coordinate {
    int x;
};
struct Opaque {};

inline constexpr auto count = eliot::field<"count", int>();
inline constexpr auto name = eliot::field<"name", std::string_view>();
inline constexpr auto kind = eliot::field_for_value<"kind">("pizza");
inline constexpr auto where = eliot::field<"where">([](const Coordinate& c) { return c.x; });
inline constexpr auto age = eliot::field<"age", std::optional<int>>();
inline constexpr auto id = eliot::field<"id", int, std::string_view>();

inline constexpr auto sold = eliot::message_type<"app:sold">(eliot::fields(count, name, kind));
inline constexpr auto moved = eliot::message_type<"app:moved">(eliot::fields(where));
inline constexpr auto known = eliot::message_type<"app:known">(eliot::fields(age, id));
inline constexpr auto sign_in = eliot::action_type<"app:signin">(eliot::fields(count, name, kind),
                                                                 eliot::fields(count, name, kind));

void right(const std::string& text, std::int64_t wide) {
    sold.log("count"_f = 1, "name"_f = text);
    sold("name"_f = text).bind("count"_f = 1).write();
    moved.log("where"_f = Coordinate{1});
    known.log("age"_f = std::nullopt, "id"_f = text);
    auto action = sign_in("count"_f = 1, "name"_f = text);
    action.add_success_fields("count"_f = static_cast<int>(wide));
}

#if CASE == 1 // a missing field in log
// expect: eliot: a field that this type declares is missing
// note: "app:sold"
// note: "name"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = 1);
}
#endif

#if CASE == 2 // an unknown field in log
// expect: eliot: this type declares no such field
// note: "app:sold"
// note: "colour"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = 1, "name"_f = text, "colour"_f = 2);
}
#endif

#if CASE == 3 // a repeated field in log
// expect: eliot: a field is given twice in one call
// note: "app:sold"
// note: "count"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = 1, "name"_f = text, "count"_f = 2);
}
#endif

#if CASE == 4 // a wrong type in log
// expect: eliot: the value is not of the field's declared type
// note: "app:sold"
// note: "count"
// note: const char (&)[6]
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = "three", "name"_f = text);
}
#endif

#if CASE == 5 // narrowing in log
// expect: (narrowing)
// note: "app:sold"
// note: "count"
// note: long
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = wide, "name"_f = text);
}
#endif

#if CASE == 6 // a fixed value in log
// expect: eliot: this field has a fixed value and is never passed
// note: "app:sold"
// note: "kind"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = 1, "name"_f = text, "kind"_f = "pasta");
}
#endif

#if CASE == 7 // an unknown field in a partial message
// expect: eliot: this type declares no such field
// note: "app:sold"
// note: "colour"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold("count"_f = 1, "name"_f = text, "colour"_f = 2);
}
#endif

#if CASE == 8 // a repeated field in a partial message
// expect: eliot: a field is given twice in one call
// note: "app:sold"
// note: "count"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold("count"_f = 1, "name"_f = text, "count"_f = 2);
}
#endif

#if CASE == 9 // a wrong type in a partial message
// expect: eliot: the value is not of the field's declared type
// note: "app:sold"
// note: "count"
// note: const char (&)[6]
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold("count"_f = "three", "name"_f = text);
}
#endif

#if CASE == 10 // narrowing in a partial message
// expect: (narrowing)
// note: "app:sold"
// note: "count"
// note: long
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold("count"_f = wide, "name"_f = text);
}
#endif

#if CASE == 11 // a fixed value in a partial message
// expect: eliot: this field has a fixed value and is never passed
// note: "app:sold"
// note: "kind"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold("count"_f = 1, "name"_f = text, "kind"_f = "pasta");
}
#endif

#if CASE == 12 // an unknown field in bind
// expect: eliot: this type declares no such field
// note: "app:sold"
// note: "colour"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold().bind("count"_f = 1, "name"_f = text, "colour"_f = 2);
}
#endif

#if CASE == 13 // a repeated field in bind
// expect: eliot: a field is given twice in one call
// note: "app:sold"
// note: "count"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold().bind("count"_f = 1, "name"_f = text, "count"_f = 2);
}
#endif

#if CASE == 14 // a wrong type in bind
// expect: eliot: the value is not of the field's declared type
// note: "app:sold"
// note: "count"
// note: const char (&)[6]
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold().bind("count"_f = "three", "name"_f = text);
}
#endif

#if CASE == 15 // narrowing in bind
// expect: (narrowing)
// note: "app:sold"
// note: "count"
// note: long
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold().bind("count"_f = wide, "name"_f = text);
}
#endif

#if CASE == 16 // a fixed value in bind
// expect: eliot: this field has a fixed value and is never passed
// note: "app:sold"
// note: "kind"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto message = sold().bind("count"_f = 1, "name"_f = text, "kind"_f = "pasta");
}
#endif

#if CASE == 17 // a missing field in a start
// expect: eliot: a field that this type declares is missing
// note: "app:signin"
// note: "name"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in("count"_f = 1);
}
#endif

#if CASE == 18 // an unknown field in a start
// expect: eliot: this type declares no such field
// note: "app:signin"
// note: "colour"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in("count"_f = 1, "name"_f = text, "colour"_f = 2);
}
#endif

#if CASE == 19 // a repeated field in a start
// expect: eliot: a field is given twice in one call
// note: "app:signin"
// note: "count"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in("count"_f = 1, "name"_f = text, "count"_f = 2);
}
#endif

#if CASE == 20 // a wrong type in a start
// expect: eliot: the value is not of the field's declared type
// note: "app:signin"
// note: "count"
// note: const char (&)[6]
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in("count"_f = "three", "name"_f = text);
}
#endif

#if CASE == 21 // narrowing in a start
// expect: (narrowing)
// note: "app:signin"
// note: "count"
// note: long
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in("count"_f = wide, "name"_f = text);
}
#endif

#if CASE == 22 // a fixed value in a start
// expect: eliot: this field has a fixed value and is never passed
// note: "app:signin"
// note: "kind"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in("count"_f = 1, "name"_f = text, "kind"_f = "pasta");
}
#endif

#if CASE == 23 // a missing field in a start as task
// expect: eliot: a field that this type declares is missing
// note: "app:signin"
// note: "name"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in.as_task("count"_f = 1);
}
#endif

#if CASE == 24 // an unknown field in a start as task
// expect: eliot: this type declares no such field
// note: "app:signin"
// note: "colour"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in.as_task("count"_f = 1, "name"_f = text, "colour"_f = 2);
}
#endif

#if CASE == 25 // a repeated field in a start as task
// expect: eliot: a field is given twice in one call
// note: "app:signin"
// note: "count"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in.as_task("count"_f = 1, "name"_f = text, "count"_f = 2);
}
#endif

#if CASE == 26 // a wrong type in a start as task
// expect: eliot: the value is not of the field's declared type
// note: "app:signin"
// note: "count"
// note: const char (&)[6]
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in.as_task("count"_f = "three", "name"_f = text);
}
#endif

#if CASE == 27 // narrowing in a start as task
// expect: (narrowing)
// note: "app:signin"
// note: "count"
// note: long
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in.as_task("count"_f = wide, "name"_f = text);
}
#endif

#if CASE == 28 // a fixed value in a start as task
// expect: eliot: this field has a fixed value and is never passed
// note: "app:signin"
// note: "kind"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto action = sign_in.as_task("count"_f = 1, "name"_f = text, "kind"_f = "pasta");
}
#endif

#if CASE == 29 // a missing field in an unscoped start
// expect: eliot: a field that this type declares is missing
// note: "app:signin"
// note: "name"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    eliot::TypedAction action{sign_in, "count"_f = 1};
}
#endif

#if CASE == 30 // an unknown field in an unscoped start
// expect: eliot: this type declares no such field
// note: "app:signin"
// note: "colour"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    eliot::TypedAction action{sign_in, "count"_f = 1, "name"_f = text, "colour"_f = 2};
}
#endif

#if CASE == 31 // a repeated field in an unscoped start
// expect: eliot: a field is given twice in one call
// note: "app:signin"
// note: "count"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    eliot::TypedAction action{sign_in, "count"_f = 1, "name"_f = text, "count"_f = 2};
}
#endif

#if CASE == 32 // a wrong type in an unscoped start
// expect: eliot: the value is not of the field's declared type
// note: "app:signin"
// note: "count"
// note: const char (&)[6]
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    eliot::TypedAction action{sign_in, "count"_f = "three", "name"_f = text};
}
#endif

#if CASE == 33 // narrowing in an unscoped start
// expect: (narrowing)
// note: "app:signin"
// note: "count"
// note: long
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    eliot::TypedAction action{sign_in, "count"_f = wide, "name"_f = text};
}
#endif

#if CASE == 34 // a fixed value in an unscoped start
// expect: eliot: this field has a fixed value and is never passed
// note: "app:signin"
// note: "kind"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    eliot::TypedAction action{sign_in, "count"_f = 1, "name"_f = text, "kind"_f = "pasta"};
}
#endif

#if CASE == 35 // an unknown field in success fields
// expect: eliot: this type declares no such field
// note: "app:signin"
// note: "colour"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto running = sign_in("count"_f = 1, "name"_f = text);
    running.add_success_fields("count"_f = 1, "name"_f = text, "colour"_f = 2);
}
#endif

#if CASE == 36 // a repeated field in success fields
// expect: eliot: a field is given twice in one call
// note: "app:signin"
// note: "count"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto running = sign_in("count"_f = 1, "name"_f = text);
    running.add_success_fields("count"_f = 1, "name"_f = text, "count"_f = 2);
}
#endif

#if CASE == 37 // a wrong type in success fields
// expect: eliot: the value is not of the field's declared type
// note: "app:signin"
// note: "count"
// note: const char (&)[6]
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto running = sign_in("count"_f = 1, "name"_f = text);
    running.add_success_fields("count"_f = "three", "name"_f = text);
}
#endif

#if CASE == 38 // narrowing in success fields
// expect: (narrowing)
// note: "app:signin"
// note: "count"
// note: long
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto running = sign_in("count"_f = 1, "name"_f = text);
    running.add_success_fields("count"_f = wide, "name"_f = text);
}
#endif

#if CASE == 39 // a fixed value in success fields
// expect: eliot: this field has a fixed value and is never passed
// note: "app:signin"
// note: "kind"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto running = sign_in("count"_f = 1, "name"_f = text);
    running.add_success_fields("count"_f = 1, "name"_f = text, "kind"_f = "pasta");
}
#endif

#if CASE == 40 // a missing field in write
// expect: eliot: a field that this type declares is missing
// note: "app:sold"
// note: "name"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold("count"_f = 1).write();
}
#endif

#if CASE == 41 // a result of a type that declares none
// expect: eliot: this type declares no such field
// note: "app:signin"
// note: "result"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    auto running = sign_in("count"_f = 1, "name"_f = text);
    running.result(3);
}
#endif

#if CASE == 42 // a fraction for an integer
// expect: (narrowing)
// note: "app:sold"
// note: "count"
// note: double
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = 3.5, "name"_f = text);
}
#endif

#if CASE == 43 // a truth value for an integer
// expect: eliot: the value is not of the field's declared type
// note: "count"
// note: bool
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = true, "name"_f = text);
}
#endif

#if CASE == 44 // narrowing inside an optional
// expect: (narrowing)
// note: "app:known"
// note: "age"
// note: optional<long
// note: optional<int>
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    known.log("age"_f = std::optional<std::int64_t>{wide}, "id"_f = 1);
}
#endif

#if CASE == 45 // none of several types
// expect: eliot: the value is not of the field's declared type
// note: "app:known"
// note: "id"
// note: bool
// note: OneOf<int, std::basic_string_view<char
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    known.log("age"_f = 1, "id"_f = true);
}
#endif

#if CASE == 46 // a value that the serializer does not take
// expect: eliot: the field's serializer does not take this value
// note: "app:moved"
// note: "where"
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    moved.log("where"_f = 1);
}
#endif

#if CASE == 47 // a value without a name
// expect: is not written "name"_f = value
// note: "app:sold"
// note: int
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log(1, "name"_f = text);
}
#endif

#if CASE == 48 // a name known at run time
// expect: is not written "name"_f = value
// note: "app:sold"
// note: RuntimeField<
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    sold.log("count"_f = 1, eliot::named(text, 1));
}
#endif

#if CASE == 49 // a list of fields without a field
// expect: eliot: fields(...) takes what field(...) and field_for_value(...) return
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    (void)eliot::fields(1);
}
#endif

#if CASE == 50 // two fields of one name
// expect: eliot: two fields of one type have the same name
// note: "count"
// errors: 1
// lines: 15
void wrong([[maybe_unused]] const std::string& text, [[maybe_unused]] std::int64_t wide) {
    (void)eliot::fields(count, eliot::field<"count", long>());
}
#endif

#if CASE == 51 // a reserved name in a type
// expect: eliot: this field name is reserved
inline constexpr auto wrong = eliot::field<"task_level", int>();
#endif

#if CASE == 52 // a name with an underscore in a type
// expect: eliot: field names must not start with an underscore
inline constexpr auto wrong = eliot::field<"_private", int>();
#endif

#if CASE == 53 // a reserved name of a field with a serializer
// expect: eliot: this field name is reserved
inline constexpr auto wrong = eliot::field<"message_type">([](int x) { return x; });
#endif

#if CASE == 54 // a reserved name of a fixed value
// expect: eliot: this field name is reserved
inline constexpr auto wrong = eliot::field_for_value<"timestamp">(1);
#endif

#if CASE == 55 // a field whose type cannot be written
// expect: eliot: this type has no encoding
// expect: Opaque
inline constexpr auto wrong = eliot::field<"x", Opaque>();
#endif

#if CASE == 56 // a fixed value that cannot be written
// expect: eliot: this type has no encoding
// expect: Opaque
inline constexpr auto wrong = eliot::field_for_value<"x">(Opaque{});
#endif

#if CASE == 57 // a field without types and serializer
// expect: eliot: a field needs the types of its value
inline constexpr auto wrong = eliot::field<"x">("a description");
#endif

#if CASE == 58 // a serializer whose result cannot be written
// expect: eliot: this type has no encoding
// expect: Opaque
inline constexpr auto bad = eliot::field<"x">([](int) { return Opaque{}; });
void wrong() { eliot::message_type<"m">(eliot::fields(bad)).log("x"_f = 1); }
#endif

#if CASE == 59 // a validator that does not take the type of the field
// expect: eliot: the validator of a field takes a value of each of the field's types
inline constexpr auto wrong = eliot::field<"x", int>("", [](Opaque) {});
#endif

#if CASE == 60 // a typed action that ends at once
// expect: ignoring return
void wrong() { sign_in("count"_f = 1, "name"_f = "x"); }
#endif

int main() {}
