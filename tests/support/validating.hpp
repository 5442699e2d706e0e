// SPDX-License-Identifier: Apache-2.0
#pragma once

// Lets extra validators run while it lives, and keeps what they refuse:
//
//     Validating validating;  adults.log("age"_f = -1);
//     CHECK(validating.failures == std::vector<std::string>{"adults age: must not be negative"});

#include <eliot/core/schema.hpp>
#include <eliot/output/runtime.hpp>

#include <exception>
#include <string>
#include <vector>

class Validating {
public:
    Validating() {
        active = this;
        before_ = eliot::detail::validation_sink.exchange(&take);
        eliot::detail::runtime().flags.fetch_or(eliot::detail::flag::validating);
    }
    Validating(const Validating&) = delete;
    Validating& operator=(const Validating&) = delete;
    ~Validating() {
        eliot::detail::runtime().flags.fetch_and(~eliot::detail::flag::validating);
        eliot::detail::validation_sink.store(before_);
    }

    std::vector<std::string> failures;

private:
    static void take(const eliot::detail::ValidationFailure& failure) {
        std::string text{failure.schema.type};
        text += ' ';
        text += failure.field.name;
        try {
            std::rethrow_exception(failure.exception);
        } catch (const std::exception& error) {
            text += std::string{": "} + error.what();
        } catch (...) {
            text += ": something else";
        }
        active->failures.push_back(text);
    }

    static inline Validating* active = nullptr;
    void (*before_)(const eliot::detail::ValidationFailure&) = nullptr;
};
