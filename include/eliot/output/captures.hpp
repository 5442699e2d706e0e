// SPDX-License-Identifier: Apache-2.0
#pragma once

// How lines are led into a capture (testing/capture.hpp) instead of to the program's destinations.
// A capture is a private list of one destination. For the whole program it is published over the
// program's list, which goes on to change underneath; for one thread, and for what that hands on,
// it is pinned to the chunk, which goes before whatever is published.
//
//     begin_capture(this_thread(), target);  …  end_capture(this_thread(), target);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/output/change_list.hpp>
#include <eliot/output/handed_capture.hpp>
#include <eliot/output/this_thread.hpp>

#include <cstdint>
#include <new>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// What a capture pins, see testing/pins.hpp. Never freed, so that a thread that logs may read it
/// while the capture ends; used again by later ones.
struct Pins {
    static constexpr std::int64_t no_time = INT64_MIN;

    Atomic<std::int64_t> time{no_time};
    Atomic<std::uint64_t> next_id{0}; ///< 0: ids are not pinned
    Pins* next = nullptr;             ///< in the list of unused ones

    void clear() noexcept {
        time.store(no_time, MemoryOrder::relaxed);
        next_id.store(0, MemoryOrder::relaxed);
    }
};

inline constinit Pins* unused_pins = nullptr; ///< with `captures_mutex`

inline Pins& take_pins() {
    const Lock lock{runtime().captures_mutex};
    return unused_pins != nullptr ? *detail::exchange(unused_pins, unused_pins->next) : *new Pins;
}
inline void return_pins(Pins& pins) noexcept {
    const Lock lock{runtime().captures_mutex};
    pins.clear();
    pins.next = detail::exchange(unused_pins, &pins);
}

/// Takes `link` out of the chain that begins at `first`; false if it is not there.
template <class Link>
bool take_out_of(Link*& first, const Link& link) noexcept {
    Link** at = &first;
    while (*at != nullptr && *at != &link) {
        at = &(*at)->below;
    }
    const bool found = *at != nullptr;
    *at = found ? link.below : nullptr;
    return found;
}

/// The chunk goes where the thread's newest capture is; its mutex must be held.
inline void follow_captures(Thread& thread) noexcept {
    CaptureLink* link = thread.captures;
    thread.chunk.list = link != nullptr ? &link->target->list : nullptr;
    thread.pins.store(link != nullptr ? link->target->pins : nullptr, MemoryOrder::release);
}

/// The destination of a capture.
class CaptureDestination : public Destination, public CaptureTarget {
public:
    CaptureDestination() {
        list.entries = &entry_;
        list.count = 1;
        pins = &take_pins();
    }
    ~CaptureDestination() override { return_pins(*pins); }

    void enter(CaptureLink& link) override {
        Thread& self = this_thread();
        {
            const ChunkLock lock{self, self.chunk};
            drain_locked(self, self.chunk);
            const Lock captures_lock{runtime().captures_mutex};
            link.thread = &self;
            link.below = detail::exchange(self.captures, &link);
            follow_captures(self);
        }
        settle_output(self);
    }
    void leave(CaptureLink& link) override {
        Thread& self = this_thread();
        Thread& thread = *link.thread;
        {
            const ChunkLock lock{self, thread.chunk};
            drain_locked(self, thread.chunk);
            const Lock captures_lock{runtime().captures_mutex};
            if (take_out_of(thread.captures, link)) {
                follow_captures(thread);
            }
        }
        settle_output(self);
    }

private:
    Destination* entry_ = this;
};

/// Publishes the newest capture of the whole program, else the destinations. `admin` must be held.
inline void publish_captures(Thread& self) {
    Runtime& program = runtime();
    const CaptureTarget* top = program.captures;
    const DestinationList& list = top != nullptr ? top->list : *program.underneath;
    program.underneath = top != nullptr ? program.underneath : nullptr;
    program.pins.store(top != nullptr ? top->pins : nullptr, MemoryOrder::release);
    publish(list);
    move_chunks_to(self, list);
}

/// From here on the lines of the whole program go to the target.
inline void begin_capture(Thread& self, CaptureTarget& target) {
    {
        Runtime& program = runtime();
        const Lock lock{program.admin};
        if (program.captures == nullptr) {
            program.underneath = program.list.load(MemoryOrder::relaxed);
        }
        {
            const Lock captures_lock{program.captures_mutex};
            target.below = detail::exchange(program.captures, &target);
        }
        publish_captures(self);
    }
    settle_output(self);
}

inline void end_capture(Thread& self, CaptureTarget& target) {
    {
        const Lock lock{runtime().admin};
        {
            const Lock captures_lock{runtime().captures_mutex};
            take_out_of(runtime().captures, target);
        }
        publish_captures(self);
    }
    settle_output(self);
}

inline void count_thread_captures(unsigned change) {
    const Lock lock{runtime().admin};
    runtime().thread_captures += change;
    publish(*runtime().list.load(MemoryOrder::relaxed));
}

/// From here on the lines of this thread, and of what it hands on, go to the target.
inline void begin_thread_capture(CaptureTarget& target) {
    count_thread_captures(1);
    target.enter(target.own_link);
}

inline void end_thread_capture(CaptureTarget& target) {
    target.leave(target.own_link);
    count_thread_captures(-1U);
}

/// Where the lines of this thread go, if that is a capture.
inline HandedCapture capture_of_lines(Thread& self) noexcept {
    HandedCapture capture = HandedCapture::of_thread(self);
    if (capture.target() != nullptr) {
        return capture;
    }
    const Lock lock{runtime().captures_mutex};
    return HandedCapture{runtime().captures};
}

} // namespace detail
ELIOT_END_NAMESPACE
