// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of the kit look at: small logs and messages.

#include <eliot/eliot.hpp>

#include <nlohmann/json.hpp>

#include <exception>

/// Gives a log: work > [step]
inline void work() {
    using namespace eliot::literals;
    auto action = eliot::start_action("work", "n"_f = 1);
    eliot::log_message("step", "ok"_f = true);
    action.add_success_fields("done"_f = 1);
}

inline void log_traceback_of(const std::exception_ptr& exception) {
    eliot::write_traceback(exception);
}
template <class E>
void log_traceback_of(const E& exception) {
    log_traceback_of(std::make_exception_ptr(exception));
}

/// It lives for ever: what keeps a reference to it, too.
inline const nlohmann::json& order_message() {
    static const auto& object = *new nlohmann::json(nlohmann::json::parse(
        R"({"message_type": "order", "n": 1, "to": {"city": "Ulm", "at": [1, 2]}, "none": null})"));
    return object;
}
