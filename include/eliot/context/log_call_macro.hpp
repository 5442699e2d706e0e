// SPDX-License-Identifier: Apache-2.0
#pragma once

// The one macro: makes the function it stands in an action, with the named arguments as fields.
//
//     double divide(double x, double y) { ELIOT_LOG_CALL(x, y); … }

#include <eliot/config.hpp>
#include <eliot/context/action_scope.hpp>
#include <eliot/context/function_name.hpp>
#include <eliot/core/field.hpp>

/// Declares the eliot::ActionScope `eliot_call`; its type is the qualified name of the function,
/// its fields are the arguments (at most 60) under their names. `return eliot_call.result(value);`
/// adds a result. Not for constexpr functions.
#define ELIOT_LOG_CALL(...)                                                                        \
    _Pragma("GCC diagnostic push")                                                                 \
        _Pragma("GCC diagnostic ignored \"-Wshadow\"") static constexpr auto eliot_call_name =     \
            ::eliot::detail::function_name(__PRETTY_FUNCTION__);                                   \
    ::eliot::ActionScope eliot_call{::eliot::detail::child_scope,                                  \
                                    eliot_call_name.view() ELIOT_NAMED_EACH(__VA_ARGS__)};         \
    _Pragma("GCC diagnostic pop") static_assert(true, "a semicolon belongs here")
