// SPDX-License-Identifier: Apache-2.0
#pragma once

// The way that a task took, as a list of steps: actions that start and end, messages. Two tasks
// took the same way if their steps are the same; where they part is the first step that differs.
//
//     detail::TaskOutline outline{task.store()};
//     outline.fingerprint();

#include <eliot/read/finished_ids.hpp>
#include <eliot/read/task_summary.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct OutlineStep {
    enum class Kind : std::uint8_t { start, message, end };

    Kind kind;
    WrittenStatus status; ///< of an end
    std::uint32_t node;
    std::uint32_t line; ///< nothing, if the log does not have it
};

class TaskOutline {
public:
    explicit TaskOutline(const TaskStore& task) : task_(task) {
        std::vector<std::uint32_t> open;
        enter(task.root(), open);
        while (!open.empty()) {
            const std::uint32_t child = open.back();
            open.pop_back();
            if ((child & leaving) != 0) {
                leave(child & ~leaving);
            } else {
                enter(child, open);
            }
        }
    }

    const std::vector<OutlineStep>& steps() const noexcept { return steps_; }
    const TaskStore& task() const noexcept { return task_; }

    /// The type as the line has it, a JSON value.
    std::string_view type_of(const OutlineStep& step) const noexcept {
        const std::uint32_t line = task_.type_line(step.node);
        return line == nothing ? std::string_view{} : task_.type_of(line);
    }

    /// Equal for tasks that took the same way.
    std::uint64_t fingerprint() const {
        std::uint64_t hash = 0;
        for (const OutlineStep& step : steps_) {
            const auto what =
                static_cast<std::uint64_t>(step.kind) * 8 + static_cast<std::uint64_t>(step.status);
            hash = (hash ^ id_hash(type_of(step)) ^ what) * 0x9E3779B97F4A7C15U;
            hash ^= hash >> 29U;
        }
        return hash;
    }

private:
    static constexpr std::uint32_t leaving = 0x80000000;

    void enter(std::uint32_t node, std::vector<std::uint32_t>& open) {
        const StoredNode& each = task_.nodes[node];
        if (!each.is_action) {
            steps_.push_back({OutlineStep::Kind::message, WrittenStatus::none, node, each.start});
            return;
        }
        steps_.push_back({OutlineStep::Kind::start, WrittenStatus::none, node, each.start});
        open.push_back(node | leaving);
        const std::size_t first = open.size();
        for (std::uint32_t child = each.first_child; child != nothing;
             child = task_.nodes[child].next) {
            open.push_back(child);
        }
        std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
    }

    void leave(std::uint32_t node) {
        const std::uint32_t end = task_.nodes[node].end;
        const WrittenStatus status = end == nothing ? WrittenStatus::none : task_.lines[end].status;
        steps_.push_back({OutlineStep::Kind::end, status, node, end});
    }

    const TaskStore& task_;
    std::vector<OutlineStep> steps_;
};

/// How many steps two tasks have in common before they part.
inline std::size_t common_steps(const TaskOutline& a, const TaskOutline& b) {
    const std::size_t most = std::min(a.steps().size(), b.steps().size());
    std::size_t at = 0;
    while (at < most && a.steps()[at].kind == b.steps()[at].kind &&
           a.steps()[at].status == b.steps()[at].status &&
           a.type_of(a.steps()[at]) == b.type_of(b.steps()[at])) {
        ++at;
    }
    return at;
}

/// A field that two lines do not agree about; an empty value is not there.
struct FieldDifference {
    std::size_t step; ///< of the first task
    std::string name;
    std::string left;
    std::string right;
};

inline std::string canonical(std::string_view value) {
    std::string text;
    append_python_json(text, value);
    return text;
}

/// Fields of one step that differ, by name. Both lines must be there.
inline void append_differences(std::vector<FieldDifference>& found, const TaskOutline& a,
                               const TaskOutline& b, std::size_t step) {
    FieldStack left;
    FieldStack right;
    left.push_line(a.task().line_text(a.steps()[step].line), {});
    right.push_line(b.task().line_text(b.steps()[step].line), {});
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < left.size() || j < right.size()) {
        const bool take_left =
            j == right.size() || (i < left.size() && left[i].key <= right[j].key);
        const bool take_right =
            i == left.size() || (j < right.size() && right[j].key <= left[i].key);
        const std::string_view name = take_left ? left[i].key : right[j].key;
        const std::string_view x = take_left ? left[i++].value : std::string_view{};
        const std::string_view y = take_right ? right[j++].value : std::string_view{};
        if (x.empty() || y.empty() || canonical(x) != canonical(y)) {
            found.push_back({step, std::string{name}, std::string{x}, std::string{y}});
        }
    }
}

/// Fields that differ in the first `steps` steps, which must be common to both.
inline std::vector<FieldDifference> field_differences(const TaskOutline& a, const TaskOutline& b,
                                                      std::size_t steps) {
    std::vector<FieldDifference> found;
    for (std::size_t step = 0; step < steps; ++step) {
        if (a.steps()[step].line != nothing && b.steps()[step].line != nothing) {
            append_differences(found, a, b, step);
        }
    }
    return found;
}

}
ELIOT_END_NAMESPACE
