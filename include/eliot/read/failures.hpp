// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where in a task something went wrong first, and how far it travelled from there.
//
//     for (const eliot::Failure& failure : eliot::find_failures(task)) { … }

#include <eliot/read/task_summary.hpp>

#include <set>

ELIOT_BEGIN_NAMESPACE

enum class FailureKind : std::uint8_t {
    failed,    ///< an action that failed, none of whose own children had
    logged,    ///< a traceback that was logged while nothing failed
    unfinished ///< an action that never ended, in a task that never did
};

struct Failure {
    FailureKind kind = FailureKind::failed;
    std::uint32_t node = 0;      ///< the action, or the message of a traceback
    std::uint32_t line = 0;      ///< that says so: an end, a traceback, a start
    std::uint32_t outermost = 0; ///< the last action on the way out that failed because of it
    std::string exception;       ///< as the log has it; empty for an unfinished action
    std::string reason;
};

namespace detail {

inline bool is_traceback(const TaskStore& task, std::uint32_t node) noexcept {
    return !task.nodes[node].is_action &&
           task.type_of(task.nodes[node].start) == R"("eliot:traceback")";
}

class FailureFinder {
public:
    explicit FailureFinder(const TaskStore& task) : task_(task) {}

    std::vector<Failure> find() {
        look_at_children();
        for (std::uint32_t node = 0; node < task_.nodes.size(); ++node) {
            if (is_failed(task_, node) && failed_child_[node] == nothing) {
                add_failed(node);
            } else if (is_traceback(task_, node)) {
                add_logged(node);
            } else if (is_innermost_unfinished(node)) {
                found_.push_back(
                    {FailureKind::unfinished, node, task_.nodes[node].start, node, {}, {}});
            }
        }
        return std::move(found_);
    }

private:
    bool is_unfinished(std::uint32_t node) const noexcept {
        const StoredNode& each = task_.nodes[node];
        return each.is_action && each.end == nothing && each.start != nothing;
    }

    bool is_innermost_unfinished(std::uint32_t node) const noexcept {
        return is_unfinished(node) && !unfinished_inside_[node] && !task_.is_late;
    }

    /// For each action the failed child that it failed because of, as far as one can tell: the last
    /// one with the same exception and reason, else the last one. Parents stand before children.
    void look_at_children() {
        failed_child_.assign(task_.nodes.size(), nothing);
        unfinished_inside_.assign(task_.nodes.size(), false);
        for (auto node = static_cast<std::uint32_t>(task_.nodes.size()); node-- > 1;) {
            const std::uint32_t parent = task_.nodes[node].parent;
            if (is_unfinished(node) || unfinished_inside_[node]) {
                unfinished_inside_[parent] = true;
            }
            if (is_failed(task_, node) && is_better_cause(node, failed_child_[parent], parent)) {
                failed_child_[parent] = node;
            }
        }
    }

    bool is_better_cause(std::uint32_t node, std::uint32_t known, std::uint32_t parent) const {
        if (known == nothing || !is_failed(task_, parent)) {
            return known == nothing;
        }
        const bool same = is_same_failure(node, parent);
        const bool known_same = is_same_failure(known, parent);
        return same != known_same ? same : task_.nodes[node].number > task_.nodes[known].number;
    }

    std::string text_of(std::uint32_t line, std::string_view name) const {
        return string_or(task_, line, name, "");
    }

    bool is_same_failure(std::uint32_t a, std::uint32_t b) const {
        const std::uint32_t left = task_.nodes[a].end;
        const std::uint32_t right = task_.nodes[b].end;
        return text_of(left, "exception") == text_of(right, "exception") &&
               text_of(left, "reason") == text_of(right, "reason");
    }

    void add_failed(std::uint32_t node) {
        const std::uint32_t line = task_.nodes[node].end;
        found_.push_back({FailureKind::failed, node, line, outermost(node),
                          string_or(task_, line, "exception", "failed without an exception"),
                          text_of(line, "reason")});
    }

    std::uint32_t outermost(std::uint32_t node) const noexcept {
        while (node != task_.root() && failed_child_[task_.nodes[node].parent] == node &&
               is_failed(task_, task_.nodes[node].parent)) {
            node = task_.nodes[node].parent;
        }
        return node;
    }

    /// Not if a failed action of the task says the same.
    void add_logged(std::uint32_t node) {
        const std::uint32_t line = task_.nodes[node].start;
        Failure failure{FailureKind::logged,    node, line, node, text_of(line, "exception"),
                        text_of(line, "reason")};
        if (!is_said_by_action(failure.exception + '\0' + failure.reason)) {
            found_.push_back(std::move(failure));
        }
    }

    bool is_said_by_action(const std::string& words) {
        if (!looked_at_words_) {
            looked_at_words_ = true;
            for (std::uint32_t node = 0; node < task_.nodes.size(); ++node) {
                const std::uint32_t end = task_.nodes[node].end;
                if (is_failed(task_, node)) {
                    words_.insert(text_of(end, "exception") + '\0' + text_of(end, "reason"));
                }
            }
        }
        return words_.count(words) != 0;
    }

    const TaskStore& task_;
    std::vector<std::uint32_t> failed_child_;
    std::vector<bool> unfinished_inside_;
    std::set<std::string> words_;
    bool looked_at_words_ = false;
    std::vector<Failure> found_;
};

}

/// Outer ones before inner ones. Of lines that came after their task nothing counts as unfinished.
inline std::vector<Failure> find_failures(const Task& task) {
    return detail::FailureFinder{task.store()}.find();
}

ELIOT_END_NAMESPACE
