// SPDX-License-Identifier: Apache-2.0

// The first of two processes: takes an order and hands the packing on. What goes over the pipe is a
// task id and the work, one line for each item.

#include <eliot/eliot.hpp>

#include <iostream>

using namespace eliot::literals;

int main() {
    eliot::to_file("shop.log");
    eliot::add_global_fields("process"_f = "shop");

    auto order = eliot::start_task("order", "customer"_f = "Ada");
    for (const char* item : {"tea", "mug"}) {
        std::cout << order.serialize_task_id() << ' ' << item << '\n'; // a new id for each
    }
    eliot::log_message("handed_on", "items"_f = 2);
}
