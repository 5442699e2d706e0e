// SPDX-License-Identifier: Apache-2.0
#pragma once

// The names that Eliot gave to its own actions, messages and fields.

#include <eliot/config.hpp>

#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail::wire {

inline constexpr std::string_view remote_task = "eliot:remote_task";
inline constexpr std::string_view forked_task = "eliot:forked_task";
inline constexpr std::string_view traceback = "eliot:traceback";
inline constexpr std::string_view serialization_failure = "eliot:serialization_failure";
inline constexpr std::string_view destination_failure = "eliot:destination_failure";
inline constexpr std::string_view dropped = "eliot:dropped";
inline constexpr std::string_view invalid_task_id = "eliot:invalid_task_id";

} // namespace detail::wire
ELIOT_END_NAMESPACE
