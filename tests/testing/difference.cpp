// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/difference.hpp>

#include <eliot/testing/assertions.hpp>

#include "support/catch.hpp"
#include "testing/texts.hpp"
#include "testing/work.hpp"

using eliot::testing::assert_contains_fields;
using eliot::testing::AssertionError;

TEST_CASE("the error shows the member that differs within a value") {
    CHECK(text_thrown_by<AssertionError>([] {
              assert_contains_fields(
                  order_message(),
                  {{"to", {{"city", "Bonn"}, {"at", {1, 3}}, {"zip", 5}}}, {"n", 1}});
          }) == R"(the message "order" does not have the expected fields:

       n         1
    ✗  to.at[1]  2, expected 3
    ✗  to.city   "Ulm", expected "Bonn"
    ✗  to.zip    missing, expected 5)");
    CHECK(text_thrown_by<AssertionError>([] {
              assert_contains_fields(order_message(), {{"to", {{"city", "Ulm"}}}});
          }) == R"(the message "order" does not have the expected fields:

    ✗  to.at  [1,2], not expected)");
}

TEST_CASE("values of other types and sizes are compared whole") {
    CHECK(text_thrown_by<AssertionError>([] {
              assert_contains_fields(order_message(), {{"to", 5}, {"n", "1"}, {"none", 0}});
          }) == R"(the message "order" does not have the expected fields:

    ✗  n     1, expected "1"
    ✗  none  null, expected 0
    ✗  to    {"at":[1,2],"city":"Ulm"}, expected 5)");
    CHECK_THROWS_AS(
        assert_contains_fields(order_message(), {{"to", {{"city", "Ulm"}, {"at", {1}}}}}),
        AssertionError);
}
