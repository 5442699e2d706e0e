// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/wire.hpp>

#include "support/catch.hpp"

TEST_CASE("the framework's own types have the names that Eliot's readers look for") {
    CHECK(eliot::detail::wire::remote_task == "eliot:remote_task");
    CHECK(eliot::detail::wire::traceback == "eliot:traceback");
    CHECK(eliot::detail::wire::serialization_failure == "eliot:serialization_failure");
    CHECK(eliot::detail::wire::destination_failure == "eliot:destination_failure");
}
