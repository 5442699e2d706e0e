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

/// The eight digits of a number below 10^8, each a byte of value 0 to 9, the first one lowest.
inline std::uint64_t eight_digits(std::uint32_t value) noexcept {
    // Divides all lanes of a word at once: by 100, then by 10, with exact reciprocals.
    std::uint64_t lanes = value / 10000 | std::uint64_t{value % 10000} << 32;
    const std::uint64_t hundreds = (lanes * 10486 >> 20) & 0x0000'007f'0000'007fU;
    lanes = hundreds | (lanes - hundreds * 100) << 16;
    const std::uint64_t tens = (lanes * 103 >> 10) & 0x000f'000f'000f'000fU;
    return tens | (lanes - tens * 10) << 8;
}

/// Writes what `eight_digits` returned, as text.
inline void write_digits(char* out, std::uint64_t digits) noexcept {
    digits |= 0x3030'3030'3030'3030U;
    if constexpr (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) {
        digits = __builtin_bswap64(digits);
    }
    std::memcpy(out, &digits, sizeof digits);
}

/// Writes a number below 10^8 as eight digits.
inline void write_eight_digits(char* out, std::uint32_t value) noexcept {
    write_digits(out, eight_digits(value));
}

/// Writes a number below 100 without a leading zero.
[[gnu::always_inline]] inline char* write_up_to_two_digits(char* out,
                                                           std::uint32_t value) noexcept {
    if (value >= 10) {
        write_two_digits(out, value);
        return out + 2;
    }
    *out = static_cast<char>('0' + value);
    return out + 1;
}

// The part of a number with 32 binary places that is below one.
inline std::uint64_t fraction_of(std::uint64_t fixed) noexcept { return fixed & 0xFFFF'FFFFU; }
inline std::uint32_t whole_of(std::uint64_t fixed) noexcept {
    return static_cast<std::uint32_t>(fixed >> 32);
}

/// Writes a number below 100 with 32 binary places, and `Pairs` times two of its decimals: what is
/// to be written was multiplied by a power of ten's reciprocal, rounded up.
template <int Pairs>
[[gnu::always_inline]] inline char* write_pairs(char* out, std::uint64_t fixed) noexcept {
    out = write_up_to_two_digits(out, whole_of(fixed));
    for (int i = 0; i < Pairs; ++i) {
        fixed = fraction_of(fixed) * 100;
        write_two_digits(out + 2 * i, whole_of(fixed));
    }
    return out + 2 * Pairs;
}

/// Writes a number below 10^4 without leading zeros.
[[gnu::always_inline]] inline char* write_up_to_four_digits(char* out,
                                                            std::uint32_t value) noexcept {
    return value < 100 ? write_up_to_two_digits(out, value)
                       : write_pairs<1>(out, value * std::uint64_t{42'949'673});
}

/// Writes a number below 10^8 without leading zeros, without a call.
[[gnu::always_inline]] inline char* put_up_to_eight_digits(char* out,
                                                           std::uint32_t value) noexcept {
    if (value < 10'000) {
        return write_up_to_four_digits(out, value);
    }
    return value < 1'000'000 ? write_pairs<2>(out, value * std::uint64_t{429'497})
                             : write_pairs<3>(out, value * std::uint64_t{281'474'977} >> 16);
}
[[gnu::noinline, gnu::returns_nonnull]] inline char*
write_up_to_eight_digits(char* out, std::uint32_t value) noexcept {
    return put_up_to_eight_digits(out, value);
}

/// Writes a number from 10^8 on.
[[gnu::noinline, gnu::returns_nonnull]] inline char*
write_long_unsigned(char* out, std::uint64_t value) noexcept {
    constexpr std::uint64_t base = 100'000'000;
    const std::uint64_t rest = value / base;
    if (rest < base) {
        out = write_up_to_eight_digits(out, static_cast<std::uint32_t>(rest));
    } else {
        out = write_up_to_four_digits(out, static_cast<std::uint32_t>(rest / base));
        write_eight_digits(out, static_cast<std::uint32_t>(rest % base));
        out += 8;
    }
    write_eight_digits(out, static_cast<std::uint32_t>(value % base));
    return out + 8;
}

/// Writes at most `max_integer_text` characters, no NUL; returns their end.
[[gnu::returns_nonnull]] inline char* write_unsigned(char* out, std::uint64_t value) noexcept {
    return value < 100'000'000 ? write_up_to_eight_digits(out, static_cast<std::uint32_t>(value))
                               : write_long_unsigned(out, value);
}

/// The same for signed numbers, `INT64_MIN` included.
[[gnu::returns_nonnull]] inline char* write_signed(char* out, std::int64_t value) noexcept {
    auto magnitude = static_cast<std::uint64_t>(value);
    if (value < 0) {
        *out++ = '-';
        magnitude = 0 - magnitude;
    }
    return write_unsigned(out, magnitude);
}

}

ELIOT_END_NAMESPACE
