// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which kinds of JSON values a C++ type is written as:
//
//     kinds_of<std::optional<int>>   integer or null

#include <eliot/config.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/encode/shapes.hpp>

#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE
namespace detail {

template <class T>
consteval JsonKinds kinds();
/// Computed once a type.
template <class T>
inline constexpr JsonKinds kinds_of = kinds<T>();

template <template <class...> class Variant, class... Alternatives>
consteval JsonKinds kinds_of_variant(const Variant<Alternatives...>*) {
    return (JsonKinds{} | ... |
            (Loggable<Alternatives> ? kinds_of<Alternatives> : JsonKinds{JsonKind::null}));
}

template <class Duration>
consteval JsonKinds kinds_of_duration() {
    const bool whole = std::is_integral_v<typename Duration::rep> && Duration::period::den == 1;
    return whole ? JsonKinds{JsonKind::integer} : JsonKind::number | JsonKinds{JsonKind::null};
}

template <class T>
consteval JsonKinds kinds_of_scalar() {
    switch (shape<T>) {
    case Shape::boolean:
        return JsonKind::boolean;
    case Shape::null:
        return JsonKind::null;
    case Shape::c_string:
        return JsonKinds{JsonKind::string} | JsonKind::null;
    case Shape::signed_integer:
    case Shape::unsigned_integer:
        return JsonKind::integer;
    case Shape::float32:
    case Shape::float64: // of NaN and the infinities null is written
        return JsonKinds{JsonKind::number} | JsonKind::null;
    case Shape::map:
        return JsonKind::object;
    case Shape::range:
    case Shape::tuple:
        return JsonKind::array;
    case Shape::json:
    case Shape::user_json:
        return JsonKinds::any();
    default:
        return JsonKind::string;
    }
}

template <class T>
consteval JsonKinds kinds() {
    constexpr Shape own = shape<T>;
    if constexpr (own == Shape::optional || own == Shape::pointer) {
        if constexpr (requires(T& value) { value.error(); }) {
            return JsonKinds::any();
        } else {
            using Value = std::remove_cvref_t<decltype(*std::declval<T&>())>;
            return kinds_of<Value> | JsonKinds{JsonKind::null};
        }
    } else if constexpr (own == Shape::enumeration) {
        return kinds_of<std::underlying_type_t<T>>;
    } else if constexpr (own == Shape::duration) {
        return kinds_of_duration<T>();
    } else if constexpr (own == Shape::system_time) {
        return kinds_of_duration<typename T::duration>();
    } else if constexpr (own == Shape::lazy) {
        return kinds_of<std::remove_cvref_t<decltype(std::declval<T&>()())>>;
    } else if constexpr (own == Shape::variant) {
        return kinds_of_variant(static_cast<const T*>(nullptr));
    } else {
        return kinds_of_scalar<T>();
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
