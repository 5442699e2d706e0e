// SPDX-License-Identifier: Apache-2.0
#pragma once

// Times and durations as text, both ways: the two spellings of Eliot's tools, durations at a unit a
// person can read, ISO 8601 times and durations such as 10ms as a user types them.
//
//     eliot::duration_text(1'230'000) == "1.23ms"

#include <eliot/read/instant.hpp>

#include <cmath>
#include <ctime>

ELIOT_BEGIN_NAMESPACE

enum class TimeZone { utc, local };

namespace detail {

struct CivilTime {
    std::int64_t year = 1970;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;

    bool operator==(const CivilTime&) const = default;
};

/// Days since the epoch of a date of the proleptic Gregorian calendar, by eras of 400 years that
/// begin on 1 March.
constexpr std::int64_t days_from_civil(std::int64_t year, int month, int day) noexcept {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

/// The inverse, for the date part only.
constexpr CivilTime civil_from_days(std::int64_t days) noexcept {
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const std::int64_t day_of_era = days - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    CivilTime date;
    date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    date.month = static_cast<int>(shifted_month + (shifted_month < 10 ? 3 : -9));
    date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
    return date;
}

constexpr CivilTime utc_time(std::int64_t seconds) noexcept {
    std::int64_t days = seconds / 86'400;
    std::int64_t rest = seconds % 86'400;
    if (rest < 0) {
        rest += 86'400;
        --days;
    }
    CivilTime time = civil_from_days(days);
    time.hour = static_cast<int>(rest / 3600);
    time.minute = static_cast<int>(rest / 60 % 60);
    time.second = static_cast<int>(rest % 60);
    return time;
}

inline CivilTime local_time(std::int64_t seconds) noexcept {
    const auto clock = static_cast<std::time_t>(seconds);
    std::tm parts{};
    if (::localtime_r(&clock, &parts) == nullptr) {
        return utc_time(seconds);
    }
    return {parts.tm_year + std::int64_t{1900},
            parts.tm_mon + 1,
            parts.tm_mday,
            parts.tm_hour,
            parts.tm_min,
            parts.tm_sec};
}

inline void append_padded(std::string& out, std::int64_t value, std::size_t width) {
    const std::string digits = std::to_string(value);
    if (digits.size() < width) {
        out.append(width - digits.size(), '0');
    }
    out += digits;
}

inline void append_civil(std::string& out, const CivilTime& time, char separator) {
    append_padded(out, time.year, 4);
    out += '-';
    append_padded(out, time.month, 2);
    out += '-';
    append_padded(out, time.day, 2);
    out += separator;
    append_padded(out, time.hour, 2);
    out += ':';
    append_padded(out, time.minute, 2);
    out += ':';
    append_padded(out, time.second, 2);
}

struct Microseconds {
    std::int64_t seconds = 0;
    std::int64_t fraction = 0;
};

/// Rounded to the microsecond the way Python's datetime does it, which both of Eliot's tools use:
/// the double's fraction, half to even.
inline Microseconds rounded_to_microseconds(Instant instant) noexcept {
    double whole = 0;
    const double fraction = std::modf(instant.to_double(), &whole) * 1e6;
    const auto seconds = static_cast<std::int64_t>(whole);
    const auto micros = static_cast<std::int64_t>(std::nearbyint(fraction));
    if (micros < 0) {
        return {seconds - 1, micros + 1'000'000};
    }
    return micros < 1'000'000 ? Microseconds{seconds, micros} : Microseconds{seconds + 1, 0};
}

/// Remembers the last second it has written: the lines of a log lie close together.
class TimeWriter {
public:
    TimeWriter(TimeZone zone, char separator) noexcept : zone_(zone), separator_(separator) {}

    /// `2026-11-21 05:28:55Z`: the fraction is cut off. No `Z` in local time.
    void append_seconds(std::string& out, Instant instant) {
        update(rounded_to_microseconds(instant).seconds);
        out += text_;
        append_zone(out);
    }

    /// `2026-11-21T05:28:55.466747Z`; without the fraction if it is zero.
    void append_micros(std::string& out, Instant instant) {
        const Microseconds time = rounded_to_microseconds(instant);
        update(time.seconds);
        out += text_;
        if (time.fraction != 0) {
            out += '.';
            append_padded(out, time.fraction, 6);
        }
        append_zone(out);
    }

private:
    void update(std::int64_t seconds) {
        if (seconds == last_ && !text_.empty()) {
            return;
        }
        last_ = seconds;
        text_.clear();
        const bool utc = zone_ == TimeZone::utc;
        append_civil(text_, utc ? utc_time(seconds) : local_time(seconds), separator_);
    }

    void append_zone(std::string& out) const {
        if (zone_ == TimeZone::utc) {
            out += 'Z';
        }
    }

    TimeZone zone_;
    char separator_;
    std::int64_t last_ = 0;
    std::string text_;
};

/// `value` thousandths with three digits that count: 1230 → 1.23, 12300 → 12.3, 123000 → 123.
inline void append_three_digits(std::string& out, std::int64_t thousandths) {
    const std::int64_t whole = thousandths / 1000;
    out += std::to_string(whole);
    if (whole < 10) {
        out += '.';
        append_padded(out, thousandths % 1000 / 10, 2);
    } else if (whole < 100) {
        out += '.';
        append_padded(out, thousandths % 1000 / 100, 1);
    }
}

/// Rounds `thousandths` to the digits that append_three_digits() shows.
constexpr std::int64_t round_thousandths(std::int64_t thousandths) noexcept {
    const std::int64_t unit = thousandths < 9'995 ? 10 : thousandths < 99'950 ? 100 : 1000;
    return (thousandths + unit / 2) / unit * unit;
}

/// False if it rounds to a minute or more.
inline bool append_short_duration(std::string& out, std::int64_t nanoseconds, bool ascii) {
    if (nanoseconds >= 60'000'000'000) {
        return false;
    }
    struct Unit {
        std::int64_t nanoseconds;
        std::int64_t most;
        const char* name;
    };
    const Unit units[] = {{1'000, 1'000'000, ascii ? "us" : "µs"},
                          {1'000'000, 1'000'000, "ms"},
                          {1'000'000'000, 60'000, "s"}};
    for (const Unit& unit : units) {
        const std::int64_t rounded = round_thousandths(nanoseconds / (unit.nanoseconds / 1000));
        if (rounded < unit.most) {
            append_three_digits(out, rounded);
            out += unit.name;
            return true;
        }
    }
    return false;
}

inline void append_two_units(std::string& out, std::int64_t big, const char* big_name,
                             std::int64_t small, const char* small_name) {
    out += std::to_string(big);
    out += big_name;
    out += ' ';
    append_padded(out, small, 2);
    out += small_name;
}

inline void append_long_duration(std::string& out, std::int64_t seconds) {
    if (seconds < 3600) {
        append_two_units(out, seconds / 60, "m", seconds % 60, "s");
    } else if (seconds < 86'400) {
        append_two_units(out, seconds / 3600, "h", seconds / 60 % 60, "m");
    } else {
        append_two_units(out, seconds / 86'400, "d", seconds / 3600 % 24, "h");
    }
}

}

/// A duration for people, three digits at a unit that suits: `850ns`, `12.3µs`, `1.23s`, `2m 03s`,
/// `3h 04m`, `2d 05h`. Negative ones, from a clock that was set back, have a minus.
inline std::string duration_text(std::int64_t nanoseconds, bool ascii = false) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::string out = nanoseconds < 0 ? "-" : "";
    const std::int64_t length = nanoseconds >= 0 ? nanoseconds : -std::max(nanoseconds, -most);
    if (length < 1000) {
        out += std::to_string(length);
        out += length == 0 ? "s" : "ns";
    } else if (!detail::append_short_duration(out, length, ascii)) {
        detail::append_long_duration(out, length / 1'000'000'000 +
                                              (length % 1'000'000'000 >= 500'000'000 ? 1 : 0));
    }
    return out;
}

ELIOT_END_NAMESPACE
