// SPDX-License-Identifier: Apache-2.0
#pragma once

// Flush::background: a full chunk's memory is handed to one writing thread, and its owner goes on
// with another. At most 64 wait (2 MiB); then the owner waits, or drops what it would hand over.
//
//     chunk.mutex  >  BackgroundQueue::delivery  >  Destination::mutex, BackgroundQueue::mutex
//
// Whoever delivers to a background file by another way empties the queue first: each thread's lines
// stay in order.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/shared.hpp>
#include <eliot/output/chunk.hpp>
#include <eliot/output/mutex.hpp>
#include <eliot/output/service_thread.hpp>
#include <eliot/output/survival.hpp>

#include <cstddef>
#include <pthread.h>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Whole lines that wait for the writer.
struct FullChunk {
    ChunkMemory* memory = nullptr;
    std::size_t from = 0;
    std::size_t to = 0;
    const DestinationList* list = nullptr;

    std::string_view lines() const noexcept { return {memory->bytes + from, to - from}; }
};

class BackgroundQueue {
public:
    static constexpr std::size_t capacity = 64;

    constexpr BackgroundQueue() noexcept = default;

    Mutex delivery; ///< held by whoever takes from the queue, until what it took is delivered

    bool empty() const noexcept { return count_.load(MemoryOrder::acquire) == 0; }

    /// Hands over a chunk and returns memory to go on with; null if the queue is full and `wait` is
    /// false.
    ChunkMemory* exchange(const FullChunk& full, bool wait) {
        const Lock lock{mutex_};
        while (count_.load(MemoryOrder::relaxed) == capacity) {
            if (!wait) {
                return nullptr;
            }
            pthread_cond_wait(&has_room_, mutex_.native());
        }
        const std::size_t count = count_.load(MemoryOrder::relaxed);
        ring_[(first_ + count) % capacity] = full;
        count_.store(count + 1, MemoryOrder::release);
        pthread_cond_signal(&has_chunks_);
        return free_count_ != 0 ? free_[--free_count_] : make_chunk_memory();
    }
    /// The oldest one, its memory null if there is none. `delivery` must be held.
    FullChunk first() {
        const Lock lock{mutex_};
        return empty() ? FullChunk{} : ring_[first_];
    }
    /// The oldest one is delivered.
    void remove_first() {
        const Lock lock{mutex_};
        ChunkMemory* const memory = ring_[first_].memory;
        empty_memory(*memory);
        free_[free_count_++] = memory;
        first_ = (first_ + 1) % capacity;
        count_.fetch_sub(1, MemoryOrder::release);
        pthread_cond_signal(&has_room_);
    }
    void wait_for_chunks() {
        const Lock lock{mutex_};
        while (empty()) {
            pthread_cond_wait(&has_chunks_, mutex_.native());
        }
    }
    /// In a child after fork: what waits is the parent's to write. All memory is left alone, some
    /// of it may have been about to change hands.
    void make_anew() noexcept {
        mutex_.make_anew();
        has_room_ = has_chunks_ = PTHREAD_COND_INITIALIZER;
        count_.store(0, MemoryOrder::relaxed);
        first_ = free_count_ = 0;
    }
    /// Nothing is handed over while this is held.
    Mutex& exchanges() noexcept { return mutex_; }
    /// For the end of the program, when locks may not be had any more: calls `f` with what waits.
    template <class F>
    void peek(F&& f) const {
        for (std::size_t i = 0; i < count_.load(MemoryOrder::acquire); ++i) {
            f(ring_[(first_ + i) % capacity]);
        }
    }

private:
    Mutex mutex_;
    pthread_cond_t has_room_ = PTHREAD_COND_INITIALIZER;
    pthread_cond_t has_chunks_ = PTHREAD_COND_INITIALIZER;
    FullChunk ring_[capacity];
    std::size_t first_ = 0;
    Atomic<std::size_t> count_{0};
    ChunkMemory* free_[2 * capacity] = {};
    std::size_t free_count_ = 0;
};

inline constinit Shared<BackgroundQueue> background_queue;
inline constinit ServiceThread background_writer;

} // namespace detail
ELIOT_END_NAMESPACE
