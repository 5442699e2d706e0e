// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/time_parse.hpp>

#include "support/catch.hpp"

using namespace eliot;

TEST_CASE("times may end at the day, the minute, the second or a fraction of it") {
    CHECK(parse_time("2026-11-21") == Instant{1795219200, 0});
    CHECK(parse_time("2026-11-21T05:28") == Instant{1795238880, 0});
    CHECK(parse_time("2026-11-21 05:28:55Z") == Instant{1795238935, 0});
    CHECK(parse_time("2026-11-21T05:28:55.466826z") == Instant{1795238935, 466'826'000});
    CHECK(parse_time("2026-11-21T05:28:55,5") == Instant{1795238935, 500'000'000});
    CHECK(parse_time("2026-11-21T05:28:55.1234567899Z") == Instant{1795238935, 123'456'789});
}

TEST_CASE("times may have an offset from UTC") {
    CHECK(parse_time("2026-11-21T07:28:55+02:00") == Instant{1795238935, 0});
    CHECK(parse_time("2026-11-21T00:58:55-0430") == Instant{1795238935, 0});
    CHECK(parse_time("2026-11-21T07:28:55+02") == Instant{1795238935, 0});
}

TEST_CASE("a text that is no time is refused") {
    for (const char* const text :
         {"", "2026", "2026-11", "2026-13-01", "2026-02-29", "2026-11-21T", "2026-11-21T05",
          "2026-11-21T24:00", "2026-11-21T05:60", "2026-11-21T05:28:55.", "2026-11-21T05:28:55X",
          "2026-11-21T05:28:55Zx", "2026-11-21T05:28+2", "0000-01-01", "21.11.2026", "now"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_time(text));
    }
    CHECK(parse_time("2024-02-29"));
}

TEST_CASE("durations are a number and a unit") {
    CHECK(parse_duration("10ms") == 10'000'000);
    CHECK(parse_duration("1.5s") == 1'500'000'000);
    CHECK(parse_duration("250us") == 250'000);
    CHECK(parse_duration("250µs") == 250'000);
    CHECK(parse_duration("7ns") == 7);
    CHECK(parse_duration("2m") == 120'000'000'000);
    CHECK(parse_duration("2min") == 120'000'000'000);
    CHECK(parse_duration("1h") == 3600'000'000'000);
    CHECK(parse_duration("1d") == 86'400'000'000'000);
    CHECK(parse_duration("0s") == 0);
}

TEST_CASE("a text that is no duration is refused") {
    for (const char* const text :
         {"", "10", "ms", ".5s", "1.2.3s", "10 ms", "-1s", "1y", "1e3s", "99999999999d", "1.s.s"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
}
