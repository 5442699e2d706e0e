// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/fields.hpp>

#include <eliot/types/field_for_value.hpp>

#include "support/catch.hpp"

#include <string_view>

namespace {

constexpr auto count = eliot::field<"count", int>("The number of items.");
constexpr auto some_fields = eliot::fields(count, eliot::field<"name", std::string_view>(),
                                           eliot::field_for_value<"kind">("pizza"));

}

TEST_CASE("fields keep their order and say what they are") {
    constexpr auto described = some_fields.describe();
    STATIC_REQUIRE(described.size() == 3);
    STATIC_REQUIRE(described[0].name == "count");
    STATIC_REQUIRE(described[0].description == "The number of items.");
    STATIC_REQUIRE(described[0].kinds == eliot::JsonKinds{eliot::JsonKind::integer});
    STATIC_REQUIRE_FALSE(described[0].constant);
    STATIC_REQUIRE(described[1].name == "name");
    STATIC_REQUIRE(described[2].constant);
}

TEST_CASE("the static schema knows names and kinds, not descriptions") {
    constexpr eliot::FieldSchemas schema = decltype(some_fields)::schema;
    STATIC_REQUIRE(schema.size() == 3);
    STATIC_REQUIRE(schema.find("count")->description.empty());
    STATIC_REQUIRE(schema.find("kind")->constant);
    STATIC_REQUIRE(schema.find("other") == nullptr);
}

TEST_CASE("a list may be empty") {
    constexpr auto none = eliot::fields();
    STATIC_REQUIRE(none.describe().size() == 0);
    int seen = 0;
    none.for_each([&](const auto&) { ++seen; });
    CHECK(seen == 0);
}

TEST_CASE("a field may stand in several lists") {
    constexpr auto other = eliot::fields(eliot::field<"x", int>(), count);
    STATIC_REQUIRE(other.describe()[1].name == "count");
    STATIC_REQUIRE(some_fields.describe()[0].name == "count");
}
