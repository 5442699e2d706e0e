// SPDX-License-Identifier: Apache-2.0
#pragma once

// Holds a chunk for a delivery. While the program ends, only the thread that ends it delivers at
// once: one that was stopped in the middle of a write(2) would leave a torn line.
//
//     const ChunkLock lock{this_thread(), chunk};

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/chunk.hpp>
#include <eliot/output/runtime.hpp>

#include <cstdint>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Milliseconds that only go forward.
inline std::int64_t monotonic_ms() noexcept {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

inline void pause_a_millisecond() noexcept {
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
}

/// False if the mutex could not be had by that time. It takes its turn, where the system can:
/// others may be locking the mutex without a pause, and to try it again and again would be in vain.
inline bool lock_until(Mutex& mutex, std::int64_t deadline_ms) noexcept {
#if defined(_POSIX_TIMEOUTS) && _POSIX_TIMEOUTS > 0
    timespec until{}; // of the clock that pthread_mutex_timedlock goes by
    ::clock_gettime(CLOCK_REALTIME, &until);
    const std::int64_t left_ms = deadline_ms - monotonic_ms();
    const std::int64_t ns = until.tv_nsec + (left_ms > 0 ? left_ms : 0) * 1'000'000;
    until.tv_sec += static_cast<time_t>(ns / 1'000'000'000);
    until.tv_nsec = static_cast<long>(ns % 1'000'000'000);
    return ::pthread_mutex_timedlock(mutex.native(), &until) == 0;
#else
    while (!mutex.try_lock()) {
        if (monotonic_ms() >= deadline_ms) {
            return false;
        }
        pause_a_millisecond();
    }
    return true;
#endif
}

/// True for a thread that must not write any more, because the program is about to be gone. Should
/// it go on after all (a static destructor joins a thread that logs), it goes on a moment later.
inline bool is_held_back(const Thread& self) noexcept {
    Runtime& program = runtime();
    return (program.flags.load(MemoryOrder::relaxed) & flag::exiting) != 0 &&
           program.exiting_thread.load(MemoryOrder::relaxed) != &self &&
           monotonic_ms() < program.exit_deadline_ms.load(MemoryOrder::relaxed);
}

inline void lock_chunk(const Thread& self, Chunk& chunk) noexcept {
    chunk.mutex.lock();
    while (is_held_back(self)) [[unlikely]] {
        chunk.mutex.unlock();
        pause_a_millisecond();
        chunk.mutex.lock();
    }
}

class [[nodiscard]] ChunkLock {
public:
    ChunkLock(const Thread& self, Chunk& chunk) noexcept : mutex_{chunk.mutex} {
        lock_chunk(self, chunk);
    }
    ChunkLock(const ChunkLock&) = delete;
    ChunkLock& operator=(const ChunkLock&) = delete;
    ~ChunkLock() { mutex_.unlock(); }

private:
    Mutex& mutex_;
};

/// Holds the chunks of all threads that there are when it is made.
class [[nodiscard]] AllChunksLock {
public:
    explicit AllChunksLock(const Thread& self) noexcept
        : first_{runtime().threads.load(MemoryOrder::seq_cst)} {
        for_each([&self](Thread& thread) { lock_chunk(self, thread.chunk); });
    }
    AllChunksLock(const AllChunksLock&) = delete;
    AllChunksLock& operator=(const AllChunksLock&) = delete;
    ~AllChunksLock() {
        for_each([](Thread& thread) { thread.chunk.mutex.unlock(); });
    }

    template <class F>
    void for_each(F f) const {
        for (Thread* thread = first_; thread != nullptr; thread = thread->next) {
            f(*thread);
        }
    }

private:
    Thread* first_;
};

} // namespace detail
ELIOT_END_NAMESPACE
