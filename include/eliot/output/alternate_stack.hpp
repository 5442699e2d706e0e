// SPDX-License-Identifier: Apache-2.0
#pragma once

// A stack for signal handlers, for each thread that logs: a thread whose own stack has overflowed
// still runs the handler. The memory belongs to the thread's record and is used again.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>

#include <cstddef>
#include <cstdlib>
#include <signal.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Set once the crash handler is installed.
inline constinit Atomic<bool> wants_alternate_stacks{false};

class AlternateStack {
public:
    /// For the calling thread, unless it has one.
    void set() noexcept {
        stack_t present{};
        if (!wants_alternate_stacks.load(MemoryOrder::acquire) ||
            ::sigaltstack(nullptr, &present) != 0 || (present.ss_flags & SS_DISABLE) == 0) {
            return;
        }
        if (memory_ == nullptr) {
            memory_ = std::malloc(size);
        }
        if (memory_ != nullptr) {
            stack_t wanted{};
            wanted.ss_sp = memory_;
            wanted.ss_size = size;
            is_set_ = ::sigaltstack(&wanted, nullptr) == 0;
        }
    }
    /// Before the thread ends.
    void unset() noexcept {
        if (is_set_) {
            stack_t none{};
            none.ss_flags = SS_DISABLE;
            is_set_ = ::sigaltstack(&none, nullptr) != 0;
        }
    }

private:
    static constexpr std::size_t size = 64 * 1024;

    void* memory_ = nullptr;
    bool is_set_ = false;
};

} // namespace detail
ELIOT_END_NAMESPACE
