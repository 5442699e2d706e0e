// SPDX-License-Identifier: Apache-2.0
#pragma once

// A memory fence on every thread of the process at once, so that the threads that log need none:
//
//     flags |= prompt;  fence_all_threads();  drain();   // against  commit;  if (flags & prompt) …
//
// Either the drain sees the commit, or the thread that committed sees the flag.

#include <eliot/config.hpp>

#include <time.h>
#if defined(__linux__)
#    include <sys/syscall.h>
#    include <unistd.h>
#endif

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Async-signal-safe. Where the kernel cannot, a moment passes in which all stores become visible.
inline void fence_all_threads() noexcept {
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
#if defined(__linux__) && defined(SYS_membarrier)
    constexpr int register_private = 1 << 4; // MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED
    constexpr int fence_private = 1 << 3;    // MEMBARRIER_CMD_PRIVATE_EXPEDITED
    if (::syscall(SYS_membarrier, register_private, 0, 0) == 0 &&
        ::syscall(SYS_membarrier, fence_private, 0, 0) == 0) {
        return;
    }
#endif
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
}

} // namespace detail
ELIOT_END_NAMESPACE
