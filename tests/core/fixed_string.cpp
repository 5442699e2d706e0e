// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/fixed_string.hpp>

#include "support/catch.hpp"

#include <string_view>
#include <type_traits>

namespace {

template <eliot::FixedString Name>
struct Named {
    static constexpr std::string_view name = Name.view();
};

}

TEST_CASE("a literal is a template argument") {
    STATIC_REQUIRE(Named<"count">::name == "count");
    STATIC_REQUIRE(std::is_same_v<Named<"count">, Named<"count">>);
    STATIC_REQUIRE_FALSE(std::is_same_v<Named<"count">, Named<"other">>);
}

TEST_CASE("the closing NUL is not part of the text") {
    constexpr eliot::FixedString name{"abc"};
    STATIC_REQUIRE(sizeof(name.data) == 4);
    STATIC_REQUIRE(name.size() == 3);
    STATIC_REQUIRE(name.view() == "abc");
    STATIC_REQUIRE(eliot::FixedString{""}.view().empty());
}

TEST_CASE("an embedded NUL is part of the text") {
    STATIC_REQUIRE(Named<"a\0b">::name == std::string_view{"a\0b", 3});
}

TEST_CASE("texts are compared by what they say") {
    STATIC_REQUIRE(eliot::FixedString{"abc"} == eliot::FixedString{"abc"});
    STATIC_REQUIRE(eliot::FixedString{"abc"} != eliot::FixedString{"abd"});
    STATIC_REQUIRE(eliot::FixedString{"abc"} != eliot::FixedString{"ab"});
}
