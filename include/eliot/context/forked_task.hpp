// SPDX-License-Identifier: Apache-2.0
#pragma once

// After fork(2) the actions that began before it belong to the parent. What would be logged in one
// of them in the child goes to a task of the child's own, which names that action:
//
//     {"action_type":"eliot:forked_task","action_status":"started","parent":"<task_uuid>@/2/3", …}
//
// It starts with its first line and ends with the last of those actions, or with its thread or
// process.

#include <eliot/config.hpp>
#include <eliot/context/log_line.hpp>
#include <eliot/context/node.hpp>
#include <eliot/context/wire.hpp>
#include <eliot/core/field.hpp>

#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// "<task_uuid>@/2/3", from `{"task_uuid":"…","task_level":[2,3,`.
inline std::string id_of(const ContextNode& node) {
    const std::string_view prefix = node.prefix.view();
    std::string id{prefix.substr(14, 36)};
    id += "@/";
    for (const char byte : prefix.substr(66)) {
        id += byte == ',' ? '/' : byte;
    }
    if (!id.ends_with("@/")) {
        id.pop_back();
    }
    return id;
}

inline bool is_open(const ContextNode* node) noexcept { return node != nullptr && !node->finished; }

/// False for a forked task, in which the actions below it are those that a program can lay hand on.
inline bool has_action(const ContextNode& node) noexcept {
    return node.data->action != nullptr && node.life.load(MemoryOrder::acquire) == Life::live;
}

/// An action of before the last fork, that an end is still to be expected of.
inline bool is_awaited(const ContextNode& node) noexcept {
    const ContextNode& action = *node.data;
    return node.life.load(MemoryOrder::acquire) == Life::live && !action.finished &&
           !action.silent && action.is_silent() && action.type.view() != wire::forked_task;
}

/// The end of this process's part in what `node` was.
inline void end_forked(Thread& self) {
    if (is_open(self.forked_task)) {
        ContextNode& task = *self.forked_task;
        task.finished = true;
        leave(self, task);
        log_in(self, task, {Kind::succeeded, task.type.view(), nullptr, 0, {}, nullptr}, nullptr);
    }
}

inline ContextNode& start_forked(Thread& self, const ContextNode& older) {
    end_forked_task->store(&end_forked, MemoryOrder::release);
    if (self.forked_task != nullptr && !self.forked_task->linked) {
        release(self, *self.forked_task);
    }
    ContextNode& task = fresh_node(self, false);
    begin_task(task.prefix, TaskUuid::generate());
    task.begin(wire::forked_task, nullptr);
    task.action = nullptr;
    self.forked_task = &task;
    link(self, task);
    const std::string parent = id_of(older);
    const FieldView views[] = {own_view("parent", parent)};
    log_in(self, task, {Kind::started, wire::forked_task, views, 1, {}, nullptr}, &task);
    return task;
}

/// Where lines go that would stand in `older`, which is silent; null if that is nowhere.
[[gnu::noinline, gnu::cold]] inline ContextNode* forked_task(Thread& self, ContextNode& older) {
    if (older.silent) {
        return nullptr;
    }
    return is_open(self.forked_task) ? self.forked_task : &start_forked(self, older);
}

/// What ends in the log when `node` ends, which is silent: with the last action of before the fork,
/// the task that stood for it; else nothing.
[[gnu::noinline, gnu::cold]] inline ContextNode* end_of_silent(Thread& self,
                                                               const ContextNode& node) noexcept {
    if (node.silent || !is_open(self.forked_task)) {
        return nullptr;
    }
    for (const ContextNode* at = self.current; at != nullptr; at = at->previous) {
        if (is_awaited(*at)) {
            return nullptr;
        }
    }
    self.forked_task->finished = true;
    leave(self, *self.forked_task);
    return self.forked_task;
}

[[gnu::noinline, gnu::cold]] inline void log_in_forked_task(Thread& self, ContextNode& older,
                                                            const LineContents& contents) {
    if (ContextNode* const task = forked_task(self, older)) {
        log_in(self, *task, contents, task);
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
