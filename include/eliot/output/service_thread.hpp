// SPDX-License-Identifier: Apache-2.0
#pragma once

// Threads of the library's own: detached, deaf to signals, one of each kind a process. The module
// that their code is in stays loaded.
//
//     inline constinit ServiceThread timer;   …   timer.start(&run_timer);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/keep_loaded.hpp>
#include <eliot/output/runtime.hpp>

#include <cstdint>
#include <pthread.h>
#include <signal.h>
#include <time.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline void sleep_ms(unsigned ms) noexcept {
    const timespec pause{static_cast<time_t>(ms / 1000), static_cast<long>(ms % 1000) * 1'000'000};
    ::nanosleep(&pause, nullptr);
}

/// A thread that no signal is delivered to. False if the system has no more threads.
inline bool create_deaf_thread(pthread_t& thread, void* (*run)(void*), void* argument) noexcept {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const bool created = pthread_create(&thread, nullptr, run, argument) == 0;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return created;
}

class ServiceThread {
public:
    constexpr ServiceThread() noexcept = default;

    /// Starts the thread if it does not run in this process, which a fork may have begun.
    /// False if the system has no more threads.
    bool start(void* (*run)(void*)) noexcept {
        const std::uint32_t here = runtime().generation.load(MemoryOrder::relaxed) + 1;
        if (started_in_.exchange(here, MemoryOrder::acq_rel) == here) {
            return true;
        }
        keep_module_loaded(reinterpret_cast<const void*>(run));
        if (create(run)) {
            return true;
        }
        started_in_.store(0, MemoryOrder::release);
        return false;
    }

private:
    static bool create(void* (*run)(void*)) noexcept {
        pthread_t thread{};
        const bool created = create_deaf_thread(thread, run, nullptr);
        if (created) {
            pthread_detach(thread);
        }
        return created;
    }

    Atomic<std::uint32_t> started_in_{0}; ///< generation of the process, plus one
};

} // namespace detail
ELIOT_END_NAMESPACE
