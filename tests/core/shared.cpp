// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/shared.hpp>

#include "support/catch.hpp"

namespace {

constinit eliot::detail::Shared<int> one{1};
constinit eliot::detail::Shared<int> other{2};

} // namespace

TEST_CASE("a shared variable is its own until it is attached to another") {
    CHECK(*one == 1);
    one.attach(*other);
    *one = 3;
    CHECK(*other == 3);
}
