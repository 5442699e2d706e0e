// SPDX-License-Identifier: Apache-2.0
#pragma once

// A task that goes on elsewhere: in another process, or on another machine.
//
//     std::string id = action.serialize_task_id();   // send it along
//     auto remote = eliot::continue_task(id);        // over there

#include <eliot/config.hpp>
#include <eliot/context/action_scope.hpp>
#include <eliot/context/log_line.hpp>
#include <eliot/context/wire.hpp>
#include <eliot/core/task_id.hpp>

#include <optional>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// The place that an id names; a new task if it names none.
class RemotePlace {
public:
    explicit RemotePlace(std::string_view text) noexcept : id_{TaskId::parse(text)} {
        place_.kind = id_ ? Place::Kind::remote : Place::Kind::task;
        place_.id = id_ ? &*id_ : nullptr;
    }
    RemotePlace(const RemotePlace&) = delete;
    RemotePlace& operator=(const RemotePlace&) = delete;

    const Place& place() const noexcept { return place_; }
    bool is_valid() const noexcept { return id_.has_value(); }

private:
    std::optional<TaskId> id_;
    Place place_{Place::Kind::task, true};
};

} // namespace detail

/// The scope of an action at the place that a task id names. Made by `continue_task`.
class [[nodiscard]] RemoteScope : public ActionScope {
public:
    template <class... Fields>
    [[nodiscard]] RemoteScope(std::string_view id, const detail::RemotePlace& remote,
                              std::string_view type, const Fields&... fields)
        : ActionScope{remote.place(), type, fields...} {
        using namespace literals;
        constexpr std::size_t shown = 200;
        if (!remote.is_valid()) {
            log(detail::wire::invalid_task_id, "task_id"_f = id.substr(0, shown));
        }
    }
};

/// Goes on with a task at exactly the place that `id` names: an action of the given type, current
/// until the scope ends. One id, one continuation. An id that is none (it may come from the
/// network) never throws: a new task is started, whose first message is `eliot:invalid_task_id`
/// with the first 200 bytes of it.
template <class... Fields>
[[nodiscard]] RemoteScope continue_task(std::string_view id, std::string_view type,
                                        const Fields&... fields) {
    const detail::RemotePlace remote{id};
    return RemoteScope{id, remote, type, fields...};
}
[[nodiscard]] inline RemoteScope continue_task(std::string_view id) {
    return continue_task(id, detail::wire::remote_task);
}

ELIOT_END_NAMESPACE
