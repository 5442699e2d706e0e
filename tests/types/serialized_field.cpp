// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/serialized_field.hpp>

#include <eliot/types/message_type.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <array>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

using namespace eliot::literals;

namespace {

struct Position {
    int x;
    int y;
    int sum() const { return x + y; }
};
std::array<int, 2> to_array(const Position& c) { return {c.x, c.y}; }

constexpr Position where{1, 2};

template <class Field>
std::string logged_with(const Field& location) {
    Lines log;
    eliot::message_type<"m">(eliot::fields(location)).log("location"_f = where);
    return log.text();
}

}

TEST_CASE("a serializer may be a lambda") {
    CHECK(logged_with(eliot::field<"location">([](const Position& c) { return c.x; })) ==
          "/1 m {\"location\":1}\n");
}

TEST_CASE("a serializer may be a function") {
    CHECK(logged_with(eliot::field<"location">(&to_array)) == "/1 m {\"location\":[1,2]}\n");
    CHECK(logged_with(eliot::field<"location">(to_array, "Where.")) ==
          "/1 m {\"location\":[1,2]}\n");
}

TEST_CASE("a serializer may have state") {
    int factor = 10;
    CHECK(logged_with(eliot::field<"location">(
              [factor](const Position& c) { return c.x * factor; })) == "/1 m {\"location\":10}\n");
}

TEST_CASE("a serializer may be a pointer to a member") {
    CHECK(logged_with(eliot::field<"location">(&Position::y)) == "/1 m {\"location\":2}\n");
    CHECK(logged_with(eliot::field<"location">(&Position::sum)) == "/1 m {\"location\":3}\n");
}

TEST_CASE("a serializer may return anything loggable") {
    CHECK(logged_with(eliot::field<"location">([](const Position& c) {
              return std::map<std::string, std::optional<int>>{{"x", c.x}, {"y", std::nullopt}};
          })) == "/1 m {\"location\":{\"x\":1,\"y\":null}}\n");
}

TEST_CASE("a serializer's value may have a base, and be changed by nobody") {
    struct Derived : Position {};
    Derived derived{{3, 4}};
    Lines log;
    eliot::message_type<"m">(eliot::fields(eliot::field<"location">(&to_array)))
        .log("location"_f = derived);
    CHECK(log.text() == "/1 m {\"location\":[3,4]}\n");
}

TEST_CASE("a serializer that throws costs only its own field, and is told twice") {
    constexpr auto broken =
        eliot::field<"broken">([](int) -> int { throw std::runtime_error{"no such luck"}; });
    constexpr auto type =
        eliot::message_type<"m">(eliot::fields(broken, eliot::field<"other", int>()));
    Lines log;
    type.log("broken"_f = 1, "other"_f = 2);
    const auto messages = log.messages();
    REQUIRE(messages.size() == 3);
    CHECK(messages[0].at("broken") == "eliot: serialization failed: no such luck");
    CHECK(messages[0].at("other") == 2);
    CHECK(messages[1].at("message_type") == "eliot:serialization_failure");
    CHECK(messages[1].at("message") == "m: field \"broken\": no such luck");
    CHECK(messages[2].at("message_type") == "eliot:traceback");
    CHECK(messages[2].at("exception") == "std::runtime_error");
    CHECK(messages[2].at("reason") == "no such luck");
}
