// SPDX-License-Identifier: Apache-2.0
#pragma once

// Types as a library ships them, with every kind of lambda that fields take; and what the other of
// two source files sees of them.

#include <eliot/eliot.hpp>

#include <string>
#include <string_view>
#include <typeinfo>

namespace shared {

struct Money {
    long cents;
};

inline constexpr auto amount = eliot::field<"amount">(
    [](Money money) {
        static int calls = 0; // one for the program, or one a source file
        return std::to_string(money.cents) + " cents, value " + std::to_string(++calls);
    },
    "In cents.");
inline constexpr auto age = eliot::field<"age", int>("In years.", [](int years) {
    if (years < 0) {
        throw eliot::ValidationError{"age must not be negative"};
    }
});
inline constexpr auto name =
    eliot::field<"name">([](std::string_view text) { return text.size(); }, "Its length.",
                         [](std::string_view text) {
                             if (text.empty()) {
                                 throw eliot::ValidationError{"nobody has no name"};
                             }
                         });
inline constexpr auto paid = eliot::message_type<"shared:paid">(eliot::fields(amount, age, name));
inline constexpr auto pay =
    eliot::action_type<"shared:pay">(eliot::fields(amount), eliot::fields(name));

/// What must be one thing in a program.
struct Identity {
    const std::type_info* message;
    const std::type_info* action;
    const std::type_info* age;
    const eliot::Schema* message_schema;
    const eliot::Schema* action_schema;
    const void* object;

    friend bool operator==(const Identity& left, const Identity& right) {
        return *left.message == *right.message && *left.action == *right.action &&
               *left.age == *right.age && left.message_schema == right.message_schema &&
               left.action_schema == right.action_schema && left.object == right.object;
    }
};
// In the other source file.
Identity identity_there();
void log_there(Money money, int age);
using PaidThere = decltype(paid);
/// A declaration with the type as it is there links only if it is the same.
void take_paid(const PaidThere& type, Money money);

} // namespace shared
