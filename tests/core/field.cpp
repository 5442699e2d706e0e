// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/field.hpp>

#include "support/catch.hpp"

#include <string>
#include <type_traits>

using namespace eliot::literals;

TEST_CASE("a field refers to its value and knows its name") {
    int value = 3;
    auto field = "count"_f = value;
    CHECK(field.name() == "count");
    CHECK(&field.value == &value);
    STATIC_REQUIRE(std::is_same_v<decltype("x"_f = 1), eliot::NamedField<"x", int>>);
    STATIC_REQUIRE(std::is_same_v<decltype("x"_f = value), eliot::NamedField<"x", int&>>);
    const std::string name = "run time";
    CHECK(eliot::named(name, value).name == "run time");
}

TEST_CASE("what may stand where fields are expected") {
    STATIC_REQUIRE(eliot::FieldArgument<decltype("x"_f = 1)>);
    STATIC_REQUIRE(eliot::FieldArgument<decltype(eliot::named("x", 1))>);
    STATIC_REQUIRE_FALSE(eliot::FieldArgument<int>);
}

TEST_CASE("the framework's names are reserved") {
    CHECK(eliot::detail::is_reserved("task_uuid"));
    CHECK(eliot::detail::is_reserved("action_status"));
    CHECK_FALSE(eliot::detail::is_reserved("task"));
    CHECK_FALSE(eliot::detail::is_reserved(""));
}
