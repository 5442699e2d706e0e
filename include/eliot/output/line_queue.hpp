// SPDX-License-Identifier: Apache-2.0
#pragma once

// Lines on their way to a ThreadedWriter's thread: bounded, first in first out. What found no room
// is counted where it is missing.
//
//     queue.add(line);   …   while (queue.take(line)) { write(line); queue.written(); }

#include <eliot/config.hpp>
#include <eliot/output/mutex.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <pthread.h>
#include <string>
#include <utility>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Lines that are missing from a queue.
struct Gap {
    std::uint64_t count = 0;
    std::int64_t since = 0; ///< when the first of them was logged, in nanoseconds
};

struct QueuedLine {
    std::string text;       ///< with its `\n`; empty for a gap at the end
    bool is_report = false; ///< tells of a failure: if this one fails, that is not told
    Gap gap{};              ///< in front of it
};

/// `mutex` must be held for everything but `wait_…`, which take it themselves.
struct LineQueue {
    Mutex mutex;
    Mutex delivery; ///< held from a line's taking until it is written: lines stay in order
    pthread_cond_t has_lines = PTHREAD_COND_INITIALIZER;
    pthread_cond_t has_progress = PTHREAD_COND_INITIALIZER;
    std::deque<QueuedLine> lines;
    Gap gap; ///< at the end
    std::uint64_t added = 0;
    std::uint64_t done = 0;

    pthread_t thread{};
    bool is_running = false;  ///< there is a thread
    bool is_settling = false; ///< it is logging what went wrong, and nobody may wait for it
    bool is_closed = false;   ///< it ends when all is written
    bool is_orphan = false;   ///< and destroys what it worked for

    bool is_empty() const noexcept { return lines.empty() && gap.count == 0; }
    bool is_drained(std::uint64_t up_to) const noexcept { return done >= up_to && gap.count == 0; }
    bool is_own_thread() const noexcept {
        return is_running && pthread_equal(thread, pthread_self()) != 0;
    }
    /// Whoever needs progress must care for it itself.
    bool needs_help() const noexcept { return !is_running || is_settling; }

    void add(QueuedLine line) {
        line.gap = std::exchange(gap, {});
        lines.push_back(std::move(line));
        ++added;
        pthread_cond_signal(&has_lines);
    }
    /// True for the first one in a row.
    bool drop(std::int64_t time) noexcept {
        gap.since = gap.count == 0 ? time : gap.since;
        return ++gap.count == 1;
    }
    /// The oldest line, and what is missing in front of it; false if there is neither.
    bool take(QueuedLine& line) {
        if (lines.empty()) {
            line = {{}, false, std::exchange(gap, {})};
            return line.gap.count != 0;
        }
        line = std::move(lines.front());
        lines.pop_front();
        return true;
    }
    void changed() noexcept { pthread_cond_broadcast(&has_progress); }
};

} // namespace detail
ELIOT_END_NAMESPACE
