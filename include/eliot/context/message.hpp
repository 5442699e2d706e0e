// SPDX-License-Identifier: Apache-2.0
#pragma once

// Messages:
//
//     eliot::log_message("info", "x"_f = 1);

#include <eliot/config.hpp>
#include <eliot/context/forked_task.hpp>
#include <eliot/context/log_line.hpp>
#include <eliot/core/field.hpp>

#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

[[gnu::noinline]] inline void log_message_views(std::string_view type, const FieldView* fields,
                                                std::size_t count) {
    log_message(this_thread(), {Kind::message, type, fields, count, {}, nullptr});
}

} // namespace detail

/// Logs a message into the current action, else as a task of its own. Never throws; while nobody
/// listens nothing is evaluated.
template <class... Fields>
[[gnu::always_inline]] inline void log_message(std::string_view type, const Fields&... fields) {
    detail::check_fields<Fields...>();
    if (detail::is_listening()) {
        const detail::FieldViews<sizeof...(Fields)> views{{detail::make_view(fields)...}};
        detail::log_message_views(type, views.items, sizeof...(Fields));
    }
}

ELIOT_END_NAMESPACE
