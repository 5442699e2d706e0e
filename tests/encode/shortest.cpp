// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/shortest.hpp>

#include "support/catch.hpp"

#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>

using eliot::detail::Notation;

namespace {

template <class Float>
std::string ours(Float value, Notation notation) {
    char text[400];
    return {text, eliot::detail::shortest(text, text + sizeof text, value, notation)};
}

template <class Float>
std::string theirs(Float value, std::chars_format format) {
    char text[400];
    return {text, std::to_chars(text, text + sizeof text, value, format).ptr};
}

template <class Float, class Bits>
void compare_random() {
    std::mt19937_64 random{7};
    for (int i = 0; i < 20'000; ++i) {
        const auto bits = static_cast<Bits>(random());
        Float value;
        std::memcpy(&value, &bits, sizeof value);
        if (value == value) {
            const bool same =
                ours(value, Notation::fixed) == theirs(value, std::chars_format::fixed) &&
                ours(value, Notation::scientific) == theirs(value, std::chars_format::scientific);
            CHECK(same);
        }
    }
}

} // namespace

TEST_CASE("the library's own to_chars is called") {
    CHECK(ours(0.1, Notation::fixed) == "0.1");
    CHECK(ours(0.1F, Notation::fixed) == "0.1");
    CHECK(ours(1e300, Notation::scientific) == "1e+300");
    CHECK(ours(std::numeric_limits<double>::denorm_min(), Notation::scientific) == "5e-324");
}

TEST_CASE("it agrees with <charconv>") {
    compare_random<double, std::uint64_t>();
    compare_random<float, std::uint32_t>();
}
