// SPDX-License-Identifier: Apache-2.0
#pragma once

// fork(2): the child logs on, as itself. Before the fork the destinations come to rest. In the
// child every lock is free, what was logged and not yet written is left to the parent, and files
// are written line by line, because few children leave by exit(3).
//
//     admin  >  BackgroundQueue::delivery  >  Destination::mutex  >  EarlyLines::mutex, …

#include <eliot/config.hpp>
#include <eliot/core/task_uuid.hpp>
#include <eliot/output/background.hpp>
#include <eliot/output/change_list.hpp>
#include <eliot/output/chunk_lock.hpp>
#include <eliot/output/handed_capture.hpp>
#include <eliot/output/size_limit.hpp>
#include <eliot/output/this_thread.hpp>

#include <cstdint>
#include <pthread.h>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Locks that the forking thread holds until it has forked, in both processes.
class ForkLocks {
public:
    constexpr ForkLocks() noexcept = default;

    /// A destination that does not return, or that waits for the forking thread, delays the fork
    /// and does not prevent it.
    void take(const Thread& self) noexcept {
        one_at_a_time_.lock();
        if (self.delivering == 0) { // a thread that is inside of a destination holds locks itself
            const std::int64_t deadline_ms = monotonic_ms() + patience_ms;
            has_admin_ = lock_until(runtime().admin, deadline_ms);
            has_queue_ = lock_until(background_queue->delivery, deadline_ms);
            if (has_admin_) {
                take_all(own_list(), deadline_ms);
                take_all(*runtime().list.load(MemoryOrder::relaxed), deadline_ms);
            }
        }
        for (Mutex* const mutex : short_ones()) {
            mutex->lock();
        }
    }
    void give_back() noexcept {
        for (Mutex* const mutex : short_ones()) {
            mutex->unlock();
        }
        if (has_admin_) {
            give_back_all(*runtime().list.load(MemoryOrder::relaxed));
            give_back_all(own_list());
            runtime().admin.unlock();
        }
        if (has_queue_) {
            background_queue->delivery.unlock();
        }
        has_admin_ = has_queue_ = false;
        one_at_a_time_.unlock();
    }
    /// The same in the child; those that could not be had are free there, too.
    void free_in_child(const Thread& self) noexcept {
        if (!has_admin_) {
            runtime().admin.make_anew();
        }
        if (!has_queue_) {
            background_queue->delivery.make_anew();
        }
        free_all(*runtime().list.load(MemoryOrder::relaxed));
        free_all(own_list());
        for (const CaptureTarget* at = runtime().captures; at != nullptr; at = at->below) {
            free_all(at->list);
        }
        for (const CaptureLink* at = self.captures; at != nullptr; at = at->below) {
            free_all(at->target->list);
        }
        give_back();
    }

private:
    static constexpr std::int64_t patience_ms = 1000;

    struct ShortOnes {
        Mutex* all[4];
        Mutex* const* begin() const noexcept { return all; }
        Mutex* const* end() const noexcept { return all + 4; }
    };
    /// Nobody holds these for long, nor locks another one inside.
    static ShortOnes short_ones() noexcept {
        Runtime& program = runtime();
        return {{&program.early.mutex, &program.globals_mutex, &program.captures_mutex,
                 &size_limit_handler.mutex}};
    }
    static void take_all(const DestinationList& list, std::int64_t deadline_ms) noexcept {
        for (std::size_t i = 0; i < list.count; ++i) {
            Destination& destination = *list.entries[i];
            destination.held_for_fork =
                destination.held_for_fork || lock_until(destination.mutex, deadline_ms);
        }
    }
    static void give_back_all(const DestinationList& list) noexcept {
        for (std::size_t i = 0; i < list.count; ++i) {
            if (list.entries[i]->held_for_fork) {
                list.entries[i]->held_for_fork = false;
                list.entries[i]->mutex.unlock();
            }
        }
    }
    static void free_all(const DestinationList& list) noexcept {
        for (std::size_t i = 0; i < list.count; ++i) {
            if (!list.entries[i]->held_for_fork) {
                list.entries[i]->mutex.make_anew();
            }
        }
    }

    Mutex one_at_a_time_;
    bool has_admin_ = false;
    bool has_queue_ = false;
};

inline constinit ForkLocks fork_locks;

/// What a thread of the parent left behind is never used again: it may be half written.
inline void close_in_child(Thread& thread) noexcept {
    thread.in_use.store(true, MemoryOrder::relaxed);
    thread.captures = nullptr;
    thread.pins.store(nullptr, MemoryOrder::relaxed);
    thread.chunk.mutex.make_anew();
    thread.chunk.list = nullptr;
    thread.chunk.prompt = thread.chunk.buffered = 0;
    if (thread.chunk.memory != nullptr) {
        thread.chunk.memory->committed.store(0, MemoryOrder::relaxed);
    }
}

template <class Node>
void forget_all(Queue<Node>& queue) noexcept {
    while (Node* const node = queue.pop()) {
        delete node;
    }
}

/// Puts memory that an open line still writes to under the care of a record that nobody borrows.
inline void set_apart(ChunkMemory* memory) {
    auto* const keeper = new Thread;
    keeper->chunk.memory = memory;
    close_in_child(*keeper);
    keeper->next = runtime().threads.load(MemoryOrder::relaxed);
    runtime().threads.store(keeper, MemoryOrder::relaxed);
}

/// The forking thread begins again. A line that was open, whose value has forked, is the parent's:
/// it is encoded to its end in memory that nobody looks at any more.
inline void begin_anew_in_child(Thread& self) {
    Chunk& chunk = self.chunk;
    chunk.mutex.make_anew();
    chunk.list = self.captures != nullptr ? chunk.list : nullptr;
    if (self.line_open) {
        self.line_open = false;
        set_apart(chunk.memory);
        chunk.memory = make_chunk_memory();
    }
    reset(chunk);
    forget_all(self.pending);
    forget_all(self.failures);
    self.dropped = {};
    self.forked_task = nullptr;
}

inline void forget_threads(Thread& self) {
    for (Thread* thread = runtime().threads.load(MemoryOrder::relaxed); thread != nullptr;
         thread = thread->next) {
        if (thread != &self) {
            close_in_child(*thread);
        }
    }
    begin_anew_in_child(self);
}

/// When the delivery is over that goes by the list.
class DeferredFree final : public Deferred {
public:
    explicit DeferredFree(const DestinationList& list) noexcept : list_{list} {}
    void run() override { free_list(&list_); }

private:
    const DestinationList& list_;
};

/// A delivery that forked goes on in the child with what is left of its list: nothing.
inline void inherit_destinations(Thread& self) {
    const DestinationList& old = own_list();
    if (old.count == 0) {
        return;
    }
    for (std::size_t i = 0; i < old.count; ++i) {
        Destination& destination = *old.entries[i];
        destination.after_fork_in_child();
        destination.buffered = destination.task = false;
        destination.background = destination.drops = false;
        destination.survival_entry = -1;
    }
    const DestinationList& fresh = *copy_list(old, nullptr, nullptr);
    if (runtime().underneath != nullptr) {
        runtime().underneath = &fresh;
    } else {
        publish(fresh);
    }
    if (self.delivering == 0) {
        free_list(&old);
    } else {
        const_cast<DestinationList&>(old).count = 0;
        self.deferred.push(new DeferredFree{old});
        self.notice = true;
    }
}

/// Until it has forked, the thread counts as one inside of a destination: handlers of the program's
/// own that log meanwhile do not wait for its locks.
inline void before_fork() noexcept {
    Thread& self = this_thread();
    if (self.forking++ == 0) {
        fork_locks.take(self);
        ++self.delivering;
    }
}
inline void after_fork_in_parent() noexcept {
    Thread& self = this_thread();
    if (--self.forking != 0) {
        return;
    }
    --self.delivering;
    fork_locks.give_back();
    if (self.has_leftovers() && !self.busy()) {
        settle_all(self);
    }
}
inline void after_fork_in_child() noexcept {
    Thread& self = this_thread();
    if (--self.forking != 0) {
        return;
    }
    --self.delivering;
    survival->leave_to_parent();
    reseed_task_uuids();
    runtime().generation.fetch_add(1, MemoryOrder::relaxed);
    fork_locks.free_in_child(self);
    background_queue->make_anew();
    forget_threads(self);
    runtime().early.discard();
    inherit_destinations(self);
}

} // namespace detail
ELIOT_END_NAMESPACE
