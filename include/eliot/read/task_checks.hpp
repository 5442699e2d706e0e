// SPDX-License-Identifier: Apache-2.0
#pragma once

// The last steps on a task before it is shown: children into the order of their numbers, and what
// is odd about the tree as a whole: holes, starts and ends that are missing, lines after an end.
//
//     detail::finish_tree(store);

#include <eliot/read/task_store.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Puts the children of `parent` into the order of their numbers, messages before actions.
inline void sort_children(TaskStore& task, std::uint32_t parent) {
    std::vector<std::uint32_t> children;
    for (std::uint32_t child = task.nodes[parent].first_child; child != nothing;
         child = task.nodes[child].next) {
        children.push_back(child);
    }
    std::sort(children.begin(), children.end(), [&](std::uint32_t a, std::uint32_t b) {
        const StoredNode& left = task.nodes[a];
        const StoredNode& right = task.nodes[b];
        return left.number != right.number ? left.number < right.number
                                           : left.is_action < right.is_action;
    });
    std::uint32_t* link = &task.nodes[parent].first_child;
    for (const std::uint32_t child : children) {
        *link = child;
        link = &task.nodes[child].next;
    }
    *link = nothing;
    task.nodes[parent].last_child = children.back();
    task.nodes[parent].is_sorted = true;
}

/// Finds what is odd about a tree whose children are sorted.
class TreeChecker {
public:
    explicit TreeChecker(TaskStore& task) : task_(task) {}

    void check() {
        find_first_lines();
        for (std::uint32_t node = 0; node < task_.nodes.size(); ++node) {
            if (task_.nodes[node].is_action) {
                check_ends(node);
                check_children(node);
            }
        }
    }

private:
    const StoredNode& node(std::uint32_t index) const noexcept { return task_.nodes[index]; }

    /// The first line in each node's subtree. Parents stand before their children in the array.
    void find_first_lines() {
        first_lines_.assign(task_.nodes.size(), nothing);
        for (auto index = static_cast<std::uint32_t>(task_.nodes.size()); index-- > 0;) {
            const StoredNode& each = node(index);
            first_lines_[index] = std::min({first_lines_[index], each.start, each.end});
            if (index != root_index) {
                std::uint32_t& above = first_lines_[each.parent];
                above = std::min(above, first_lines_[index]);
            }
        }
    }

    bool has_no_lines(std::uint32_t action) const noexcept {
        return node(action).start == nothing && node(action).end == nothing;
    }

    void check_ends(std::uint32_t action) {
        if (has_no_lines(action)) {
            note_missing_action(action);
        } else if (node(action).start == nothing) {
            note_missing_start(action, "");
        } else if (node(action).end == nothing) {
            add(OddityKind::missing_end, node(action).start, action,
                ": " + type_text(node(action).start) + " is unfinished");
        } else {
            check_types(action);
        }
    }

    /// One oddity for a chain of actions none of which has a line.
    void note_missing_action(std::uint32_t action) {
        if (action == root_index || !has_no_lines(node(action).parent)) {
            note_missing_start(action, ", and no end either");
        }
    }

    void note_missing_start(std::uint32_t action, std::string_view more) {
        const bool root = action == root_index;
        std::string text = "missing start at " + short_level_text(level_of(task_, action));
        text += root ? ": start not seen, the task begins before this log" : more;
        add_text(root ? OddityKind::start_not_seen : OddityKind::missing_start,
                 first_lines_[action], std::move(text));
    }

    void check_types(std::uint32_t action) {
        const std::string started = type_text(node(action).start);
        const std::string ended = type_text(node(action).end);
        if (started != ended) {
            add(OddityKind::type_differs, node(action).end, action,
                ": started as " + started + ", ended as " + ended);
        }
    }

    std::string type_text(std::uint32_t line) const {
        const std::string_view type = task_.type_of(line);
        const auto text = type.empty() ? std::nullopt : string_value(type);
        return text ? '"' + *text + '"' : std::string{type};
    }

    void check_children(std::uint32_t action) {
        const bool ended = node(action).end != nothing;
        const std::int64_t end = ended ? node(action).end_number : last_number(action);
        std::int64_t last = 1; // A log can hold any number: nothing is added to one here.
        for (std::uint32_t child = node(action).first_child; child != nothing;
             child = node(child).next) {
            const std::int64_t number = node(child).number;
            if (ended && number > end) {
                add(OddityKind::after_end, first_lines_[child], child, ": its action has ended");
            } else if (number == last && number > 1) {
                add(OddityKind::duplicate, first_lines_[child], child, ": an action and a message");
            } else if (number > last) {
                check_hole(action, last, std::min(number, end), first_lines_[child]);
                last = number;
            }
        }
        check_hole(action, last, end, ended ? node(action).end : nothing);
        if (ended && last >= end && end > 1) {
            add(OddityKind::duplicate, node(action).end, action, ": its end and a child of it");
        } else if (ended && end == 1 && node(action).start != nothing) {
            add(OddityKind::duplicate, node(action).end, action, ": its end and its start");
        }
    }

    std::int64_t last_number(std::uint32_t action) const noexcept {
        const std::uint32_t last = node(action).last_child;
        return last == nothing ? 1 : node(last).number;
    }

    /// `last` is the number before the hole, `behind` the one after it.
    void check_hole(std::uint32_t action, std::int64_t last, std::int64_t behind,
                    std::uint32_t line) {
        if (behind <= last || behind - last == 1 || line == nothing) {
            return;
        }
        auto level = level_of(task_, action);
        level.push_back(last + 1);
        std::string text{to_string(OddityKind::hole)};
        text += " at " + short_level_text(level);
        if (behind - last > 2) {
            level.back() = behind - 1;
            text += " to " + short_level_text(level);
        }
        add_text(OddityKind::hole, line, text + ": no line is there");
    }

    void add(OddityKind kind, std::uint32_t line, std::uint32_t at, std::string_view what) {
        std::string text{to_string(kind)};
        text += " at " + short_level_text(level_of(task_, at));
        text += what;
        add_text(kind, line, std::move(text));
    }

    void add_text(OddityKind kind, std::uint32_t line, std::string text) {
        task_.oddities.push_back({kind,
                                  task_.source_name(line),
                                  task_.lines[line].number,
                                  task_.task_uuid,
                                  std::move(text),
                                  {}});
    }

    TaskStore& task_;
    std::vector<std::uint32_t> first_lines_;
};

/// True if no line is missing below `action` and none is too much: the usual case, found cheaply.
inline bool is_whole(const TaskStore& task, const StoredNode& action) noexcept {
    if (!action.is_complete || !action.is_sorted ||
        task.type_of(action.start) != task.type_of(action.end)) {
        return false;
    }
    return action.first_child == nothing ||
           (task.nodes[action.first_child].number == 2 &&
            task.nodes[action.last_child].number == action.end_number - 1);
}

inline void sort_all_children(TaskStore& task) {
    for (std::uint32_t node = 0; node < task.nodes.size(); ++node) {
        if (!task.nodes[node].is_sorted) {
            sort_children(task, node);
        }
    }
}

/// Sorts what came in another order, and adds the tree's oddities to the task's.
inline void finish_tree(TaskStore& task) {
    const auto odd = [&](const StoredNode& node) {
        return node.is_action && !is_whole(task, node);
    };
    if (!task.lone_message && std::any_of(task.nodes.begin(), task.nodes.end(), odd)) {
        sort_all_children(task);
        TreeChecker{task}.check();
    }
}

/// The same for lines of a task that was complete before them: what else is missing is no news.
inline void finish_late_tree(TaskStore& task) {
    task.is_late = true;
    sort_all_children(task);
    std::string text{to_string(OddityKind::after_end)};
    text += ": the task was complete before; lines that came later: ";
    text += std::to_string(task.lines.size());
    task.oddities.push_back({OddityKind::after_end,
                             task.source_name(0),
                             task.lines[0].number,
                             task.task_uuid,
                             std::move(text),
                             {}});
}

}
ELIOT_END_NAMESPACE
