// SPDX-License-Identifier: Apache-2.0
#include <eliot/config.hpp>

#include "support/catch.hpp"

#include <type_traits>

ELIOT_BEGIN_NAMESPACE
struct ConfigProbe {};
ELIOT_END_NAMESPACE

TEST_CASE("names live in eliot and in its inline namespace") {
    STATIC_REQUIRE(std::is_same_v<eliot::ConfigProbe, eliot::v1::ConfigProbe>);
}
