// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the library knows of one thread. Records live in a leaked, append-only registry and are
// borrowed: by a thread at its first line or action, until it ends.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/counter_clock.hpp>
#include <eliot/core/shared.hpp>
#include <eliot/core/timestamp.hpp>
#include <eliot/output/alternate_stack.hpp>
#include <eliot/output/chunk.hpp>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct ContextNode;
struct Pins;
struct Thread;
class CaptureTarget;

/// A thread that is led into a capture, see captures.hpp.
struct CaptureLink {
    CaptureTarget* target;
    Thread* thread = nullptr;     ///< the captured one
    CaptureLink* below = nullptr; ///< what that thread was in before
};

/// A line that was logged while another was open, or from inside a destination.
struct PendingLine {
    char* bytes; ///< from std::malloc
    std::size_t size;
    const Schema* schema;
    std::uint64_t excluded; ///< the destinations it was logged from
    bool early;             ///< it has no global fields yet
    PendingLine* next = nullptr;

    std::string_view view() const noexcept { return {bytes, size}; }
    ~PendingLine() { std::free(bytes); }
};

/// Something that must wait until no destination is being called on this thread.
class Deferred {
public:
    virtual ~Deferred() = default;
    virtual void run() = 0;
    Deferred* next = nullptr;
};

/// Deletes what was taken from a queue, also when the thread is ended meanwhile.
template <class Node>
class [[nodiscard]] Owned {
public:
    explicit Owned(Node* node) noexcept : node_{node} {}
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    ~Owned() { delete node_; }

private:
    Node* node_;
};

template <class Node>
struct Queue {
    Node* first = nullptr;
    Node* last = nullptr;

    void push(Node* node) noexcept {
        (last == nullptr ? first : last->next) = node;
        last = node;
    }
    Node* pop() noexcept {
        Node* node = first;
        if (node != nullptr) {
            first = node->next;
            last = first == nullptr ? nullptr : last;
            node->next = nullptr;
        }
        return node;
    }
};

/// What a thread does, instead of a delivery, once the program crashes: it waits for the end. Null
/// until then.
inline constinit Shared<Atomic<void (*)(Thread&)>> instead_of_delivery;
/// What the context layer does for this one; set before there is anything to do.
inline constinit Shared<Atomic<void (*)(Thread&)>> clear_contexts;  ///< a thread ends
inline constinit Shared<Atomic<void (*)(Thread&)>> settle_thread;   ///< logs what waits
inline constinit Shared<Atomic<void (*)(Thread&)>> end_forked_task; ///< before either end

/// Lines that a bounded queue had no room for, counted until the log can tell.
class DroppedLines {
public:
    /// `time`: when the first of them was logged.
    void add(std::size_t lines, std::int64_t time) noexcept {
        since_ = unreported_ + told_in_chunk_ == 0 ? time : since_;
        // With them the report that stood there is lost, but not what it told.
        unreported_ += lines + told_in_chunk_ - (told_in_chunk_ != 0 ? 1 : 0);
        told_in_chunk_ = 0;
    }
    /// There is room again.
    void report() noexcept {
        told_in_chunk_ = 0;
        due_ = unreported_ != 0;
    }
    bool is_due() const noexcept { return due_; }
    /// How many the message tells of.
    std::size_t take() noexcept {
        told_in_chunk_ = unreported_;
        unreported_ = 0;
        due_ = false;
        return told_in_chunk_;
    }
    /// Seconds since the epoch: when the first of those was logged.
    double since() const noexcept { return Timestamp{since_}.seconds(); }

private:
    std::int64_t since_ = 0;
    std::size_t unreported_ = 0;
    std::size_t told_in_chunk_ = 0;
    bool due_ = false;
};

struct Thread {
    ContextNode* current = nullptr;               ///< top of the stack of contexts
    ContextNode* free_nodes = nullptr;            ///< the context layer's slab
    Atomic<ContextNode*> returned_nodes{nullptr}; ///< ended on other threads
    Chunk chunk;
    CounterClock clock;
    TimestampWriter times;

    const unsigned* uncaught = nullptr; ///< where the C++ runtime counts exceptions in flight
    bool notice = false;                ///< something may be left over, look
    bool line_open = false;             ///< a line is being encoded into the chunk
    bool reporting = false;             ///< a failure is being logged: further ones are dropped
    unsigned delivering = 0;            ///< depth of calls into destinations
    std::uint64_t excluded = 0;         ///< which destinations those are
    Queue<PendingLine> pending;
    Queue<DeliveryFailure> failures;
    Queue<Deferred> deferred;
    DroppedLines dropped;
    unsigned forking = 0; ///< depth of handlers: a plugin that was attached has some of its own
    ContextNode* forked_task = nullptr; ///< stands for actions begun before the last fork

    CaptureLink* captures = nullptr; ///< newest first; changed with chunk.mutex and captures_mutex
    Atomic<Pins*> pins{nullptr};     ///< of the newest one
    const std::exception_ptr* traceback =
        nullptr; ///< what the eliot:traceback being logged tells of

    AlternateStack alternate_stack;
    bool reserved_for_crash = false; ///< the crash handler has the chunk's mutex
    Atomic<bool> in_use{true};
    Thread* next = nullptr; ///< in the registry

    bool busy() const noexcept { return line_open || delivering != 0; }
    bool has_leftovers() const noexcept {
        return pending.first != nullptr || failures.first != nullptr || deferred.first != nullptr ||
               dropped.is_due();
    }
};

} // namespace detail
ELIOT_END_NAMESPACE
