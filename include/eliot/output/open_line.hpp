// SPDX-License-Identifier: Apache-2.0
#pragma once

// One line from its first byte to its commit. A line that is begun while another is open, or inside
// a destination, is built apart and follows when the thread is free again.
//
//     OpenLine line{this_thread(), false};  …line.out()…;  line.commit(schema);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/encode/json_writer.hpp>
#include <eliot/output/backlog.hpp>
#include <eliot/output/delivery.hpp>
#include <eliot/output/this_thread.hpp>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// True if the program crashes; what is committed is written then, or never will be.
inline bool is_crashing(Thread& self) {
    auto* const instead = instead_of_delivery->load(MemoryOrder::acquire);
    if (instead != nullptr) [[unlikely]] {
        instead(self);
    }
    return instead != nullptr;
}

/// Delivers everything and starts the chunk again from its front.
[[gnu::noinline]] inline void deliver_own(Thread& self) {
    if (is_crashing(self)) {
        return;
    }
    const ChunkLock lock{self, self.chunk};
    drain_locked(self, self.chunk);
    reset(self.chunk);
}

inline void* run_background_writer(void*) {
    for (Thread& self = this_thread();;) {
        background_queue->wait_for_chunks();
        deliver_handed_over(self);
    }
}

/// Gives the chunk's memory to the writing thread, or drops what is in it. The mutex must be held.
inline void hand_over(Thread& self, Chunk& chunk) {
    const NoCancellation whole_exchange;
    const DestinationList& list = list_of(chunk);
    const std::size_t from = detail::exchange(chunk.buffered, chunk.committed());
    const FullChunk full{chunk.memory, from, chunk.buffered, &list};
    const WaitingForWriter waiting{chunk, from};
    deliver(self, list, Stage::buffered, full.lines(), chunk.last_schema);
    background_writer.start(&run_background_writer);
    if (ChunkMemory* const fresh = background_queue->exchange(full, !list.drops)) {
        chunk.memory = fresh;
        self.dropped.report();
    } else {
        self.dropped.add(count_lines(full.lines()),
                         Record{first_line(full.lines())}.timestamp().nanoseconds());
    }
}

/// Once some log survives a kill, memory that is empty is exchanged for some in the mapping.
inline void move_to_mapping(Chunk& chunk) {
    if (survival->is_active() && survival->find(chunk.memory) == nullptr) {
        if (ChunkMemory* const mapped = survival->take()) {
            if (!chunk.memory->is_mapped) {
                delete chunk.memory;
            }
            chunk.memory = mapped;
        }
    }
}

/// Makes room in a chunk that is full.
[[gnu::noinline]] inline void empty_chunk(Thread& self) {
    if (is_crashing(self)) {
        return;
    }
    {
        Chunk& chunk = self.chunk;
        const ChunkLock lock{self, chunk};
        drain_prompt(self, chunk);
        const bool exiting = (runtime().flags.load(MemoryOrder::relaxed) & flag::exiting) != 0;
        if (list_of(chunk).has_background && !exiting && chunk.buffered != chunk.committed()) {
            hand_over(self, chunk);
        } else {
            drain_buffered(self, chunk);
        }
        reset(chunk);
        move_to_mapping(chunk);
    }
    self.notice = self.has_leftovers();
}

/// Delivers to those who want every line at once. With nothing left for the others the chunk starts
/// again from its front, where the cache is warm.
[[gnu::noinline]] inline void deliver_promptly(Thread& self, unsigned flags) {
    if (is_crashing(self)) {
        return;
    }
    Chunk& chunk = self.chunk;
    const ChunkLock lock{self, chunk};
    drain_prompt(self, chunk);
    if (!list_of(chunk).has_buffered || (flags & flag::exiting) != 0) {
        drain_buffered(self, chunk);
        reset(chunk);
    }
}

/// True if somebody was called.
[[gnu::always_inline]] inline bool after_commit(Thread& self) {
    const unsigned flags = runtime().flags.load(MemoryOrder::relaxed);
    if ((flags & flag::prompt) == 0) [[likely]] {
        return false;
    }
    deliver_promptly(self, flags);
    return true;
}

/// Puts lines that stand elsewhere into the chunk, behind what is there; too long for it, they are
/// delivered from where they are.
[[gnu::noinline]] inline void append(Thread& self, std::string_view lines, const Schema* schema) {
    empty_chunk(self);
    Chunk& chunk = self.chunk;
    if (lines.size() <= Chunk::capacity) {
        char* const begin = chunk.end();
        std::memcpy(begin, lines.data(), lines.size());
        chunk.commit(begin + lines.size(), schema);
        after_commit(self);
        return;
    }
    const ChunkLock lock{self, chunk};
    const DestinationList& list = list_of(chunk);
    deliver(self, list, Stage::prompt, lines, schema);
    deliver_buffered(self, list, lines, schema);
}

/// Delivers a line that was logged from inside a destination to all the others.
inline void deliver_excluding(Thread& self, const PendingLine& line) {
    const ChunkLock lock{self, self.chunk};
    drain_locked(self, self.chunk);
    const Excluding excluding{self, line.excluded};
    const DestinationList& list = list_of(self.chunk);
    deliver(self, list, Stage::prompt, line.view(), line.schema);
    deliver_buffered(self, list, line.view(), line.schema);
}

/// A line that was encoded without global fields, because there was no destination yet.
[[gnu::noinline]] inline void append_early(Thread& self, std::string_view line,
                                           const Schema* schema) {
    {
        const ChunkLock lock{self, self.chunk};
        if (list_of(self.chunk).early) {
            runtime().early.keep(line);
            return;
        }
    }
    append(self, with_globals(line, runtime().globals.load(MemoryOrder::acquire)), schema);
}

inline void deliver_one_pending(Thread& self, const PendingLine& line) {
    if (line.early) {
        append_early(self, line.view(), line.schema);
    } else if (line.excluded == 0) {
        append(self, line.view(), line.schema);
    } else {
        deliver_excluding(self, line);
    }
}

/// The lines that had to wait for the thread, oldest first, and those that these cause.
[[gnu::noinline]] inline void deliver_pending(Thread& self) {
    while (PendingLine* line = self.pending.pop()) {
        const Owned<PendingLine> owned{line};
        deliver_one_pending(self, *line);
    }
}

/// Room for a line that no user code takes part in, at the chunk's end.
inline bool begin_plain_line(Thread& self) {
    if (self.busy()) [[unlikely]] {
        return false;
    }
    if (!self.chunk.has_room(Chunk::line_room)) [[unlikely]] {
        empty_chunk(self);
    }
    self.line_open = true; // a signal handler that logs meanwhile finds the thread busy
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    return true;
}
/// With `end` null the line is given up.
inline void end_plain_line(Thread& self, const char* end) {
    if (end != nullptr) {
        self.chunk.commit(end);
    } else {
        self.chunk.last_schema = nullptr; // of the line before nothing is known any more
    }
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    self.line_open = false;
}

class OpenLine {
public:
    /// `early`: the line is encoded without global fields; they are added on delivery.
    OpenLine(Thread& self, bool early)
        : self_{self},
          early_{early},
          waits_{self.busy()},
          inner_{self.line_open},
          out_{begin(self, waits_), end(self, waits_)} {
        self_.line_open = true;
    }
    OpenLine(const OpenLine&) = delete;
    OpenLine& operator=(const OpenLine&) = delete;

    JsonWriter& out() noexcept { return out_; }

    /// From here on the line's bytes are final.
    void commit(const Schema* schema) {
        if (!self_.line_open) [[unlikely]] { // a value has forked: in the child nothing comes of it
            return;
        }
        self_.line_open = inner_;
        if (waits_) [[unlikely]] {
            wait(schema);
            return;
        }
        if (early_) [[unlikely]] {
            append_early(self_, out_.view(), schema);
            return;
        }
        if (out_.on_heap()) [[unlikely]] {
            append(self_, out_.view(), schema);
            return;
        }
        self_.chunk.commit(self_.chunk.end() + out_.size(), schema);
        after_commit(self_);
    }

private:
    static char* begin(Thread& self, bool waits) {
        if (waits) {
            return nullptr;
        }
        if (!self.chunk.has_room(Chunk::line_room)) [[unlikely]] {
            empty_chunk(self);
        }
        return self.chunk.end();
    }
    static char* end(Thread& self, bool waits) noexcept {
        return waits ? nullptr : self.chunk.memory->bytes + Chunk::capacity;
    }

    void wait(const Schema* schema) {
        const std::size_t size = out_.size();
        self_.notice = true;
        self_.pending.push(
            new PendingLine{out_.release_heap(), size, schema, self_.excluded, early_});
    }

    Thread& self_;
    bool early_;
    bool waits_;
    bool inner_; ///< begun while another line was open
    JsonWriter out_;
};

} // namespace detail
ELIOT_END_NAMESPACE
