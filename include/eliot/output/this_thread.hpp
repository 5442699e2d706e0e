// SPDX-License-Identifier: Apache-2.0
#pragma once

// The calling thread's record, borrowed at first use and given back, drained, when the thread ends.
// With the first one the library begins to take part in the end of the program, see endings.hpp,
// and in every fork(2) of it, see fork.hpp.
//
//     Thread& self = this_thread();

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/keep_loaded.hpp>
#include <eliot/output/runtime.hpp>
#include <eliot/output/survival.hpp>

#include <cstdlib>
#include <cxxabi.h>
#include <pthread.h>

#if defined(_LIBCPP_VERSION)
// libc++abi exports it as the ABI demands, but its header does not declare it.
namespace __cxxabiv1 {
struct __cxa_eh_globals;
extern "C" __cxa_eh_globals* __cxa_get_globals() noexcept;
} // namespace __cxxabiv1
#endif

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline constinit thread_local Thread* current_thread = nullptr;

void give_back(void* record);
void at_exit() noexcept;
void before_fork() noexcept;
void after_fork_in_parent() noexcept;
void after_fork_in_child() noexcept;

/// Has the record given back when the thread ends. Without a key (there are 1024 for a process) it
/// stays the ended thread's; its lines are delivered all the same.
inline void give_back_at_end(Thread* record) noexcept {
    struct EndKey {
        pthread_key_t key{};
        bool is_made = pthread_key_create(&key, &give_back) == 0;
    };
    static const EndKey key;
    if (key.is_made) {
        pthread_setspecific(key.key, record);
    }
}

inline Thread* borrow() noexcept {
    Atomic<Thread*>& threads = runtime().threads;
    for (Thread* thread = threads.load(MemoryOrder::acquire); thread != nullptr;
         thread = thread->next) {
        bool free = false;
        if (thread->in_use.compare_exchange_strong(free, true, MemoryOrder::acquire)) {
            return thread;
        }
    }
    auto* fresh = new Thread;
    fresh->chunk.memory = make_chunk_memory();
    fresh->next = threads.load(MemoryOrder::relaxed);
    while (!threads.compare_exchange_weak(fresh->next, fresh, MemoryOrder::seq_cst)) {
    }
    return fresh;
}

/// As the Itanium C++ ABI lays it out (2.2.2); std::uncaught_exceptions() costs 25 instructions, at
/// the start and the end of every action.
inline const unsigned* uncaught_counter() noexcept {
    const auto* const globals = reinterpret_cast<const char*>(abi::__cxa_get_globals());
    return reinterpret_cast<const unsigned*>(globals + sizeof(void*));
}
inline unsigned uncaught_exceptions(const Thread& self) noexcept { return *self.uncaught; }

inline constinit Atomic<bool> exit_hook_installed{false};
inline constinit Atomic<bool> takes_part_in_forks{false};

inline void install_exit_hook() noexcept {
    if (!exit_hook_installed.exchange(true, MemoryOrder::relaxed)) {
        // Handlers of a module that is closed run then, in the middle of the program.
        keep_module_loaded(reinterpret_cast<const void*>(&at_exit));
        std::atexit([] { at_exit(); });
#if !defined(__APPLE__)
        std::at_quick_exit([] { at_exit(); });
#endif
    }
}
inline void take_part_in_forks() noexcept {
    if (!takes_part_in_forks.exchange(true, MemoryOrder::relaxed)) {
        ::pthread_atfork(&before_fork, &after_fork_in_parent, &after_fork_in_child);
    }
}

/// Of the program, in a plugin that was attached to it.
inline constinit Atomic<Thread& (*)() noexcept> this_thread_of_program{nullptr};

[[gnu::noinline, gnu::cold]] inline Thread& attach_thread() noexcept {
    if (auto* const this_thread_there = this_thread_of_program.load(MemoryOrder::acquire)) {
        return this_thread_there();
    }
    Thread* self = borrow();
    current_thread = self;
    self->uncaught = uncaught_counter();
    self->alternate_stack.set();
    give_back_at_end(self);
    install_exit_hook();
    take_part_in_forks();
    return *self;
}

/// For the beginning of functions that are never inlined.
[[gnu::always_inline]] inline Thread& this_thread_here() noexcept {
    Thread* self = current_thread;
    return self != nullptr ? *self : attach_thread();
}
/// Not inlined, because compilers keep the address of a thread_local over a co_await or a fiber
/// switch, after which it is another thread's.
[[gnu::noinline]] inline Thread& this_thread() noexcept {
    asm volatile("");
    return this_thread_here();
}

} // namespace detail
ELIOT_END_NAMESPACE
