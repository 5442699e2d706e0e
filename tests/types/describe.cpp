// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/describe.hpp>

#include <eliot/types/field_for_value.hpp>
#include <eliot/types/serialized_field.hpp>

#include "support/catch.hpp"
#include "support/json_schema.hpp"
#include "support/lines.hpp"

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace eliot::literals;
using nlohmann::json;

namespace {

constexpr auto sale = eliot::message_type<"shop:sold">(
    eliot::fields(eliot::field<"count", int>("How many."), eliot::field<"name", std::string_view>(),
                  eliot::field<"ratio", double>(), eliot::field<"age", std::optional<int>>(),
                  eliot::field<"list", std::vector<int>>(),
                  eliot::field<"map", std::map<std::string, int>>(),
                  eliot::field<"id", int, std::string>(),
                  eliot::field<"length">([](std::string_view text) { return text.size(); }),
                  eliot::field_for_value<"kind">("pizza", "Always pizza.")),
    "Something was \"sold\".");

constexpr auto login = eliot::action_type<"signin">(
    eliot::fields(eliot::field<"username", std::string_view>()),
    eliot::fields(eliot::field<"status", int>()), "Somebody signs in.");

void log_sold(std::vector<int> list, std::optional<int> age, double ratio) {
    sale.log("count"_f = 1, "name"_f = "tea", "ratio"_f = ratio, "age"_f = age, "list"_f = list,
             "map"_f = std::map<std::string, int>{{"a", 1}}, "id"_f = "seven", "length"_f = "four");
}

}

TEST_CASE("the schema of a message says what its fields are") {
    const json schema = json::parse(eliot::describe(sale));
    CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    CHECK(schema.at("title") == "shop:sold");
    CHECK(schema.at("description") == "Something was \"sold\".");
    const json& properties = schema.at("properties");
    CHECK(properties.at("message_type") == json{{"const", "shop:sold"}});
    CHECK(properties.at("count") == json{{"type", {"integer"}}, {"description", "How many."}});
    CHECK(properties.at("name") == json{{"type", {"string"}}});
    CHECK(properties.at("ratio") == json{{"type", {"null", "number"}}});
    CHECK(properties.at("age") == json{{"type", {"null", "integer"}}});
    CHECK(properties.at("map") == json{{"type", {"object"}}});
    CHECK(properties.at("id") == json{{"type", {"integer", "string"}}});
    CHECK(properties.at("length") == json::object());
    CHECK(properties.at("kind") == json{{"const", "pizza"}, {"description", "Always pizza."}});
    CHECK(schema.at("required").size() == 4 + 9);
}

TEST_CASE("real messages satisfy their schema, whatever their values") {
    const json schema = json::parse(eliot::describe(sale));
    Lines log;
    log_sold({1, 2}, 7, 0.5);
    log_sold({}, std::nullopt, std::numeric_limits<double>::infinity());
    log_sold(std::vector<int>(10'001), std::nullopt, 1.0);
    REQUIRE(log.messages().size() == 3);
    for (const json& message : log.messages()) {
        CHECK(satisfies(message, schema));
    }
}

TEST_CASE("a line with a wrong value, or without a field, does not satisfy the schema") {
    const json schema = json::parse(eliot::describe(sale));
    Lines log;
    log_sold({1}, 7, 0.5);
    const json message = log.messages().at(0);
    for (const auto& [name, field] : schema.at("properties").items()) {
        json without = message;
        without.erase(name);
        CHECK_FALSE(satisfies(without, schema));
    }
    for (const char* name : {"count", "name", "ratio", "age", "list", "map", "kind", "message_type",
                             "timestamp", "task_level", "task_uuid"}) {
        json wrong = message;
        wrong[name] = true;
        CHECK_FALSE(satisfies(wrong, schema));
    }
}

TEST_CASE("every line of an action satisfies its schema") {
    const json schema = json::parse(eliot::describe(login));
    Lines log;
    {
        auto action = login("username"_f = "john");
        action.add_success_fields("status"_f = 200);
    }
    {
        auto action = login("username"_f = "john");
        action.fail("no");
    }
    REQUIRE(log.messages().size() == 4);
    for (const json& message : log.messages()) {
        CHECK(satisfies(message, schema));
    }
}

TEST_CASE("a success without its field does not satisfy the schema of the action") {
    const json schema = json::parse(eliot::describe(login));
    Lines log;
    {
        auto action = login("username"_f = "john");
    }
    CHECK(satisfies(log.messages().at(0), schema));
    CHECK_FALSE(satisfies(log.messages().at(1), schema));
}

TEST_CASE("types without anything have a schema, too") {
    const json message = json::parse(eliot::describe(eliot::message_type<"ping">()));
    const json action = json::parse(eliot::describe(eliot::action_type<"bare">()));
    CHECK_FALSE(message.contains("description"));
    CHECK(action.at("oneOf").size() == 3);
}
