// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/assertions.hpp>

#include "support/catch.hpp"
#include "testing/texts.hpp"
#include "testing/work.hpp"

#include <stdexcept>

using namespace eliot::literals;
using eliot::testing::assert_contains_fields;
using eliot::testing::AssertionError;
using eliot::testing::LoggedMessage;

TEST_CASE("a message contains any subset of its fields") {
    assert_contains_fields(order_message(), nlohmann::json::object());
    assert_contains_fields(order_message(), {{"n", 1}});
    assert_contains_fields(order_message(),
                           {{"n", 1.0}, {"none", nullptr}, {"message_type", "order"}});
    assert_contains_fields(LoggedMessage{order_message()},
                           {{"to", {{"city", "Ulm"}, {"at", {1, 2}}}}});
    assert_contains_fields(order_message(), "n"_f = 1, "none"_f = nullptr);
    assert_contains_fields(LoggedMessage{order_message()}, "n"_f = 1);
}

TEST_CASE("the error shows each field that is missing or has another value") {
    CHECK(text_thrown_by<AssertionError>([] {
              assert_contains_fields(order_message(),
                                     {{"n", 2}, {"x", 1}, {"message_type", "order"}});
          }) == R"(the message "order" does not have the expected fields:

       message_type  "order"
    ✗  n             1, expected 2
    ✗  x             missing, expected 1)");
}

TEST_CASE("fields that are no object are refused with an example") {
    CHECK(text_thrown_by<std::invalid_argument>([] {
              assert_contains_fields(order_message(), nlohmann::json::array({"n", 1}));
          }) == R"(eliot: expected fields must be a JSON object, such as )"
                R"({{"name", "john"}, {"age", 12}}; this is ["n",1])");
}
