// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/time_text.hpp>

#include "support/catch.hpp"

#include <cstdlib>

using namespace eliot;

namespace {

std::string micros(std::string_view number, TimeZone zone = TimeZone::utc) {
    std::string out;
    detail::TimeWriter{zone, 'T'}.append_micros(out, *Instant::from_number(number));
    return out;
}

std::string seconds(std::string_view number) {
    std::string out;
    detail::TimeWriter{TimeZone::utc, ' '}.append_seconds(out, *Instant::from_number(number));
    return out;
}

}

TEST_CASE("times are written as Eliot's tools write them") {
    CHECK(micros("1700000000.001") == "2023-11-14T22:13:20.001000Z");
    CHECK(micros("1443193754") == "2015-09-25T15:09:14Z");
    CHECK(micros("1443193754.9999995") == "2015-09-25T15:09:15Z");
    CHECK(micros("1443193754.1234565") == "2015-09-25T15:09:14.123456Z");
    CHECK(micros("-1.5") == "1969-12-31T23:59:58.500000Z");
    CHECK(seconds("1443193754.9999995") == "2015-09-25 15:09:15Z");
    CHECK(seconds("1443193754.9999") == "2015-09-25 15:09:14Z");
}

TEST_CASE("dates are right from the first year to the last") {
    CHECK(seconds("-62135596800") == "0001-01-01 00:00:00Z");
    CHECK(seconds("253402300799") == "9999-12-31 23:59:59Z");
    CHECK(seconds("951782400") == "2000-02-29 00:00:00Z");
    CHECK(seconds("4107542400") == "2100-03-01 00:00:00Z");
    for (std::int64_t day = -800'000; day < 2'000'000; day += 11) {
        const detail::CivilTime date = detail::civil_from_days(day);
        REQUIRE(detail::days_from_civil(date.year, date.month, date.day) == day);
    }
}

TEST_CASE("a writer that is used again writes the time it is given") {
    std::string out;
    detail::TimeWriter writer{TimeZone::utc, ' '};
    writer.append_seconds(out, {0, 0});
    writer.append_seconds(out, {0, 5});
    writer.append_seconds(out, {61, 0});
    CHECK(out == "1970-01-01 00:00:00Z1970-01-01 00:00:00Z1970-01-01 00:01:01Z");
}

TEST_CASE("local time has no Z") {
    ::setenv("TZ", "XYZ-2", 1);
    ::tzset();
    CHECK(micros("0", TimeZone::local) == "1970-01-01T02:00:00");
    ::unsetenv("TZ");
    ::tzset();
}

TEST_CASE("durations have three digits at a unit that suits") {
    CHECK(duration_text(0) == "0s");
    CHECK(duration_text(1) == "1ns");
    CHECK(duration_text(999) == "999ns");
    CHECK(duration_text(1'000) == "1.00µs");
    CHECK(duration_text(12'345) == "12.3µs");
    CHECK(duration_text(12'345, true) == "12.3us");
    CHECK(duration_text(999'499) == "999µs");
    CHECK(duration_text(999'500) == "1.00ms");
    CHECK(duration_text(9'994'999) == "9.99ms");
    CHECK(duration_text(9'995'000) == "10.0ms");
    CHECK(duration_text(99'950'000) == "100ms");
    CHECK(duration_text(1'230'000'000) == "1.23s");
    CHECK(duration_text(59'499'000'000) == "59.5s");
    CHECK(duration_text(59'960'000'000) == "1m 00s");
    CHECK(duration_text(123'000'000'000) == "2m 03s");
    CHECK(duration_text(3600'000'000'000 * 27) == "1d 03h");
    CHECK(duration_text(-2'500'000'000) == "-2.50s");
    CHECK(duration_text(std::numeric_limits<std::int64_t>::min()) == "-106751d 23h");
}
