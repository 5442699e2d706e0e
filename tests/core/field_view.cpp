// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/field_view.hpp>

#include "support/catch.hpp"

#include <type_traits>

TEST_CASE("a view is a plain value of 32 bytes: a call site only stores it") {
    STATIC_REQUIRE(sizeof(eliot::detail::FieldView) == 32);
    STATIC_REQUIRE(std::is_trivially_copyable_v<eliot::detail::FieldView>);
    STATIC_REQUIRE(std::is_trivially_destructible_v<eliot::detail::FieldView>);
}
