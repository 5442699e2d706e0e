// SPDX-License-Identifier: Apache-2.0

// Actions: how they nest, how they succeed, and the ways in which they fail.

#include <eliot/eliot.hpp>

#include <exception>
#include <stdexcept>

using namespace eliot::literals;

// A scope: everything until the closing brace happens in it.
void pack(int parcels) {
    auto action = eliot::start_action("pack", "parcels"_f = parcels);
    eliot::log_message("label", "printer"_f = 2);
    action.add_success_fields("weight_kg"_f = 0.5 * parcels);
}

// An exception leaves the function given to `run`: the log tells its type and its reason.
void charge(double amount) {
    eliot::start_action("charge", "amount"_f = amount).run([&](eliot::Action& action) {
        action.add_failure_fields("attempts"_f = 3);
        throw std::runtime_error{"the bank does not answer"};
    });
}

// A plain scope cannot see which exception passes through it; it fails all the same.
void reserve(const char* item) {
    auto action = eliot::start_action("reserve", "item"_f = item);
    throw std::out_of_range{"sold out"};
}

// No exception, and yet a failure.
void check_address() {
    auto action = eliot::start_action("check_address");
    action.fail("the house number is missing");
}

// An Action without a scope: entered as often as needed, and finished by hand.
void deliver() {
    eliot::Action delivery{"deliver", "by"_f = "bicycle"};
    for (const char* street : {"Mill Lane", "High Street"}) {
        auto in = delivery.context();
        eliot::log_message("passed", "street"_f = street);
    }
    delivery.log("arrived");
    delivery.finish();
}

template <class F>
void attempt(F f) {
    try {
        f();
    } catch (const std::exception&) {
        eliot::write_traceback();
    }
}

int main() {
    eliot::to_file("actions.log");
    auto order = eliot::start_task("order", "id"_f = 17);
    pack(2);
    attempt([] { charge(15.5); });
    attempt([] { reserve("mug"); });
    check_address();
    deliver();
}
