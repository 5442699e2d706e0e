// SPDX-License-Identifier: Apache-2.0
#pragma once

// Logs one line in an action, or as a task of its own, and what that line caused: values that
// failed, destinations that failed, lines that waited.

#include <eliot/config.hpp>
#include <eliot/context/node.hpp>
#include <eliot/context/wire.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/clock.hpp>
#include <eliot/core/exception_info.hpp>
#include <eliot/core/field.hpp>
#include <eliot/encode/line.hpp>
#include <eliot/encode/make_view.hpp>
#include <eliot/output/change_list.hpp>
#include <eliot/output/open_line.hpp>

#include <cstddef>
#include <cstdint>
#include <cxxabi.h>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

void log_in_forked_task(Thread& self, ContextNode& older, const LineContents& contents);
void report_fields(Thread& self, ContextNode* node, std::string_view type, FieldFailures& failures);

inline void encode_line(Thread& self, OpenLine& open, LineEncoder& encoder, const Schema* schema) {
#if defined(__GLIBCXX__) && ELIOT_HAS_EXCEPTIONS
    try {
        encoder.encode(now(self.clock), self.times);
    } catch (abi::__forced_unwind&) {
        encoder.finish();
        open.commit(schema);
        settle(self);
        throw;
    }
#else
    encoder.encode(now(self.clock), self.times);
#endif
    open.commit(schema);
}

/// A line that may run user code, whose keys may clash, or that is long.
[[gnu::noinline]] inline void log_any_line(Thread& self, const LinePlace& place,
                                           const LineContents& contents, ContextNode* node) {
    FieldFailures failures;
    {
        const bool early = (runtime().flags.load(MemoryOrder::relaxed) & flag::early) != 0 &&
                           self.pins.load(MemoryOrder::relaxed) == nullptr; // not captured
        OpenLine open{self, early};
        LineEncoder encoder{open.out(), place, contents,
                            early ? nullptr : runtime().globals.load(MemoryOrder::acquire),
                            failures};
        encode_line(self, open, encoder, contents.schema);
    }
    if (self.has_leftovers()) [[unlikely]] {
        settle(self);
    }
    if (!failures.empty()) [[unlikely]] {
        report_fields(self, node, contents.type, failures);
    }
}

/// The way of most lines: straight into the chunk. False if the line must go another way.
/// `Line` is LineContents, or what makes them when it is asked for them.
template <class Line>
[[gnu::always_inline]] inline bool log_plain_line(Thread& self, const Numbering& numbering,
                                                  const Line& line) {
    const unsigned flags = runtime().flags.load(MemoryOrder::relaxed);
    if ((flags & (flag::early | flag::globals)) != 0 || !begin_plain_line(self)) {
        return false;
    }
    const Timestamp time = now(self.clock);
    const LineContents& contents = line.contents();
    self.chunk.last_schema = contents.schema; // here, where it need not be kept in a register
    const char* const end = PlainLine{contents}.write(self.chunk.end(), self.chunk.capacity_end(),
                                                      numbering.last_place(), time, self.times);
    end_plain_line(self, end);
    if (end == nullptr) [[unlikely]] {
        return false;
    }
    if (after_commit(self) || self.notice) [[unlikely]] {
        self.notice = false;
        settle(self);
    }
    return true;
}

/// One line whose number is taken by now. `node` is where trouble is told.
template <class Line>
[[gnu::always_inline]] inline void log_line(Thread& self, const Numbering& numbering,
                                            const Line& line, ContextNode* node) {
    if (!log_plain_line(self, numbering, line)) [[unlikely]] {
        // A copy, so that the original can live in registers.
        log_any_line(self, numbering.last_place(), LineContents{line.contents()}, node);
    }
}

/// A thread's outermost action has ended: files in Flush::task get its lines now.
inline void end_of_task(Thread& self) {
    if ((runtime().flags.load(MemoryOrder::relaxed) & flag::task) != 0 && self.current == nullptr &&
        !self.busy()) {
        deliver_own(self);
        settle(self);
    }
}

/// The next line of an action or of a task that is only this line. The number is taken here, where
/// the line is certain to be written.
[[gnu::noinline]] inline void log_in(Thread& self, Numbering& numbering,
                                     const LineContents& contents, ContextNode* trouble) {
    ++numbering.last_number;
    log_line(self, numbering, contents, trouble);
}

/// A line that is a task of its own.
[[gnu::noinline]] inline void log_alone(Thread& self, const LineContents& contents) {
    if (settle_thread->load(MemoryOrder::relaxed) == nullptr) [[unlikely]] {
        settle_thread->store(&settle, MemoryOrder::release);
    }
    Numbering task;
    begin_task(task.prefix, TaskUuid::generate());
    log_in(self, task, contents, nullptr);
    end_of_task(self);
}

/// Into the current action, else as a task of its own. Inlined with everything that a line needs:
/// messages are most of a log.
template <class Line = LineContents>
[[gnu::always_inline]] inline void log_message(Thread& self, const Line& line) {
    ContextNode* node = current_node(self);
    if (node == nullptr) [[unlikely]] {
        log_alone(self, LineContents{line.contents()});
    } else if (!node->data->is_silent()) {
        node = node->data;
        ++node->last_number;
        log_line(self, *node, line, node);
    } else {
        log_in_forked_task(self, *node->data, LineContents{line.contents()});
    }
}

/// The same, in `node` while it is open.
inline void log_message_in(Thread& self, ContextNode* node, const LineContents& contents) {
    const bool elsewhere = node == nullptr || node->finished;
    if (elsewhere) {
        node = current_node(self);
        node = node != nullptr ? node->data : nullptr;
    }
    if (node == nullptr) {
        log_alone(self, contents);
    } else if (!node->is_silent()) {
        log_in(self, *node, contents, node);
    } else if (elsewhere) {
        log_in_forked_task(self, *node, contents);
    }
}

/// A message of the library's own.
template <std::size_t Count>
void log_own_message(Thread& self, ContextNode* node, std::string_view type,
                     const FieldView (&fields)[Count]) {
    LineContents contents;
    contents.type = type;
    contents.fields = fields;
    contents.field_count = Count;
    log_message_in(self, node, contents);
}

/// The name and reason of the exception that a failed value threw.
inline void report_field(Thread& self, ContextNode* node, std::string_view type,
                         const FieldFailure& failure) {
    std::string message{type};
    message += ": field \"" + failure.field + "\": " + failure.reason;
    log_own_message(self, node, wire::serialization_failure, {own_view("message", message)});
    std::string exception = "unknown";
#if ELIOT_HAS_EXCEPTIONS
    try {
        std::rethrow_exception(failure.exception);
    } catch (...) {
        exception = current_exception_type();
    }
#endif
    std::string traceback = exception;
    traceback += ": " + failure.reason + "\n  in the field \"" + failure.field + "\" of ";
    traceback += type;
    log_own_message(self, node, wire::traceback,
                    {own_view("exception", exception), own_view("reason", failure.reason),
                     own_view("traceback", traceback)});
}

inline void report_fields(Thread& self, ContextNode* node, std::string_view type,
                          FieldFailures& failures) {
    while (FieldFailure* failure = failures.take()) {
        report_field(self, node, type, *failure);
        delete failure;
    }
}

/// While it lives, what fails on this thread is not reported.
class [[nodiscard]] Reporting {
public:
    explicit Reporting(Thread& self) noexcept : self_{self} { self_.reporting = true; }
    Reporting(const Reporting&) = delete;
    Reporting& operator=(const Reporting&) = delete;
    ~Reporting() { self_.reporting = false; }

private:
    Thread& self_;
};

inline void report_delivery(Thread& self, const DeliveryFailure& failure) {
    const FieldView exception = own_view("exception", failure.exception);
    const FieldView reason = own_view("reason", failure.reason);
    const FieldView destination = own_view("destination", failure.destination);
    if (failure.is_over) {
        const std::string message = failure.destination + " works again";
        log_own_message(self, nullptr, wire::destination_failure,
                        {exception, reason, own_view("message", message), destination,
                         own_view("lost", static_cast<std::int64_t>(failure.lost))});
    } else {
        log_own_message(self, nullptr, wire::destination_failure,
                        {exception, reason, own_view("message", failure.lines), destination});
    }
}

/// A destination that failed is told to all, in the current action; what fails then is dropped.
inline void report_deliveries(Thread& self) {
    while (DeliveryFailure* failure = self.failures.pop()) {
        const Owned<DeliveryFailure> owned{failure};
        const Reporting reporting{self};
        report_delivery(self, *failure);
    }
}

/// A queue was too slow for this thread.
inline void report_dropped(Thread& self) {
    if (self.dropped.is_due()) {
        const auto count = static_cast<std::int64_t>(self.dropped.take());
        log_own_message(self, nullptr, wire::dropped,
                        {own_view("count", count), own_view("since", self.dropped.since())});
    }
}

/// Everything that had to wait until the thread was free.
inline void settle(Thread& self) {
    while (self.has_leftovers() && !self.busy() && !self.reporting) {
        settle_output(self);
        report_deliveries(self);
        report_dropped(self);
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
