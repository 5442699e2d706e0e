// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the library `payments` writes into a log: part of its interface, like its functions. It is
// included by the library, which logs these lines, and by whoever looks for them.

#include <eliot/eliot.hpp>

#include <string>
#include <string_view>

namespace payments {

struct Money {
    long cents;
};

namespace log {

// A lambda in an inline constant is one and the same in every source file.
inline constexpr auto amount = eliot::field<"amount">(
    [](Money money) { return std::to_string(money.cents / 100) + " EUR"; }, "Rounded down.");

inline constexpr auto charge = eliot::action_type<"payments:charge">(
    eliot::fields(eliot::field<"account", std::string_view>("Of the customer."), amount),
    eliot::fields(eliot::field<"receipt", int>("The number of the receipt.")),
    "Money is taken from an account.");
inline constexpr auto refused = eliot::message_type<"payments:refused">(
    eliot::fields(amount, eliot::field<"reason", std::string_view>("For the customer.")),
    "The money was not taken.");

} // namespace log
} // namespace payments
