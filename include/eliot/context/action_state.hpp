// SPDX-License-Identifier: Apache-2.0
#pragma once

// What happens to an action's node: start, end, identity. Not templates: one copy a program.

#include <eliot/config.hpp>
#include <eliot/context/exception.hpp>
#include <eliot/context/forked_task.hpp>
#include <eliot/context/log_line.hpp>
#include <eliot/context/node.hpp>
#include <eliot/context/traceback.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/task_id.hpp>
#include <eliot/core/task_level.hpp>

#include <exception>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Where and how an action starts.
struct Place {
    enum class Kind : unsigned char { child, task, remote };
    Kind kind;
    bool scope;                                   ///< current until it is destroyed, which ends it
    const Schema* schema = nullptr;               ///< of a typed action
    const TaskId* id = nullptr;                   ///< of a remote one
    const std::string_view* invalid_id = nullptr; ///< instead of the id, if it is none
};

inline constexpr Place child_action{Place::Kind::child, false};
inline constexpr Place child_scope{Place::Kind::child, true};
inline constexpr Place task_scope{Place::Kind::task, true};

inline void set_prefix(ContextNode& node, const TaskId& id) noexcept {
    begin_task(node.prefix, id.uuid());
    for (const auto number : id.level()) {
        append_number(node.prefix, static_cast<std::uint32_t>(number));
    }
}

/// The prefix, or silence.
[[gnu::always_inline]] inline void take_place(Thread& self, ContextNode& node,
                                              const Place& place) noexcept {
    if (place.kind == Place::Kind::remote) {
        set_prefix(node, *place.id);
        return;
    }
    ContextNode* parent = place.kind == Place::Kind::child ? current_node(self) : nullptr;
    if (parent == nullptr) {
        begin_task(node.prefix, TaskUuid::generate());
        return;
    }
    parent = parent->data;
    if (parent->is_silent()) [[unlikely]] {
        parent = forked_task(self, *parent);
    }
    node.silent = parent == nullptr;
    if (parent != nullptr) {
        node.prefix.assign(parent->prefix, ++parent->last_number);
    }
}

inline void link_scope(Thread& self, ContextNode& node, const Place& place) noexcept {
    if (place.scope) {
        link(self, node);
    }
}

inline void log_invalid_id(Thread& self, ContextNode& node, std::string_view id) {
    constexpr std::size_t shown = 200;
    log_own_message(self, &node, wire::invalid_task_id, {own_view("task_id", id.substr(0, shown))});
}

/// Gives the node of an action back that does not come to be: a destination ended the thread.
struct [[nodiscard]] Starting {
    Thread& self;
    ContextNode* node;
    ~Starting() {
        if (node != nullptr) {
            release(self, *node);
        }
    }
};

/// Starts an action and logs its start.
[[gnu::noinline]] inline ContextNode& start(const Place& place, std::string_view type,
                                            const FieldView* fields, std::size_t count) {
    Thread& self = this_thread_here();
    ContextNode& node = fresh_node(self, place.scope);
    Starting starting{self, &node};
    take_place(self, node, place);
    if (!node.silent) {
        node.begin(type, place.schema);
        log_in(self, node, {Kind::started, type, fields, count, {}, place.schema}, &node);
    }
    if (place.invalid_id != nullptr) [[unlikely]] {
        log_invalid_id(self, node, *place.invalid_id);
    }
    link_scope(self, node, place);
    starting.node = nullptr;
    return node;
}

/// Nobody listens: the action and all below it stay silent, whoever comes later.
[[gnu::noinline]] inline ContextNode& start_silently(const Place& place) {
    Thread& self = this_thread_here();
    ContextNode& node = acquire_node(self);
    node.silent = true;
    node.finished = false;
    node.is_scope = place.scope;
    node.prefix.clear(); // it has no identity until somebody asks for it
    link_scope(self, node, place);
    return node;
}

/// True for the usual end of a silent scope, which is then over: there is nothing to tell.
inline bool end_silently(Thread& self, ContextNode& node) noexcept {
    const bool is_usual = node.silent && self.current == &node && !node.finished &&
                          node.users.load(MemoryOrder::relaxed) == 1;
    if (is_usual) {
        self.current = node.previous;
        node.linked = false;
        give_back_unchanged(self, node);
    }
    return is_usual;
}

[[gnu::noinline]] inline void log_message_in_action(ContextNode& node, std::string_view type,
                                                    const FieldView* fields, std::size_t count) {
    log_message_in(this_thread(), &node, {Kind::message, type, fields, count, {}, nullptr});
}

[[gnu::noinline]] inline void add_other_fields(ContextNode& node, EncodedFields& to,
                                               const FieldView* fields, std::size_t count) {
    FieldFailures failures;
    to.add(fields, count, failures);
    if (!failures.empty()) [[unlikely]] {
        report_fields(this_thread(), &node, node.type.view(), failures);
    }
}
[[gnu::noinline]] inline void add_fields(ContextNode& node, EncodedFields& to,
                                         const FieldView* fields, std::size_t count) {
    const std::size_t plain = to.add_plain(fields, count);
    if (plain != count) [[unlikely]] {
        add_other_fields(node, to, fields + plain, count - plain);
    }
}

/// From here on the action is over. Returns, once, the one whose end is to be written. The context
/// goes back to what it was before that, so that trouble with the end is told in the parent.
[[gnu::always_inline]] inline ContextNode* begin_end(Thread& self, ContextNode& node) noexcept {
    if (node.finished) {
        return nullptr;
    }
    node.finished = true;
    if (node.life.load(MemoryOrder::relaxed) == Life::live) {
        leave(self, node);
    }
    return node.is_silent() ? end_of_silent(self, node) : &node;
}

inline void log_end(Thread& self, ContextNode& node, const LineContents& contents) {
    log_in(self, node, contents, nullptr);
    end_of_task(self);
}

/// What led to the failure of a task is worth a write.
inline void deliver_failed_task(Thread& self, const ContextNode& node) {
    const bool is_root = node.prefix.view().ends_with('[');
    if (is_root && !self.busy()) {
        deliver_own(self);
        settle(self);
    }
}

inline void finish(Thread& self, ContextNode& node) {
    if (ContextNode* const over = begin_end(self, node)) {
        const EncodedFields* fields = over->success.empty() ? nullptr : &over->success;
        log_end(self, *over,
                {Kind::succeeded, over->type.view(), nullptr, 0, {fields, nullptr}, over->schema});
    }
}

[[gnu::noinline]] inline void finish(ContextNode& node) { finish(this_thread(), node); }

inline void log_failure(Thread& self, ContextNode& node, std::string_view exception,
                        std::string_view reason, const EncodedFields* extracted) {
    const FieldView views[] = {own_view("exception", exception), own_view("reason", reason)};
    const EncodedFields* fields = node.failure.empty() ? nullptr : &node.failure;
    log_end(self, node,
            {Kind::failed, node.type.view(), views, 2, {extracted, fields}, node.schema});
    deliver_failed_task(self, node);
}

[[gnu::noinline]] inline void fail(ContextNode& node, std::string_view exception,
                                   std::string_view reason) {
    Thread& self = this_thread();
    if (ContextNode* const over = begin_end(self, node)) {
        log_failure(self, *over, exception, reason, nullptr);
    }
}

[[gnu::noinline]] inline void fail(ContextNode& node, const std::exception_ptr& exception) {
    Thread& self = this_thread();
    ContextNode* const over = begin_end(self, node);
    if (over == nullptr) {
        return;
    }
    const ExceptionInfo info = describe(exception);
    if (info.extractor_failure != nullptr) {
        log_traceback(self, nullptr, info.extractor_failure, true);
    }
    log_failure(self, *over, info.type, info.reason,
                info.extracted.empty() ? nullptr : &info.extracted);
}

/// A destructor cannot see which exception passes through it, unless that is traced.
[[gnu::noinline]] inline void fail_in_flight(ContextNode& node) {
    if (const std::exception_ptr exception = exception_in_flight()) {
        fail(node, exception);
    } else {
        fail(node, "unknown", "an exception left the scope");
    }
}

/// A scope ends with its action, in the way that can be seen from here.
inline void end_scope(Thread& self, ContextNode& node) {
    const bool here = node.owner == &self && node.linked;
    if (node.silent) {
        begin_end(self, node);
    } else if (uncaught_exceptions(self) > node.exceptions) {
        fail_in_flight(node);
    } else if (!here) {
        fail(node, "eliot::Abandoned", "the scope was destroyed while it was not current");
    } else {
        finish(self, node);
    }
}
[[gnu::noinline]] inline void end_with_lines(Thread& self, ContextNode& node) {
    if (node.is_scope && !node.finished) {
        end_scope(self, node);
    }
    release(self, node);
}
/// An action is destroyed.
[[gnu::noinline]] inline void end(ContextNode& node) {
    Thread& self = this_thread_here();
    if (!end_silently(self, node)) {
        end_with_lines(self, node);
    }
}

/// A silent action gets an identity when somebody asks for it.
inline void ensure_identity(ContextNode& node) noexcept {
    if (node.prefix.size() == 0) {
        begin_task(node.prefix, TaskUuid::generate());
    }
}

inline std::string task_uuid_of(ContextNode& node) {
    ensure_identity(node);
    return std::string{node.prefix.view().substr(14, 36)};
}

/// The numbers between the brackets of the prefix.
inline TaskLevel level_of(ContextNode& node) {
    ensure_identity(node);
    TaskLevel level;
    std::uint32_t number = 0;
    for (const char byte : node.prefix.view().substr(66)) {
        if (byte == ',') {
            level.push_back(number);
            number = 0;
        } else {
            number = number * 10 + static_cast<std::uint32_t>(byte - '0');
        }
    }
    return level;
}

/// Of an action that logs nothing (more) the id is that of a task of its own; of one that began
/// before a fork, it is a place in what goes on here.
[[gnu::noinline]] inline std::string serialize_task_id(ContextNode& node) {
    ContextNode* place = node.finished ? nullptr : &node;
    if (place != nullptr && place->is_silent()) {
        place = forked_task(this_thread(), *place);
    }
    if (place == nullptr) {
        return std::string{TaskUuid::generate().text()} + "@/";
    }
    TaskLevel level = level_of(*place);
    level.push_back(++place->last_number);
    return task_uuid_of(*place) + '@' + level.to_string();
}

} // namespace detail
ELIOT_END_NAMESPACE
