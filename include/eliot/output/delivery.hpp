// SPDX-License-Identifier: Apache-2.0
#pragma once

// Delivery: from committed lines to destinations. Whoever delivers holds the chunk's mutex, and
// each destination's for the length of its call. User code that runs here may log; see
// open_line.hpp.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/encode/field.hpp>
#include <eliot/output/background.hpp>
#include <eliot/output/chunk_lock.hpp>
#include <eliot/output/episode.hpp>
#include <eliot/output/runtime.hpp>
#include <eliot/output/survival.hpp>

#include <cerrno>
#include <cxxabi.h>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// While it lives, nothing that this thread delivers goes to these destinations.
class [[nodiscard]] Excluding {
public:
    Excluding(Thread& self, std::uint64_t slots) noexcept : self_{self}, before_{self.excluded} {
        self_.excluded |= slots;
    }
    Excluding(const Excluding&) = delete;
    Excluding& operator=(const Excluding&) = delete;
    ~Excluding() { self_.excluded = before_; }

private:
    Thread& self_;
    std::uint64_t before_;
};

/// The thread is inside a destination's call while this lives.
class [[nodiscard]] InsideDestination {
public:
    InsideDestination(Thread& self, const Destination& destination) noexcept
        : self_{self}, excluding_{self, destination.slot} {
        ++self_.delivering;
    }
    InsideDestination(const InsideDestination&) = delete;
    InsideDestination& operator=(const InsideDestination&) = delete;
    ~InsideDestination() { --self_.delivering; }

private:
    Thread& self_;
    Excluding excluding_;
};

inline void deliver_to(Thread& self, Destination& destination, std::string_view lines,
                       const Schema* schema) {
    const NoCancellation whole_delivery;
    const Lock lock{destination.mutex};
    const InsideDestination inside{self, destination};
    survival->before_write(destination.survival_entry, destination.descriptor());
    call_destination(self, destination, lines, [&] { return destination.deliver(lines, schema); });
    survival->after_write(destination.survival_entry, lines);
}

/// Which destinations of a list are meant.
enum class Stage : unsigned char { prompt, buffered, background };

inline Stage stage_of(const Destination& destination) noexcept {
    return destination.background ? Stage::background
           : destination.buffered ? Stage::buffered
                                  : Stage::prompt;
}

/// One delivery: whole lines to every destination of a stage, except those that `self` is inside
/// of.
struct Delivery {
    Thread& self;
    const DestinationList& list;
    Stage stage;
    std::string_view lines;
    const Schema* schema;

    void run(std::size_t from) const {
        for (std::size_t i = from; i < list.count; ++i) {
            if (is_meant(*list.entries[i])) {
                call(i);
            }
        }
    }

private:
    bool is_meant(const Destination& destination) const noexcept {
        return stage_of(destination) == stage && (destination.slot & self.excluded) == 0 &&
               (destination.file ||
                (runtime().flags.load(MemoryOrder::relaxed) & flag::exiting) == 0);
    }
    /// A destination that ends the thread does so when the others have the lines, too.
    void call(std::size_t i) const {
#if defined(__GLIBCXX__) && ELIOT_HAS_EXCEPTIONS
        try {
            deliver_to(self, *list.entries[i], lines, schema);
        } catch (abi::__forced_unwind&) {
            run(i + 1);
            throw;
        }
#else
        deliver_to(self, *list.entries[i], lines, schema);
#endif
    }
};

/// Keeps early lines, or hands lines to all destinations of that stage.
inline void deliver(Thread& self, const DestinationList& list, Stage stage, std::string_view lines,
                    const Schema* schema) {
    if (lines.empty()) {
        return;
    }
    if (list.early && stage == Stage::prompt) {
        runtime().early.keep(lines);
    }
    const int error = errno; // the program may be about to look at it
    Delivery{self, list, stage, lines, schema}.run(0);
    errno = error;
}

/// The list that a chunk's lines go to; the mutex must be held.
inline const DestinationList& list_of(Chunk& chunk) noexcept {
    if (chunk.list == nullptr) {
        chunk.list = runtime().list.load(MemoryOrder::seq_cst);
    }
    return *chunk.list;
}

/// Delivers the oldest chunk that was handed over; false if there is none.
inline bool deliver_one_handed_over(Thread& self) {
    const Lock lock{background_queue->delivery};
    const FullChunk full = background_queue->first();
    if (full.memory == nullptr) {
        return false;
    }
    deliver(self, *full.list, Stage::background, full.lines(), nullptr);
    background_queue->remove_first();
    return true;
}
/// Delivers what was handed over, in its order. When it returns nobody is delivering any of it, and
/// the program does not crash, or by this thread.
[[gnu::noinline]] inline void deliver_handed_over(Thread& self) {
    bool more = true;
    while (more) {
        more = deliver_one_handed_over(self);
        if (auto* const instead = instead_of_delivery->load(MemoryOrder::acquire)) {
            instead(self);
            return;
        }
    }
}

inline void deliver_buffered(Thread& self, const DestinationList& list, std::string_view lines,
                             const Schema* schema) {
    deliver(self, list, Stage::buffered, lines, schema);
    if (list.has_background) {
        deliver_handed_over(self);
        deliver(self, list, Stage::background, lines, schema);
    }
}

/// Of the last line in a chunk; only the owner knows.
inline const Schema* last_schema(const Thread& self, const Chunk& chunk) noexcept {
    return &self.chunk == &chunk ? chunk.last_schema : nullptr;
}

// These deliver what is committed at one cursor; the mutex must be held. The cursor moves first: a
// line is never delivered twice, whatever the destination does.
inline void drain_prompt(Thread& self, Chunk& chunk) {
    const std::size_t from = detail::exchange(chunk.prompt, chunk.committed());
    const std::string_view lines = chunk.lines(from, chunk.prompt);
    deliver(self, list_of(chunk), Stage::prompt, lines, last_schema(self, chunk));
}
inline void drain_buffered(Thread& self, Chunk& chunk) {
    const std::size_t from = detail::exchange(chunk.buffered, chunk.committed());
    const std::string_view lines = chunk.lines(from, chunk.buffered);
    const DestinationList& list = list_of(chunk);
    const Schema* const schema = last_schema(self, chunk);
    if (!list.has_background) {
        deliver(self, list, Stage::buffered, lines, schema);
        return;
    }
    {
        const WaitingForWriter waiting{chunk, from};
        deliver(self, list, Stage::buffered, lines, schema);
        deliver_handed_over(self);
    }
    deliver(self, list, Stage::background, lines, schema);
}

inline void drain_locked(Thread& self, Chunk& chunk) {
    drain_prompt(self, chunk);
    drain_buffered(self, chunk);
}

/// Delivers everything that any thread has committed.
inline void drain_all(Thread& self) {
    for (Thread* thread = runtime().threads.load(MemoryOrder::seq_cst); thread != nullptr;
         thread = thread->next) {
        const ChunkLock lock{self, thread->chunk};
        drain_locked(self, thread->chunk);
    }
}

/// The chunk is empty again; only its owner may say so, with the mutex held and everything
/// delivered.
inline void reset(Chunk& chunk) noexcept {
    chunk.prompt = chunk.buffered = 0;
    chunk.limit.store(Chunk::capacity, MemoryOrder::relaxed);
    empty_memory(*chunk.memory);
}

} // namespace detail
ELIOT_END_NAMESPACE
