// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/encoded_fields.hpp>

#include <eliot/encode/make_view.hpp>

#include "support/catch.hpp"

#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace eliot::literals;
using namespace eliot::detail;

namespace {

std::string text_of(const EncodedFields& fields) {
    std::string text;
    for (auto at = fields.first(); at.more(); at.advance()) {
        text += at.entry().key;
        text += at.entry().value;
    }
    return text;
}

} // namespace

TEST_CASE("fields are encoded when they are added, the last of one name wins") {
    EncodedFields fields;
    FieldFailures failures;
    std::string value = "one";
    fields.add(make_view("a"_f = value), failures);
    value = "changed";
    fields.add(make_view("b"_f = 2), failures);
    fields.add(make_view(eliot::named("a", 3)), failures);
    CHECK(text_of(fields) == R"(,"b":2,"a":3)");
    CHECK(fields.find(",\"b\":") == "2");
    CHECK(fields.find(",\"c\":").empty());
}

TEST_CASE("reserved names known only at run time are left out") {
    EncodedFields fields;
    FieldFailures failures;
    fields.add(make_view(eliot::named("task_uuid", 1)), failures);
    CHECK(fields.empty());
}

TEST_CASE("a long value fits, and clearing gives its memory back") {
    EncodedFields fields;
    FieldFailures failures;
    const std::string text(100'000, 'x');
    fields.add(make_view("long"_f = text), failures);
    CHECK(fields.find(",\"long\":").size() == text.size() + 2);
    fields.clear();
    CHECK(fields.empty());
    fields.add(make_view("short"_f = 1), failures);
    CHECK(text_of(fields) == R"(,"short":1)");
}

TEST_CASE("a value that throws leaves its text and a failure") {
    EncodedFields fields;
    FieldFailures failures;
    fields.add(make_view("bad"_f = []() -> int { throw std::runtime_error{"no"}; }), failures);
    CHECK(text_of(fields) == R"(,"bad":"eliot: serialization failed: no")");
    FieldFailure* failure = failures.take();
    REQUIRE(failure != nullptr);
    CHECK(failure->field == "bad");
    CHECK(failure->reason == "no");
    delete failure;
    CHECK(failures.empty());
}

TEST_CASE("all fields of another list are added, and a list is moved") {
    EncodedFields a;
    EncodedFields b;
    FieldFailures failures;
    a.add(make_view("x"_f = 1), failures);
    b.add(make_view("x"_f = 2), failures);
    b.add(make_view("y"_f = 3), failures);
    a.add_all(b);
    const EncodedFields moved = std::move(a);
    CHECK(text_of(moved) == R"(,"x":2,"y":3)");
}

TEST_CASE("in one call, too, the last of one name wins") {
    EncodedFields fields;
    FieldFailures failures;
    const FieldView views[] = {make_view("a"_f = 1), make_view(eliot::named("b", 2)),
                               make_view("b"_f = 3), make_view(eliot::named("a", 4))};
    fields.add(views, 4, failures);
    CHECK(text_of(fields) == R"(,"b":3,"a":4)");
    fields.add(views, 1, failures);
    CHECK(text_of(fields) == R"(,"b":3,"a":1)");
}

TEST_CASE("fields added and replaced at random are those of a plain list, and copied as one text") {
    std::mt19937 random{1};
    for (int round = 0; round < 200; ++round) {
        EncodedFields fields;
        FieldFailures failures;
        std::vector<std::pair<std::string, std::string>> expected;
        for (int i = 0; i < 60; ++i) {
            const std::string name = "field" + std::to_string(random() % 40);
            const std::string value(random() % 300, 'v');
            std::erase_if(expected, [&](const auto& field) { return field.first == name; });
            expected.emplace_back(name, value);
            fields.add(make_view(eliot::named(name, value)), failures);
        }
        std::string text;
        for (const auto& [name, value] : expected) {
            text += ",\"" + name + "\":\"" + value + '"';
        }
        REQUIRE(text_of(fields) == text);
        std::vector<char> copy(fields.size() + 64);
        REQUIRE(std::string(copy.data(), fields.copy_to(copy.data())) == text);
    }
}
