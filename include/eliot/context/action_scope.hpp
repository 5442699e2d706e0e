// SPDX-License-Identifier: Apache-2.0
#pragma once

// An action for a block: started, current until the scope ends, then finished.
//
//     auto action = eliot::start_action("store_data", "key"_f = 123);

#include <eliot/config.hpp>
#include <eliot/context/action.hpp>

#include <cstddef>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

/// Ends as succeeded, or, when an exception leaves the scope, as failed. Destroyed while it is not
/// current on this thread, unfinished and without an exception (the frame of a coroutine that was
/// dropped while suspended), it fails with "eliot::Abandoned". Scopes may end in any order.
class [[nodiscard]] ActionScope : public Action {
public:
    template <class... Fields>
    [[nodiscard, gnu::always_inline]] ActionScope(const detail::Place& place, std::string_view type,
                                                  const Fields&... fields)
        : Action{place, type, fields...} {}

protected:
    explicit ActionScope(detail::ContextNode& node) noexcept : Action{node} {}
};

/// Starts an action in the current one, or a new task; it is current until the scope ends.
/// Any thread; allocates nothing once the thread has had an action of this depth.
template <class... Fields>
[[nodiscard, gnu::always_inline]] inline ActionScope start_action(std::string_view type,
                                                                  const Fields&... fields) {
    return ActionScope{detail::child_scope, type, fields...};
}
/// The same as a new task, whatever is current.
template <class... Fields>
[[nodiscard, gnu::always_inline]] inline ActionScope start_task(std::string_view type,
                                                                const Fields&... fields) {
    return ActionScope{detail::task_scope, type, fields...};
}

ELIOT_END_NAMESPACE
