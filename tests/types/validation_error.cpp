// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/validation_error.hpp>

#include "support/catch.hpp"

#include <exception>
#include <string>

TEST_CASE("a validation error says what is wrong") {
    const eliot::ValidationError error{"age must not be negative"};
    CHECK(std::string{error.what()} == "age must not be negative");
    CHECK(std::string{static_cast<const std::exception&>(error).what()} == error.what());
}
