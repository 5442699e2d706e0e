// SPDX-License-Identifier: Apache-2.0

// The first log: an order, the prices that were asked for it, and the one that nobody knew.

#include <eliot/eliot.hpp>

#include <stdexcept>
#include <string>

using namespace eliot::literals;

double price_of(const std::string& item) {
    return eliot::start_action("price_of", "item"_f = item).run([&](eliot::Action& action) {
        if (item == "hat") {
            throw std::runtime_error{"nobody sells hats"};
        }
        return action.result(3.5);
    });
}

int main() {
    eliot::to_file("hello.log");
    auto order = eliot::start_task("order", "customer"_f = "Ada");
    for (const char* item : {"tea", "hat"}) {
        try {
            price_of(item);
        } catch (const std::runtime_error&) {
            eliot::log_message("left_out", "item"_f = item);
        }
    }
}
