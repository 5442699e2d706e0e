// SPDX-License-Identifier: Apache-2.0
#pragma once

// Between JSON text and nlohmann::json, in both directions and without recursion: nlohmann's own
// dump() calls itself once a level, so a deep value from the network would end the program.
//
//     nlohmann::json contents = detail::json_from_text(R"({"a": [1, NaN]})");

#include <eliot/read/json_walk.hpp>

#include <nlohmann/json.hpp>

#include <charconv>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// 10^n, exact for the n at hand.
constexpr double power_of_ten(int n) noexcept {
    double power = 1;
    for (int i = 0; i < n; ++i) {
        power *= 10;
    }
    return power;
}

/// The value of a number written without exponent and with few digits: an exact integer divided by
/// an exact power of ten is rounded once, so it is the nearest double.
inline std::optional<double> short_number(std::string_view number) noexcept {
    std::int64_t digits = 0;
    int fraction = -1;
    for (const char c : number.substr(number.front() == '-' ? 1 : 0)) {
        if (c == '.') {
            fraction = 0;
        } else if (!is_digit(c) || digits > 900'719'925'474'098) {
            return std::nullopt;
        } else {
            digits = digits * 10 + (c - '0');
            fraction += fraction >= 0 ? 1 : 0;
        }
    }
    if (fraction > 22) {
        return std::nullopt;
    }
    const double value = static_cast<double>(digits) / power_of_ten(fraction > 0 ? fraction : 0);
    return number.front() == '-' ? -value : value;
}

inline double named_number(std::string_view number) noexcept {
    if (number == "NaN") {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const double infinity = std::numeric_limits<double>::infinity();
    return number.front() == '-' ? -infinity : infinity;
}

/// The value of a JSON number, NaN and infinities included; beyond a double's range infinity.
inline double number_value(std::string_view number) {
    if (number.back() == 'N' || number.back() == 'y') {
        return named_number(number);
    }
    if (const auto value = short_number(number)) {
        return *value;
    }
    const auto parsed = nlohmann::json::parse(number, nullptr, false);
    return parsed.is_number() ? parsed.get<double>()
                              : named_number(number.front() == '-' ? "-Infinity" : "Infinity");
}

/// Exactly, if the number is an integer of 64 bits.
template <class Integer>
std::optional<Integer> integer_value(std::string_view number) noexcept {
    Integer value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    const bool whole = error == std::errc{} && end == number.data() + number.size();
    return whole ? std::optional{value} : std::nullopt;
}

inline nlohmann::json number_json(std::string_view number) {
    if (const auto value = integer_value<std::uint64_t>(number)) {
        return *value;
    }
    if (const auto value = integer_value<std::int64_t>(number); value && *value != 0) {
        return *value;
    }
    return number_value(number);
}

/// Strings come out as valid UTF-8, or dump() would throw.
inline nlohmann::json scalar_json(std::string_view value) {
    switch (json_kind(value)) {
    case JsonTextKind::null:
        return nullptr;
    case JsonTextKind::boolean:
        return value.front() == 't';
    case JsonTextKind::string:
        return repair_utf8(decoded(inside_quotes(value)));
    case JsonTextKind::list:
        return nlohmann::json::array();
    case JsonTextKind::object:
        return nlohmann::json::object();
    default:
        return number_json(value);
    }
}

/// Text that JsonScanner accepted as a value. Integers above 64 bits become doubles; the last of
/// several members of one name stays.
inline nlohmann::json json_from_text(std::string_view text) {
    struct Open {
        JsonItems items;
        nlohmann::json* target;
    };
    ContainerEnds ends;
    ends.find(text);
    nlohmann::json result = scalar_json(text);
    std::vector<Open> open{{JsonItems{text, &ends}, &result}};
    JsonMember member;
    while (!open.empty()) {
        if (!open.back().items.next(&member)) {
            open.pop_back();
            continue;
        }
        nlohmann::json& target = *open.back().target;
        nlohmann::json* added = nullptr;
        if (target.is_array()) {
            added = &target.emplace_back(scalar_json(member.value));
        } else {
            added = &target[repair_utf8(decoded(member.key))];
            *added = scalar_json(member.value);
        }
        if (is_container(json_kind(member.value))) {
            // A list may move its elements when it grows, but only after this one is filled.
            open.push_back({JsonItems{member.value, &ends}, added});
        }
    }
    return result;
}

/// Appends a scalar as JSON; what a dump of it would say, non-finite numbers by their names.
inline void append_scalar(std::string& out, const nlohmann::json& value) {
    if (value.is_number_float() && !std::isfinite(value.get<double>())) {
        const double number = value.get<double>();
        out += std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    } else if (value.is_discarded() || value.is_binary()) {
        out += "null";
    } else {
        out += value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
}

/// Appends any value as JSON text on one line, `{"a": 1}` without blanks, without recursion.
inline void append_json(std::string& out, const nlohmann::json& value) {
    struct Open {
        nlohmann::json::const_iterator next;
        nlohmann::json::const_iterator end;
        bool object;
    };
    std::vector<Open> open;
    const auto begin = [&](const nlohmann::json& item) {
        if (!item.is_structured()) {
            return append_scalar(out, item);
        }
        out += item.is_object() ? '{' : '[';
        open.push_back({item.begin(), item.end(), item.is_object()});
    };
    begin(value);
    while (!open.empty()) {
        Open& top = open.back();
        if (top.next == top.end) {
            out += top.object ? '}' : ']';
            open.pop_back();
            continue;
        }
        if (out.back() != '{' && out.back() != '[') {
            out += ',';
        }
        const auto item = top.next++;
        if (top.object) {
            append_scalar(out, item.key());
            out += ':';
        }
        begin(*item);
    }
}

}
ELIOT_END_NAMESPACE
