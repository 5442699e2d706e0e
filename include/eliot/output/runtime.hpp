// SPDX-License-Identifier: Apache-2.0
#pragma once

// The program's one set of destinations and its registry of threads. Constant-initialised and never
// destroyed, so that logging works before main, in static destructors and in atexit handlers.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/shared.hpp>
#include <eliot/output/destination.hpp>
#include <eliot/output/early_lines.hpp>
#include <eliot/output/mutex.hpp>
#include <eliot/output/thread.hpp>

#include <cstdint>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Bits of `Runtime::flags`, the one thing that every call site reads.
namespace flag {
inline constexpr unsigned listening = 1;   ///< somebody listens, or lines are kept for the first
inline constexpr unsigned prompt = 2;      ///< every line is delivered at once
inline constexpr unsigned early = 4;       ///< no destination yet
inline constexpr unsigned task = 8;        ///< some destination is drained at the end of tasks
inline constexpr unsigned exiting = 16;    ///< the exit hook has run
inline constexpr unsigned globals = 64;    ///< there are global fields
inline constexpr unsigned validating = 32; ///< a capture is active: extra validators run
} // namespace flag

struct Runtime {
    Atomic<unsigned> flags{flag::listening | flag::prompt | flag::early};
    Atomic<std::uint32_t> generation{0}; ///< grows in each child after fork
    Atomic<const EncodedFields*> globals{nullptr};
    Atomic<const DestinationList*> list;
    Atomic<Thread*> threads{nullptr}; ///< append-only

    Mutex admin;         ///< adding and removing, one at a time
    Mutex globals_mutex; ///< nothing else is locked inside
    Atomic<std::uint64_t> last_id{0};
    DestinationList no_destination;
    DestinationList not_yet{nullptr, 0, true};
    EarlyLines early;

    Atomic<Thread*> exiting_thread{nullptr}; ///< that the exit hook ran on
    /// 0 until the program ends; then how long that waits for destinations, and from `exiting` on
    /// how long other threads are held back.
    Atomic<std::int64_t> exit_deadline_ms{0};

    // Captures, see captures.hpp. Changed with `admin` held; `captures`, and those of threads, also
    // with `captures_mutex`, inside which nothing else is locked.
    Mutex captures_mutex;
    CaptureTarget* captures = nullptr;           ///< of the whole program, newest first
    const DestinationList* underneath = nullptr; ///< the destinations while one of those is there
    unsigned thread_captures = 0;
    Atomic<Pins*> pins{nullptr}; ///< of the newest one

    constexpr Runtime() noexcept : list{&not_yet} {}
};

inline constinit Shared<Runtime> the_runtime;

inline Runtime& runtime() noexcept { return *the_runtime; }

/// The gate: false if a line would reach nobody; nothing is evaluated then.
inline bool is_listening() noexcept {
    return (runtime().flags.load(MemoryOrder::relaxed) & flag::listening) != 0;
}

} // namespace detail
ELIOT_END_NAMESPACE
