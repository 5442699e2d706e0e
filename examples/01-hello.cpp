// SPDX-License-Identifier: Apache-2.0

// The first log: an order, the prices looked up for it, and the one that could not be found.

#include <eliot/eliot.hpp>

#include <map>
#include <stdexcept>
#include <string>

using namespace eliot::literals;

const std::map<std::string, double> prices{{"tea", 3.5}, {"mug", 12.0}};

double price_of(const std::string& item) {
    return eliot::start_action("price", "item"_f = item).run([&](eliot::Action& action) {
        if (!prices.contains(item)) {
            throw std::runtime_error{"nobody sells a " + item};
        }
        return action.result(prices.at(item));
    });
}

int main() {
    eliot::to_file("hello.log");
    auto order = eliot::start_task("order", "customer"_f = "Ada");
    double total = 0;
    for (const char* item : {"tea", "hat", "mug"}) {
        try {
            total += price_of(item);
        } catch (const std::runtime_error&) {
            eliot::log_message("left_out", "item"_f = item);
        }
    }
    order.add_success_fields("total"_f = total);
}
