// SPDX-License-Identifier: Apache-2.0
#pragma once

// What may be passed for a field that was declared with types, and how it becomes a view. Apart
// from the fields, so that all fields of the same types share it.

#include <eliot/config.hpp>
#include <eliot/core/field_view.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/encode/make_view.hpp>
#include <eliot/types/fit.hpp>
#include <eliot/types/kinds.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct NoSerializer {};

/// A field's name, as it stands in a line unless it is too long for that.
struct Key {
    const char* data;
    std::uint32_t size;
    bool is_fragment;
};

constexpr Key make_key(std::string_view fragment, std::string_view name) noexcept {
    const bool is_fragment = fragment.size() <= longest_fragment;
    const std::string_view key = is_fragment ? fragment : name;
    return {key.data(), static_cast<std::uint32_t>(key.size()), is_fragment};
}

constexpr void set_key(FieldView& view, const Key& key) noexcept {
    view.key = key.data;
    view.key_size = key.size;
    view.static_key = key.is_fragment;
}

/// What a serializer with state needs when it runs.
struct Binding {
    const void* serializer;
    void* value;
};

/// A caller's value as it is referred to; `Given` is `T&` for a variable, `T` for a temporary.
template <class Given>
using ValueOf = std::remove_reference_t<Given>;

/// Of what is no number nobody can say that it is not.
template <class Declared>
constexpr bool in_range(int value) noexcept {
    if constexpr (is_wrapper<Declared>) {
        return in_range<Pointee<Declared>>(value);
    } else if constexpr (is_number<Declared> && std::is_integral_v<Declared>) {
        return std::in_range<Declared>(value);
    } else {
        return !is_text<Declared>;
    }
}

template <class T>
consteval bool must_be_loggable() {
    if constexpr (!Loggable<T>) {
        refuse<T, shape<T>>();
    }
    return true;
}

template <class... Types>
struct TypedValue {
    static_assert((must_be_loggable<Types>() && ...));
    static constexpr JsonKinds kinds() noexcept { return (JsonKinds{} | ... | kinds_of<Types>); }

    template <class Given>
    static consteval Fit fit() {
        Fit best = Fit::wrong;
        ((best = better(best, fit_of<Types, Given>())), ...);
        return best;
    }

    /// A whole number is written with a fraction where one is declared: readers see one type.
    template <class Given>
    static constexpr void set(FieldView& view, NoSerializer, ValueOf<Given>& value, Binding*) {
        using Value = std::remove_cvref_t<Given>;
        if constexpr ((Nothing<Value, Types> || ...)) {
            view.kind = ValueKind::null;
        } else if constexpr (std::is_integral_v<Value> &&
                             (std::is_floating_point_v<Types> && ...)) {
            set_value(view, static_cast<double>(value));
        } else {
            set_value(view, value);
        }
    }

    /// Whether a value of the right type may be out of range: only what may be a literal.
    template <class Given>
    static consteval bool may_be_out_of_range() {
        if constexpr (std::is_same_v<Given, int>) {
            return (((fit_of<Types, int&>() != Fit::right)) && ...);
        } else {
            return false;
        }
    }
    static constexpr bool is_in_range(int value) noexcept {
        return (in_range<Types>(value) || ...);
    }
};

} // namespace detail
ELIOT_END_NAMESPACE
