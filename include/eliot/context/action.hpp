// SPDX-License-Identifier: Apache-2.0
#pragma once

// An action: it starts, things happen in it, it succeeds or fails. `Action` leaves its end to you;
// `ActionScope` (action_scope.hpp) is an action for a block.
//
//     eliot::Action transfer{"transfer", "bytes"_f = size};
//     transfer.run([&] { … });   transfer.finish();

#include <eliot/config.hpp>
#include <eliot/context/action_state.hpp>
#include <eliot/context/context_scope.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/task_level.hpp>
#include <eliot/encode/make_view.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// One action of the tree. Belongs to one thread of control at a time; several threads get a
/// `serialize_task_id()` or a `preserve_context` each. Left unfinished it logs nothing more, and a
/// reader sees an action without end. While nobody listens it is silent, with all below it.
class [[nodiscard]] Action {
public:
    /// Starts an action in the current one, or a new task, and logs `fields` with its start. It is
    /// not current: see `context` and `run`.
    template <FieldArgument... Fields>
    [[nodiscard]] explicit Action(std::string_view type, const Fields&... fields)
        : Action{detail::child_action, type, fields...} {}
    Action(const Action&) = delete;
    Action& operator=(const Action&) = delete;
    ~Action() { detail::end(*node_); }

    /// A message in this action, whatever is current. After the end it goes where
    /// `eliot::log_message` would put it: nothing may follow an action's last line.
    template <class... Fields>
    [[gnu::always_inline]] void log(std::string_view type, const Fields&... fields) {
        detail::check_fields<Fields...>();
        if (detail::is_listening()) {
            const detail::FieldViews<sizeof...(Fields)> views{{detail::make_view(fields)...}};
            detail::log_message_in_action(*node_, type, views.items, sizeof...(Fields));
        }
    }

    /// Fields for the success line, encoded now; of one name the last one wins. Dropped on failure.
    template <class... Fields>
    [[gnu::always_inline]] void add_success_fields(const Fields&... fields) {
        add_fields(node_->success, fields...);
    }
    /// Fields for the failure line only.
    template <class... Fields>
    [[gnu::always_inline]] void add_failure_fields(const Fields&... fields) {
        add_fields(node_->failure, fields...);
    }
    /// Adds the success field "result" and hands the value on: `return action.result(value);`
    template <class Value>
    Value result(Value&& value) {
        using namespace literals;
        add_success_fields("result"_f = value);
        return static_cast<Value&&>(value);
    }

    /// Succeeded, now. The first end counts: every later one is without effect.
    void finish() { detail::finish(*node_); }
    /// Failed, now: "exception": "eliot::Failure".
    void fail(std::string_view reason) { detail::fail(*node_, "eliot::Failure", reason); }
    /// Failed, now, with the exception's type, reason and extracted fields.
    void fail(const std::exception_ptr& exception) { detail::fail(*node_, exception); }

    /// Calls `f()` or `f(*this)` with this action current, and hands its result on. If it throws,
    /// the action fails with that exception, which goes on.
    template <class F>
    decltype(auto) run(F&& f) {
        return detail::run_in(*this, *node_, static_cast<F&&>(f));
    }
    /// Makes the action current until the returned scope ends, on this thread; logs nothing.
    [[nodiscard]] ContextScope context() { return ContextScope{*node_}; }

    std::string task_uuid() const { return detail::task_uuid_of(*node_); }
    /// The action's own level: "/" for a task; its lines stand at /1, /2, …
    TaskLevel task_level() const { return detail::level_of(*node_); }
    /// An id with which `continue_task` goes on elsewhere: another thread, process or machine.
    /// Takes a number of this action: use it exactly once. "<task_uuid>@/2/3"
    std::string serialize_task_id() { return detail::serialize_task_id(*node_); }

protected:
    template <class... Fields>
    [[gnu::always_inline]] Action(const detail::Place& place, std::string_view type,
                                  const Fields&... fields) {
        detail::check_fields<Fields...>();
        if (detail::is_listening()) {
            const detail::FieldViews<sizeof...(Fields)> views{{detail::make_view(fields)...}};
            node_ = &detail::start(place, type, views.items, sizeof...(Fields));
        } else {
            node_ = &detail::start_silently(place);
        }
        node_->action = this;
    }

    /// One that has been started.
    explicit Action(detail::ContextNode& node) noexcept : node_{&node} { node.action = this; }

    detail::ContextNode& node() const noexcept { return *node_; }

private:
    template <class... Fields>
    [[gnu::always_inline]] void add_fields(detail::EncodedFields& to, const Fields&... fields) {
        detail::check_fields<Fields...>();
        if (!node_->silent) {
            const detail::FieldViews<sizeof...(Fields)> views{{detail::make_view(fields)...}};
            detail::add_fields(*node_, to, views.items, sizeof...(Fields));
        }
    }

    detail::ContextNode* node_;
};

/// The action that things happen in now, on this thread; null outside of every action. Valid while
/// that action lives.
inline Action* current_action() noexcept {
    const detail::ContextNode* node = detail::current_node(detail::this_thread());
    while (node != nullptr && !detail::has_action(*node)) { // what began with a fork has none
        node = node->previous;
    }
    return node != nullptr ? node->data->action : nullptr;
}

ELIOT_END_NAMESPACE
