// SPDX-License-Identifier: Apache-2.0
#pragma once

// The time that lines are stamped with, and how a test replaces it.
//
//     eliot::set_clock([]() noexcept { return eliot::Timestamp{0}; });
//     eliot::set_clock(nullptr);   // the system's time again

#include <eliot/config.hpp>
#include <eliot/core/timestamp.hpp>

#include <atomic>
#include <cstdint>
#include <time.h>

ELIOT_BEGIN_NAMESPACE

/// A source of time. Called on every logging thread, perhaps at once.
using Clock = Timestamp (*)() noexcept;

namespace detail {

inline constinit std::atomic<Clock> replaced_clock{nullptr};

[[gnu::noinline]] inline Timestamp system_time() noexcept {
    static constinit thread_local std::int64_t last = 0;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const std::int64_t time = std::int64_t{now.tv_sec} * 1000000000 + now.tv_nsec;
    last = time > last ? time : last;
    return Timestamp{last};
}

}

/// Has every line from now on stamped by `clock`; nullptr restores the system's time. Any thread.
inline void set_clock(Clock clock) noexcept {
    detail::replaced_clock.store(clock, std::memory_order_relaxed);
}

/// The time now, as lines are stamped with it: of the clock that was set, else the system's, which
/// never goes back within a thread.
inline Timestamp now() noexcept {
    const Clock replaced = detail::replaced_clock.load(std::memory_order_relaxed);
    return replaced != nullptr ? replaced() : detail::system_time();
}

ELIOT_END_NAMESPACE
