// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/instant.hpp>

#include "support/catch.hpp"

#include <random>

using eliot::Instant;
using eliot::nanoseconds_between;

namespace {

std::string read(std::string_view number) {
    const auto instant = Instant::from_number(number);
    return instant ? std::to_string(instant->seconds) + ' ' + std::to_string(instant->nanoseconds)
                   : "none";
}

}

TEST_CASE("times are read to the nanosecond") {
    CHECK(read("1795238505.123456789") == "1795238505 123456789");
    CHECK(read("1443193754") == "1443193754 0");
    CHECK(read("0") == "0 0");
    CHECK(read("-1.5") == "-2 500000000");
    CHECK(read("-0.0") == "0 0");
    CHECK(read("1.0000000019") == "1 1");
}

TEST_CASE("exponents move the decimal point") {
    CHECK(read("1.795238505123e9") == "1795238505 123000000");
    CHECK(read("12345e-2") == "123 450000000");
    CHECK(read("1e-9") == "0 1");
    CHECK(read("1E-10") == "0 0");
    CHECK(read("1e+3") == "1000 0");
}

TEST_CASE("a number that is no time is refused") {
    for (const char* const number :
         {"NaN", "Infinity", "-Infinity", "true", "\"1\"", "253402300800", "-62135596801", "1e400",
          "1e99999999999", "99999999999999999999999", ""}) {
        CAPTURE(number);
        CHECK(read(number) == "none");
    }
    CHECK(read("253402300799.5") == "253402300799 500000000");
    CHECK(read("-62135596800") == "-62135596800 0");
}

TEST_CASE("as a double a time is what the number is") {
    std::mt19937_64 random{5};
    for (int round = 0; round < 50'000; ++round) {
        std::string digits = std::to_string(random() % 1'000'000'000);
        const std::string text = std::to_string(1'400'000'000 + random() % 400'000'000) + '.' +
                                 digits.insert(0, 9 - digits.size(), '0');
        CAPTURE(text);
        REQUIRE(Instant::from_number(text)->to_double() == std::strtod(text.c_str(), nullptr));
    }
}

TEST_CASE("the time between two instants may be negative and never overflows") {
    CHECK(nanoseconds_between({1, 999'999'999}, {2, 1}) == 2);
    CHECK(nanoseconds_between({2, 1}, {1, 999'999'999}) == -2);
    CHECK(nanoseconds_between(eliot::first_instant, eliot::last_instant) >
          9'000'000'000'000'000'000);
    CHECK(nanoseconds_between(eliot::last_instant, eliot::first_instant) <
          -9'000'000'000'000'000'000);
}
