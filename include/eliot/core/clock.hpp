// SPDX-License-Identifier: Apache-2.0
#pragma once

// The time that lines are stamped with, and how a test replaces it.
//
//     eliot::set_clock([]() noexcept { return eliot::Timestamp{0}; });
//     eliot::set_clock(nullptr);   // the system's time again

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/counter_clock.hpp>
#include <eliot/core/timestamp.hpp>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE

/// A source of time. Called on every logging thread, perhaps at once.
using Clock = Timestamp (*)() noexcept;

namespace detail {

inline constinit Atomic<Clock> replaced_clock{nullptr}; ///< in use: one of the next two
inline constinit Atomic<Clock> chosen_clock{nullptr};   ///< by set_clock
inline constinit Atomic<Clock> pinning_clock{nullptr};  ///< of a test; goes before that

inline Clock wanted_clock() noexcept {
    const Clock pinning = pinning_clock.load(MemoryOrder::seq_cst);
    return pinning != nullptr ? pinning : chosen_clock.load(MemoryOrder::seq_cst);
}

/// After a change of either. When both change at once, the one that comes last sees both.
inline void use_wanted_clock() noexcept {
    Clock clock = nullptr;
    do {
        clock = wanted_clock();
        replaced_clock.store(clock, MemoryOrder::seq_cst);
    } while (clock != wanted_clock());
}

inline std::int64_t read_system_clock() noexcept {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return std::int64_t{now.tv_sec} * 1000000000 + now.tv_nsec;
}

#if defined(__linux__) && defined(__x86_64__)

// What one thread has learnt about the counter, for those that come after it.
inline constinit Atomic<std::uint64_t> counter_rate{0};

struct TimeStampCounter {
    static std::uint64_t ticks() noexcept { return __builtin_ia32_rdtsc(); }
    static std::int64_t time() noexcept { return read_system_clock(); }
    static std::uint64_t known_rate() noexcept { return counter_rate.load(MemoryOrder::relaxed); }
    static void share_rate(std::uint64_t rate) noexcept {
        counter_rate.store(rate, MemoryOrder::relaxed);
    }
};

enum class CounterTrust : char { unknown, trusted, distrusted };
inline constinit Atomic<CounterTrust> counter_trust{CounterTrust::unknown};

// The kernel has tested whether the counter is steady, and the same on all processors.
[[gnu::noinline, gnu::cold]] inline CounterTrust ask_kernel_for_trust() noexcept {
    const int saved_errno = errno;
    int cancellation = 0;
    ::pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancellation);
    char name[4] = {};
    const int file = ::open("/sys/devices/system/clocksource/clocksource0/current_clocksource",
                            O_RDONLY | O_CLOEXEC);
    const bool is_tsc = file >= 0 && ::read(file, name, sizeof name) == sizeof name &&
                        std::memcmp(name, "tsc\n", sizeof name) == 0;
    if (file >= 0) {
        ::close(file);
    }
    ::pthread_setcancelstate(cancellation, &cancellation);
    errno = saved_errno;
    const auto trust = is_tsc ? CounterTrust::trusted : CounterTrust::distrusted;
    counter_trust.store(trust, MemoryOrder::relaxed);
    return trust;
}

inline bool counter_is_trusted() noexcept {
    const CounterTrust trust = counter_trust.load(MemoryOrder::relaxed);
    return trust == CounterTrust::trusted ||
           (trust == CounterTrust::unknown && ask_kernel_for_trust() == CounterTrust::trusted);
}

#endif

/// The system's time, by a clock that belongs to the calling thread.
inline Timestamp system_time(CounterClock& clock) noexcept {
#if defined(__linux__) && defined(__x86_64__)
    if (counter_is_trusted()) [[likely]] {
        TimeStampCounter counter;
        return Timestamp{clock.read(counter)};
    }
#endif
    return Timestamp{clock.hold(read_system_clock())};
}

// Never inlined: compilers keep the address of a thread_local over a co_await.
[[gnu::noinline]] inline Timestamp system_time() noexcept {
    static constinit thread_local CounterClock clock;
    return system_time(clock);
}

/// The time that lines are stamped with, see `eliot::now`.
[[gnu::always_inline]] inline Timestamp now(CounterClock& clock) noexcept {
    const Clock replaced = replaced_clock.load(MemoryOrder::relaxed);
    return replaced != nullptr ? replaced() : system_time(clock);
}

}

/// Has every line from now on stamped by `clock`; nullptr restores the system's time. Any thread.
inline void set_clock(Clock clock) noexcept {
    detail::chosen_clock.store(clock, detail::MemoryOrder::seq_cst);
    detail::use_wanted_clock();
}

/// The time now, as lines are stamped with it: of the clock that was set, else the system's.
/// Within a thread the system's time never goes back, unless someone sets it back by more than
/// 10 ms. On x86-64 Linux whose own clock is the time-stamp counter it is interpolated from that
/// counter, and follows a time that someone sets within about a millisecond.
inline Timestamp now() noexcept {
    const Clock replaced = detail::replaced_clock.load(detail::MemoryOrder::relaxed);
    return replaced != nullptr ? replaced() : detail::system_time();
}

ELIOT_END_NAMESPACE
