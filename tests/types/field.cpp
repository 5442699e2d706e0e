// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/field.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <type_traits>

TEST_CASE("a field has a name, types and a description") {
    constexpr auto count = eliot::field<"count", int>("The number of items.");
    STATIC_REQUIRE(std::is_same_v<decltype(count), const eliot::Field<"count", int>>);
    STATIC_REQUIRE(count.name() == "count");
    STATIC_REQUIRE(count.description() == "The number of items.");
}

TEST_CASE("a description may be left out") {
    constexpr auto name = eliot::field<"name", std::string_view>();
    STATIC_REQUIRE(name.description().empty());
}

TEST_CASE("a field may have several types, and a description that is text like they are") {
    constexpr auto age = eliot::field<"age", int, std::string>("In years, or in words.");
    STATIC_REQUIRE(std::is_same_v<decltype(age), const eliot::Field<"age", int, std::string>>);
    constexpr auto name = eliot::field<"name", std::string_view>("The name.");
    STATIC_REQUIRE(name.description() == "The name.");
}

TEST_CASE("const and references are no part of a field's type") {
    constexpr auto name = eliot::field<"name", const std::string&>();
    STATIC_REQUIRE(std::is_same_v<decltype(name), const eliot::Field<"name", std::string>>);
}
