// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/digits.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <random>
#include <string>

using namespace eliot::detail;

namespace {

std::string unsigned_text(std::uint64_t value) {
    char text[max_integer_text];
    return {text, write_unsigned(text, value)};
}

std::string signed_text(std::int64_t value) {
    char text[max_integer_text];
    return {text, write_signed(text, value)};
}

}

TEST_CASE("every number of digits is written, at both of its ends") {
    CHECK(unsigned_text(0) == "0");
    std::uint64_t power = 1;
    for (int digits = 1; digits <= 20; ++digits, power *= 10) {
        CHECK(unsigned_text(power) == std::to_string(power));
        CHECK(unsigned_text(power - 1) == std::to_string(power - 1));
        CHECK(unsigned_text(power + 1) == std::to_string(power + 1));
    }
}

TEST_CASE("the limits of 64 bits are written") {
    CHECK(unsigned_text(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    CHECK(signed_text(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
    CHECK(signed_text(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(signed_text(-1) == "-1");
    CHECK(signed_text(0) == "0");
}

TEST_CASE("whole numbers below a hundred million are written as the standard library writes them") {
    const auto check = [](std::uint64_t value) {
        if (unsigned_text(value) != std::to_string(value)) {
            CHECK(unsigned_text(value) == std::to_string(value));
        }
    };
    for (std::uint64_t value = 0; value < 200'000; ++value) {
        check(value);
    }
    for (std::uint64_t value = 200'000; value < 100'000'000; value += 251) {
        check(value);
    }
}

TEST_CASE("random whole numbers are written as the standard library writes them") {
    std::mt19937_64 random{2};
    for (int i = 0; i < 200'000; ++i) {
        const std::uint64_t value = random() >> (random() % 64);
        if (unsigned_text(value) != std::to_string(value)) {
            CHECK(unsigned_text(value) == std::to_string(value));
        }
        const auto with_sign = static_cast<std::int64_t>(random()) >> (random() % 64);
        if (signed_text(with_sign) != std::to_string(with_sign)) {
            CHECK(signed_text(with_sign) == std::to_string(with_sign));
        }
    }
}

TEST_CASE("digits of a fixed number keep their leading zeros") {
    char text[8];
    write_two_digits(text, 7);
    CHECK(std::string(text, 2) == "07");
    write_eight_digits(text, 1020304);
    CHECK(std::string(text, 8) == "01020304");
    write_eight_digits(text, 99999999);
    CHECK(std::string(text, 8) == "99999999");
}
