// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where a message differs from the fields it was expected to have, field by field, down to the
// member that differs within an object or an array.
//
//     for (const Difference& d : differences(expected, message)) { … d.path, d.expected, d.actual …
//     }

#include <eliot/config.hpp>
#include <eliot/testing/log_text.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// One value that is not as it should be; null where there should be none, or where there is none.
struct Difference {
    std::string path;
    const nlohmann::json* expected;
    const nlohmann::json* actual;
};

/// Collects the differences of two values.
class Differences {
public:
    void compare(const std::string& path, const nlohmann::json& expected,
                 const nlohmann::json& actual) {
        if (expected == actual) {
            return;
        }
        if (expected.is_object() && actual.is_object()) {
            compare_objects(path, expected, actual);
        } else if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
            compare_arrays(path, expected, actual);
        } else {
            found.push_back({path, &expected, &actual});
        }
    }

    std::vector<Difference> found;

private:
    void compare_objects(const std::string& path, const nlohmann::json& expected,
                         const nlohmann::json& actual) {
        for (const auto& [name, value] : expected.items()) {
            const auto other = actual.find(name);
            if (other == actual.end()) {
                found.push_back({member(path, name), &value, nullptr});
            } else {
                compare(member(path, name), value, *other);
            }
        }
        for (const auto& [name, value] : actual.items()) {
            if (!expected.contains(name)) {
                found.push_back({member(path, name), nullptr, &value});
            }
        }
    }
    static std::string member(std::string path, const std::string& name) {
        path += '.';
        return path += name;
    }
    void compare_arrays(const std::string& path, const nlohmann::json& expected,
                        const nlohmann::json& actual) {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            compare(path + "[" + std::to_string(i) + "]", expected[i], actual[i]);
        }
    }
};

/// The differences of the one expected field `name`.
inline std::vector<Difference> differences_of(const std::string& name,
                                              const nlohmann::json& expected,
                                              const nlohmann::json& message) {
    const auto actual = message.find(name);
    if (actual == message.end()) {
        return {{name, &expected, nullptr}};
    }
    Differences differences;
    differences.compare(name, expected, *actual);
    return differences.found;
}

/// How many of the expected fields a message does not have as expected. `expected` is an object,
/// or null for no fields.
inline std::size_t count_different(const nlohmann::json& expected, const nlohmann::json& message) {
    std::size_t count = 0;
    for (const auto& [name, value] : expected.items()) {
        const auto actual = message.find(name);
        count += actual == message.end() || *actual != value ? 1U : 0U;
    }
    return count;
}

/// Rows of three columns: a mark or a place, a name, a value. What is empty in all rows has no
/// room.
class Rows {
public:
    void add(const std::string& place, const std::string& name, const std::string& value) {
        place_width_ = std::max(place_width_, width_of(place));
        name_width_ = std::max(name_width_, width_of(name));
        rows_.push_back({place, name, value});
    }
    std::string text() const {
        std::string text;
        for (const Row& row : rows_) {
            text += "    " + padded(row.place, place_width_) + padded(row.name, name_width_) +
                    row.value + '\n';
        }
        return text;
    }

private:
    struct Row {
        std::string place;
        std::string name;
        std::string value;
    };

    static std::string padded(const std::string& text, std::size_t width) {
        return width == 0 ? "" : text + std::string(width + 2 - width_of(text), ' ');
    }

    std::vector<Row> rows_;
    std::size_t place_width_ = 0;
    std::size_t name_width_ = 0;
};

inline constexpr std::size_t longest_compared_value = 200;

inline std::string long_value(const nlohmann::json& value) {
    return short_value(value, longest_compared_value);
}

inline std::string describe(const Difference& difference) {
    if (difference.expected == nullptr) {
        return long_value(*difference.actual) + ", not expected";
    }
    const std::string actual =
        difference.actual != nullptr ? long_value(*difference.actual) : "missing";
    return actual + ", expected " + long_value(*difference.expected);
}

/// What is expected.
inline void add_expected(Rows& rows, const std::string& where, const nlohmann::json& expected) {
    for (const auto& [name, value] : expected.items()) {
        rows.add(where, name, long_value(value));
    }
}

/// How a message compares with it: each expected field, the different ones marked.
inline void add_compared(Rows& rows, const std::string& where, const nlohmann::json& expected,
                         const nlohmann::json& message) {
    for (const auto& [name, value] : expected.items()) {
        const auto found = differences_of(name, value, message);
        const std::string place = where.empty() ? "" : " " + where;
        if (found.empty()) {
            rows.add(" " + place, name, long_value(value));
        }
        for (const Difference& difference : found) {
            rows.add("✗" + place, difference.path, describe(difference));
        }
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
