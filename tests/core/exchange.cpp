// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/exchange.hpp>

#include "support/catch.hpp"

#include <memory>
#include <string>

TEST_CASE("an exchange returns what was there before") {
    std::string text = "before";
    CHECK(eliot::detail::exchange(text, "after") == "before");
    CHECK(text == "after");
    int* pointer = nullptr;
    CHECK(eliot::detail::exchange(pointer, nullptr) == nullptr);
}

TEST_CASE("values that can only be moved change places") {
    auto left = std::make_unique<int>(1);
    auto right = std::make_unique<int>(2);
    eliot::detail::swap_values(left, right);
    CHECK(*left == 2);
    CHECK(*right == 1);
}
