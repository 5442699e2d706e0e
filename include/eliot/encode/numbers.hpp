// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers as JSON text: whole ones by digit pairs, floating ones in their shortest form that reads
// back as the same number.
//
//     char text[detail::max_double_text];
//     char* end = detail::write_double(text, 0.1);   // 0.1

#include <eliot/config.hpp>
#include <eliot/core/digits.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

ELIOT_BEGIN_NAMESPACE

namespace detail {

/// Characters that suffice for every floating-point number.
inline constexpr std::size_t max_double_text = 32;

// JSON knows neither NaN nor the infinities.
inline char* write_not_finite(char* out) noexcept {
    std::memcpy(out, "null", 4);
    return out + 4;
}

// What the standard library finds, laid out as Python's repr does: without an exponent from 0.0001
// on and below `Limit`, and never like a whole number, so that readers see a float.
template <class Float>
[[gnu::noinline]] char* write_shortest(char* out, Float value, Float limit) {
    const Float magnitude = value < 0 ? -value : value;
    const bool exponent = magnitude >= limit || (magnitude < Float(1e-4) && magnitude != 0);
    const auto format = exponent ? std::chars_format::scientific : std::chars_format::fixed;
    out = std::to_chars(out, out + max_double_text, value, format).ptr;
    if (!exponent && magnitude == static_cast<Float>(static_cast<std::int64_t>(magnitude))) {
        std::memcpy(out, ".0", 2);
        out += 2;
    }
    return out;
}

// Writes `scaled` millionths, with one to six decimals.
inline char* write_millionths(char* out, std::uint64_t scaled) noexcept {
    out = write_unsigned(out, scaled / 1000000);
    *out++ = '.';
    const auto decimals = static_cast<std::uint32_t>(scaled % 1000000);
    write_two_digits(out, decimals / 10000);
    write_two_digits(out + 2, decimals / 100 % 100);
    write_two_digits(out + 4, decimals % 100);
    char* end = out + 6;
    while (end > out + 1 && end[-1] == '0') {
        --end;
    }
    return end;
}

/// Writes at most `max_double_text` characters, no NUL, and returns their end: the shortest text
/// that reads back as `value`, always with a point or an exponent; `null` for NaN and infinities.
inline char* write_double(char* out, double value) noexcept {
    const double magnitude = value < 0 ? -value : value;
    if (!(magnitude <= 1.7976931348623157e308)) {
        return write_not_finite(out);
    }
    // At most 15 digits, so if they read back as this number they are its shortest text.
    if (magnitude < 1e9 && (magnitude >= 1e-4)) {
        const auto scaled = static_cast<std::uint64_t>(magnitude * 1e6 + 0.5);
        if (static_cast<double>(scaled) / 1e6 == magnitude) {
            if (value < 0) {
                *out++ = '-';
            }
            return write_millionths(out, scaled);
        }
    }
    return write_shortest(out, value, 1e16);
}

/// The same for `float`: as many digits as a float needs, not those of the double it widens to.
inline char* write_float(char* out, float value) noexcept {
    const float magnitude = value < 0 ? -value : value;
    if (!(magnitude <= 3.40282346638528859812e+38F)) {
        return write_not_finite(out);
    }
    return write_shortest(out, value, 16777216.0F);
}

}

ELIOT_END_NAMESPACE
