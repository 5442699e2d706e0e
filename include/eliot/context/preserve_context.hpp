// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hands the current action on to another thread, once:
//
//     std::thread t{eliot::preserve_context([&] { … })};

#include <eliot/config.hpp>
#include <eliot/context/remote.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/output/handed_capture.hpp>

#include <concepts>
#include <exception>
#include <string>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// Thrown by the second call of what `preserve_context` returned: one task id, one continuation.
class TooManyCalls : public std::exception {
public:
    const char* what() const noexcept override {
        return "eliot: a function from preserve_context was called twice; its place in the task is "
               "taken, make a new one for each call";
    }
};

namespace detail {

/// A task id that is taken once; shared by the copies of a function.
class OneContinuation {
public:
    OneContinuation() = default;
    explicit OneContinuation(std::string id) : state_{new State{std::move(id)}} {}
    OneContinuation(const OneContinuation& other) noexcept : state_{other.state_} {
        if (state_ != nullptr) {
            state_->users.fetch_add(1, MemoryOrder::relaxed);
        }
    }
    OneContinuation(OneContinuation&& other) noexcept
        : state_{detail::exchange(other.state_, nullptr)} {}
    OneContinuation& operator=(OneContinuation other) noexcept {
        detail::swap_values(state_, other.state_);
        return *this;
    }
    ~OneContinuation() {
        if (state_ != nullptr && state_->users.fetch_sub(1, MemoryOrder::acq_rel) == 1) {
            delete state_;
        }
    }

    explicit operator bool() const noexcept { return state_ != nullptr; }
    const std::string& take() const {
        if (state_->taken.exchange(true, MemoryOrder::relaxed)) {
            too_many_calls();
        }
        return state_->id;
    }

private:
    struct State {
        std::string id;
        Atomic<bool> taken{false};
        Atomic<unsigned> users{1};
    };

    [[noreturn]] static void too_many_calls() {
#if ELIOT_HAS_EXCEPTIONS
        throw TooManyCalls{};
#else
        std::terminate();
#endif
    }

    State* state_ = nullptr;
};

} // namespace detail

/// A function that continues the action it was made in. As copyable as `F`; copies share the one
/// call. `operator()` may be called on a const object (TBB does) and hands arguments and result on.
template <class F>
class PreservedContext {
public:
    PreservedContext(detail::OneContinuation continuation, F function)
        : capture_{detail::HandedCapture::of_thread(detail::this_thread())},
          continuation_{std::move(continuation)},
          function_{static_cast<F&&>(function)} {}

    template <class... Args>
        requires std::invocable<F&, Args...>
    decltype(auto) operator()(Args&&... args) {
        return call(function_, static_cast<Args&&>(args)...);
    }
    template <class... Args>
        requires std::invocable<const F&, Args...>
    decltype(auto) operator()(Args&&... args) const {
        return call(function_, static_cast<Args&&>(args)...);
    }

private:
    template <class G, class... Args>
    decltype(auto) call(G& function, Args&&... args) const {
        const detail::InCapture captured{capture_};
        if (!continuation_) {
            return function(static_cast<Args&&>(args)...);
        }
        ActionScope remote = continue_task(continuation_.take());
        return remote.run(
            [&]() -> decltype(auto) { return function(static_cast<Args&&>(args)...); });
    }

    detail::HandedCapture capture_;
    detail::OneContinuation continuation_;
    F function_;
};

/// `f`, to be called once, anywhere, inside an `eliot:remote_task` of the action that is current
/// now; outside of every action `f` as it is. A second call throws TooManyCalls. Takes a number of
/// the action now: if it is never called, the task never completes for readers. A test's capture of
/// this thread comes along, also outside of every action.
template <class F>
[[nodiscard]] PreservedContext<std::decay_t<F>> preserve_context(F&& f) {
    Action* action = current_action();
    return {action == nullptr ? detail::OneContinuation{}
                              : detail::OneContinuation{action->serialize_task_id()},
            static_cast<F&&>(f)};
}

ELIOT_END_NAMESPACE
