// SPDX-License-Identifier: Apache-2.0
#pragma once

// Validates a value against a JSON Schema, as far as `eliot::describe` uses the language. A keyword
// that it does not know fails, so that nothing is taken for granted.
//
//     CHECK(satisfies(line, nlohmann::json::parse(eliot::describe(type))));

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace json_schema {

using nlohmann::json;

inline bool has_type(const json& value, const std::string& type) {
    return type == "integer" ? value.is_number_integer()
                             : value.type_name() == type || (type == "null" && value.is_null());
}

inline bool satisfies(const json& value, const json& schema);

inline bool check_type(const json& value, const json& types) {
    if (types.is_string()) {
        return has_type(value, types);
    }
    return std::any_of(types.begin(), types.end(),
                       [&](const json& type) { return has_type(value, type); });
}

inline bool check_properties(const json& value, const json& properties) {
    return !value.is_object() ||
           std::all_of(properties.items().begin(), properties.items().end(), [&](const auto& item) {
               return !value.contains(item.key()) || satisfies(value.at(item.key()), item.value());
           });
}

inline long count_satisfied(const json& value, const json& schemas) {
    return std::count_if(schemas.begin(), schemas.end(),
                         [&](const json& schema) { return satisfies(value, schema); });
}

inline bool check(const json& value, const std::string& keyword, const json& rule) {
    if (keyword == "type") {
        return check_type(value, rule);
    }
    if (keyword == "const") {
        return value == rule;
    }
    if (keyword == "properties") {
        return check_properties(value, rule);
    }
    if (keyword == "required") {
        return !value.is_object() || std::all_of(rule.begin(), rule.end(), [&](const json& name) {
            return value.contains(name.get<std::string>());
        });
    }
    if (keyword == "items") {
        return !value.is_array() || std::all_of(value.begin(), value.end(), [&](const json& item) {
            return satisfies(item, rule);
        });
    }
    if (keyword == "oneOf") {
        return count_satisfied(value, rule) == 1;
    }
    if (keyword == "anyOf") {
        return count_satisfied(value, rule) >= 1;
    }
    if (keyword == "minimum") {
        return !value.is_number() || value >= rule;
    }
    if (keyword == "minItems") {
        return !value.is_array() || value.size() >= rule;
    }
    if (keyword == "minLength") {
        return !value.is_string() || value.get<std::string>().size() >= rule;
    }
    if (keyword == "maxLength") {
        return !value.is_string() || value.get<std::string>().size() <= rule;
    }
    return keyword == "$schema" || keyword == "title" || keyword == "description";
}

inline bool satisfies(const json& value, const json& schema) {
    return std::all_of(schema.items().begin(), schema.items().end(),
                       [&](const auto& item) { return check(value, item.key(), item.value()); });
}

} // namespace json_schema

using json_schema::satisfies;
