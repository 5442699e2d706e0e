// SPDX-License-Identifier: Apache-2.0
#pragma once

// Finds lines by their place: the lines of each task, sorted by level.
//
//     const LogIndex index{messages};  for (const LogTask& task : index.tasks()) { … }

#include <eliot/config.hpp>
#include <eliot/core/task_level.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct LogEntry {
    TaskLevel level;
    const nlohmann::json* message;

    /// What stands twice stays in the order of the log.
    bool operator<(const LogEntry& other) const noexcept {
        return level != other.level ? level < other.level : std::less<>{}(message, other.message);
    }
};

struct LogTask {
    std::string uuid;
    std::vector<LogEntry> entries;
};

/// The text of a member; empty if there is none, or if it is no text.
inline std::string text_member(const nlohmann::json& message, const char* name) {
    const auto found = message.is_object() ? message.find(name) : message.end();
    return found != message.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Nothing if the line has no usable level.
inline std::optional<TaskLevel> level_of_line(const nlohmann::json& message) {
    const auto found = message.is_object() ? message.find("task_level") : message.end();
    if (found == message.end() || !found->is_array()) {
        return std::nullopt;
    }
    TaskLevel level;
    for (const nlohmann::json& number : *found) {
        if (!number.is_number_unsigned() && !number.is_number_integer()) {
            return std::nullopt;
        }
        level.push_back(number.get<std::uint32_t>());
    }
    return level;
}

inline bool is_start(const nlohmann::json& message) {
    return text_member(message, "action_status") == "started";
}
inline bool is_end(const nlohmann::json& message) {
    const std::string status = text_member(message, "action_status");
    return status == "succeeded" || status == "failed";
}

class LogIndex {
public:
    /// Refers to the messages. What is no line of a log is passed over.
    explicit LogIndex(const std::vector<nlohmann::json>& messages) {
        for (const nlohmann::json& message : messages) {
            add(message);
        }
        for (LogTask& task : tasks_) {
            std::sort(task.entries.begin(), task.entries.end());
        }
    }

    /// In the order of their first lines.
    const std::vector<LogTask>& tasks() const noexcept { return tasks_; }

    /// All lines of the action at `level`, and of what happened in it.
    std::span<const LogEntry> lines_of_action(std::string_view uuid, const TaskLevel& level) const {
        const auto task = places_.find(std::string{uuid});
        if (task == places_.end()) {
            return {};
        }
        const std::vector<LogEntry>& entries = tasks_[task->second].entries;
        const auto first =
            std::lower_bound(entries.begin(), entries.end(), LogEntry{level.child(1), nullptr});
        const auto last = std::find_if(first, entries.end(), [&](const LogEntry& entry) {
            return !is_in(entry.level, level);
        });
        return {first, last};
    }

    static bool is_in(const TaskLevel& level, const TaskLevel& action) {
        return level.size() > action.size() &&
               std::equal(action.begin(), action.end(), level.begin());
    }

private:
    void add(const nlohmann::json& message) {
        auto level = level_of_line(message);
        const std::string uuid = text_member(message, "task_uuid");
        if (!level || level->is_root() || uuid.empty()) {
            return;
        }
        const auto [place, is_new] = places_.try_emplace(uuid, tasks_.size());
        if (is_new) {
            tasks_.push_back({uuid, {}});
        }
        tasks_[place->second].entries.push_back({*std::move(level), &message});
    }

    std::vector<LogTask> tasks_;
    std::unordered_map<std::string, std::size_t> places_;
};

} // namespace detail
ELIOT_END_NAMESPACE
