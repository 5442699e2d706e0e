// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether a value of one type may stand for a field that was declared with another. What counts is
// that no value is lost and that the log's reader sees the declared kind:
//
//     fit_of<double, int&>()   right        fit_of<int, double>()          narrowing
//     fit_of<int, long&>()     narrowing    fit_of<std::string_view, int>() wrong
//
// An `int` or a `double` that is no variable may be a literal, of which there is none for short,
// unsigned or float: it is right for every number type that can hold one, and whether it does is
// seen when tests validate.

#include <eliot/config.hpp>
#include <eliot/encode/shapes.hpp>
#include <eliot/encode/value.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE
namespace detail {

enum class Fit : unsigned char { right, narrowing, wrong, not_serializable, no_field };

constexpr Fit better(Fit left, Fit right) noexcept { return left < right ? left : right; }

/// `Given` is `T&` for a variable and `T` for a temporary, as in `NamedField`.
template <class Declared, class Given>
consteval Fit fit_of();

template <class T>
inline constexpr bool is_number =
    shape<T> == Shape::signed_integer || shape<T> == Shape::unsigned_integer ||
    shape<T> == Shape::float32 || shape<T> == Shape::float64;
template <class T>
inline constexpr bool is_text = shape<T> == Shape::text || shape<T> == Shape::c_string;
template <class T>
inline constexpr bool is_wrapper = shape<T> == Shape::optional || shape<T> == Shape::pointer;

/// Bits of the largest whole number up to which every whole number is a value of `T`.
template <class T>
consteval int digits_of() {
    if constexpr (std::same_as<T, float>) {
        return __FLT_MANT_DIG__;
    } else if constexpr (std::same_as<T, double>) {
        return __DBL_MANT_DIG__;
    } else if constexpr (std::is_floating_point_v<T>) {
        return __LDBL_MANT_DIG__;
    } else {
        return static_cast<int>(sizeof(T) * 8) - (std::is_signed_v<T> ? 1 : 0);
    }
}

template <class Declared, class Given>
consteval bool holds_every() {
    if constexpr (std::is_floating_point_v<Given> && !std::is_floating_point_v<Declared>) {
        return false;
    } else if constexpr (std::is_unsigned_v<Declared> && !std::is_unsigned_v<Given>) {
        return false;
    } else {
        return digits_of<Given>() <= digits_of<Declared>();
    }
}

/// An unsuffixed literal, or what looks like one.
template <class Declared, class Given>
inline constexpr bool may_be_literal =
    std::same_as<Given, int> || (std::same_as<Given, double> && std::is_floating_point_v<Declared>);

template <class Declared, class Given>
consteval Fit fit_of_number() {
    using Value = std::remove_cvref_t<Given>;
    if constexpr (std::is_enum_v<Value> && std::is_convertible_v<Value, Declared>) {
        return fit_of_number<Declared, std::underlying_type_t<Value>&>();
    } else if constexpr (!is_number<Value>) {
        return Fit::wrong;
    } else {
        const bool right = holds_every<Declared, Value>() || may_be_literal<Declared, Given>;
        return right ? Fit::right : Fit::narrowing;
    }
}

template <class T>
using Pointee = std::remove_cvref_t<decltype(*std::declval<std::remove_cvref_t<T>&>())>;

/// std::nullopt and its like.
template <class Value, class Declared>
concept Nothing =
    std::same_as<Value, std::nullptr_t> ||
    (std::is_empty_v<Value> && !Loggable<Value> && std::is_convertible_v<Value, Declared>);

template <class Declared, class Given>
consteval Fit fit_of_wrapper() {
    using Value = std::remove_cvref_t<Given>;
    if constexpr (Nothing<Value, Declared>) {
        return Fit::right;
    } else if constexpr (is_wrapper<Value>) {
        return fit_of<Pointee<Declared>, Pointee<Value>&>();
    } else {
        return fit_of<Pointee<Declared>, Given>();
    }
}

template <class Range>
using Element = std::remove_cvref_t<decltype(*begin_of(std::declval<Range&>()))>;

template <class Declared, class Given>
consteval Fit fit_of_range() {
    using Value = std::remove_cvref_t<Given>;
    if constexpr (shape<Value> == Shape::range) {
        return fit_of<Element<Declared>, Element<Value>&>();
    } else {
        return std::is_convertible_v<Given, Declared> ? Fit::right : Fit::wrong;
    }
}

template <class Given, template <class...> class Variant, class... Alternatives>
consteval Fit fit_of_variant(const Variant<Alternatives...>*) {
    Fit best = Fit::wrong;
    ((best = better(best, fit_of<Alternatives, Given>())), ...);
    return best;
}

template <class Declared, class Given>
consteval Fit fit_of() {
    using Value = std::remove_cvref_t<Given>;
    if constexpr (std::same_as<Declared, Value>) {
        return Fit::right;
    } else if constexpr (shape<Value> == Shape::lazy) {
        return fit_of<Declared, std::remove_cvref_t<decltype(std::declval<Value&>()())>&>();
    } else if constexpr (is_number<Declared>) {
        return fit_of_number<Declared, Given>();
    } else if constexpr (is_text<Declared>) {
        const bool null = std::same_as<Value, std::nullptr_t> && shape<Declared> == Shape::c_string;
        return is_text<Value> || null ? Fit::right : Fit::wrong;
    } else if constexpr (is_wrapper<Declared>) {
        return fit_of_wrapper<Declared, Given>();
    } else if constexpr (shape<Declared> == Shape::range) {
        return fit_of_range<Declared, Given>();
    } else if constexpr (shape<Declared> == Shape::variant) {
        return fit_of_variant<Given>(static_cast<const Declared*>(nullptr));
    } else if constexpr (shape<Declared> == Shape::json) {
        return Loggable<Value> ? Fit::right : Fit::wrong;
    } else if constexpr (std::is_arithmetic_v<Declared> || std::is_enum_v<Declared>) {
        return Fit::wrong;
    } else {
        return std::is_convertible_v<Given, Declared> ? Fit::right : Fit::wrong;
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
