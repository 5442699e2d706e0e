// SPDX-License-Identifier: Apache-2.0
#pragma once

// A variable of the whole program. Usually every module has the same one; a plugin that cannot see
// its program's symbols has its own until it is attached to that of the program, see
// attach_runtime.hpp.
//
//     inline constinit Shared<Counter> counter;   …   counter->add(1);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

template <class T>
class Shared {
public:
    constexpr Shared() noexcept = default;
    template <class Value>
    constexpr explicit Shared(Value value) noexcept : own_{value} {}
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

    T& operator*() const noexcept { return *used_.load(MemoryOrder::relaxed); }
    T* operator->() const noexcept { return used_.load(MemoryOrder::relaxed); }
    /// From now on it is `other`, for good.
    void attach(T& other) noexcept { used_.store(&other, MemoryOrder::release); }

private:
    T own_{};
    Atomic<T*> used_{&own_};
};

} // namespace detail
ELIOT_END_NAMESPACE
