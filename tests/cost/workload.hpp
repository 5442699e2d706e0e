// SPDX-License-Identifier: Apache-2.0
#pragma once

// The standard work that costs are measured with: one task of 14 lines of about 180 bytes.

#include <eliot/eliot.hpp>

#include <cstdint>

namespace workload {

using namespace eliot::literals;

inline constexpr int lines_of_pizza = 14;

inline void bake(std::int64_t order, int number, int oven) {
    auto bake = eliot::start_action("pizza:bake", "oven"_f = oven);
    for (int step = 0; step < 4; ++step) {
        eliot::log_message("pizza:step", "name"_f = "stepnumber12", "count"_f = order + step,
                           "ratio"_f = (number % 1000 + 1000 * step) / 1000.0);
    }
    bake.add_success_fields("temperature"_f = 220.5 + oven);
}

inline void pizza(int number) {
    const std::int64_t order = 100'000 + number;
    auto deliver = eliot::start_action("pizza:deliver", "order_id"_f = order,
                                       "customer"_f = "customer number1");
    bake(order, number, 0);
    bake(order, number, 1);
    deliver.add_success_fields("total"_f = 12.75 + number % 10);
}

/// Nested actions, two lines each.
inline void depth(int number, int left) {
    auto action = eliot::start_action("pizza:level", "left"_f = left);
    if (left > 1) {
        depth(number, left - 1);
    }
    action.add_success_fields("number"_f = number);
}

/// Two lines, the second with four fields that were added before.
inline void success_fields(int number) {
    auto action = eliot::start_action("pizza:order", "number"_f = number);
    action.add_success_fields("name"_f = "stepnumber12", "count"_f = number, "ratio"_f = 0.5,
                              "done"_f = true);
}

} // namespace workload
