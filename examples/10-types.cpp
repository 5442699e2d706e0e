// SPDX-License-Identifier: Apache-2.0

// Typed messages and actions: what a line holds is declared once, and the compiler checks each
// call.

#include <eliot/eliot.hpp>

#include <array>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

using namespace eliot::literals;

struct Coordinate {
    int x;
    int y;
};

// Fields may be shared by several types.
inline constexpr auto customer = eliot::field<"customer", std::string_view>("Who ordered.");
inline constexpr auto location = eliot::field<"location">(
    [](const Coordinate& c) { return std::array{c.x, c.y}; }, "Where to deliver.");
inline constexpr auto count = eliot::field<"count", int>(
    "The number of pizzas.", [](int pizzas) { // checked while tests capture the log
        if (pizzas < 1) {
            throw eliot::ValidationError{"nobody orders no pizza"};
        }
    });

inline constexpr auto scheduled = eliot::message_type<"delivery:scheduled">(
    eliot::fields(customer, location, count, eliot::field_for_value<"kind">("pizza", "Always so.")),
    "A delivery has been scheduled.");
inline constexpr auto deliver = eliot::action_type<"delivery">(
    eliot::fields(customer), eliot::fields(eliot::field<"tip", std::optional<double>>("Or null.")),
    "A driver is on the way.");

int main() {
    eliot::to_file("types.log");

    const std::string ada = "Ada";
    const Coordinate home{3, 4};

    // In any order at the call, in the declared order on the line. None of these would compile:
    // without "count", with "cuont", with "count"_f = "two", with "count"_f = 2.5.
    scheduled.log("count"_f = 2, "customer"_f = ada, "location"_f = home);

    // In several steps; a partial message owns its values.
    const auto for_ada = scheduled("customer"_f = ada, "location"_f = home);
    for_ada.bind("count"_f = 1).write();
    for_ada.bind("count"_f = 5, "location"_f = Coordinate{0, 0}).write();

    {
        auto action = deliver("customer"_f = ada);
        eliot::log_message("arrived"); // untyped lines go along with typed ones
        action.add_success_fields("tip"_f = 1.5);
    }

    // What a type knows of its lines, for programs and for people who read the log.
    for (const eliot::FieldSchema& field : scheduled.fields()) {
        std::cout << field.name << ": " << field.description << '\n';
    }
    std::cout << "its lines: " << eliot::describe(deliver) << '\n';
}
