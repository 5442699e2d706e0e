// SPDX-License-Identifier: Apache-2.0

// Destinations: where lines go. Any number of them, of any kind, each gets every line.

#include <eliot/eliot.hpp>

#include <iostream>
#include <map>
#include <string>

using namespace eliot::literals;

// A function that takes a record is a destination. Its calls never overlap, so it needs no lock.
void print_failures(const eliot::Record& record) {
    if (record.kind() == eliot::Kind::failed) {
        std::cout << "failed: " << record.type() << " at " << record.task_level().to_string()
                  << '\n';
    }
}

// So is an object with `write`, and `flush` if it has it.
class Counter {
public:
    explicit Counter(std::map<std::string, int>& counts) : counts_{counts} {}
    void write(const eliot::Record& record) { ++counts_[std::string{record.type()}]; }
    void flush() { std::cout << "flushed\n"; }

private:
    std::map<std::string, int>& counts_;
};

int main() {
    eliot::log_message("configured", "source"_f = "defaults"); // kept for the first destination

    std::map<std::string, int> counts;
    eliot::to_file("destinations.log");
    eliot::add_destination(&print_failures);
    const eliot::DestinationId counter = eliot::add_destination(Counter{counts});
    eliot::add_global_fields("shop"_f = "Mill Lane"); // on every line from now on

    {
        auto order = eliot::start_task("order", "id"_f = 17);
        auto payment = eliot::start_action("charge", "amount"_f = 15.5);
        payment.fail("the card has expired");
    }

    eliot::remove_destination(counter); // flushes it first
    eliot::log_message("closed");

    for (const auto& [type, count] : counts) {
        std::cout << count << " x " << type << '\n';
    }
}
