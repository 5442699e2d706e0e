// SPDX-License-Identifier: Apache-2.0
#include <eliot/version.hpp>

#include "support/catch.hpp"

TEST_CASE("the version that CMake read is the header's") {
    const auto version = std::to_string(ELIOT_VERSION_MAJOR) + "." +
                         std::to_string(ELIOT_VERSION_MINOR) + "." +
                         std::to_string(ELIOT_VERSION_PATCH);
    CHECK(version == ELIOT_TESTS_PROJECT_VERSION);
}
