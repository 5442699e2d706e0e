// SPDX-License-Identifier: Apache-2.0

// Testing what a function logs.

#include <eliot/eliot.hpp>
#include <eliot/testing.hpp>

#include <iostream>
#include <string_view>

using namespace eliot::literals;

// The program: it registers users, and says so.

inline constexpr auto user_registered = eliot::message_type<"user:registered">(
    eliot::fields(eliot::field<"username", std::string_view>(), eliot::field<"age", int>()));

void register_user(std::string_view name, int age) {
    auto action = eliot::start_action("registration");
    eliot::log_message("check", "free"_f = true);
    user_registered.log("username"_f = name, "age"_f = age);
    action.add_success_fields("users"_f = 1);
}

// Its test.

void test_that_a_registration_is_logged() {
    eliot::testing::Capture log; // takes everything that is logged from here on

    register_user("john", 12);

    log.assert_has_message(user_registered, "username"_f = "john", "age"_f = 12);
    log.assert_has_action("registration", eliot::testing::succeeded, {}, {{"users", 1}});
    log.check();
}

void test_that_the_log_is_the_same_as_ever() {
    eliot::testing::Capture log;
    log.pin_clock(1425356800);
    log.pin_ids();

    register_user("john", 12);

    std::cout << log.text(); // to be compared with a golden file
}

int main() {
    test_that_a_registration_is_logged();
    test_that_the_log_is_the_same_as_ever();
    std::cout << "passed\n";
}
