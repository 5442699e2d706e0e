// SPDX-License-Identifier: Apache-2.0

// Functions as actions: each call is one, with its arguments, its result or its exception.

#include <eliot/eliot.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

using namespace eliot::literals;

// Wrapped: the action's type, then the arguments' names in order.
const auto price_of = eliot::log_call<"price_of", "item">(
    [](std::string_view item) { return item == "tea" ? 3.5 : 12.0; });

// "" leaves an argument out, and a result need not be logged.
const auto log_in = eliot::log_call<"log_in", "user", "">(
    [](std::string_view user, std::string_view password) {
        return std::string{user} + ":" + std::string{password};
    },
    {.include_result = false});

namespace shop {

// In place: the action is named after the function, its fields after the variables.
double discount(double price, int percent) {
    ELIOT_LOG_CALL(price, percent);
    if (percent > 50) {
        throw std::invalid_argument{"too generous"};
    }
    return eliot_call.result(price * (100 - percent) / 100);
}

} // namespace shop

int main() {
    eliot::to_file("functions.log");
    auto order = eliot::start_task("order");
    log_in("Ada", "secret");
    shop::discount(price_of("mug"), 25);
    try {
        shop::discount(price_of("tea"), 80);
    } catch (const std::invalid_argument&) {
        eliot::log_message("full_price");
    }
}
