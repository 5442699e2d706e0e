// SPDX-License-Identifier: Apache-2.0
#pragma once

// Decimal digits of whole numbers, two at a time, for everything that prints numbers.
//
//     char text[max_integer_text];
//     char* end = detail::write_unsigned(text, 42);

#include <eliot/config.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

ELIOT_BEGIN_NAMESPACE

namespace detail {

/// Characters that suffice for every 64-bit number and its sign.
inline constexpr std::size_t max_integer_text = 20;

inline constexpr char digit_pairs[] = "0001020304050607080910111213141516171819"
                                      "2021222324252627282930313233343536373839"
                                      "4041424344454647484950515253545556575859"
                                      "6061626364656667686970717273747576777879"
                                      "8081828384858687888990919293949596979899";

/// Writes a number below 100 as two digits.
inline void write_two_digits(char* out, std::uint32_t value) noexcept {
    std::memcpy(out, digit_pairs + 2 * value, 2);
}

/// Writes a number below 10^8 as eight digits.
inline void write_eight_digits(char* out, std::uint32_t value) noexcept {
    const std::uint32_t high = value / 10000;
    const std::uint32_t low = value % 10000;
    write_two_digits(out, high / 100);
    write_two_digits(out + 2, high % 100);
    write_two_digits(out + 4, low / 100);
    write_two_digits(out + 6, low % 100);
}

inline constexpr std::uint64_t powers_of_ten[] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
    10000000000000000000U,
};

inline unsigned count_digits(std::uint64_t value) noexcept {
    // 1233 / 4096 is log10(2), near enough for 64 bits.
    const auto bits = static_cast<unsigned>(64 - __builtin_clzll(value | 1));
    const unsigned guess = bits * 1233 >> 12;
    return guess + (value >= powers_of_ten[guess] ? 1U : 0U) + (value == 0 ? 1U : 0U);
}

/// Writes at most `max_integer_text` characters, no NUL; returns their end.
inline char* write_unsigned(char* out, std::uint64_t value) noexcept {
    char* const end = out + count_digits(value);
    char* at = end;
    while (value >= 100) {
        write_two_digits(at -= 2, static_cast<std::uint32_t>(value % 100));
        value /= 100;
    }
    if (value >= 10) {
        write_two_digits(at - 2, static_cast<std::uint32_t>(value));
    } else {
        at[-1] = static_cast<char>('0' + value);
    }
    return end;
}

/// The same for signed numbers, `INT64_MIN` included.
inline char* write_signed(char* out, std::int64_t value) noexcept {
    auto magnitude = static_cast<std::uint64_t>(value);
    if (value < 0) {
        *out++ = '-';
        magnitude = 0 - magnitude;
    }
    return write_unsigned(out, magnitude);
}

}

ELIOT_END_NAMESPACE
