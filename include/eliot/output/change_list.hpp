// SPDX-License-Identifier: Apache-2.0
#pragma once

// How the list of destinations changes while others log: everything is drained with the old list,
// the new one is published, and each chunk's mutex is taken once, delivering what is left to the
// old list. A line logged meanwhile goes to one of the two lists, never to both, never to neither.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/encode/field_failure.hpp>
#include <eliot/output/barrier.hpp>
#include <eliot/output/chunk_lock.hpp>
#include <eliot/output/delivery.hpp>
#include <eliot/output/keep_loaded.hpp>
#include <eliot/output/open_line.hpp>
#include <eliot/output/this_thread.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

template <class T>
concept Decayed = std::same_as<T, std::decay_t<T>>;

/// Pending lines and postponed changes; called where the thread is free again.
inline void settle_output(Thread& self) {
    deliver_pending(self);
    while (Deferred* deferred = self.deferred.pop()) {
        const Owned<Deferred> owned{deferred};
        deferred->run();
        deliver_pending(self);
    }
}

/// The same, and the context layer logs what failed.
inline void settle_all(Thread& self) {
    if (auto* settle = settle_thread->load(MemoryOrder::acquire)) {
        settle(self);
    } else {
        settle_output(self);
    }
}

inline bool is_listed(const DestinationList& list, DestinationId id) noexcept {
    for (std::size_t i = 0; i < list.count; ++i) {
        if (list.entries[i]->id == id) {
            return true;
        }
    }
    return false;
}

/// The lowest bit that no entry has; beyond 63 destinations the last is shared.
inline std::uint64_t free_slot(const DestinationList& list) noexcept {
    std::uint64_t taken = 0;
    for (std::size_t i = 0; i < list.count; ++i) {
        taken |= list.entries[i]->slot;
    }
    const std::uint64_t free = ~taken & (taken + 1);
    return free != 0 ? free : std::uint64_t{1} << 63;
}

inline void append_to(DestinationList& list, Destination* destination) noexcept {
    list.entries[list.count++] = destination;
    list.has_buffered = list.has_buffered || destination->buffered;
    list.has_background = list.has_background || destination->background;
    list.drops = list.drops || destination->drops;
}

/// A copy of `old` with one entry more or less. Files come first: they have every line, whatever
/// the other destinations then do.
inline DestinationList* copy_list(const DestinationList& old, Destination* added,
                                  const Destination* removed) {
    auto* list = new DestinationList;
    list->entries = new Destination*[old.count + 1];
    for (const bool files : {true, false}) {
        for (std::size_t i = 0; i < old.count; ++i) {
            if (old.entries[i] != removed && old.entries[i]->file == files) {
                append_to(*list, old.entries[i]);
            }
        }
        if (added != nullptr && added->file == files) {
            append_to(*list, added);
        }
    }
    return list;
}

inline unsigned flags_for(const DestinationList& list) noexcept {
    unsigned flags = list.count != 0 ? flag::listening : 0;
    flags |= list.early ? flag::listening | flag::early | flag::prompt : 0;
    for (std::size_t i = 0; i < list.count; ++i) {
        flags |= list.entries[i]->buffered ? 0 : flag::prompt;
        flags |= list.entries[i]->task ? flag::task : 0;
    }
    return flags;
}

/// `admin` must be held.
inline unsigned flags_for_captures() noexcept {
    constexpr unsigned thread_captured = flag::listening | flag::prompt | flag::validating;
    const Runtime& program = runtime();
    return (program.thread_captures != 0 ? thread_captured : 0) |
           (program.captures != nullptr ? flag::validating : 0);
}

inline void publish(const DestinationList& list) noexcept {
    Runtime& program = runtime();
    constexpr unsigned derived =
        flag::listening | flag::early | flag::prompt | flag::task | flag::validating;
    const unsigned lasting = program.flags.load(MemoryOrder::relaxed) & ~derived;
    program.list.store(&list, MemoryOrder::seq_cst);
    program.flags.store(lasting | flags_for(list) | flags_for_captures(), MemoryOrder::seq_cst);
}

/// A captured thread stays with its capture.
inline void set_list(Thread& thread, const DestinationList& list) noexcept {
    if (thread.captures == nullptr) {
        thread.chunk.list = &list;
    }
}

/// The grace period: when it returns, nobody delivers to any other list.
inline void move_chunks_to(Thread& self, const DestinationList& list) {
    for (Thread* thread = runtime().threads.load(MemoryOrder::seq_cst); thread != nullptr;
         thread = thread->next) {
        const ChunkLock lock{self, thread->chunk};
        drain_locked(self, thread->chunk);
        set_list(*thread, list);
    }
}

inline void free_list(const DestinationList* list) noexcept {
    if (list != &runtime().not_yet && list != &runtime().no_destination) {
        delete[] list->entries;
        delete list;
    }
}

/// Hands the kept lines to the first destination.
inline void deliver_early(Thread& self, const DestinationList& list) {
    const EncodedFields* globals = runtime().globals.load(MemoryOrder::acquire);
    runtime().early.take_each([&](std::string_view line) {
        const std::string whole = with_globals(line, globals);
        deliver(self, list, Stage::prompt, whole, nullptr);
        deliver_buffered(self, list, whole, nullptr);
    });
}

/// From the early state to the first destination. All threads are held until it has what was kept:
/// lines that they go on to log follow, and none is dropped for want of room meanwhile.
inline void begin_delivery(Thread& self, const DestinationList& list) {
    publish(list);
    const AllChunksLock lock{self};
    lock.for_each([&](Thread& thread) {
        drain_locked(self, thread.chunk); // to the kept lines
        set_list(thread, list);
    });
    deliver_early(self, list);
}

/// The program's destinations: the published list, or the one underneath the captures of the whole
/// program. `admin` must be held.
inline const DestinationList& own_list() noexcept {
    const DestinationList* underneath = runtime().underneath;
    return underneath != nullptr ? *underneath : *runtime().list.load(MemoryOrder::relaxed);
}

/// Nobody delivers to it while a capture is on top.
inline void replace_underneath(Thread& self, const DestinationList& old,
                               const DestinationList& list) {
    runtime().underneath = &list;
    if (old.early && list.count != 0) {
        deliver_early(self, list);
    }
}

/// Replaces the program's destinations. `admin` must be held.
inline void replace_list(Thread& self, const DestinationList& list) {
    const DestinationList* old = &own_list();
    if (runtime().underneath != nullptr) {
        replace_underneath(self, *old, list);
    } else if (old->early && list.count != 0) {
        begin_delivery(self, list);
    } else {
        publish(list);
        move_chunks_to(self, list);
    }
    free_list(old);
}

inline void add_now(Destination* destination) {
    Thread& self = this_thread();
    {
        const Lock lock{runtime().admin};
        const DestinationList& old = own_list();
        destination->slot = free_slot(old);
        replace_list(self, *copy_list(old, destination, nullptr));
    }
    settle_all(self);
}

inline Destination* take_out(Thread& self, DestinationId id) {
    const Lock lock{runtime().admin};
    const DestinationList& old = own_list();
    for (std::size_t i = 0; i < old.count; ++i) {
        Destination* destination = old.entries[i];
        if (destination->id == id) {
            replace_list(self, *copy_list(old, nullptr, destination));
            return destination;
        }
    }
    return nullptr;
}

inline void flush_one(Thread& self, Destination& destination) {
    const NoCancellation whole_flush;
    const Lock lock{destination.mutex};
    const InsideDestination inside{self, destination};
    call_destination(self, destination, {}, [&] { return destination.flush(); });
}

inline bool remove_now(DestinationId id) {
    Thread& self = this_thread();
    Destination* destination = take_out(self, id);
    if (destination != nullptr) {
        flush_one(self, *destination);
        if (destination->survival_entry >= 0) {
            survival->remove(destination->survival_entry);
        }
        delete destination;
    }
    settle_all(self);
    return destination != nullptr;
}

class DeferredAdd final : public Deferred {
public:
    explicit DeferredAdd(Destination* destination) noexcept : destination_{destination} {}
    void run() override { add_now(destination_); }

private:
    Destination* destination_;
};

class DeferredRemove final : public Deferred {
public:
    explicit DeferredRemove(DestinationId id) noexcept : id_{id} {}
    void run() override { remove_now(id_); }

private:
    DestinationId id_;
};

inline DestinationId add(Destination* destination) {
    Thread& self = this_thread();
    const DestinationId id{runtime().last_id.fetch_add(1, MemoryOrder::relaxed) + 1};
    destination->id = id;
    keep_code_loaded(*destination);
    if (self.busy()) {
        self.deferred.push(new DeferredAdd{destination});
    } else {
        add_now(destination);
    }
    return id;
}

inline bool remove(DestinationId id) {
    Thread& self = this_thread();
    if (!self.busy()) {
        return remove_now(id);
    }
    self.deferred.push(new DeferredRemove{id});
    return true;
}

inline void flush_all() {
    Thread& self = this_thread();
    if (self.busy()) {
        return;
    }
    drain_all(self);
    {
        const Lock lock{runtime().admin};
        const DestinationList& list = own_list();
        for (std::size_t i = 0; i < list.count; ++i) {
            flush_one(self, *list.entries[i]);
        }
    }
    settle_all(self);
}

void discard_early_lines();

class DeferredDiscard final : public Deferred {
public:
    void run() override { discard_early_lines(); }
};

inline void discard_early_lines() {
    Thread& self = this_thread();
    if (self.busy()) {
        self.deferred.push(new DeferredDiscard);
        return;
    }
    {
        const Lock lock{runtime().admin};
        if (own_list().early) {
            replace_list(self, runtime().no_destination);
            runtime().early.discard();
        }
    }
    settle_all(self);
}

inline void report_global_failures(FieldFailures& failures) {
    while (FieldFailure* failure = failures.take()) {
        const Owned<FieldFailure> owned{failure};
        report_error({"", "", failure->reason, "in the global field \"" + failure->field + '"'});
    }
}

/// Old ones are kept: other threads may be reading them.
struct GlobalFields {
    EncodedFields fields;
    const EncodedFields* old;
};

inline void add_globals(const FieldView* fields, std::size_t count) {
    FieldFailures failures;
    EncodedFields added;
    for (std::size_t i = 0; i < count; ++i) {
        added.add(fields[i], failures);
    }
    {
        const Lock lock{runtime().globals_mutex};
        const EncodedFields* old = runtime().globals.load(MemoryOrder::relaxed);
        auto* all = new GlobalFields{{}, old};
        if (old != nullptr) {
            all->fields.add_all(*old);
        }
        all->fields.add_all(added);
        runtime().globals.store(&all->fields, MemoryOrder::release);
        runtime().flags.fetch_or(flag::globals, MemoryOrder::seq_cst);
    }
    report_global_failures(failures);
}

} // namespace detail
ELIOT_END_NAMESPACE
