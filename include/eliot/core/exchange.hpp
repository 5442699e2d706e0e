// SPDX-License-Identifier: Apache-2.0
#pragma once

// As std::exchange and std::swap, without the traits that these instantiate for every type: two
// dozen types of the library's own are a hundredth of what including it costs a file.
//
//     node = exchange(free_nodes, free_nodes->next);

#include <eliot/config.hpp>

#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

template <class T>
constexpr T exchange(T& object, std::type_identity_t<T> value) noexcept {
    T before = static_cast<T&&>(object);
    object = static_cast<T&&>(value);
    return before;
}

template <class T>
constexpr void swap_values(T& left, T& right) noexcept {
    left = detail::exchange(right, static_cast<T&&>(left));
}

} // namespace detail
ELIOT_END_NAMESPACE
