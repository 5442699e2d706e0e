// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/numbers.hpp>

#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>

using namespace eliot::detail;

namespace {

std::string text_of(double value) {
    char text[max_double_text];
    return {text, write_double(text, value)};
}

std::string text_of(float value) {
    char text[max_double_text];
    return {text, write_float(text, value)};
}

double read(const std::string& text, double) { return std::strtod(text.c_str(), nullptr); }
float read(const std::string& text, float) { return std::strtof(text.c_str(), nullptr); }

// The digits that say something: 12 for 0.00120 and 1.2e-3.
std::string digits_of(const std::string& text) {
    std::string digits;
    for (const char c : text.substr(0, text.find('e'))) {
        if (c >= '0' && c <= '9' && (c != '0' || !digits.empty())) {
            digits += c;
        }
    }
    return digits.substr(0, digits.find_last_not_of('0') + 1);
}

template <class Float>
std::string shortest_digits(Float value) {
    char text[32];
    const auto end = std::to_chars(text, text + 32, value, std::chars_format::scientific).ptr;
    return digits_of({text, end});
}

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

// Reads back as the same number, in the same digits as the standard library's, and does not look
// like a whole number.
template <class Float>
bool is_right(Float value) {
    const std::string text = text_of(value);
    return same_bits(read(text, value), value) && digits_of(text) == shortest_digits(value) &&
           text.find_first_of(".e") != std::string::npos && text.size() <= max_double_text;
}

template <class Float>
void check(Float value) {
    for (const Float signed_value : {value, -value}) {
        if (!is_right(signed_value)) {
            CHECK(text_of(signed_value) == "the shortest text of it");
        }
    }
}

template <class Float>
void check_around(Float value) {
    const Float infinity = std::numeric_limits<Float>::infinity();
    check(value);
    check(std::nextafter(value, infinity));
    check(std::nextafter(value, -infinity));
}

template <class Float, class Bits>
Float from_bits(Bits bits) {
    Float value;
    static_assert(sizeof value == sizeof bits);
    std::memcpy(&value, &bits, sizeof value);
    return std::isfinite(value) ? value : Float{1};
}

}

TEST_CASE("floating-point numbers are laid out as Python's repr lays them out") {
    CHECK(text_of(0.0) == "0.0");
    CHECK(text_of(-0.0) == "-0.0");
    CHECK(text_of(1.0) == "1.0");
    CHECK(text_of(-1.0) == "-1.0");
    CHECK(text_of(0.1) == "0.1");
    CHECK(text_of(-2.5) == "-2.5");
    CHECK(text_of(100.0) == "100.0");
    CHECK(text_of(123.456) == "123.456");
    CHECK(text_of(0.000123) == "0.000123");
    CHECK(text_of(0.123456789) == "0.123456789");
    CHECK(text_of(1.0 / 3) == "0.3333333333333333");
    CHECK(text_of(1795238505.458876) == "1795238505.458876");
    CHECK(text_of(0.0001) == "0.0001");
    CHECK(text_of(0.00001) == "1e-05");
    CHECK(text_of(0.000099) == "9.9e-05");
    CHECK(text_of(123456789012345.0) == "123456789012345.0");
    CHECK(text_of(9007199254740993.0) == "9007199254740992.0");
    CHECK(text_of(9999999999999998.0) == "9999999999999998.0");
    CHECK(text_of(1e16) == "1e+16");
    CHECK(text_of(1e100) == "1e+100");
    CHECK(text_of(5e-324) == "5e-324");
    CHECK(text_of(2.2250738585072014e-308) == "2.2250738585072014e-308");
    CHECK(text_of(-1.7976931348623157e308) == "-1.7976931348623157e+308");
}

TEST_CASE("a float is written with a float's digits") {
    CHECK(text_of(0.1F) == "0.1");
    CHECK(text_of(-0.0F) == "-0.0");
    CHECK(text_of(16777215.0F) == "16777215.0");
    CHECK(text_of(16777216.0F) == "1.6777216e+07");
    CHECK(text_of(3.4028235e38F) == "3.4028235e+38");
    CHECK(text_of(1e-45F) == "1e-45");
    CHECK(text_of(0.33333334F) == "0.33333334");
}

TEST_CASE("what JSON has no number for is null") {
    CHECK(text_of(std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(text_of(-std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(text_of(std::numeric_limits<double>::infinity()) == "null");
    CHECK(text_of(-std::numeric_limits<double>::infinity()) == "null");
    CHECK(text_of(std::numeric_limits<float>::quiet_NaN()) == "null");
    CHECK(text_of(-std::numeric_limits<float>::infinity()) == "null");
}

TEST_CASE("doubles with few decimals are written shortest and exact") {
    std::mt19937_64 random{9};
    for (int i = 0; i < 40'000; ++i) {
        const double scale = std::pow(10.0, static_cast<double>(random() % 12));
        check(static_cast<double>(random() >> (random() % 50 + 12)) / scale);
    }
}

TEST_CASE("thousandths are written shortest and exact") {
    for (int i = 0; i < 20'000; ++i) {
        check(i / 1000.0);
        check(static_cast<float>(i / 1000.0));
        check(1e6 - i / 1000.0);
        check(1e9 - i / 1000.0);
    }
}

TEST_CASE("doubles of all bits are written shortest and exact") {
    std::mt19937_64 random{10};
    for (int i = 0; i < 25'000; ++i) {
        check(from_bits<double>(random()));
    }
}

TEST_CASE("doubles of all sizes are written shortest and exact") {
    std::mt19937_64 random{11};
    for (int i = 0; i < 25'000; ++i) {
        // Biased exponents from 2^-33 to 2^66.
        check(from_bits<double>(random() >> 12 | (990 + random() % 100) << 52));
    }
}

TEST_CASE("subnormal doubles are written shortest and exact") {
    std::mt19937_64 random{12};
    for (int i = 0; i < 10'000; ++i) {
        check(from_bits<double>(random() >> 12 >> random() % 52));
    }
}

TEST_CASE("powers of two and ten, and their neighbours, are written shortest and exact") {
    for (int exponent = -1074; exponent < 1024; ++exponent) {
        check_around(std::ldexp(1.0, exponent));
    }
    for (int exponent = -307; exponent <= 308; ++exponent) {
        check_around(std::strtod(("1e" + std::to_string(exponent)).c_str(), nullptr));
    }
}

TEST_CASE("numbers that lie between two decimals of the fast path are written exact") {
    std::mt19937_64 random{13};
    for (int i = 0; i < 10'000; ++i) {
        const auto whole = static_cast<double>(random() >> (random() % 50 + 14));
        check_around((whole + 0.5) / 1e9);
        check_around((whole + 0.5) / 1e6);
        check_around(whole / 1e9);
        check_around(whole / 1e6);
    }
}

TEST_CASE("nlohmann reads a float, and the same one") {
    std::mt19937_64 random{16};
    for (int i = 0; i < 5'000; ++i) {
        const auto value = from_bits<double>(random() >> (random() % 2 * 2));
        const auto rounded = std::round(value * 1000) / 1000;
        for (const double number : {value, std::isfinite(rounded) ? rounded : 0.0}) {
            const auto json = nlohmann::json::parse(text_of(number));
            REQUIRE(json.is_number_float());
            REQUIRE(json.get<double>() == number);
        }
    }
}

TEST_CASE("whole doubles are written with all their digits") {
    std::mt19937_64 random{14};
    for (int i = 0; i < 10'000; ++i) {
        const auto value = static_cast<std::uint64_t>(random() >> (11 + random() % 53));
        const double magnitude = static_cast<double>(value);
        CHECK(text_of(magnitude) == std::to_string(value) + ".0");
    }
}

TEST_CASE("floats with up to six decimals are written shortest and exact") {
    for (unsigned value = 0; value < 1'000'000; value += 43) {
        check(static_cast<float>(value / 1e6));
        check(static_cast<float>(value / 1e3));
        check(static_cast<float>(value));
    }
}

TEST_CASE("floats of all bits are written shortest and exact") {
    std::mt19937 random{15};
    for (int i = 0; i < 25'000; ++i) {
        check(from_bits<float>(static_cast<std::uint32_t>(random())));
        check(from_bits<float>(
            static_cast<std::uint32_t>(random() >> 9 | (110 + random() % 50) << 23)));
    }
    for (int exponent = -149; exponent < 128; ++exponent) {
        check_around(std::ldexp(1.0F, exponent));
    }
}
