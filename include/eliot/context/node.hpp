// SPDX-License-Identifier: Apache-2.0
#pragma once

// Context nodes: an action's state, and its place in a thread's stack of contexts. They belong to
// the slab of the thread that made them, which is never freed; a scope holds only a pointer. So
// scopes may end out of order or on another thread, and nothing dangles.
//
//     live -> over (not current any more) -> gone (its action is destroyed) -> free
//
// Only the owning thread links, unlinks and recycles; another thread marks a node and returns it.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/task_uuid.hpp>
#include <eliot/encode/encoded_fields.hpp>
#include <eliot/encode/line.hpp>
#include <eliot/encode/numbers.hpp>
#include <eliot/output/this_thread.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

class Action;

namespace detail {

enum class Life : std::uint8_t { live, over, gone, returned };

/// Text of any length that keeps short ones in place, readable in blocks of 16 bytes.
template <std::size_t InPlace>
class SmallText {
    static_assert(InPlace % 16 == 0);

public:
    SmallText() noexcept {}
    SmallText(const SmallText&) = delete;
    SmallText& operator=(const SmallText&) = delete;

    const char* data() const noexcept { return data_; }
    std::size_t size() const noexcept { return size_; }
    std::string_view view() const noexcept { return {data_, size_}; }
    void clear() noexcept { size_ = 0; }
    void append(std::string_view text) noexcept {
        if (size_ + text.size() > capacity_ && !grow(size_ + text.size())) [[unlikely]] {
            return;
        }
        copy_text(data_ + size_, text.data(), text.size());
        size_ += text.size();
    }
    /// Becomes a task's first prefix, which fits in place.
    template <std::size_t Begin, std::size_t End>
    void assign(const char (&begin)[Begin], std::string_view uuid,
                const char (&end)[End]) noexcept {
        constexpr std::size_t size = 36;
        static_assert(Begin + size + End < InPlace);
        std::memcpy(data_, begin, Begin - 1);
        std::memcpy(data_ + Begin - 1, uuid.data(), size);
        std::memcpy(data_ + Begin - 1 + size, end, End - 1);
        size_ = Begin + size + End - 2;
    }
    /// Becomes a copy of `other`, with a number and a comma behind it.
    void assign(const SmallText& other, std::uint32_t number) noexcept {
        size_ = 0;
        if (other.size_ + max_integer_text + 16 > capacity_ && !grow(2 * other.size_))
            [[unlikely]] {
            return;
        }
        char* end = copy_padded<80>(data_, other.data_, other.size_);
        end = write_unsigned(end, number);
        *end = ',';
        size_ = static_cast<std::size_t>(end + 1 - data_);
    }

private:
    bool grow(std::size_t size) noexcept {
        const std::size_t capacity = (2 * size + 15) / 16 * 16;
        auto* bytes = static_cast<char*>(std::malloc(capacity));
        if (bytes == nullptr) {
            return false;
        }
        std::memcpy(bytes, data_, size_);
        if (data_ != in_place_) {
            std::free(data_);
        }
        data_ = bytes;
        capacity_ = capacity;
        return true;
    }

    char* data_ = in_place_;
    std::size_t size_ = 0;
    std::size_t capacity_ = InPlace;
    char in_place_[InPlace];
};

/// Where lines stand in a task.
struct Numbering {
    SmallText<160> prefix;         ///< `{"task_uuid":"…","task_level":[2,`
    std::uint32_t last_number = 0; ///< the one counter of everything that happens there

    LinePlace last_place() const noexcept { return {prefix.data(), prefix.size(), last_number}; }
};

struct ContextNode : Numbering {
    // in the owner's stack or free list
    ContextNode* previous = nullptr;
    Thread* owner = nullptr;
    Atomic<Life> life{Life::live};
    bool linked = false; ///< the owner's
    ContextNode* returned_next = nullptr;

    ContextNode* data = this; ///< the action that is current: this one, or one entered again
    Atomic<std::uint32_t> users{1};

    // the action
    Action* action = nullptr;
    unsigned exceptions = 0; ///< in flight when it began
    bool is_scope = false;
    bool silent = false; ///< started while nobody listened, or below such a one
    bool finished = false;
    std::uint32_t generation = 0; ///< of the process, see fork
    SmallText<64> type;
    const Schema* schema = nullptr;
    EncodedFields success;
    EncodedFields failure;

    /// A new action's.
    void begin(std::string_view its_type, const Schema* its_schema) noexcept {
        type.clear();
        type.append(its_type);
        schema = its_schema;
        success.clear();
        failure.clear();
    }
    bool is_silent() const noexcept {
        return silent || generation != runtime().generation.load(MemoryOrder::relaxed);
    }
};

/// For a node that is as `acquire_node` hands it out: live, its own data, with one user.
inline void give_back_unchanged(Thread& self, ContextNode& node) noexcept {
    node.previous = self.free_nodes;
    self.free_nodes = &node;
}
inline void put_on_free_list(Thread& self, ContextNode& node) noexcept {
    node.life.store(Life::live, MemoryOrder::relaxed);
    node.users.store(1, MemoryOrder::relaxed);
    node.data = &node;
    give_back_unchanged(self, node);
}

inline void unlink_top(Thread& self) noexcept {
    ContextNode& node = *self.current;
    self.current = node.previous;
    node.linked = false;
    if (node.life.load(MemoryOrder::acquire) == Life::gone) {
        put_on_free_list(self, node);
    }
}

[[gnu::noinline]] inline ContextNode* find_current_node(Thread& self) noexcept {
    while (self.current != nullptr && self.current->life.load(MemoryOrder::acquire) != Life::live) {
        unlink_top(self);
    }
    ContextNode* node = self.current;
    while (node != nullptr &&
           (node->data->finished || node->life.load(MemoryOrder::acquire) != Life::live)) {
        node = node->previous;
    }
    return node;
}
/// The node on top of this thread's stack that is still live; null if there is none.
inline ContextNode* current_node(Thread& self) noexcept {
    ContextNode* const top = self.current;
    const bool is_usual = top == nullptr || (top->life.load(MemoryOrder::acquire) == Life::live &&
                                             !top->data->finished);
    return is_usual ? top : find_current_node(self);
}

/// Nodes that ended on other threads come back to their owner.
[[gnu::noinline]] inline void take_returned(Thread& self) noexcept {
    ContextNode* node = self.returned_nodes.exchange(nullptr, MemoryOrder::acquire);
    while (node != nullptr) {
        ContextNode* const next = node->returned_next;
        if (node->linked) {
            node->life.store(Life::gone, MemoryOrder::relaxed);
        } else {
            put_on_free_list(self, *node);
        }
        node = next;
    }
}

/// The thread ends: what is still open belongs to no stack any more.
inline void clear_stack(Thread& self) {
    while (self.current != nullptr) {
        unlink_top(self);
    }
}

void settle(Thread& self);

[[gnu::noinline]] inline ContextNode& more_nodes(Thread& self) {
    clear_contexts->store(&clear_stack, MemoryOrder::release);
    settle_thread->store(&settle, MemoryOrder::release);
    take_returned(self);
    if (self.free_nodes == nullptr) {
        put_on_free_list(self, *new ContextNode);
        self.free_nodes->owner = &self;
    }
    return *self.free_nodes;
}

/// A node of this thread's slab, live, not linked.
inline ContextNode& acquire_node(Thread& self) {
    ContextNode& node = self.free_nodes != nullptr ? *self.free_nodes : more_nodes(self);
    self.free_nodes = node.previous;
    return node;
}

/// The same, for an action that is not silent.
inline ContextNode& fresh_node(Thread& self, bool is_scope) {
    ContextNode& node = acquire_node(self);
    node.silent = node.finished = false;
    node.generation = runtime().generation.load(MemoryOrder::relaxed);
    node.last_number = 0;
    node.prefix.clear();
    node.schema = nullptr;
    node.exceptions = uncaught_exceptions(self);
    node.is_scope = is_scope;
    return node;
}

inline void link(Thread& self, ContextNode& node) noexcept {
    node.previous = self.current;
    node.linked = true;
    self.current = &node;
}

/// The node is current no more; what stood below it is, once those above have ended.
inline void leave(Thread& self, ContextNode& node) noexcept {
    node.life.store(Life::over, MemoryOrder::release);
    if (self.current == &node) {
        self.current = node.previous;
        node.linked = false;
    }
}

/// The last user of the node is gone.
inline void recycle(Thread& self, ContextNode& node) noexcept {
    if (node.owner == &self) {
        node.life.store(Life::gone, MemoryOrder::relaxed);
        if (!node.linked) {
            put_on_free_list(self, node);
        }
        return;
    }
    node.life.store(Life::returned, MemoryOrder::release);
    Atomic<ContextNode*>& returned = node.owner->returned_nodes;
    node.returned_next = returned.load(MemoryOrder::relaxed);
    while (!returned.compare_exchange_weak(node.returned_next, &node, MemoryOrder::release)) {
    }
}

inline void release(Thread& self, ContextNode& node) noexcept {
    if (node.users.load(MemoryOrder::acquire) == 1 ||
        node.users.fetch_sub(1, MemoryOrder::acq_rel) == 1) {
        recycle(self, node);
    }
}

/// A root's prefix.
inline void begin_task(SmallText<160>& prefix, const TaskUuid& uuid) noexcept {
    prefix.assign("{\"task_uuid\":\"", uuid.text(), "\",\"task_level\":[");
}

/// One level deeper.
inline void append_number(SmallText<160>& prefix, std::uint32_t number) noexcept {
    char text[max_integer_text + 1];
    char* end = write_unsigned(text, number);
    *end++ = ',';
    prefix.append({text, static_cast<std::size_t>(end - text)});
}

} // namespace detail
ELIOT_END_NAMESPACE
