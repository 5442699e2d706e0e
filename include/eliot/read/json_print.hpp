// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes a value of a log line the way Eliot's own tools do: as Python's json would dump it, or a
// scalar as Python would show it. Straight from the line's text, so that nothing is lost on the
// way: integers of any size, NaN, lone surrogates.
//
//     detail::append_python_json(out, R"({"a": "\u00e9", "b": 1e22})");   //
//     {"a":"\u00e9","b":1e+22}

#include <eliot/read/json_value.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Digits `d` that mean 0.d × 10^point, as Python's repr(float) lays them out.
inline void append_float_layout(std::string& out, std::string_view digits, int point) {
    const int count = static_cast<int>(digits.size());
    if (point < -3 || point > 16) {
        out += digits[0];
        if (count > 1) {
            out += '.';
            out += digits.substr(1);
        }
        const int exponent = point - 1;
        const std::string magnitude = std::to_string(exponent < 0 ? -exponent : exponent);
        out += exponent < 0 ? "e-" : "e+";
        out.append(magnitude.size() < 2 ? 1 : 0, '0');
        out += magnitude;
    } else if (point <= 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-point), '0');
        out += digits;
    } else {
        const auto whole = static_cast<std::size_t>(point);
        out += digits.substr(0, whole);
        out.append(point > count ? static_cast<std::size_t>(point - count) : 0, '0');
        out += '.';
        out += point >= count ? "0" : digits.substr(whole);
    }
}

/// repr() of a finite float: the shortest digits that read back as the same double.
inline void append_python_float(std::string& out, double value) {
    char text[32];
    const auto end =
        std::to_chars(text, text + sizeof text, std::abs(value), std::chars_format::scientific).ptr;
    const char* const mark = std::find(text, end, 'e');
    int exponent = 0;
    std::from_chars(mark[1] == '+' ? mark + 2 : mark + 1, end, exponent);
    std::string digits(1, text[0]);
    digits.append(std::min<const char*>(text + 2, mark), mark);
    if (std::signbit(value)) {
        out += '-';
    }
    append_float_layout(out, digits, value == 0 ? 1 : exponent + 1);
}

/// True if the digits stand as repr() would write them: a point inside, no exponent, few digits,
/// and no zero at the end but the one of `.0`.
constexpr bool is_plain_decimal(std::string_view number) noexcept {
    const std::size_t point = number.find('.');
    return point != std::string_view::npos && number.size() <= 16 &&
           number.find_first_of("eE") == std::string_view::npos &&
           (number.back() != '0' || number.size() == point + 2) &&
           number.substr(0, 6) != "0.0000" && number.substr(0, 7) != "-0.0000";
}

struct NonFiniteNames {
    std::string_view nan;
    std::string_view infinity;
};

inline void append_python_number(std::string& out, std::string_view number, NonFiniteNames names) {
    const bool integer = number.find_first_of(".eENI") == std::string_view::npos;
    if (integer || is_plain_decimal(number)) {
        out += number == "-0" ? "0" : number;
        return;
    }
    const double value = number_value(number);
    if (std::isnan(value)) {
        out += names.nan;
    } else if (std::isinf(value)) {
        out += value < 0 ? "-" : "";
        out += names.infinity;
    } else {
        append_python_float(out, value);
    }
}

inline void append_hex_escape(std::string& out, std::uint32_t unit) {
    constexpr char digits[] = "0123456789abcdef";
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) {
        out += digits[(unit >> shift) & 0xFU];
    }
}

/// One character inside a JSON string, ASCII only.
inline void append_ascii_escaped(std::string& out, char32_t code) {
    constexpr std::string_view special = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t short_form =
        code < 0x80 ? special.find(static_cast<char>(code)) : std::string_view::npos;
    if (short_form != std::string_view::npos) {
        out += '\\';
        out += letters[short_form];
    } else if (code >= 0x20 && code < 0x7F) {
        out += static_cast<char>(code);
    } else if (code < 0x10000) {
        append_hex_escape(out, static_cast<std::uint32_t>(code));
    } else {
        append_hex_escape(out, 0xD800 + ((static_cast<std::uint32_t>(code) - 0x10000) >> 10U));
        append_hex_escape(out, 0xDC00 + ((static_cast<std::uint32_t>(code) - 0x10000) & 0x3FFU));
    }
}

/// A decoded text as a JSON string, ASCII only.
inline void append_ascii_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char *at = text.data(), *end = at + text.size(); at != end;) {
        const char32_t code = decode_utf8(at, end);
        append_ascii_escaped(out, code == bad_utf8 ? U'\uFFFD' : code);
    }
    out += '"';
}

inline void append_python_scalar(std::string& out, std::string_view value) {
    switch (json_kind(value)) {
    case JsonTextKind::string:
        return append_ascii_string(out, decoded(inside_quotes(value)));
    case JsonTextKind::number:
        return append_python_number(out, value, {"NaN", "Infinity"});
    default:
        out += value;
    }
}

/// json.dumps(value, separators=(",", ":")): members in the order of the line, ASCII only. What
/// stands between the scalars is the same in both.
inline void append_python_json(std::string& out, std::string_view value) {
    const char* const end = value.data() + value.size();
    for (const char* at = value.data(); at != end;) {
        if (is_json_space(*at)) {
            ++at;
        } else if (std::string_view{"{}[],:"}.find(*at) != std::string_view::npos) {
            out += *at++;
        } else {
            const char* const from = at;
            at = value_end(at, end);
            append_python_scalar(out, {from, static_cast<std::size_t>(at - from)});
        }
    }
}

/// str() of a scalar: a string as it is, True, None, 1e+22, nan. Containers are left as they stand.
inline void append_python_text(std::string& out, std::string_view value) {
    switch (json_kind(value)) {
    case JsonTextKind::string:
        return append_decoded(out, inside_quotes(value));
    case JsonTextKind::number:
        return append_python_number(out, value, {"nan", "inf"});
    case JsonTextKind::boolean:
        out += value.front() == 't' ? "True" : "False";
        return;
    case JsonTextKind::null:
        out += "None";
        return;
    default:
        out += value;
    }
}

}
ELIOT_END_NAMESPACE
