// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/field_failure.hpp>

#include "support/catch.hpp"

#include <memory>

using namespace eliot::detail;

TEST_CASE("failures come out in the order they went in") {
    FieldFailures failures;
    CHECK(failures.empty());
    failures.add("a", "one", nullptr);
    failures.add("b", "two", nullptr);
    const std::unique_ptr<FieldFailure> first{failures.take()};
    CHECK(first->field == "a");
    failures.add("c", "three", nullptr);
    const std::unique_ptr<FieldFailure> second{failures.take()};
    CHECK(second->reason == "two");
    const std::unique_ptr<FieldFailure> third{failures.take()};
    CHECK(third->field == "c");
    CHECK(failures.take() == nullptr);
    failures.add("d", "left for the destructor", nullptr);
}
