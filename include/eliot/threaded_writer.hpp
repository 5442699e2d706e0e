// SPDX-License-Identifier: Apache-2.0
#pragma once

// A destination that is slow, called by a thread of its own: the threads that log only copy lines
// into a bounded queue.
//
//     eliot::add_destination(
//         eliot::ThreadedWriter{std::move(slow), {.when_full = eliot::WhenFull::drop_newest}});
//
// For a file, Flush::background is faster. What waits in the queue is lost in a crash.

#include <eliot/config.hpp>
#include <eliot/context/wire.hpp>
#include <eliot/core/clock.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/task_uuid.hpp>
#include <eliot/encode/line.hpp>
#include <eliot/encode/make_view.hpp>
#include <eliot/output/change_list.hpp>
#include <eliot/output/chunk_lock.hpp>
#include <eliot/output/line_queue.hpp>
#include <eliot/output/service_thread.hpp>
#include <eliot/output/when_full.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <system_error>
#include <utility>

ELIOT_BEGIN_NAMESPACE

struct ThreadedWriterOptions {
    std::size_t capacity = 10'000; ///< lines that may wait; at least one
    WhenFull when_full = WhenFull::block;
};

namespace detail {

/// `eliot:dropped`, a task of its own: only this destination misses lines.
inline std::string line_of_gap(Thread& self, const Gap& gap) {
    using namespace literals;
    std::string prefix = "{\"task_uuid\":\"";
    prefix.reserve(96); // it is read in blocks of 16 bytes
    prefix += TaskUuid::generate().text();
    prefix += "\",\"task_level\":[";
    const double since = Timestamp{gap.since}.seconds();
    const FieldView views[] = {make_view("count"_f = gap.count), make_view("since"_f = since)};
    LineContents contents;
    contents.type = wire::dropped;
    contents.fields = views;
    contents.field_count = 2;
    JsonWriter out{nullptr, nullptr};
    FieldFailures failures;
    const LinePlace place{prefix.data(), prefix.size(), 1};
    LineEncoder encoder{out, place, contents, runtime().globals.load(MemoryOrder::acquire),
                        failures};
    encoder.encode(now(self.clock), self.times);
    return std::string{out.view()};
}

/// While it lives, what fails on this thread is reported, unless the line is itself a report.
class [[nodiscard]] QuietFor {
public:
    QuietFor(Thread& self, const QueuedLine& line) noexcept : self_{self}, before_{self.reporting} {
        self_.reporting = line.is_report;
    }
    QuietFor(const QuietFor&) = delete;
    QuietFor& operator=(const QuietFor&) = delete;
    ~QuietFor() { self_.reporting = before_; }

private:
    Thread& self_;
    bool before_;
};

/// The queue, its thread, and the destination behind them. Whoever waits for the thread takes its
/// place while that logs by itself (a failure, what the destination logged), because it may then
/// need what the waiting one holds.
class LineWriter {
public:
    LineWriter(Destination* target, ThreadedWriterOptions options)
        : target_{target}, options_{options} {}
    LineWriter(const LineWriter&) = delete;
    LineWriter& operator=(const LineWriter&) = delete;

    std::string name() const { return target_->name(); }
    /// What is told of it goes by this id; what it logs itself is not for it.
    void belong_to(DestinationId id, std::uint64_t slot) noexcept {
        if (target_->id != id) { // the thread reads it, which begins with the first line
            target_->id = id;
            target_->slot = slot;
        }
    }

    void write(const Record& record) {
        Thread& self = this_thread();
        QueuedLine line{std::string{record.json()} + '\n',
                        record.type() == wire::destination_failure};
        bool begins_gap = false;
        {
            const Lock lock{queue_->mutex};
            start();
            if (!is_full() || waits_for_room(self)) {
                queue_->add(std::move(line));
            } else {
                begins_gap = queue_->drop(record.timestamp().nanoseconds());
            }
        }
        if (begins_gap) {
            report_error({target_->name(), "", "its queue is full",
                          "lines are dropped, and counted in eliot:dropped"});
        }
    }
    /// Returns when everything that was written before is delivered and flushed. At the end of the
    /// program it waits only for a while.
    void flush() {
        Thread& self = this_thread();
        if (drain(self)) {
            flush_one(self, *target_);
        } else {
            const Lock lock{queue_->mutex};
            report_error({target_->name(), "", "it does not return",
                          std::to_string(queue_->added - queue_->done + queue_->gap.count) +
                              " lines are lost"});
        }
    }
    /// Ends it, when all is delivered.
    static void close(LineWriter* writer) {
        const bool is_drained = writer->drain(this_thread());
        if (writer->leave(is_drained)) {
            delete writer;
        }
    }
    /// What waits is the parent's to write. Its thread, which may have been in the middle of
    /// something, is not there; one is started with the next line.
    void after_fork_in_child() noexcept {
        queue_ = new LineQueue;
        target_->mutex.make_anew();
        target_->after_fork_in_child();
    }

private:
    ~LineWriter() {
        delete target_;
        delete queue_;
    }

    bool is_full() const noexcept {
        return queue_->lines.size() >= (options_.capacity != 0 ? options_.capacity : 1);
    }
    /// The queue's mutex must be held. Without a thread, those that wait do its work.
    void start() noexcept {
        if (!queue_->is_running) {
            queue_->is_running = create_deaf_thread(queue_->thread, &run, this);
        }
    }
    /// False if the line has to be dropped. The thread itself cannot wait for itself.
    bool waits_for_room(Thread& self) {
        if (queue_->is_own_thread()) {
            return true;
        }
        if (options_.when_full == WhenFull::drop_newest) {
            return false;
        }
        while (is_full()) {
            make_progress(self, 0);
        }
        return true;
    }
    /// The queue's mutex must be held, and is given up meanwhile. False if it took too long.
    bool make_progress(Thread& self, std::int64_t deadline_ms) {
        if (queue_->needs_help()) {
            queue_->mutex.unlock();
            const bool is_in_time = deliver_one(self, deadline_ms);
            queue_->mutex.lock();
            return is_in_time;
        }
        if (deadline_ms == 0) {
            pthread_cond_wait(&queue_->has_progress, queue_->mutex.native());
            return true;
        }
        queue_->mutex.unlock();
        pause_a_millisecond();
        queue_->mutex.lock();
        return monotonic_ms() < deadline_ms;
    }
    /// True when all that was there is delivered.
    bool drain(Thread& self) {
        const std::int64_t deadline_ms = runtime().exit_deadline_ms.load(MemoryOrder::relaxed);
        const Lock lock{queue_->mutex};
        const std::uint64_t all = queue_->added;
        while (!queue_->is_drained(all)) {
            if (!make_progress(self, deadline_ms)) {
                return false;
            }
        }
        return true;
    }

    /// False if it took too long to get one.
    bool deliver_one(Thread& self, std::int64_t deadline_ms) {
        LineQueue& queue = *queue_;
        if (deadline_ms == 0) {
            queue.delivery.lock();
        } else if (!lock_until(queue.delivery, deadline_ms)) {
            return false;
        }
        const Delivering delivering{queue};
        QueuedLine line;
        if (take(queue, line)) {
            deliver(self, line);
        }
        return true;
    }
    /// Until it is destroyed, a line is being delivered; also by a destination that ends the
    /// thread.
    class [[nodiscard]] Delivering {
    public:
        explicit Delivering(LineQueue& queue) noexcept : queue_{queue} {}
        Delivering(const Delivering&) = delete;
        Delivering& operator=(const Delivering&) = delete;
        ~Delivering() {
            const Lock lock{queue_.mutex};
            queue_.done = queue_.added - queue_.lines.size();
            queue_.changed();
            queue_.delivery.unlock();
        }

    private:
        LineQueue& queue_;
    };
    static bool take(LineQueue& queue, QueuedLine& line) {
        const Lock lock{queue.mutex};
        const bool is_there = queue.take(line);
        queue.changed();
        return is_there;
    }
    void deliver(Thread& self, const QueuedLine& line) {
        if (line.gap.count != 0) {
            deliver_to(self, *target_, line_of_gap(self, line.gap), nullptr);
        }
        if (!line.text.empty()) {
            const QuietFor quiet{self, line};
            deliver_to(self, *target_, line.text, nullptr);
        }
    }

    /// True if nobody else uses it any more.
    bool leave(bool is_drained) {
        LineQueue& queue = *queue_;
        pthread_t thread{};
        {
            const Lock lock{queue.mutex};
            if (!queue.is_running) {
                return true;
            }
            thread = queue.thread;
            queue.is_closed = true;
            queue.is_orphan = !is_drained || queue.is_own_thread();
            pthread_cond_signal(&queue.has_lines);
            if (queue.is_orphan) {
                pthread_detach(thread);
                return false;
            }
        }
        pthread_join(thread, nullptr);
        return true;
    }

    static void* run(void* argument) {
        auto& writer = *static_cast<LineWriter*>(argument);
        const EndOfThread end{writer};
        writer.work(this_thread(), *writer.queue_);
        return nullptr;
    }
    /// Also that of a thread which the destination ended.
    class [[nodiscard]] EndOfThread {
    public:
        explicit EndOfThread(LineWriter& writer) noexcept
            : writer_{writer}, queue_{*writer.queue_} {}
        EndOfThread(const EndOfThread&) = delete;
        EndOfThread& operator=(const EndOfThread&) = delete;
        ~EndOfThread() {
            if (is_last()) {
                delete &writer_;
            }
        }

    private:
        bool is_last() noexcept {
            const Lock lock{queue_.mutex};
            if (!queue_.is_closed) {
                queue_.is_running = false;
                pthread_detach(pthread_self());
            }
            queue_.changed();
            return queue_.is_orphan;
        }

        LineWriter& writer_;
        LineQueue& queue_;
    };
    void work(Thread& self, LineQueue& queue) {
        while (wait_for_lines(queue)) {
            deliver_one(self, 0);
            if (self.has_leftovers()) {
                settle_meanwhile(self, queue);
            }
        }
    }
    static bool wait_for_lines(LineQueue& queue) {
        const Lock lock{queue.mutex};
        while (queue.is_empty() && !queue.is_closed) {
            pthread_cond_wait(&queue.has_lines, queue.mutex.native());
        }
        return !queue.is_empty();
    }
    static void settle_meanwhile(Thread& self, LineQueue& queue) {
        set_settling(queue, true);
        settle_all(self);
        set_settling(queue, false);
    }
    static void set_settling(LineQueue& queue, bool is_settling) {
        const Lock lock{queue.mutex};
        queue.is_settling = is_settling;
        queue.changed();
    }

    Destination* target_;
    ThreadedWriterOptions options_;
    LineQueue* queue_ = new LineQueue; ///< of this process
};

} // namespace detail

/// Calls `D`, which is anything that `add_destination` takes, on a thread of its own, one call at a
/// time, each line as it was when it was logged. With no room in the queue the thread that logs
/// waits, or the line is dropped; the first one behind it is then preceded by `eliot:dropped`
/// (`count`, and `since`, when the first of them was logged), a task of its own that only this
/// destination gets. What `D` throws or returns as an error is told as of any destination, from
/// that thread: `eliot:destination_failure`, and `on_error`. What `D` logs goes to the others.
///
/// flush, removal and the end of the program wait until the queue is empty; the end for 5 seconds
/// at most. A line may then be delivered by the thread that waits. A child after fork has an empty
/// queue; what waited is written by the parent.
template <detail::Decayed D>
    requires DestinationLike<D>
class ThreadedWriter {
public:
    /// The thread starts with the first line.
    explicit ThreadedWriter(D destination, ThreadedWriterOptions options = {})
        : writer_{new detail::LineWriter{
              new detail::DestinationModel<D>(static_cast<D&&>(destination)), options}} {}
    ThreadedWriter(ThreadedWriter&& other) noexcept
        : writer_{std::exchange(other.writer_, nullptr)} {}
    ThreadedWriter& operator=(ThreadedWriter&& other) noexcept {
        std::swap(writer_, other.writer_);
        return *this;
    }
    ~ThreadedWriter() {
        if (writer_ != nullptr) {
            detail::LineWriter::close(writer_);
        }
    }

    void write(const Record& record) { writer_->write(record); }
    void flush() { writer_->flush(); }
    void after_fork_in_child() noexcept { writer_->after_fork_in_child(); }
    std::string name() const { return writer_->name(); }
    /// Called before each line: what it was added as.
    void added_as(DestinationId id, std::uint64_t slot) noexcept { writer_->belong_to(id, slot); }

private:
    detail::LineWriter* writer_;
};

ELIOT_END_NAMESPACE
