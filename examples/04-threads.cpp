// SPDX-License-Identifier: Apache-2.0

// Threads: each one goes on with the action that gave it its work, so that one order is one tree.

#include <eliot/eliot.hpp>

#include <string>
#include <thread>
#include <vector>

using namespace eliot::literals;

void pick(const std::string& item) {
    auto action = eliot::start_action("pick", "item"_f = item);
    eliot::log_message("found", "shelf"_f = item.size());
}

int main() {
    eliot::to_file("threads.log");
    auto order = eliot::start_task("order", "id"_f = 17);

    std::vector<std::thread> pickers;
    for (const char* item : {"tea", "sugar"}) {
        pickers.emplace_back(eliot::preserve_context([item] { pick(item); }));
    }
    for (std::thread& picker : pickers) {
        picker.join();
    }

    // A thread that nobody handed an action to starts tasks of its own.
    std::thread{[] { eliot::log_message("cat_seen", "in"_f = "aisle 3"); }}.join();
}
