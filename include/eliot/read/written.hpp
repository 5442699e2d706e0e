// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a reader gets of a task: actions, which hold messages and further actions. All of these are
// small handles that share one task; copy them freely, and keep any of them as long as you like.
//
//     if (const auto* action = std::get_if<eliot::WrittenAction>(&node)) { use(action->children());
//     }

#include <eliot/core/task_level.hpp>
#include <eliot/read/task_store.hpp>

#include <variant>

ELIOT_BEGIN_NAMESPACE

class WrittenNode;

namespace detail {

using TaskHandle = std::shared_ptr<const TaskStore>;

/// Numbers that a TaskLevel cannot hold come out as the nearest it can, below 1 as 0.
inline TaskLevel task_level(const std::vector<std::int64_t>& numbers) {
    TaskLevel level;
    for (const std::int64_t number : numbers) {
        level.push_back(static_cast<std::uint32_t>(
            std::clamp<std::int64_t>(number, 0, std::numeric_limits<std::uint32_t>::max())));
    }
    return level;
}

inline std::optional<std::string> type_string(const TaskStore& task, std::uint32_t line) {
    if (line == nothing || task.type_of(line).empty() || task.type_of(line) == "null") {
        return std::nullopt;
    }
    const auto text = string_value(task.type_of(line));
    return repair_utf8(text ? *text : std::string{task.type_of(line)});
}

inline std::optional<std::string> string_field(const TaskStore& task, std::uint32_t line,
                                               std::string_view name) {
    const auto value = find_member(task.line_text(line), name);
    const auto text = value ? string_value(*value) : std::nullopt;
    return text ? std::optional{repair_utf8(*text)} : std::nullopt;
}

}

/// One line of a log: a message, or the start or end of an action.
class WrittenMessage {
public:
    const std::string& task_uuid() const noexcept { return task_->task_uuid; }

    /// `/2/3`. Numbers that no level can have, which an odd log may hold all the same, come out as
    /// the nearest possible ones; level_text() says them as they are.
    TaskLevel task_level() const { return detail::task_level(level()); }

    std::string level_text() const { return detail::level_text(level()); }

    /// Seconds since the epoch; NaN if the line says none, or none of the years 1 to 9999.
    double timestamp() const noexcept {
        return stored().has_time ? stored().time.to_double()
                                 : std::numeric_limits<double>::quiet_NaN();
    }

    /// The same to the nanosecond.
    std::optional<Instant> time() const noexcept {
        return stored().has_time ? std::optional{stored().time} : std::nullopt;
    }

    /// message_type, or of a line of an action action_type; nothing if there is none or null.
    std::optional<std::string> type() const { return detail::type_string(*task_, line_); }

    /// All fields but task_uuid, task_level and timestamp, as Eliot has it. Parses the line anew.
    nlohmann::json contents() const {
        nlohmann::json fields = as_json();
        for (const char* const framework : {"task_uuid", "task_level", "timestamp"}) {
            fields.erase(framework);
        }
        return fields;
    }

    /// All fields. Integers above 64 bits are doubles here, NaN and infinities stay what they are,
    /// lone surrogates become U+FFFD; text() has them all.
    nlohmann::json as_json() const { return detail::json_from_text(text()); }

    /// The line as it was written, blanks around it left out. Lives as long as a handle of the
    /// task.
    std::string_view text() const noexcept { return task_->line_text(line_); }

    /// The file's name as it was given, empty if the line came from none, and the line's number.
    std::string file() const { return task_->source_name(line_); }
    std::uint64_t line_number() const noexcept { return stored().number; }

private:
    friend class WrittenAction;
    friend class WrittenNode;

    enum class Role : std::uint8_t { message, start, end };

    WrittenMessage(detail::TaskHandle task, std::uint32_t node, Role role)
        : task_(std::move(task)),
          node_(node),
          line_(role == Role::end ? task_->nodes[node].end : task_->nodes[node].start),
          role_(role) {}

    const detail::StoredLine& stored() const noexcept { return task_->lines[line_]; }

    std::vector<std::int64_t> level() const {
        auto numbers = detail::level_of(*task_, node_);
        if (role_ != Role::message) {
            numbers.push_back(role_ == Role::start ? 1 : task_->nodes[node_].end_number);
        }
        return numbers;
    }

    detail::TaskHandle task_;
    std::uint32_t node_;
    std::uint32_t line_;
    Role role_;
};

/// An action as far as the log has it: start, end, or both may be missing.
class WrittenAction {
public:
    const std::string& task_uuid() const noexcept { return task_->task_uuid; }

    /// The action's own level: `/2` if it starts at `/2/1`; `/` for a root. See
    /// WrittenMessage::task_level() for odd numbers.
    TaskLevel task_level() const { return detail::task_level(detail::level_of(*task_, node_)); }

    std::string level_text() const { return detail::level_text(detail::level_of(*task_, node_)); }

    /// From the start, else from the end; nothing if both are missing.
    std::optional<std::string> action_type() const {
        return detail::type_string(*task_, task_->type_line(node_));
    }

    /// "started", "succeeded", "failed", whatever else an odd end says; nothing without any line.
    std::optional<std::string> status() const {
        const std::uint32_t line = node().end != detail::nothing ? node().end : node().start;
        return line == detail::nothing ? std::nullopt
                                       : detail::string_field(*task_, line, "action_status");
    }

    std::optional<WrittenMessage> start_message() const {
        return message(node().start, WrittenMessage::Role::start);
    }

    std::optional<WrittenMessage> end_message() const {
        return message(node().end, WrittenMessage::Role::end);
    }

    /// Seconds since the epoch.
    std::optional<double> start_time() const { return time_of(node().start); }
    std::optional<double> end_time() const { return time_of(node().end); }

    /// Nanoseconds from start to end, if both have a time.
    std::optional<std::int64_t> duration() const {
        const auto start = start_message();
        const auto end = end_message();
        if (!start || !end || !start->time() || !end->time()) {
            return std::nullopt;
        }
        return nanoseconds_between(*start->time(), *end->time());
    }

    /// Of a failed action, if its last line has them.
    std::optional<std::string> exception() const { return failure_field("exception"); }
    std::optional<std::string> reason() const { return failure_field("reason"); }

    /// Messages and actions by level, without start and end. One level only.
    std::vector<WrittenNode> children() const;

    /// True if every line of the action and of those below it is there.
    bool is_complete() const noexcept { return node().is_complete; }

private:
    friend class WrittenNode;

    WrittenAction(detail::TaskHandle task, std::uint32_t node)
        : task_(std::move(task)), node_(node) {}

    const detail::StoredNode& node() const noexcept { return task_->nodes[node_]; }

    std::optional<WrittenMessage> message(std::uint32_t line, WrittenMessage::Role role) const {
        return line == detail::nothing ? std::nullopt
                                       : std::optional{WrittenMessage{task_, node_, role}};
    }

    std::optional<double> time_of(std::uint32_t line) const noexcept {
        const bool known = line != detail::nothing && task_->lines[line].has_time;
        return known ? std::optional{task_->lines[line].time.to_double()} : std::nullopt;
    }

    std::optional<std::string> failure_field(std::string_view name) const {
        const bool failed = node().end != detail::nothing &&
                            task_->lines[node().end].status == detail::WrittenStatus::failed;
        return failed ? detail::string_field(*task_, node().end, name) : std::nullopt;
    }

    detail::TaskHandle task_;
    std::uint32_t node_;
};

/// An action or a message: a std::variant, so std::visit, std::get and std::get_if work on it.
class WrittenNode : public std::variant<WrittenAction, WrittenMessage> {
public:
    using variant::variant;

    bool is_action() const noexcept { return index() == 0; }
    bool is_message() const noexcept { return index() == 1; }

    /// Throw std::bad_variant_access for the other kind.
    const WrittenAction& action() const { return std::get<0>(*this); }
    const WrittenMessage& message() const { return std::get<1>(*this); }

    TaskLevel task_level() const {
        return is_action() ? action().task_level() : message().task_level();
    }

private:
    friend class WrittenAction;
    friend class Task;

    static WrittenNode of(const detail::TaskHandle& task, std::uint32_t node) {
        if (task->nodes[node].is_action) {
            return WrittenAction{task, node};
        }
        return WrittenMessage{task, node, WrittenMessage::Role::message};
    }
};

inline std::vector<WrittenNode> WrittenAction::children() const {
    std::vector<WrittenNode> found;
    for (std::uint32_t child = node().first_child; child != detail::nothing;
         child = task_->nodes[child].next) {
        found.push_back(WrittenNode::of(task_, child));
    }
    return found;
}

ELIOT_END_NAMESPACE
