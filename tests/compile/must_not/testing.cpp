// SPDX-License-Identifier: Apache-2.0
// Mistakes with expected fields in tests of a log. must_not_compile.py says how this file is read.

#include <eliot/testing.hpp>

#include <eliot/eliot.hpp>

#include <string_view>

using namespace eliot::literals;
using eliot::testing::expected;
using eliot::testing::failed;
using eliot::testing::succeeded;

constexpr auto sold = eliot::message_type<"shop:sold">(
    eliot::fields(eliot::field<"count", int>(), eliot::field_for_value<"kind">("pizza")));
constexpr auto pay =
    eliot::action_type<"shop:pay">(eliot::fields(eliot::field<"method", std::string_view>()),
                                   eliot::fields(eliot::field<"receipt", int>()));

int main() {
    eliot::testing::Capture log;
    log.assert_has_message(sold, "count"_f = 3);
    log.assert_has_message(sold);
    log.assert_has_action(pay, succeeded, expected("method"_f = "cash"), expected("receipt"_f = 1));
    log.assert_has_action(pay, failed, expected(), expected("exception"_f = "E"));

#if CASE == 1
    // a field that the type does not declare
    // expect: eliot: this type declares no such field
    // expect: shop:sold
    log.assert_has_message(sold, "cuont"_f = 3);
#endif

#if CASE == 2
    // a value of another type than the declared one
    // expect: eliot: the value is not of the field's declared type
    log.assert_has_message(sold, "count"_f = "three");
#endif

#if CASE == 3
    // a start field that the type does not declare
    // expect: eliot: this type declares no such field
    log.assert_has_action(pay, succeeded, expected("receipt"_f = 1));
#endif

#if CASE == 4
    // a success field of another type
    // expect: eliot: the value is not of the field's declared type
    log.assert_has_action(pay, succeeded, expected(), expected("receipt"_f = "one"));
#endif

#if CASE == 5
    // a field given twice
    // expect: eliot: a field is given twice in one call
    log.assert_has_message("shop:sold", "count"_f = 1, "count"_f = 2);
#endif

#if CASE == 6
    // a message type where an action type belongs
    // expect: no matching
    log.assert_has_action(sold, succeeded, expected());
#endif

#if CASE == 7
    // a capture that ends at once
    // expect: nodiscard
    eliot::testing::Capture{};
#endif
}
