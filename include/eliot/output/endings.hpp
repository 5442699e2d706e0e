// SPDX-License-Identifier: Apache-2.0
#pragma once

// What happens when a thread ends, and when the program does. Nothing that was logged is lost; what
// is logged later still is written, to files only.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/barrier.hpp>
#include <eliot/output/change_list.hpp>
#include <eliot/output/chunk_lock.hpp>
#include <eliot/output/delivery.hpp>
#include <eliot/output/fork.hpp>
#include <eliot/output/this_thread.hpp>

#include <cstdint>
#include <string>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// In a child after fork(2), see context/forked_task.hpp.
inline void end_forked_task_of(Thread& self) {
    if (auto* const end = end_forked_task->load(MemoryOrder::acquire)) {
        end(self);
    }
}

/// Runs behind the thread's thread_local destructors. A line logged even later borrows again.
inline void give_back(void* record) {
    Thread& self = *static_cast<Thread*>(record);
    end_forked_task_of(self);
    settle_all(self); // what waited when the thread was ended in the middle of a line
    {
        const ChunkLock lock{self, self.chunk};
        drain_locked(self, self.chunk);
        reset(self.chunk);
        self.chunk.list = nullptr;
        const Lock captures_lock{runtime().captures_mutex};
        self.captures = nullptr;
        self.pins.store(nullptr, MemoryOrder::relaxed);
    }
    settle_all(self);
    if (auto* clear = clear_contexts->load(MemoryOrder::acquire)) {
        clear(self);
    }
    self.alternate_stack.unset();
    current_thread = nullptr;
    self.in_use.store(false, MemoryOrder::release);
}

/// The end of a program waits for a destination that does not return, but not for ever.
inline constexpr std::int64_t exit_patience_ms = 5000;
/// How long other threads are held back: usually the program is gone by then.
inline constexpr std::int64_t exit_grace_ms = 100;

/// The mutex, unless it is not to be had.
class [[nodiscard]] PatientLock {
public:
    PatientLock(Mutex& mutex, std::int64_t deadline_ms) noexcept
        : mutex_{mutex}, is_held_{lock_until(mutex, deadline_ms)} {}
    PatientLock(const PatientLock&) = delete;
    PatientLock& operator=(const PatientLock&) = delete;
    ~PatientLock() {
        if (is_held_) {
            mutex_.unlock();
        }
    }
    explicit operator bool() const noexcept { return is_held_; }

private:
    Mutex& mutex_;
    bool is_held_;
};

/// The last deliveries. `self` may be inside of a destination that called std::exit: what it holds
/// already is not asked for again.
class LastDelivery {
public:
    explicit LastDelivery(Thread& self) noexcept : self_{self} {}

    /// Delivers everything, flushes every destination, and destroys those that are no files.
    void run() {
        const DestinationList* unused = nullptr;
        {
            const PatientLock admin{runtime().admin, self_.busy() ? 0 : deadline_ms_};
            unused = admin ? change_to_files() : nullptr;
        }
        if (unused == nullptr) {
            drain(nullptr);
            return;
        }
        for (std::size_t i = 0; i < unused->count; ++i) {
            delete unused->entries[i];
        }
        free_list(unused);
    }
    /// From here on only files are written, and by this thread only until it is gone.
    void close() {
        Runtime& program = runtime();
        program.exiting_thread.store(&self_, MemoryOrder::relaxed);
        program.exit_deadline_ms.store(monotonic_ms() + exit_grace_ms, MemoryOrder::relaxed);
        program.flags.fetch_or(flag::exiting | flag::prompt, MemoryOrder::seq_cst);
        fence_all_threads();
        drain(nullptr);
        survival->remove_all();
    }

private:
    /// Those that nobody else can reach any more; null if that cannot be said. `admin` must be
    /// held.
    const DestinationList* change_to_files() {
        const DestinationList& all = own_list();
        if (self_.busy() || all.early || runtime().captures != nullptr) {
            drain(nullptr);
            flush_each(all);
            return nullptr;
        }
        const DestinationList& files = *filtered(all, true);
        publish(files);
        const bool nobody_is_inside = drain(&files);
        flush_each(all);
        if (!nobody_is_inside) {
            return nullptr;
        }
        const DestinationList* others = filtered(all, false);
        free_list(&all);
        return others;
    }
    static const DestinationList* filtered(const DestinationList& all, bool files) {
        DestinationList* list = copy_list(all, nullptr, nullptr);
        list->count = 0;
        list->has_buffered = list->has_background = list->drops = false;
        for (std::size_t i = 0; i < all.count; ++i) {
            if (all.entries[i]->file == files) {
                append_to(*list, all.entries[i]);
            }
        }
        return list;
    }
    /// True if every chunk could be had; from then on their lines go to `next`, if there is one.
    bool drain(const DestinationList* next) {
        bool all = true;
        for (Thread* thread = runtime().threads.load(MemoryOrder::seq_cst); thread != nullptr;
             thread = thread->next) {
            all = drain(*thread, next) && all;
        }
        return all;
    }
    bool drain(Thread& thread, const DestinationList* next) {
        const bool is_held = &thread == &self_ && self_.delivering != 0;
        const PatientLock lock{thread.chunk.mutex, is_held ? 0 : deadline_ms_};
        if (is_held || lock) {
            drain_locked(self_, thread.chunk);
            if (next != nullptr) {
                set_list(thread, *next);
            }
            return true;
        }
        return false;
    }
    /// But for those that this thread is inside of.
    void flush_each(const DestinationList& list) {
        for (std::size_t i = 0; i < list.count; ++i) {
            if ((list.entries[i]->slot & self_.excluded) == 0) {
                flush(*list.entries[i]);
            }
        }
    }
    void flush(Destination& destination) {
        const PatientLock lock{destination.mutex, deadline_ms_};
        if (!lock) {
            report_error({destination.name(), "", "it does not return", "its last lines are lost"});
            return;
        }
        const InsideDestination inside{self_, destination};
        call_destination(self_, destination, {}, [&] { return destination.flush(); });
    }

    Thread& self_;
    std::int64_t deadline_ms_ = monotonic_ms() + exit_patience_ms;
};

/// What files could not take at all, also those underneath a capture.
inline void report_unwritten() {
    const DestinationList& list = own_list();
    for (std::size_t i = 0; i < list.count; ++i) {
        if (const std::uint64_t lines = list.entries[i]->unwritten()) {
            report_error({list.entries[i]->name(), "", list.entries[i]->trouble,
                          std::to_string(lines) + " lines are lost"});
        }
    }
}

inline void at_exit() noexcept {
    Thread& self = this_thread();
    end_forked_task_of(self);
    runtime().exit_deadline_ms.store(monotonic_ms() + exit_patience_ms, MemoryOrder::relaxed);
    LastDelivery last{self};
    last.run();
    if (!self.busy()) {
        settle_all(self);
    }
    last.close();
    report_unwritten();
}

} // namespace detail
ELIOT_END_NAMESPACE
