// SPDX-License-Identifier: Apache-2.0
#pragma once

// Times and durations as a user types them: 2026-11-21T05:28:55Z, 2026-11-21 05:28, 10ms, 1.5s.
//
//     auto since = eliot::parse_time("2026-11-21T05:28");
//     auto long_ = eliot::parse_duration("10ms");          // nanoseconds

#include <eliot/read/time_text.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Takes fixed numbers of digits from the front of a text.
class DigitTaker {
public:
    explicit DigitTaker(std::string_view text) noexcept : rest_(text) {}

    bool number(std::size_t digits, int most, int* value) noexcept {
        if (rest_.size() < digits) {
            return false;
        }
        *value = 0;
        for (const char c : rest_.substr(0, digits)) {
            if (!is_digit(c)) {
                return false;
            }
            *value = *value * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return *value <= most;
    }

    bool any_of(std::string_view set) noexcept {
        if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    char front() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

    /// Nanoseconds of a fraction of a second; digits after the ninth are dropped.
    bool fraction(std::int32_t* nanoseconds) noexcept {
        std::int32_t unit = 100'000'000;
        const std::size_t before = rest_.size();
        while (is_digit(front())) {
            *nanoseconds += unit * (front() - '0');
            unit /= 10;
            rest_.remove_prefix(1);
        }
        return rest_.size() != before;
    }

    bool done() const noexcept { return rest_.empty(); }

private:
    std::string_view rest_;
};

constexpr int days_in_month(std::int64_t year, int month) noexcept {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

inline bool take_date(DigitTaker& text, CivilTime* time) noexcept {
    int year = 0;
    const bool read = text.number(4, 9999, &year) && text.any_of("-") &&
                      text.number(2, 12, &time->month) && text.any_of("-") &&
                      text.number(2, 31, &time->day);
    time->year = year;
    return read && year >= 1 && time->month >= 1 && time->day >= 1 &&
           time->day <= days_in_month(year, time->month);
}

inline bool take_clock(DigitTaker& text, CivilTime* time, std::int32_t* nanoseconds) noexcept {
    if (!text.number(2, 23, &time->hour) || !text.any_of(":") ||
        !text.number(2, 59, &time->minute)) {
        return false;
    }
    if (!text.any_of(":")) {
        return true;
    }
    return text.number(2, 59, &time->second) && (!text.any_of(".,") || text.fraction(nanoseconds));
}

/// Seconds east of Greenwich: nothing or Z is UTC.
inline bool take_offset(DigitTaker& text, int* seconds) noexcept {
    const char sign = text.front();
    if (!text.any_of("+-")) {
        text.any_of("Zz");
        return true;
    }
    int hours = 0;
    int minutes = 0;
    if (!text.number(2, 23, &hours)) {
        return false;
    }
    text.any_of(":");
    if (!text.done() && !text.number(2, 59, &minutes)) {
        return false;
    }
    *seconds = (hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
    return true;
}

struct DurationUnit {
    std::string_view name;
    double nanoseconds;
};

inline constexpr DurationUnit duration_units[] = {
    {"ns", 1},  {"us", 1e3}, {"µs", 1e3},   {"μs", 1e3},   {"ms", 1e6},
    {"s", 1e9}, {"m", 60e9}, {"min", 60e9}, {"h", 3600e9}, {"d", 86400e9},
};

/// Nanoseconds of a unit's name, 0 if there is no such unit.
constexpr double duration_unit(std::string_view name) noexcept {
    for (const DurationUnit& unit : duration_units) {
        if (unit.name == name) {
            return unit.nanoseconds;
        }
    }
    return 0;
}

}

/// ISO 8601: a date, or date and time with `T` or a blank between them, down to minutes, seconds or
/// fractions, with `Z`, an offset, or nothing, which means UTC. Nothing if it is anything else.
inline std::optional<Instant> parse_time(std::string_view text) noexcept {
    detail::DigitTaker taker{text};
    detail::CivilTime time;
    Instant instant;
    int offset = 0;
    if (!detail::take_date(taker, &time)) {
        return std::nullopt;
    }
    if (taker.any_of("Tt ") && !(detail::take_clock(taker, &time, &instant.nanoseconds) &&
                                 detail::take_offset(taker, &offset))) {
        return std::nullopt;
    }
    instant.seconds = detail::days_from_civil(time.year, time.month, time.day) * 86'400 +
                      time.hour * 3600 + time.minute * 60 + time.second - offset;
    return taker.done() ? std::optional{instant} : std::nullopt;
}

/// A number and a unit (ns, us, ms, s, m, h, d) without a blank between them, as nanoseconds.
/// Nothing if it is anything else.
inline std::optional<std::int64_t> parse_duration(std::string_view text) noexcept {
    const std::size_t split = text.find_first_not_of("0123456789.");
    if (split == 0 || split == std::string_view::npos || text[0] == '.') {
        return std::nullopt;
    }
    const double unit = detail::duration_unit(text.substr(split));
    const auto number = Instant::from_number(text.substr(0, split));
    if (unit == 0 || !number ||
        text.substr(0, split).find('.') != text.substr(0, split).rfind('.')) {
        return std::nullopt;
    }
    const double nanoseconds = number->to_double() * unit;
    return nanoseconds < 9e18 ? std::optional{static_cast<std::int64_t>(nanoseconds + 0.5)}
                              : std::nullopt;
}

ELIOT_END_NAMESPACE
