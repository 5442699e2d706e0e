// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text that can be a template argument: the name of a field or of an action known at compile time.
//
//     template <eliot::FixedString Name> struct Named {};
//     Named<"count"> count;

#include <eliot/config.hpp>

#include <cstddef>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

/// A string literal as a value of structural type. `N` counts the closing NUL, as in the literal's
/// own type; `size()` and `view()` leave it out. Equal texts are equal template arguments, whatever
/// file they stand in.
template <std::size_t N>
struct FixedString {
    char data[N]{};

    // Implicit, so that a literal can be the argument itself.
    consteval FixedString(const char (&text)[N]) {
        for (std::size_t i = 0; i < N; ++i) {
            data[i] = text[i];
        }
    }

    static constexpr std::size_t size() noexcept { return N - 1; }
    constexpr std::string_view view() const noexcept { return {data, N - 1}; }
};

template <std::size_t N, std::size_t M>
constexpr bool operator==(const FixedString<N>& left, const FixedString<M>& right) noexcept {
    return left.view() == right.view();
}

ELIOT_END_NAMESPACE
