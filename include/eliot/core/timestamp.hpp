// SPDX-License-Identifier: Apache-2.0
#pragma once

// A point in time as it stands in the log: seconds since the epoch with nine decimals.
//
//     char text[eliot::max_timestamp_text];
//     char* end = detail::write_timestamp(text, eliot::Timestamp{1795238505458876123});

#include <eliot/config.hpp>
#include <eliot/core/digits.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>

ELIOT_BEGIN_NAMESPACE

/// Nanoseconds since 1970-01-01 00:00 UTC, leap seconds not counted; up to the year 2262.
class Timestamp {
public:
    explicit constexpr Timestamp(std::int64_t nanoseconds) noexcept : nanoseconds_{nanoseconds} {}

    constexpr std::int64_t nanoseconds() const noexcept { return nanoseconds_; }
    /// The number that stands in the log.
    constexpr double seconds() const noexcept {
        constexpr std::int64_t second = 1'000'000'000;
        const std::int64_t whole = nanoseconds_ / second;
        return static_cast<double>(whole) + static_cast<double>(nanoseconds_ % second) / second;
    }

    constexpr bool operator==(const Timestamp&) const = default;
    constexpr std::strong_ordering operator<=>(const Timestamp&) const = default;

private:
    std::int64_t nanoseconds_;
};

/// Room that a timestamp's text needs at most.
inline constexpr std::size_t max_timestamp_text = 32;

namespace detail {

// Writes a number of nanoseconds below a second behind the point.
inline char* write_fraction(char* out, std::uint32_t fraction) noexcept {
    out[0] = static_cast<char>('0' + fraction / 100'000'000);
    write_eight_digits(out + 1, fraction % 100'000'000);
    return out + 9;
}

/// Writes `1795238505.458876123`, a JSON number with always nine decimals and no NUL, and returns
/// its end. A time before the epoch is written as the epoch, so that readers need not know any.
inline char* write_timestamp(char* out, Timestamp timestamp) noexcept {
    const std::int64_t nanoseconds = timestamp.nanoseconds();
    const std::uint64_t since_epoch = nanoseconds < 0 ? 0 : static_cast<std::uint64_t>(nanoseconds);
    out = write_unsigned(out, since_epoch / 1'000'000'000);
    *out++ = '.';
    return write_fraction(out, static_cast<std::uint32_t>(since_epoch % 1'000'000'000));
}

/// Writes a number below 10^5: the digits come out of a fraction of 2^32, two at a time.
[[gnu::always_inline]] inline void write_five_digits(char* out, std::uint32_t value) noexcept {
    constexpr std::uint64_t ten_thousandth = 429497; // of 2^32, rounded up
    const std::uint64_t first = value * ten_thousandth;
    const std::uint64_t next = fraction_of(first) * 100;
    const std::uint64_t last = fraction_of(next) * 100;
    out[0] = static_cast<char>('0' + whole_of(first));
    write_two_digits(out + 1, whole_of(next));
    write_two_digits(out + 3, whole_of(last));
}

/// Writes timestamps as `write_timestamp` does, in a third of the time if they lie in the same
/// tenth of a millisecond as the one before: it keeps the digits up to there. One per thread; may
/// write up to `max_timestamp_text` characters, whatever it returns.
class TimestampWriter {
public:
    [[gnu::always_inline]] char* write(char* out, Timestamp timestamp) noexcept {
        const auto since_epoch = static_cast<std::uint64_t>(timestamp.nanoseconds());
        if (since_epoch - begin_ >= kept_span) [[unlikely]] {
            if (timestamp.nanoseconds() < 0) {
                return write_timestamp(out, timestamp);
            }
            begin_at(since_epoch);
        }
        const auto rest = static_cast<std::uint32_t>(since_epoch - begin_);
        std::memcpy(out, text_, sizeof text_);
        out += size_;
        write_five_digits(out, rest);
        return out + 5;
    }

private:
    static constexpr std::uint64_t kept_span = 100'000; // nanoseconds: the last five digits

    [[gnu::noinline, gnu::cold]] void begin_at(std::uint64_t since_epoch) noexcept {
        char text[max_timestamp_text];
        begin_ = since_epoch - since_epoch % kept_span;
        const char* end = write_timestamp(text, Timestamp{static_cast<std::int64_t>(begin_)});
        size_ = static_cast<std::size_t>(end - text) - 5;
        std::memcpy(text_, text, sizeof text_);
    }

    std::uint64_t begin_ = 0;
    std::size_t size_ = 6;
    char text_[16] = {'0', '.', '0', '0', '0', '0'};
};

}

ELIOT_END_NAMESPACE
