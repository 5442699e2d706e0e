// SPDX-License-Identifier: Apache-2.0

// The library: it logs, and leaves to the application where its lines go.

#include "payments.hpp"

using namespace eliot::literals;

int payments::charge(std::string_view account, Money amount) {
    static int receipt = 0;
    auto action = log::charge("account"_f = account, "amount"_f = amount);
    if (amount.cents > 100'000) {
        log::refused.log("amount"_f = amount, "reason"_f = "more than 1000 EUR");
        action.fail("refused");
        return 0;
    }
    action.add_success_fields("receipt"_f = ++receipt);
    return receipt;
}
