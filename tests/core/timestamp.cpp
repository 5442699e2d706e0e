// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/timestamp.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <string>

using eliot::Timestamp;

namespace {

std::string text_of(std::int64_t nanoseconds) {
    char text[eliot::max_timestamp_text];
    return {text, eliot::detail::write_timestamp(text, Timestamp{nanoseconds})};
}

}

TEST_CASE("a timestamp is written in seconds with nine decimals") {
    CHECK(text_of(1795238505458876123) == "1795238505.458876123");
    CHECK(text_of(1795238505000000000) == "1795238505.000000000");
    CHECK(text_of(1000000001) == "1.000000001");
    CHECK(text_of(999999999) == "0.999999999");
    CHECK(text_of(0) == "0.000000000");
    CHECK(text_of(std::numeric_limits<std::int64_t>::max()) == "9223372036.854775807");
}

TEST_CASE("a time before the epoch is written as the epoch") {
    CHECK(text_of(-1) == "0.000000000");
    CHECK(text_of(std::numeric_limits<std::int64_t>::min()) == "0.000000000");
}

TEST_CASE("random timestamps are written as printf writes their parts") {
    std::mt19937_64 random{5};
    for (int i = 0; i < 100'000; ++i) {
        const auto time = static_cast<std::int64_t>(random() >> (1 + random() % 40));
        char expected[40];
        std::snprintf(expected, sizeof expected, "%lld.%09lld",
                      static_cast<long long>(time / 1000000000),
                      static_cast<long long>(time % 1000000000));
        if (text_of(time) != expected) {
            CHECK(text_of(time) == expected);
        }
    }
}

TEST_CASE("a writer of timestamps writes each as if it were alone") {
    eliot::detail::TimestampWriter writer;
    std::mt19937_64 random{6};
    std::int64_t time = 0;
    for (int i = 0; i < 100'000; ++i) {
        // Whole seconds, the last nanosecond before them, times before the epoch and steps back
        // too.
        switch (random() % 8) {
        case 0:
            time = static_cast<std::int64_t>(random()) >> random() % 64;
            break;
        case 1:
            time -= time % 1'000'000'000;
            break;
        case 2:
            time += 999'999'999 - time % 1'000'000'000;
            break;
        case 3:
            time -= 1;
            break;
        case 4:
            time = -time / 2;
            break;
        default:
            time = time / 2 + static_cast<std::int64_t>(random() % 1'000'000);
            break;
        }
        char text[eliot::max_timestamp_text];
        const std::string written{text, writer.write(text, Timestamp{time})};
        if (written != text_of(time)) {
            CHECK(written == text_of(time));
        }
    }
}

TEST_CASE("a writer's first timestamp may be any") {
    for (const std::int64_t time :
         {std::int64_t{0}, std::int64_t{5}, std::int64_t{99'999}, std::int64_t{100'000},
          std::int64_t{1'000'000'000}, std::int64_t{-1}, std::int64_t{-2}, std::int64_t{-99'999},
          std::int64_t{-100'000}, std::int64_t{-100'001}, std::int64_t{-100'002}, INT64_MIN,
          INT64_MAX}) {
        eliot::detail::TimestampWriter writer;
        char text[eliot::max_timestamp_text];
        CHECK(std::string(text, writer.write(text, Timestamp{time})) == text_of(time));
    }
}

TEST_CASE("timestamps compare by time") {
    STATIC_REQUIRE(Timestamp{-1} < Timestamp{1});
    STATIC_REQUIRE(Timestamp{1} == Timestamp{1});
    STATIC_REQUIRE(Timestamp{5}.nanoseconds() == 5);
}

TEST_CASE("five digits are those of every number below 100 000") {
    for (std::uint32_t value = 0; value < 100'000; ++value) {
        char text[5];
        eliot::detail::write_five_digits(text, value);
        const std::string expected = std::to_string(100'000 + value).substr(1);
        if (std::string_view{text, 5} != expected) {
            FAIL(expected);
        }
    }
}
