// SPDX-License-Identifier: Apache-2.0
#pragma once

// Delivers what stands in the chunks of quiet threads, at the shortest interval that a file asks
// for. Started by the first buffered file; the threads that log never wake it.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/delivery.hpp>
#include <eliot/output/service_thread.hpp>
#include <eliot/output/this_thread.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline constinit ServiceThread timer;
inline constinit Atomic<unsigned> timer_ms{0};

/// Delivers to buffered destinations whatever any thread has committed.
inline void drain_all_buffered(Thread& self) {
    for (Thread* thread = runtime().threads.load(MemoryOrder::seq_cst); thread != nullptr;
         thread = thread->next) {
        if (auto* const instead = instead_of_delivery->load(MemoryOrder::acquire)) {
            instead(self);
        }
        const ChunkLock lock{self, thread->chunk};
        drain_buffered(self, thread->chunk);
    }
}

inline void* run_timer(void*) {
    for (Thread& self = this_thread();;) {
        sleep_ms(timer_ms.load(MemoryOrder::relaxed));
        drain_all_buffered(self);
    }
}

/// Has buffered lines delivered at least every `ms` milliseconds; 0 asks for nothing.
inline void deliver_every(unsigned ms) noexcept {
    if (ms == 0) {
        return;
    }
    unsigned now = timer_ms.load(MemoryOrder::relaxed);
    while ((now == 0 || ms < now) && !timer_ms.compare_exchange_weak(now, ms)) {
    }
    timer.start(&run_timer);
}

} // namespace detail
ELIOT_END_NAMESPACE
