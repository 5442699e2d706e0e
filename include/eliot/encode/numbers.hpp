// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers as JSON text: whole ones by digit pairs, floating ones in their shortest form that reads
// back as the same number.
//
//     char text[detail::max_double_text];
//     char* end = detail::write_double(text, 0.1);   // 0.1

#include <eliot/config.hpp>
#include <eliot/core/digits.hpp>
#include <eliot/encode/shortest.hpp>

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
// on and below `limit`, and never like a whole number, so that readers see a float.
template <class Float>
[[gnu::noinline]] char* write_shortest(char* out, Float value, Float limit) noexcept {
    const Float magnitude = value < 0 ? -value : value;
    const bool exponent = magnitude >= limit || magnitude < static_cast<Float>(1e-4);
    const Notation notation = exponent ? Notation::scientific : Notation::fixed;
    out = shortest(out, out + max_double_text, value, notation);
    if (!exponent && magnitude == static_cast<Float>(static_cast<std::int64_t>(magnitude))) {
        std::memcpy(out, ".0", 2);
        out += 2;
    }
    return out;
}

// Writes a number of billionths with one to nine decimals.
[[gnu::noinline]] inline char* write_billionths(char* out, std::uint64_t value) noexcept {
    const auto decimals = static_cast<std::uint32_t>(value % 1'000'000'000);
    out = write_unsigned(out, value / 1'000'000'000);
    *out++ = '.';
    const std::uint64_t digits = eight_digits(decimals / 10);
    write_digits(out, digits);
    if (decimals % 10 != 0) {
        out[8] = static_cast<char>('0' + decimals % 10);
        return out + 9;
    }
    // The last decimal is the highest byte. One zero stays: a whole number has one decimal.
    const int zeros = __builtin_clzll(digits | 1) / 8;
    return out + 8 - zeros;
}

// Finds the billionths, and says whether they are just this number. They have at most 15 digits,
// and so few tell doubles apart: no shorter text means the same number.
inline bool to_billionths(double magnitude, std::uint64_t& billionths) noexcept {
    const bool is_small = magnitude < 1e6;
    const double scale = is_small ? 1e9 : 1e6;
    const auto scaled = static_cast<std::int64_t>(magnitude * scale + 0.5);
    billionths = static_cast<std::uint64_t>(is_small ? scaled : scaled * 1000);
    return static_cast<double>(scaled) / scale == magnitude;
}

// Writes the decimals of a number with 32 binary places, one to three.
inline char* write_three_decimals(char* out, std::uint64_t fixed) noexcept {
    const std::uint64_t pair = fraction_of(fixed) * 100;
    const std::uint32_t last = whole_of(fraction_of(pair) * 10);
    *out = '.';
    write_two_digits(out + 1, whole_of(pair));
    out[3] = static_cast<char>('0' + last);
    if (last != 0) {
        return out + 4;
    }
    return out + (out[2] != '0' ? 3 : 2);
}

inline constexpr std::uint64_t thousandth = 4'294'968; // of 2^32, rounded up: exact for six digits

[[gnu::noinline]] inline char* write_many_thousandths(char* out, std::uint64_t value) noexcept {
    out = write_unsigned(out, value / 1000);
    return write_three_decimals(out, value % 1000 * thousandth);
}

// Writes a number of thousandths with one to three decimals.
inline char* write_thousandths(char* out, std::uint64_t value) noexcept {
    if (value >= 1'000'000) {
        return write_many_thousandths(out, value);
    }
    const std::uint64_t fixed = value * thousandth;
    return write_three_decimals(write_up_to_four_digits(out, whole_of(fixed)), fixed);
}

// The same for thousandths, which are most numbers that were measured or reckoned by people.
inline bool to_thousandths(double magnitude, std::uint64_t& thousandths) noexcept {
    const auto scaled = static_cast<std::int64_t>(magnitude * 1e3 + 0.5);
    thousandths = static_cast<std::uint64_t>(scaled);
    return static_cast<double>(scaled) / 1e3 == magnitude;
}

// Below 2^53 all digits of a whole number are needed.
inline bool is_whole(double magnitude) noexcept {
    return magnitude < 9007199254740992.0 &&
           static_cast<double>(static_cast<std::uint64_t>(magnitude)) == magnitude;
}

[[gnu::noinline]] inline char* write_whole(char* out, std::uint64_t value) noexcept {
    out = write_unsigned(out, value);
    std::memcpy(out, ".0", 2);
    return out + 2;
}

/// Writes at most `max_double_text` characters, no NUL, and returns their end: the shortest text
/// that reads back as `value`, always with a point or an exponent; `null` for NaN and infinities.
[[gnu::returns_nonnull]] inline char* write_double(char* out, double value) noexcept {
    const bool negative = __builtin_signbit(value) != 0;
    const double magnitude = negative ? -value : value;
    if (magnitude < 1e9 && (magnitude >= 1e-4 || magnitude == 0)) [[likely]] {
        std::uint64_t scaled = 0;
        *out = '-';
        if (to_thousandths(magnitude, scaled)) {
            return write_thousandths(out + (negative ? 1 : 0), scaled);
        }
        if (to_billionths(magnitude, scaled)) {
            return write_billionths(out + (negative ? 1 : 0), scaled);
        }
    } else if (is_whole(magnitude)) {
        *out = '-';
        return write_whole(out + (negative ? 1 : 0), static_cast<std::uint64_t>(magnitude));
    }
    if (!(magnitude <= 1.7976931348623157e308)) {
        return write_not_finite(out);
    }
    return write_shortest(out, value, 1e16);
}

// The same for floats, which six digits tell apart.
inline bool to_billionths(float magnitude, std::uint64_t& billionths) noexcept {
    const bool is_small = magnitude < 1;
    const double scale = is_small ? 1e6 : 1e3;
    const auto scaled = static_cast<std::uint32_t>(magnitude * scale + 0.5);
    billionths = std::uint64_t{scaled} * (is_small ? 1000 : 1'000'000);
    return static_cast<float>(scaled / scale) == magnitude;
}

/// The same for `float`: as many digits as a float needs, not those of the double it widens to.
[[gnu::returns_nonnull]] inline char* write_float(char* out, float value) noexcept {
    const bool negative = __builtin_signbit(value) != 0;
    const float magnitude = negative ? -value : value;
    if (magnitude < 1e3F && (magnitude >= 1e-4F || magnitude == 0)) {
        std::uint64_t billionths = 0;
        if (to_billionths(magnitude, billionths)) {
            *out = '-';
            return write_billionths(out + (negative ? 1 : 0), billionths);
        }
    }
    if (!(magnitude <= 3.40282346638528859812e+38F)) {
        return write_not_finite(out);
    }
    return write_shortest(out, value, 16777216.0F);
}

}

ELIOT_END_NAMESPACE
