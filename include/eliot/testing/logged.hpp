// SPDX-License-Identifier: Apache-2.0
#pragma once

// A log as objects: messages, and actions with what happened in them.
//
//     auto action = LoggedAction::of_type(log.messages(), sign_in).at(0);
//     CHECK(action.succeeded());
//     CHECK(action.type_tree() == nlohmann::json::parse(R"({"signin": ["check"]})"));

#include <eliot/config.hpp>
#include <eliot/core/task_level.hpp>
#include <eliot/testing/errors.hpp>
#include <eliot/testing/log_index.hpp>
#include <eliot/testing/type_name.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace testing {

class LoggedMessage;
class LoggedAction;
/// What happens in an action.
using LoggedChild = std::variant<LoggedMessage, LoggedAction>;

/// One message.
class LoggedMessage {
public:
    explicit LoggedMessage(nlohmann::json message) : message_(std::move(message)) {}

    /// All messages of a type (text, or a MessageType), in the order logged.
    static std::vector<LoggedMessage> of_type(const std::vector<nlohmann::json>& messages,
                                              const TypeName& type);

    /// The whole line.
    const nlohmann::json& message() const& noexcept { return message_; }
    nlohmann::json message() && noexcept { return std::move(message_); }
    std::string type() const { return eliot::detail::text_member(message_, "message_type"); }

    friend bool operator==(const LoggedMessage& left, const LoggedMessage& right) {
        return left.message_ == right.message_;
    }

private:
    nlohmann::json message_;
};

/// One action. Its end may be missing: it was still open when the log was taken. So may the start,
/// of an action that began before the log; only actions below others are made then.
class LoggedAction {
public:
    /// The action at `level`: its own level, or that of its start message, which ends in /1.
    /// Throws AssertionError if its start message is not there.
    static LoggedAction from_messages(std::string_view task_uuid, const TaskLevel& level,
                                      const std::vector<nlohmann::json>& messages);
    /// All actions of a type (text, or an ActionType), in the order of their starts.
    static std::vector<LoggedAction> of_type(const std::vector<nlohmann::json>& messages,
                                             const TypeName& type);
    /// Everything in a log, task by task in the order of their first lines: the outermost actions,
    /// and the messages outside of every action.
    static std::vector<LoggedChild> roots(const std::vector<nlohmann::json>& messages);

    std::string type() const;
    const std::string& task_uuid() const noexcept { return task_uuid_; }
    const TaskLevel& task_level() const noexcept { return level_; }
    bool is_started() const noexcept { return start_.has_value(); }
    bool is_finished() const noexcept { return end_.has_value(); }
    /// Throws AssertionError naming the action if its start is not in the log.
    const nlohmann::json& start_message() const& {
        return start_ ? *start_ : missing("its start is not in the log");
    }
    nlohmann::json start_message() && { return std::as_const(*this).start_message(); }
    /// Throws AssertionError naming the action if it never ended; so does `succeeded`.
    const nlohmann::json& end_message() const& { return end_ ? *end_ : missing("it never ended"); }
    nlohmann::json end_message() && { return std::as_const(*this).end_message(); }
    bool succeeded() const {
        return eliot::detail::text_member(end_message(), "action_status") == "succeeded";
    }

    /// Messages and actions directly in this one, by their level.
    const std::vector<LoggedChild>& children() const& noexcept { return children_; }
    std::vector<LoggedChild> children() && noexcept { return std::move(children_); }
    /// The children, each followed by its own descendants.
    std::vector<LoggedChild> descendants() const;
    /// The types alone: `{"signin": ["check", {"query": []}]}`.
    nlohmann::json type_tree() const;

    friend bool operator==(const LoggedAction& left, const LoggedAction& right) {
        return left.start_ == right.start_ && left.end_ == right.end_ &&
               left.children_ == right.children_;
    }

private:
    using Lines = std::span<const eliot::detail::LogEntry>;

    /// From the lines of the action and of what happened in it, sorted by level.
    LoggedAction(std::string task_uuid, TaskLevel level, Lines lines);
    std::size_t take_child_action(Lines lines);
    void take_line(const nlohmann::json& message);

    [[noreturn]] const nlohmann::json& missing(const std::string& what) const {
        throw AssertionError{"the action \"" + type() + "\" at " + level_.to_string() +
                             " of task " + task_uuid_ + ": " + what};
    }
    void add_descendants(std::vector<LoggedChild>& all) const;
    static void add_roots(LoggedAction&& action, std::vector<LoggedChild>& roots);

    std::string task_uuid_;
    TaskLevel level_;
    std::optional<nlohmann::json> start_;
    std::optional<nlohmann::json> end_;
    std::vector<LoggedChild> children_;
};

inline std::vector<LoggedMessage>
LoggedMessage::of_type(const std::vector<nlohmann::json>& messages, const TypeName& type) {
    std::vector<LoggedMessage> found;
    for (const nlohmann::json& message : messages) {
        if (message.contains("message_type") && message["message_type"] == type.text()) {
            found.emplace_back(message);
        }
    }
    return found;
}

inline LoggedAction::LoggedAction(std::string task_uuid, TaskLevel level, Lines lines)
    : task_uuid_{std::move(task_uuid)}, level_{std::move(level)} {
    while (!lines.empty()) {
        std::size_t taken = 1;
        if (lines.front().level.size() == level_.size() + 1) {
            take_line(*lines.front().message);
        } else {
            taken = take_child_action(lines);
        }
        lines = lines.subspan(taken);
    }
}

/// How many lines it has.
inline std::size_t LoggedAction::take_child_action(Lines lines) {
    const std::uint32_t number = lines.front().level[level_.size()];
    std::size_t count = 1;
    while (count < lines.size() && lines[count].level[level_.size()] == number) {
        ++count;
    }
    children_.emplace_back(LoggedAction{task_uuid_, level_.child(number), lines.first(count)});
    return count;
}

inline void LoggedAction::take_line(const nlohmann::json& message) {
    if (eliot::detail::is_start(message)) {
        start_ = start_ ? start_ : message;
    } else if (eliot::detail::is_end(message)) {
        end_ = end_ ? end_ : message;
    } else {
        children_.emplace_back(LoggedMessage{message});
    }
}

inline LoggedAction LoggedAction::from_messages(std::string_view task_uuid, const TaskLevel& level,
                                                const std::vector<nlohmann::json>& messages) {
    const bool is_line = !level.is_root() && level.back() == 1; // no action has this number
    const TaskLevel own = is_line ? level.parent() : level;
    const eliot::detail::LogIndex index{messages};
    LoggedAction action{std::string{task_uuid}, own, index.lines_of_action(task_uuid, own)};
    action.start_message();
    return action;
}

inline std::vector<LoggedAction> LoggedAction::of_type(const std::vector<nlohmann::json>& messages,
                                                       const TypeName& type) {
    const eliot::detail::LogIndex index{messages};
    std::vector<LoggedAction> found;
    for (const nlohmann::json& message : messages) {
        const auto level = eliot::detail::level_of_line(message);
        if (level && eliot::detail::is_start(message) &&
            eliot::detail::text_member(message, "action_type") == type.text()) {
            const std::string uuid = eliot::detail::text_member(message, "task_uuid");
            const TaskLevel own = level->parent();
            found.push_back(LoggedAction{uuid, own, index.lines_of_action(uuid, own)});
        }
    }
    return found;
}

inline std::vector<LoggedChild> LoggedAction::roots(const std::vector<nlohmann::json>& messages) {
    const eliot::detail::LogIndex index{messages};
    std::vector<LoggedChild> roots;
    for (const eliot::detail::LogTask& task : index.tasks()) {
        add_roots(LoggedAction{task.uuid, {}, task.entries}, roots);
    }
    return roots;
}

/// An action of which there is nothing but what happened in it is no more than a place.
inline void LoggedAction::add_roots(LoggedAction&& action, std::vector<LoggedChild>& roots) {
    if (action.start_ || action.end_) {
        roots.emplace_back(std::move(action));
        return;
    }
    for (LoggedChild& child : action.children_) {
        if (auto* inner = std::get_if<LoggedAction>(&child)) {
            add_roots(std::move(*inner), roots);
        } else {
            roots.push_back(std::move(child));
        }
    }
}

inline std::string LoggedAction::type() const {
    return start_ || end_ ? eliot::detail::text_member(start_ ? *start_ : *end_, "action_type")
                          : "(unknown)";
}

inline std::vector<LoggedChild> LoggedAction::descendants() const {
    std::vector<LoggedChild> all;
    add_descendants(all);
    return all;
}

inline void LoggedAction::add_descendants(std::vector<LoggedChild>& all) const {
    for (const LoggedChild& child : children_) {
        all.push_back(child);
        if (const auto* action = std::get_if<LoggedAction>(&child)) {
            action->add_descendants(all);
        }
    }
}

inline nlohmann::json LoggedAction::type_tree() const {
    nlohmann::json inside = nlohmann::json::array();
    for (const LoggedChild& child : children_) {
        const auto* action = std::get_if<LoggedAction>(&child);
        inside.push_back(action != nullptr ? action->type_tree()
                                           : nlohmann::json(std::get<LoggedMessage>(child).type()));
    }
    return {{type(), std::move(inside)}};
}

} // namespace testing
ELIOT_END_NAMESPACE
