// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/schema.hpp>

#include "support/catch.hpp"

using eliot::FieldSchema;
using eliot::JsonKind;
using eliot::JsonKinds;

TEST_CASE("a set of kinds allows what it was made of and nothing else") {
    const JsonKinds kinds = JsonKinds{JsonKind::string} | JsonKind::null;
    CHECK(kinds.allow(JsonKind::string));
    CHECK(kinds.allow(JsonKind::null));
    CHECK_FALSE(kinds.allow(JsonKind::boolean));
    CHECK_FALSE(kinds.allow(JsonKind::integer));
    CHECK_FALSE(kinds.empty());
    CHECK(JsonKinds{}.empty());
}

TEST_CASE("an integer is a number, a number is no integer") {
    CHECK(JsonKinds{JsonKind::number}.allow(JsonKind::integer));
    CHECK_FALSE(JsonKinds{JsonKind::integer}.allow(JsonKind::number));
}

TEST_CASE("any kind is every kind") {
    for (const JsonKind kind :
         {JsonKind::null, JsonKind::boolean, JsonKind::integer, JsonKind::number, JsonKind::string,
          JsonKind::array, JsonKind::object}) {
        CHECK(JsonKinds::any().allow(kind));
    }
}

TEST_CASE("a schema's fields are found by name") {
    static constexpr FieldSchema fields[] = {{"count", JsonKind::integer, false, {}},
                                             {"kind", JsonKind::string, true, {}}};
    static constexpr eliot::Schema schema{"shop:sale", false, {fields, 2}, {}};
    STATIC_REQUIRE(schema.fields.size() == 2);
    CHECK(schema.fields.find("kind") == &fields[1]);
    CHECK(schema.fields.find("kin") == nullptr);
    CHECK(schema.success.begin() == schema.success.end());
}
