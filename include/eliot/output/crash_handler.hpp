// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes what is committed when the program crashes:
//
//     eliot::flush_on_crash();
//
// Committed bytes are final, so that a signal handler has nothing to do but write(2).

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/barrier.hpp>
#include <eliot/output/delivery.hpp>
#include <eliot/output/this_thread.hpp>
#include <eliot/output/write.hpp>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string_view>
#include <time.h>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// The last deliveries of a crashing program: to files only, without allocation, and by nobody else
/// any more, because the locks that it takes are never given back.
class LastLines {
public:
    explicit LastLines(const Thread* self) noexcept : self_{self} {}

    void write() noexcept {
        instead_of_delivery->store(&wait_or_write, MemoryOrder::seq_cst);
        runtime().flags.fetch_or(flag::exiting | flag::prompt, MemoryOrder::seq_cst);
        fence_all_threads();
        // All chunks first: a thread that waits for its own does not hold a destination.
        for (Thread* thread = runtime().threads.load(MemoryOrder::seq_cst); thread != nullptr;
             thread = thread->next) {
            // A crash inside a destination: this thread has the lock already.
            const bool own = thread == self_ && self_->delivering != 0;
            thread->reserved_for_crash =
                thread->chunk.memory != nullptr && (own || acquire(thread->chunk.mutex) ||
                                                    thread->chunk.waits.load(MemoryOrder::acquire));
        }
        if (acquire(background_queue->delivery)) {
            // From here on nothing more is handed over: not by a thread either that waited for
            // room, got it when the writing thread was done with a chunk, and is about to go on.
            static_cast<void>(acquire(background_queue->exchanges()));
            background_queue->peek([this](const FullChunk& full) {
                write_to(*full.list, Stage::background, full.lines());
            });
        }
        for (Thread* thread = runtime().threads.load(MemoryOrder::seq_cst); thread != nullptr;
             thread = thread->next) {
            if (thread->reserved_for_crash && !is_handed_over(thread->chunk)) {
                write_chunk(thread->chunk);
            }
        }
    }

    /// The crashing thread may log on, for instance in a handler of the program's own.
    void write_own(Thread& self) noexcept {
        write_chunk(self.chunk);
        reset(self.chunk);
    }
    static void wait_or_write(Thread& self) noexcept;

private:
    static constexpr std::int64_t patience_ms = 100;

    /// True while a thread that handed its lines over has not yet taken other memory.
    static bool is_handed_over(const Chunk& chunk) noexcept {
        bool found = false;
        background_queue->peek(
            [&](const FullChunk& full) { found = found || full.memory == chunk.memory; });
        return found;
    }
    void write_chunk(Chunk& chunk) noexcept {
        const DestinationList& list =
            chunk.list != nullptr ? *chunk.list : *runtime().list.load(MemoryOrder::seq_cst);
        const std::size_t committed = chunk.committed();
        if (committed < chunk.buffered) {
            return; // such a thread has other memory by now, where nothing is yet
        }
        write_to(list, Stage::prompt, chunk.lines(chunk.prompt, committed));
        write_to(list, Stage::buffered, chunk.lines(chunk.buffered, committed));
        const bool waits = chunk.waits.load(MemoryOrder::acquire);
        const std::size_t background = waits ? chunk.background : chunk.buffered;
        write_to(list, Stage::background, chunk.lines(background, committed));
        chunk.prompt = chunk.buffered = committed;
        chunk.waits.store(false, MemoryOrder::release);
    }
    void write_to(const DestinationList& list, Stage stage, std::string_view lines) noexcept {
        for (std::size_t i = 0; i < list.count && !lines.empty(); ++i) {
            Destination& destination = *list.entries[i];
            if (stage_of(destination) == stage && destination.descriptor() >= 0 &&
                reserve(destination)) {
                write_bytes(destination.descriptor(), lines);
            }
        }
    }
    /// The destination's lock, which is taken once.
    bool reserve(Destination& destination) noexcept {
        if (destination.reserved_for_crash) {
            return true;
        }
        const bool own = self_ != nullptr && (self_->excluded & destination.slot) != 0;
        destination.reserved_for_crash = own || acquire(destination.mutex);
        return destination.reserved_for_crash;
    }
    bool acquire(Mutex& mutex) noexcept {
        const std::int64_t deadline_ms = now_ms() + patience_ms;
        while (!mutex.try_lock()) {
            if (now_ms() > deadline_ms) {
                return false;
            }
            ::sched_yield();
        }
        return true;
    }
    static std::int64_t now_ms() noexcept {
        timespec now{};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
    }
    void write_bytes(int descriptor, std::string_view bytes) noexcept {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
            if (written > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(written));
            } else if (errno == EAGAIN && now_ms() <= deadline_ms_) {
                pollfd waited{descriptor, POLLOUT, 0};
                ::poll(&waited, 1, 10);
            } else if (errno != EINTR) {
                signals_.raised();
                return;
            }
        }
    }

    const Thread* self_;
    WriteSignalsHeld signals_{true}; ///< it is the crash that ends the program
    std::int64_t deadline_ms_ = now_ms() + patience_ms;
};

class CrashHandler {
public:
    bool is_crashing(const Thread& thread) const noexcept {
        return crashing_.load(MemoryOrder::acquire) == &thread;
    }
    void install() noexcept {
        if (!installed_.exchange(true, MemoryOrder::acq_rel)) {
            struct sigaction action{};
            action.sa_sigaction = &on_signal;
            action.sa_flags = SA_SIGINFO | SA_ONSTACK;
            sigemptyset(&action.sa_mask);
            for (std::size_t i = 0; i < count; ++i) {
                ::sigaction(signals[i], &action, &before_[i]);
            }
            terminate_before_ = std::set_terminate(&on_terminate);
        }
    }

private:
    static constexpr int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    static constexpr std::size_t count = sizeof signals / sizeof *signals;

    static void on_signal(int signal, siginfo_t* info, void* context) noexcept;
    [[noreturn]] static void on_terminate() noexcept;

    /// Once a process. A second thread that crashes meanwhile waits for the first.
    void write_last_lines() noexcept {
        const int error = errno;
        const Thread* const self = current_thread;
        const void* nobody = nullptr;
        const void* const me = self != nullptr ? static_cast<const void*>(self) : &nobody;
        if (crashing_.compare_exchange_strong(nobody, me, MemoryOrder::acq_rel)) {
            LastLines{self}.write();
            done_.store(true, MemoryOrder::release);
        } else if (nobody != me) {
            wait_for_other();
        }
        errno = error;
    }
    void wait_for_other() const noexcept {
        for (int i = 0; i < 1000 && !done_.load(MemoryOrder::acquire); ++i) {
            const timespec pause{0, 1'000'000};
            ::nanosleep(&pause, nullptr);
        }
    }
    /// What would have happened without this handler.
    void chain(int signal, siginfo_t* info, void* context) noexcept {
        std::size_t i = 0;
        while (i + 1 < count && signals[i] != signal) {
            ++i;
        }
        const struct sigaction& before = before_[i];
        ::sigaction(signal, &before, nullptr);
        if ((before.sa_flags & SA_SIGINFO) != 0 && before.sa_sigaction != nullptr) {
            before.sa_sigaction(signal, info, context);
        } else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
            before.sa_handler(signal);
        } else {
            ::raise(signal); // is delivered when this handler returns
        }
    }

    Atomic<bool> installed_{false};
    Atomic<bool> done_{false};
    Atomic<const void*> crashing_{nullptr}; ///< the thread that crashed first
    struct sigaction before_[count] = {};
    std::terminate_handler terminate_before_ = nullptr;
};

inline constinit CrashHandler crash_handler;

inline void LastLines::wait_or_write(Thread& self) noexcept {
    if (crash_handler.is_crashing(self)) {
        LastLines{&self}.write_own(self);
        return;
    }
    for (;;) {
        ::pause();
    }
}

inline void CrashHandler::on_signal(int signal, siginfo_t* info, void* context) noexcept {
    crash_handler.write_last_lines();
    crash_handler.chain(signal, info, context);
}
[[noreturn]] inline void CrashHandler::on_terminate() noexcept {
    crash_handler.write_last_lines();
    if (crash_handler.terminate_before_ != nullptr) {
        crash_handler.terminate_before_();
    }
    std::abort();
}

} // namespace detail

/// From now on a crash (SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, std::terminate) on any thread
/// first writes every committed line to the files, then goes its way: to the handler that was there
/// before, or to the end of the process. Call it early in main: threads that log later get a stack
/// of their own for the handler, so that it also runs when their stack has overflowed.
inline void flush_on_crash() noexcept {
    detail::wants_alternate_stacks.store(true, detail::MemoryOrder::release);
    detail::this_thread().alternate_stack.set();
    detail::crash_handler.install();
}

ELIOT_END_NAMESPACE
