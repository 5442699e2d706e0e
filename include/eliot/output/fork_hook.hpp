// SPDX-License-Identifier: Apache-2.0
#pragma once

// The library takes part in every fork(2) of the process, from the first line on. What it does then
// is in fork.hpp.
//
//     take_part_in_forks();

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>

#include <pthread.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

void before_fork() noexcept;
void after_fork_in_parent() noexcept;
void after_fork_in_child() noexcept;

inline constinit Atomic<bool> takes_part_in_forks{false};

inline void take_part_in_forks() noexcept {
    if (!takes_part_in_forks.exchange(true, MemoryOrder::relaxed)) {
        ::pthread_atfork(&before_fork, &after_fork_in_parent, &after_fork_in_child);
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
