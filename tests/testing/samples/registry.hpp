// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the sample suites test: users register and sign in, and the log tells of it.

#include <eliot/eliot.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace eliot::literals;

inline constexpr auto user_registered = eliot::message_type<"user:registered">(
    eliot::fields(eliot::field<"username", std::string_view>(),
                  eliot::field<"age", int>("In years.", [](int age) {
                      if (age < 0) {
                          throw eliot::ValidationError{"age must not be negative"};
                      }
                  })));

inline constexpr auto sign_in =
    eliot::action_type<"signin">(eliot::fields(eliot::field<"username", std::string_view>()),
                                 eliot::fields(eliot::field<"status", int>()));

class Registry {
public:
    void register_user(const std::string& name, int age) {
        ages_[name] = age;
        user_registered.log("username"_f = name, "age"_f = age);
    }
    /// Tells the status only to those who are known.
    void let_in(const std::string& name) const {
        auto action = sign_in("username"_f = name);
        eliot::log_message("check", "known"_f = ages_.contains(name));
        if (!ages_.contains(name)) {
            action.fail("unknown user");
            return;
        }
        query(name);
        action.add_success_fields("status"_f = 200);
    }
    /// Forgets to tell the status.
    void let_in_silently(const std::string& name) const {
        auto action = sign_in("username"_f = name);
    }
    /// Goes on after an error, which it tells.
    void clean_up() const {
        try {
            throw std::runtime_error{"the database is locked"};
        } catch (const std::exception&) {
            eliot::write_traceback();
        }
    }

private:
    static void query(const std::string& name) {
        auto action = eliot::start_action("query", "table"_f = "users");
        eliot::log_message("row", "name"_f = name);
    }

    std::map<std::string, int> ages_;
};
