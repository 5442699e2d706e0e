// SPDX-License-Identifier: Apache-2.0
#pragma once

// A point in time as a log writes it: seconds since the epoch, in decimals. Kept to the nanosecond,
// which a double cannot do, so that the length of a short action comes out right.
//
//     if (auto started = eliot::Instant::from_number("1795238505.123456789")) { … }

#include <eliot/read/json_scan.hpp>

#include <compare>
#include <optional>

ELIOT_BEGIN_NAMESPACE

/// Seconds and nanoseconds since 1970-01-01 00:00 UTC; nanoseconds are 0…999 999 999.
struct Instant {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;

    auto operator<=>(const Instant&) const = default;

    /// The double that is nearest; good to a quarter of a microsecond in our time.
    double to_double() const noexcept {
        return static_cast<double>(seconds) + static_cast<double>(nanoseconds) / 1e9;
    }

    /// Reads a JSON number, exactly down to the nanosecond; digits beyond are dropped. Nothing if
    /// it is no finite number or lies outside the years 1 to 9999.
    static std::optional<Instant> from_number(std::string_view number) noexcept;
};

inline constexpr Instant first_instant{-62'135'596'800, 0};
inline constexpr Instant last_instant{253'402'300'799, 999'999'999};

/// Nanoseconds from `from` to `to`, negative if the clock went back. Years 1 to 9999 apart do not
/// fit: the result stops at ±292 years.
constexpr std::int64_t nanoseconds_between(Instant from, Instant to) noexcept {
    constexpr std::int64_t most = 9'223'372'035;
    const std::int64_t seconds = to.seconds - from.seconds;
    const std::int64_t kept = seconds > most ? most : seconds < -most ? -most : seconds;
    return kept * 1'000'000'000 + (to.nanoseconds - from.nanoseconds);
}

namespace detail {

/// The digits of a JSON number, taken one by one into seconds and nanoseconds.
class DecimalReader {
public:
    explicit DecimalReader(std::string_view number) noexcept
        : at_(number.data()), end_(at_ + number.size()) {}

    std::optional<Instant> read() noexcept {
        const bool negative = at_ != end_ && *at_ == '-';
        at_ += negative ? 1 : 0;
        if (at_ == end_ || !is_digit(*at_)) {
            return std::nullopt;
        }
        const int point = point_position();
        if (point > most_integer_digits || !take_digits(point)) {
            return std::nullopt;
        }
        return in_range(negative ? negated() : value_);
    }

private:
    static constexpr int most_integer_digits = 400;

    /// Where the decimal point stands, counted from the first digit, after the exponent moved it.
    int point_position() noexcept {
        int digits = 0;
        const char* at = at_;
        for (; at != end_ && is_digit(*at); ++at) {
            digits = digits < 100'000 ? digits + 1 : digits;
        }
        while (at != end_ && *at != 'e' && *at != 'E') {
            ++at;
        }
        return digits + (at == end_ ? 0 : exponent(at + 1));
    }

    int exponent(const char* at) const noexcept {
        const bool negative = at != end_ && *at == '-';
        at += at != end_ && (*at == '-' || *at == '+') ? 1 : 0;
        int value = 0;
        for (; at != end_ && is_digit(*at) && value < 100'000; ++at) {
            value = value * 10 + (*at - '0');
        }
        return negative ? -value : value;
    }

    /// False if the whole seconds are too many to be a time.
    bool take_digits(int point) noexcept {
        std::int32_t unit = 100'000'000;
        for (int skipped = point; skipped < 0 && unit != 0; ++skipped) {
            unit /= 10;
        }
        for (int position = 0; position < point || (unit != 0 && at_ != end_); ++position) {
            const int digit = next_digit();
            if (position >= point) {
                value_.nanoseconds += digit * unit;
                unit /= 10;
            } else if (value_.seconds > last_instant.seconds) {
                return false;
            } else {
                value_.seconds = value_.seconds * 10 + digit;
            }
        }
        return true;
    }

    /// The next digit; zeros without end behind the last one.
    int next_digit() noexcept {
        if (at_ != end_ && *at_ == '.') {
            ++at_;
        }
        if (at_ == end_ || !is_digit(*at_)) {
            at_ = end_;
            return 0;
        }
        return *at_++ - '0';
    }

    Instant negated() const noexcept {
        if (value_.nanoseconds == 0) {
            return {-value_.seconds, 0};
        }
        return {-value_.seconds - 1, 1'000'000'000 - value_.nanoseconds};
    }

    static std::optional<Instant> in_range(Instant instant) noexcept {
        const bool inside = instant >= first_instant && instant <= last_instant;
        return inside ? std::optional{instant} : std::nullopt;
    }

    const char* at_;
    const char* end_;
    Instant value_;
};

}

inline std::optional<Instant> Instant::from_number(std::string_view number) noexcept {
    return detail::DecimalReader{number}.read();
}

ELIOT_END_NAMESPACE
