// SPDX-License-Identifier: Apache-2.0
#pragma once

// The calling thread's record, borrowed at first use and given back, drained, when the thread ends.
//
//     Thread& self = this_thread();

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/exit_hook.hpp>
#include <eliot/output/fork_hook.hpp>
#include <eliot/output/runtime.hpp>
#include <eliot/output/survival.hpp>

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
