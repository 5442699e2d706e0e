// SPDX-License-Identifier: Apache-2.0
#pragma once

// All lines of one task_uuid as a tree, with a list of what is odd about it.
//
//     eliot::WrittenNode root = task.root();

#include <eliot/read/task_checks.hpp>
#include <eliot/read/written.hpp>

ELIOT_BEGIN_NAMESPACE

/// A handle: copies share one tree, which never changes. A parser makes them.
class Task {
public:
    explicit Task(detail::TaskHandle store) noexcept : store_(std::move(store)) {}

    /// As text; an id that the log does not write as text is given as JSON has it.
    const std::string& task_uuid() const noexcept { return store_->task_uuid; }

    /// A WrittenAction, or the one WrittenMessage of a task that is no more than that. The root of
    /// an incomplete task is an action that may have neither start nor end.
    WrittenNode root() const { return WrittenNode::of(store_, store_->root()); }

    /// True if the root was started and ended and every number in between has come, for every
    /// action below it as well: the rule of eliot.parse.
    bool is_complete() const noexcept { return store_->is_complete(); }

    /// Empty for a task as Eliot writes it. A complete task can have some, a line given twice for
    /// one.
    const std::vector<Oddity>& oddities() const noexcept { return store_->oddities; }

    /// Lines that the task was made of, those included that another one of their level replaced.
    std::size_t line_count() const noexcept { return store_->lines.size(); }

    /// The tree itself, for what is built on top of it: rendering, summaries.
    const detail::TaskStore& store() const noexcept { return *store_; }

private:
    detail::TaskHandle store_;
};

ELIOT_END_NAMESPACE
