// SPDX-License-Identifier: Apache-2.0
#pragma once

// An atomic variable, over the builtins that <atomic> stands on. That header would be a fifth of
// what including eliot costs a file.
//
//     Atomic<bool> done{false};
//     done.store(true, MemoryOrder::release);

#include <eliot/config.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

enum class MemoryOrder : int {
    relaxed = __ATOMIC_RELAXED,
    acquire = __ATOMIC_ACQUIRE,
    release = __ATOMIC_RELEASE,
    acq_rel = __ATOMIC_ACQ_REL,
    seq_cst = __ATOMIC_SEQ_CST,
};

/// A comparison that fails stores nothing.
constexpr MemoryOrder order_of_failure(MemoryOrder order) noexcept {
    return order == MemoryOrder::acq_rel   ? MemoryOrder::acquire
           : order == MemoryOrder::release ? MemoryOrder::relaxed
                                           : order;
}

/// Lock-free, so that signal handlers and shared mappings may use it.
template <class T>
class Atomic {
    static_assert(__is_trivially_copyable(T)); // the trait is a class for each type
    // NOLINTNEXTLINE(bugprone-sizeof-expression): of a pointer, too
    static_assert(__atomic_always_lock_free(sizeof(T), nullptr));

public:
    constexpr Atomic() noexcept = default;
    constexpr Atomic(T value) noexcept : value_{value} {}
    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;

    T load(MemoryOrder order = MemoryOrder::seq_cst) const noexcept {
        T value;
        __atomic_load(&value_, &value, static_cast<int>(order));
        return value;
    }
    void store(T value, MemoryOrder order = MemoryOrder::seq_cst) noexcept {
        __atomic_store(&value_, &value, static_cast<int>(order));
    }
    T exchange(T value, MemoryOrder order = MemoryOrder::seq_cst) noexcept {
        T before;
        __atomic_exchange(&value_, &value, &before, static_cast<int>(order));
        return before;
    }
    bool compare_exchange_strong(T& expected, T desired,
                                 MemoryOrder order = MemoryOrder::seq_cst) noexcept {
        return __atomic_compare_exchange(&value_, &expected, &desired, false,
                                         static_cast<int>(order),
                                         static_cast<int>(order_of_failure(order)));
    }
    bool compare_exchange_weak(T& expected, T desired,
                               MemoryOrder order = MemoryOrder::seq_cst) noexcept {
        return __atomic_compare_exchange(&value_, &expected, &desired, true,
                                         static_cast<int>(order),
                                         static_cast<int>(order_of_failure(order)));
    }
    T fetch_add(T value, MemoryOrder order = MemoryOrder::seq_cst) noexcept {
        return __atomic_fetch_add(&value_, value, static_cast<int>(order));
    }
    T fetch_sub(T value, MemoryOrder order = MemoryOrder::seq_cst) noexcept {
        return __atomic_fetch_sub(&value_, value, static_cast<int>(order));
    }
    T fetch_or(T value, MemoryOrder order = MemoryOrder::seq_cst) noexcept {
        return __atomic_fetch_or(&value_, value, static_cast<int>(order));
    }
    T fetch_and(T value, MemoryOrder order = MemoryOrder::seq_cst) noexcept {
        return __atomic_fetch_and(&value_, value, static_cast<int>(order));
    }

private:
    T value_{};
};

} // namespace detail
ELIOT_END_NAMESPACE
