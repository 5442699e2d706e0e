// SPDX-License-Identifier: Apache-2.0
#pragma once

// A variable of the whole program. Usually every module has the same one; a plugin that cannot see
// its program's symbols has its own until it is attached to that of the program, see
// attach_runtime.hpp.
//
//     inline constinit Shared<Counter> counter;   …   counter->add(1);

#include <eliot/config.hpp>

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

    T& operator*() const noexcept { return *operator->(); }
    T* operator->() const noexcept { return __atomic_load_n(&used_, __ATOMIC_RELAXED); }
    /// From now on it is `other`, for good.
    void attach(T& other) noexcept { __atomic_store_n(&used_, &other, __ATOMIC_RELEASE); }

private:
    T own_{};
    T* used_ = &own_; // not an Atomic: one class less to compile for each variable
};

} // namespace detail
ELIOT_END_NAMESPACE
