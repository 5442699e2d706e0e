// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/type_name.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>

using eliot::testing::TypeName;

namespace {

struct SomeMessageType {
    static constexpr std::string_view message_type() { return "app:message"; }
};
struct SomeActionType {
    static constexpr std::string_view action_type() { return "app:action"; }
};

}

TEST_CASE("a type is named by text or by the object that describes it") {
    CHECK(TypeName{"a"}.text() == "a");
    CHECK(TypeName{std::string{"a"}}.text() == "a");
    CHECK(TypeName{std::string_view{"a"}}.text() == "a");
    CHECK(TypeName{SomeMessageType{}}.text() == "app:message");
    CHECK(TypeName{SomeActionType{}}.text() == "app:action");
    STATIC_REQUIRE(eliot::testing::MessageTypeLike<SomeMessageType>);
    STATIC_REQUIRE(eliot::testing::ActionTypeLike<SomeActionType>);
    STATIC_REQUIRE_FALSE(eliot::testing::MessageTypeLike<SomeActionType>);
    STATIC_REQUIRE_FALSE(eliot::testing::TypeText<SomeActionType>);
}
