// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/validated_field.hpp>

#include <eliot/types/message_type.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"
#include "support/validating.hpp"

#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace eliot::literals;
using Failures = std::vector<std::string>;

namespace {

constexpr auto age = eliot::field<"age", std::optional<int>>(
    "Age in years, or null.", [](const std::optional<int>& value) {
        if (value && *value < 0) {
            throw eliot::ValidationError{"age must not be negative"};
        }
    });
constexpr auto person = eliot::message_type<"person">(eliot::fields(age));

void check_name(std::string_view name) {
    if (name.empty()) {
        throw eliot::ValidationError{"a name has letters"};
    }
}

struct Checker {
    Failures* seen;
    void operator()(int number) const { seen->push_back("int " + std::to_string(number)); }
    void operator()(const std::string& text) const { seen->push_back("text " + text); }
};

}

TEST_CASE("a validator does not run while nobody validates") {
    Lines log;
    person.log("age"_f = -1);
    CHECK(log.text() == "/1 person {\"age\":-1}\n");
}

TEST_CASE("a validator refuses while tests validate, and the line is written all the same") {
    Lines log;
    Validating validating;
    person.log("age"_f = -1);
    person.log("age"_f = 12);
    person.log("age"_f = std::nullopt);
    person.log("age"_f = std::optional<int>{-7});
    CHECK(validating.failures ==
          Failures{"person age: age must not be negative", "person age: age must not be negative"});
    CHECK(log.messages().size() == 4);
}

TEST_CASE("a validator gets a value of the declared type") {
    Lines log;
    Validating validating;
    constexpr auto name = eliot::field<"name", std::string_view>("", &check_name);
    const auto type = eliot::message_type<"m">(eliot::fields(name));
    const std::string empty;
    type.log("name"_f = empty);
    type.log("name"_f = "");
    type.log("name"_f = "Bob");
    type.log("name"_f = [] { return std::string{}; });
    CHECK(validating.failures == Failures(3, "m name: a name has letters"));
}

TEST_CASE("of several declared types the validator gets the one that fits") {
    Lines log;
    Validating validating;
    Failures seen;
    const auto type = eliot::message_type<"m">(
        eliot::fields(eliot::field<"id", int, std::string>("", Checker{&seen})));
    type.log("id"_f = 7);
    type.log("id"_f = "seven");
    type.log("id"_f = std::string{"VII"});
    CHECK(seen == Failures{"int 7", "text seven", "text VII"});
    CHECK(validating.failures.empty());
}

TEST_CASE("the validator of a field with a serializer gets what is passed") {
    Lines log;
    Validating validating;
    constexpr auto letter = eliot::field<"letter">(
        [](char c) { return static_cast<int>(c); }, "A letter's code.",
        [](char c) {
            if (std::isalpha(static_cast<unsigned char>(c)) == 0) {
                throw eliot::ValidationError{std::string{c} + " is no letter"};
            }
        });
    constexpr auto type = eliot::message_type<"m">(eliot::fields(letter));
    type.log("letter"_f = 'A');
    type.log("letter"_f = '1');
    CHECK(log.text() == "/1 m {\"letter\":65}\n/1 m {\"letter\":49}\n");
    CHECK(validating.failures == Failures{"m letter: 1 is no letter"});
    STATIC_REQUIRE(letter.description() == "A letter's code.");
}

TEST_CASE("a validator may throw anything") {
    Lines log;
    Validating validating;
    constexpr auto type =
        eliot::message_type<"m">(eliot::fields(eliot::field<"x", int>("", [](int) { throw 3; })));
    type.log("x"_f = 1);
    CHECK(validating.failures == Failures{"m x: something else"});
}

TEST_CASE("a null pointer to text is not handed to a validator of text") {
    Lines log;
    Validating validating;
    constexpr auto type = eliot::message_type<"m">(
        eliot::fields(eliot::field<"name", std::string_view>("", &check_name)));
    const char* nothing = nullptr;
    type.log("name"_f = nothing);
    CHECK(log.text() == "/1 m {\"name\":null}\n");
    CHECK(validating.failures.empty());
}
