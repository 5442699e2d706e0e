// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/field_for_value.hpp>

#include <eliot/types/message_type.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

using namespace eliot::literals;

TEST_CASE("a field with a fixed value is written and never passed") {
    constexpr auto type = eliot::message_type<"m">(
        eliot::fields(eliot::field_for_value<"kind">("pizza", "Always pizza."),
                      eliot::field<"count", int>(), eliot::field_for_value<"version">(2)));
    Lines log;
    type.log("count"_f = 3);
    CHECK(log.text() == "/1 m {\"count\":3,\"kind\":\"pizza\",\"version\":2}\n");
    CHECK_THAT(log.raw().at(0),
               Catch::Matchers::EndsWith(R"("kind":"pizza","count":3,"version":2})"));
}

TEST_CASE("a fixed value has its own type, text that of a view") {
    constexpr auto kind = eliot::field_for_value<"kind">("pizza", "Always pizza.");
    STATIC_REQUIRE(
        std::is_same_v<decltype(kind), const eliot::FieldForValue<"kind", std::string_view>>);
    STATIC_REQUIRE(kind.value() == "pizza");
    STATIC_REQUIRE(kind.description() == "Always pizza.");
    STATIC_REQUIRE(eliot::field_for_value<"pi">(3.5).value() == 3.5);
    STATIC_REQUIRE(eliot::field_for_value<"on">(true).value());
    CHECK(eliot::field_for_value<"text">(std::string{"kept"}).value() == "kept");
}

TEST_CASE("a fixed value may be anything loggable") {
    Lines log;
    const auto type =
        eliot::message_type<"m">(eliot::fields(eliot::field_for_value<"list">(std::array{1, 2}),
                                               eliot::field_for_value<"nothing">(nullptr)));
    type.log();
    CHECK(log.text() == "/1 m {\"list\":[1,2],\"nothing\":null}\n");
}
