// SPDX-License-Identifier: Apache-2.0
#pragma once

// Makes an action current for a block, without finishing it:
//
//     auto in = action.context();

#include <eliot/config.hpp>
#include <eliot/context/action_state.hpp>
#include <eliot/context/node.hpp>
#include <eliot/core/atomic.hpp>

#include <concepts>
#include <cxxabi.h>
#include <exception>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// Made by `Action::context()`. Scopes may end in any order, and on another thread.
class [[nodiscard]] ContextScope {
public:
    [[nodiscard]] explicit ContextScope(detail::ContextNode& node) {
        detail::Thread& self = detail::this_thread();
        node.users.fetch_add(1, detail::MemoryOrder::relaxed);
        entry_ = &detail::acquire_node(self);
        entry_->data = &node;
        detail::link(self, *entry_);
    }
    ContextScope(const ContextScope&) = delete;
    ContextScope& operator=(const ContextScope&) = delete;
    ~ContextScope() {
        detail::Thread& self = detail::this_thread();
        detail::leave(self, *entry_);
        detail::release(self, *entry_->data);
        detail::release(self, *entry_);
    }

private:
    detail::ContextNode* entry_;
};

namespace detail {

template <class Owner, class F>
decltype(auto) call_with(Owner& owner, F&& f) {
    if constexpr (std::invocable<F, Owner&>) {
        return static_cast<F&&>(f)(owner);
    } else {
        return static_cast<F&&>(f)();
    }
}

template <class Owner, class F>
decltype(auto) call_inside(Owner& owner, ContextNode& node, F&& f) {
    const ContextScope inside{node};
    return call_with(owner, static_cast<F&&>(f));
}

/// The one place where user code runs in an action: what it throws is the action's failure.
template <class Owner, class F>
decltype(auto) run_in(Owner& owner, ContextNode& node, F&& f) {
#if ELIOT_HAS_EXCEPTIONS
    try {
        return call_inside(owner, node, static_cast<F&&>(f));
    }
#    if defined(__GLIBCXX__)
    catch (abi::__forced_unwind&) {
        fail(node, "abi::__forced_unwind", "the thread was cancelled or left by pthread_exit");
        throw;
    }
#    endif
    catch (...) {
        fail(node, std::current_exception());
        throw;
    }
#else
    return call_inside(owner, node, static_cast<F&&>(f));
#endif
}

} // namespace detail
ELIOT_END_NAMESPACE
