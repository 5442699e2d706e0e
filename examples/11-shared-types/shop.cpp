// SPDX-License-Identifier: Apache-2.0

// The application: it uses the library, and knows the library's lines by their types instead of by
// texts that nobody checks.

#include "payments.hpp"
#include "payments_log.hpp"

#include <iostream>

using namespace eliot::literals;
using payments::Money;

int main() {
    int refusals = 0;
    eliot::to_file("shop.log");
    eliot::add_destination([&](const eliot::Record& record) {
        if (record.type() == payments::log::refused.message_type()) {
            ++refusals;
        }
    });

    {
        auto order = eliot::start_task("order", "items"_f = 2);
        payments::charge("Ada", Money{1250});
    }
    {
        auto order = eliot::start_task("order", "items"_f = 900);
        payments::charge("Grace", Money{450'000});
    }
    // The shop refuses by itself, with a line as the library has it.
    payments::log::refused.log("amount"_f = Money{0}, "reason"_f = "an empty basket");

    eliot::flush();
    std::cout << refusals << " refusals\n"
              << "a charge: " << eliot::describe(payments::log::charge) << '\n';
}
