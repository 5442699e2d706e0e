// SPDX-License-Identifier: Apache-2.0
#pragma once

// The address at which a task goes on elsewhere: in another thread, process or machine.
//
//     std::string text = eliot::TaskId{uuid, {2, 3}}.to_string();   // "<uuid>@/2/3"
//     std::optional<eliot::TaskId> id = eliot::TaskId::parse(text);

#include <eliot/config.hpp>
#include <eliot/core/task_level.hpp>
#include <eliot/core/task_uuid.hpp>

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// A task and a level in it: what `serialize_task_id` makes and `continue_task` takes.
class TaskId {
public:
    /// The root of the nil task, which is none.
    TaskId() = default;
    TaskId(const TaskUuid& uuid, TaskLevel level) noexcept
        : uuid_{uuid}, level_{std::move(level)} {}

    /// The id that `text` spells, `<uuid>@<level>`; refused if `TaskUuid::parse` or
    /// `TaskLevel::parse` refuses its part.
    template <class Result = TaskId> // compiled where it is called: most files never do
    static std::optional<Result> parse(std::string_view text) {
        Result id;
        return parse(text, id) ? std::optional<Result>{std::move(id)} : std::nullopt;
    }
    /// The same; false, and an id that means nothing, if it is refused.
    static bool parse(std::string_view text, TaskId& id);

    /// For example `b458a4c6-b439-4c02-8261-46f5fd3dc5c3@/2/2`: ASCII, the same as Eliot's.
    std::string to_string() const;

    const TaskUuid& uuid() const noexcept { return uuid_; }
    const TaskLevel& level() const noexcept { return level_; }

    bool operator==(const TaskId&) const = default;
    std::strong_ordering operator<=>(const TaskId&) const = default;

private:
    TaskUuid uuid_;
    TaskLevel level_;
};

inline bool TaskId::parse(std::string_view text, TaskId& id) {
    constexpr std::size_t size = TaskUuid::size;
    return text.size() > size && text[size] == '@' &&
           TaskUuid::parse(text.substr(0, size), id.uuid_) &&
           TaskLevel::parse(text.substr(size + 1), id.level_);
}

inline std::string TaskId::to_string() const {
    std::string text{uuid_.text()};
    text += '@';
    text += level_.to_string();
    return text;
}

ELIOT_END_NAMESPACE
