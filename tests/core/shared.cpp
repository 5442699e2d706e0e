// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/shared.hpp>

#include "support/catch.hpp"

namespace {

constinit eliot::detail::Shared<int> first{1};
constinit eliot::detail::Shared<int> second{2};

} // namespace

TEST_CASE("a shared variable is its own until it is attached to another") {
    CHECK(*first == 1);
    first.attach(*second);
    *first = 3;
    CHECK(*second == 3);
}
