// SPDX-License-Identifier: Apache-2.0
#pragma once

// A task that goes on elsewhere: in another process, or on another machine.
//
//     std::string id = action.serialize_task_id();   // send it along
//     auto remote = eliot::continue_task(id);        // over there

#include <eliot/config.hpp>
#include <eliot/context/action_scope.hpp>
#include <eliot/context/wire.hpp>
#include <eliot/core/task_id.hpp>

#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// The place that an id names; a new task that tells of the text if it names none.
class RemotePlace {
public:
    explicit RemotePlace(std::string_view text) noexcept : text_{text} {
        if (TaskId::parse(text, id_)) {
            place_.kind = Place::Kind::remote;
            place_.id = &id_;
        } else {
            place_.invalid_id = &text_;
        }
    }
    RemotePlace(const RemotePlace&) = delete;
    RemotePlace& operator=(const RemotePlace&) = delete;

    const Place& place() const noexcept { return place_; }

private:
    TaskId id_;
    std::string_view text_;
    Place place_{Place::Kind::task, true};
};

} // namespace detail

/// Goes on with a task at exactly the place that `id` names: an action of the given type, current
/// until the scope ends. One id, one continuation. An id that is none (it may come from the
/// network) never throws: a new task is started, whose first message is `eliot:invalid_task_id`
/// with the first 200 bytes of it.
template <class... Fields>
[[nodiscard]] ActionScope continue_task(std::string_view id,
                                        std::string_view type = detail::wire::remote_task,
                                        const Fields&... fields) {
    const detail::RemotePlace remote{id};
    return ActionScope{remote.place(), type, fields...};
}

ELIOT_END_NAMESPACE
