// SPDX-License-Identifier: Apache-2.0
#pragma once

// Chooses what of a task is shown: nodes that match every condition, with the actions they are in.
//
//     eliot::Selector only_failures;
//     only_failures.add(eliot::failed_actions());
//     if (auto chosen = only_failures.choose(task)) { renderer.render(task, *chosen); }

#include <eliot/read/task.hpp>

ELIOT_BEGIN_NAMESPACE

/// Which nodes of a task are shown; without any all are.
class Selection {
public:
    Selection() = default;
    explicit Selection(std::vector<char> shown) : shown_(std::move(shown)) {}

    bool shows(std::uint32_t node) const noexcept { return shown_.empty() || shown_[node] != 0; }
    bool shows_all() const noexcept { return shown_.empty(); }

private:
    std::vector<char> shown_;
};

/// How far a match goes: to the node alone, or to everything inside it as well.
enum class Reach : std::uint8_t { node, subtree };

struct Condition {
    std::function<bool(const detail::TaskStore&, std::uint32_t node)> matches;
    Reach reach = Reach::node;
};

class Selector {
public:
    void add(Condition condition) { conditions_.push_back(std::move(condition)); }

    bool empty() const noexcept { return conditions_.empty(); }

    /// Nothing if no node matches all conditions. Time grows with nodes times conditions.
    std::optional<Selection> choose(const Task& task) const {
        if (conditions_.empty()) {
            return Selection{};
        }
        const detail::TaskStore& store = task.store();
        std::vector<char> chosen(store.nodes.size(), 1);
        for (const Condition& condition : conditions_) {
            keep_matches(store, condition, chosen);
        }
        if (std::find(chosen.begin(), chosen.end(), 1) == chosen.end()) {
            return std::nullopt;
        }
        add_ancestors(store, chosen);
        return Selection{std::move(chosen)};
    }

private:
    /// Parents stand before their children among the nodes, so one pass is enough each way.
    static void keep_matches(const detail::TaskStore& task, const Condition& condition,
                             std::vector<char>& chosen) {
        std::vector<char> matching(task.nodes.size(), 0);
        for (std::uint32_t node = 0; node < task.nodes.size(); ++node) {
            const bool inherited = condition.reach == Reach::subtree &&
                                   node != detail::root_index &&
                                   matching[task.nodes[node].parent] != 0;
            matching[node] = inherited || condition.matches(task, node) ? 1 : 0;
            chosen[node] = static_cast<char>(chosen[node] & matching[node]);
        }
    }

    static void add_ancestors(const detail::TaskStore& task, std::vector<char>& chosen) {
        for (auto node = task.nodes.size(); node-- > 1;) {
            if (chosen[node] != 0) {
                chosen[task.nodes[node].parent] = 1;
            }
        }
    }

    std::vector<Condition> conditions_;
};

namespace detail {

inline bool is_failed(const TaskStore& task, std::uint32_t node) noexcept {
    const std::uint32_t end = task.nodes[node].end;
    return end != nothing && task.lines[end].status == WrittenStatus::failed;
}

inline bool has_time(const TaskStore& task, std::uint32_t line) noexcept {
    return line != nothing && task.lines[line].has_time;
}

/// Nanoseconds from start to end, if both are known.
inline std::optional<std::int64_t> node_duration(const TaskStore& task,
                                                 std::uint32_t node) noexcept {
    const StoredNode& action = task.nodes[node];
    if (!action.is_action || !has_time(task, action.start) || !has_time(task, action.end)) {
        return std::nullopt;
    }
    return nanoseconds_between(task.lines[action.start].time, task.lines[action.end].time);
}

inline bool lasts(const TaskStore& task, std::uint32_t node, std::int64_t nanoseconds) noexcept {
    const bool started = task.nodes[node].is_action && task.nodes[node].start != nothing;
    const auto duration = node_duration(task, node);
    return started && (!duration || *duration >= nanoseconds);
}

/// The time of a message, or of an action from its start to its end, overlaps [from, to).
inline bool overlaps(const TaskStore& task, std::uint32_t node, std::optional<Instant> from,
                     std::optional<Instant> to) noexcept {
    const StoredNode& each = task.nodes[node];
    const std::uint32_t first = each.start != nothing ? each.start : each.end;
    const std::uint32_t last = each.end != nothing ? each.end : each.start;
    if (!has_time(task, first) || !has_time(task, last)) {
        return false;
    }
    const Instant begin = std::min(task.lines[first].time, task.lines[last].time);
    const Instant end = std::max(task.lines[first].time, task.lines[last].time);
    return (!from || end >= *from) && (!to || begin < *to);
}

}

/// Actions that failed, and the messages right inside them.
inline Condition failed_actions() {
    return {[](const detail::TaskStore& task, std::uint32_t node) {
                const bool message = !task.nodes[node].is_action && !task.lone_message;
                return detail::is_failed(task, message ? task.nodes[node].parent : node);
            },
            Reach::node};
}

/// Actions that took at least so long or never ended, and the messages right inside them.
inline Condition actions_lasting(std::int64_t nanoseconds) {
    return {[nanoseconds](const detail::TaskStore& task, std::uint32_t node) {
                const bool message = !task.nodes[node].is_action && !task.lone_message;
                return detail::lasts(task, message ? task.nodes[node].parent : node, nanoseconds);
            },
            Reach::node};
}

/// What happened in [from, to): messages with such a time, actions that were going on then.
inline Condition between(std::optional<Instant> from, std::optional<Instant> to) {
    return {[from, to](const detail::TaskStore& task, std::uint32_t node) {
                return detail::overlaps(task, node, from, to);
            },
            Reach::node};
}

ELIOT_END_NAMESPACE
