// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a filter expression compares: fields found in a line, and values written down.
//
//     detail::compare(left, right, line) == 0

#include <eliot/read/json_print.hpp>
#include <eliot/read/time_parse.hpp>

#include <compare>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct PathStep {
    std::string name;
    std::int64_t index = 0; ///< negative counts from the end
    bool is_index = false;
};

struct Operand {
    bool is_path = false;
    std::vector<PathStep> path;
    std::string json; ///< a value as JSON
    std::optional<Instant> time;
    std::optional<double> seconds; ///< a duration

    static Operand of_json(std::string text) {
        return {false, {}, std::move(text), std::nullopt, std::nullopt};
    }
    static Operand of_time(Instant time) { return {false, {}, "null", time, std::nullopt}; }
    static Operand of_seconds(double seconds) { return {false, {}, "null", std::nullopt, seconds}; }
};

/// The element at `index`, from the end if it is negative; empty if there is none.
inline std::string_view element_at(std::string_view list, std::int64_t index) {
    if (list.empty() || json_kind(list) != JsonTextKind::list) {
        return {};
    }
    JsonMember element;
    if (index < 0) {
        for (JsonItems elements{list}; elements.next(&element);) {
            ++index;
        }
    }
    for (JsonItems elements{list}; index >= 0 && elements.next(&element); --index) {
        if (index == 0) {
            return element.value;
        }
    }
    return {};
}

/// What a path leads to in a line; empty if it leads nowhere.
inline std::string_view follow_path(const std::vector<PathStep>& path, std::string_view value) {
    for (const PathStep& step : path) {
        if (value.empty()) {
            return {};
        }
        const bool object = json_kind(value) == JsonTextKind::object;
        value = step.is_index ? element_at(value, step.index)
                : object      ? find_member(value, step.name).value_or(std::string_view{})
                              : std::string_view{};
    }
    return value;
}

/// The value of a field or the value written down, as JSON; empty for a field that is not there.
/// `a.b` is also found as one field of that name.
inline std::string_view value_of(const Operand& operand, std::string_view line) {
    if (!operand.is_path) {
        return operand.json;
    }
    const std::string_view found = follow_path(operand.path, line);
    if (!found.empty() || operand.path.size() == 1) {
        return found;
    }
    std::string dotted;
    for (const PathStep& step : operand.path) {
        if (step.is_index) {
            return {};
        }
        dotted += dotted.empty() ? step.name : '.' + step.name;
    }
    return find_member(line, dotted).value_or(std::string_view{});
}

inline std::optional<Instant> as_time(const Operand& operand, std::string_view value) {
    if (operand.time) {
        return operand.time;
    }
    switch (json_kind(value)) {
    case JsonTextKind::number:
        return Instant::from_number(value);
    case JsonTextKind::string:
        return parse_time(*string_value(value));
    default:
        return std::nullopt;
    }
}

inline std::optional<double> as_seconds(const Operand& operand, std::string_view value) {
    if (operand.seconds) {
        return operand.seconds;
    }
    if (json_kind(value) == JsonTextKind::number) {
        return number_value(value);
    }
    const auto text = string_value(value);
    const auto duration = text ? parse_duration(*text) : std::nullopt;
    return duration ? std::optional{static_cast<double>(*duration) / 1e9} : std::nullopt;
}

/// Exactly where both are integers of 64 bits, as doubles else.
inline std::partial_ordering compare_numbers(std::string_view left, std::string_view right) {
    const auto a = integer_value<std::int64_t>(left);
    const auto b = integer_value<std::int64_t>(right);
    if (a && b) {
        return *a <=> *b;
    }
    return number_value(left) <=> number_value(right);
}

inline std::partial_ordering equal_or_unordered(bool equal) noexcept {
    return equal ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
}

inline std::partial_ordering compare_json(std::string_view left, std::string_view right) {
    const JsonTextKind kind = json_kind(left);
    if (kind != json_kind(right)) {
        return std::partial_ordering::unordered;
    }
    if (kind == JsonTextKind::number) {
        return compare_numbers(left, right);
    }
    if (kind == JsonTextKind::string) {
        return *string_value(left) <=> *string_value(right);
    }
    std::string a;
    std::string b;
    append_python_json(a, left);
    append_python_json(b, right);
    return equal_or_unordered(a == b);
}

/// Unordered if the two are of different kinds.
inline std::partial_ordering compare(const Operand& left, const Operand& right,
                                     std::string_view line) {
    const std::string_view a = value_of(left, line);
    const std::string_view b = value_of(right, line);
    const std::string_view left_value = a.empty() ? "null" : a;
    const std::string_view right_value = b.empty() ? "null" : b;
    if (left.time || right.time) {
        const auto from = as_time(left, left_value);
        const auto to = as_time(right, right_value);
        return from && to ? std::partial_ordering{*from <=> *to} : std::partial_ordering::unordered;
    }
    if (left.seconds || right.seconds) {
        const auto from = as_seconds(left, left_value);
        const auto to = as_seconds(right, right_value);
        return from && to ? *from <=> *to : std::partial_ordering::unordered;
    }
    return compare_json(left_value, right_value);
}

}
ELIOT_END_NAMESPACE
