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

ELIOT_BEGIN_NAMESPACE

/// Nanoseconds since 1970-01-01 00:00 UTC, leap seconds not counted; up to the year 2262.
class Timestamp {
public:
    explicit constexpr Timestamp(std::int64_t nanoseconds) noexcept : nanoseconds_{nanoseconds} {}

    constexpr std::int64_t nanoseconds() const noexcept { return nanoseconds_; }

    constexpr bool operator==(const Timestamp&) const = default;
    constexpr std::strong_ordering operator<=>(const Timestamp&) const = default;

private:
    std::int64_t nanoseconds_;
};

/// Room that a timestamp's text needs at most.
inline constexpr std::size_t max_timestamp_text = 32;

namespace detail {

/// Writes `1795238505.458876123`, a JSON number with always nine decimals and no NUL, and returns
/// its end. A time before the epoch is written as the epoch, so that readers need not know any.
inline char* write_timestamp(char* out, Timestamp timestamp) noexcept {
    const std::int64_t nanoseconds = timestamp.nanoseconds();
    const std::uint64_t since_epoch = nanoseconds < 0 ? 0 : static_cast<std::uint64_t>(nanoseconds);
    const auto fraction = static_cast<std::uint32_t>(since_epoch % 1000000000);
    out = write_unsigned(out, since_epoch / 1000000000);
    out[0] = '.';
    out[1] = static_cast<char>('0' + fraction / 100000000);
    write_eight_digits(out + 2, fraction % 100000000);
    return out + 10;
}

}

ELIOT_END_NAMESPACE
