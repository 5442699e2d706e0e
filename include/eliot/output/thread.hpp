// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the library knows of one thread. Records live in a leaked, append-only registry and are
// borrowed: by a thread at its first line or action, until it ends.

#include <eliot/config.hpp>
#include <eliot/core/counter_clock.hpp>
#include <eliot/core/timestamp.hpp>
#include <eliot/output/chunk.hpp>

#include <atomic>
#include <cstdint>
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
    PendingLine* next = nullptr;
};

/// Something that must wait until no destination is being called on this thread.
class Deferred {
public:
    virtual ~Deferred() = default;
    virtual void run() = 0;
    Deferred* next = nullptr;
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

/// What the context layer does with a record whose thread ends; set before there is anything to do.
inline constinit std::atomic<void (*)(Thread&)> clear_contexts{nullptr};

struct Thread {
    ContextNode* current = nullptr;                    ///< top of the stack of contexts
    ContextNode* free_nodes = nullptr;                 ///< the context layer's slab
    std::atomic<ContextNode*> returned_nodes{nullptr}; ///< ended on other threads
    Chunk chunk;
    CounterClock clock;
    TimestampWriter times;

    bool line_open = false;     ///< a line is being encoded into the chunk
    bool reporting = false;     ///< a failure is being logged: further ones are dropped
    unsigned delivering = 0;    ///< depth of calls into destinations
    std::uint64_t excluded = 0; ///< which destinations those are
    Queue<PendingLine> pending;
    Queue<DeliveryFailure> failures;
    Queue<Deferred> deferred;

    CaptureLink* captures = nullptr;  ///< newest first; changed with chunk.mutex and captures_mutex
    std::atomic<Pins*> pins{nullptr}; ///< of the newest one
    const std::exception_ptr* traceback =
        nullptr; ///< what the eliot:traceback being logged tells of

    std::atomic<bool> in_use{true};
    Thread* next = nullptr; ///< in the registry

    bool busy() const noexcept { return line_open || delivering != 0; }
    bool has_leftovers() const noexcept {
        return pending.first != nullptr || failures.first != nullptr || deferred.first != nullptr;
    }
};

} // namespace detail
ELIOT_END_NAMESPACE
