// SPDX-License-Identifier: Apache-2.0

// The second of two processes: packs what the shop sold. Its actions stand in the shop's task, at
// the places that the ids name.

#include <eliot/eliot.hpp>

#include <iostream>
#include <string>

using namespace eliot::literals;

int main() {
    eliot::to_file("warehouse.log");
    eliot::add_global_fields("process"_f = "warehouse");

    std::string task_id;
    std::string item;
    while (std::cin >> task_id >> item) {
        auto action = eliot::continue_task(task_id, "pack", "item"_f = item);
        eliot::log_message("wrapped", "layers"_f = item.size());
    }
}
