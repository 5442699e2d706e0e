// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which kind of value a C++ type is for the log. Standard types are recognised by their shape, so
// that nobody pays for <optional>, <memory>, <variant>, <chrono> or <filesystem> without using it:
//
//     static_assert(eliot::Loggable<std::optional<int>>);

#include <eliot/config.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// Bytes to be written as hexadecimal text: `eliot::hex(data, size)` or `eliot::hex(span)`.
struct HexBytes {
    const unsigned char* data;
    std::size_t size;
};

namespace detail {

/// Converts to everything: finds a `to_json(json&, value)` without knowing nlohmann_json.
struct AnyJson {
    template <class T>
    operator T&() const;
};

template <class T>
concept Character8 = std::same_as<T, char>;
template <class T>
concept WideCharacter = std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
                        std::same_as<T, char16_t> || std::same_as<T, char32_t>;
template <class T>
concept TextLike = std::is_convertible_v<const T&, std::string_view>;
template <class T>
concept JsonLike = requires(const T& value) {
    typename T::object_t;
    typename T::array_t;
    typename T::number_unsigned_t;
    value.is_discarded();
};
template <class T>
concept PathLike = requires(const T& value) {
    typename T::string_type;
    value.native();
    value.lexically_normal();
    { value.string() } -> std::convertible_to<std::string_view>;
};
template <class T>
concept OptionalLike = requires(T& value) {
    { value.has_value() } -> std::convertible_to<bool>;
    *value;
};
template <class T>
concept PointerLike = requires(const T& value) {
    typename T::element_type;
    { value.get() } -> std::convertible_to<const volatile void*>;
    *value;
    static_cast<bool>(value);
};
template <class T>
concept DurationLike = requires(const T& value) {
    typename T::rep;
    T::period::num;
    T::period::den;
    value.count();
};
template <class T>
concept TimePointLike = requires(const T& value) {
    typename T::clock;
    { value.time_since_epoch() } -> DurationLike;
};
template <class T>
concept SystemTimeLike =
    TimePointLike<T> && requires { T::clock::to_time_t(typename T::clock::time_point{}); };
template <class T>
concept HasToJson = (std::is_class_v<T> || std::is_enum_v<T> || std::is_union_v<T>) &&
                    requires(const AnyJson& json, const T& value) { to_json(json, value); };
template <class T>
concept LazyValue = requires(T& value) { value(); };
template <class T>
concept RangeLike = std::is_array_v<T> || requires(T& value) {
    value.begin() != value.end();
    ++std::declval<decltype(value.begin())&>();
    *value.begin();
};
template <class T>
concept MapLike = RangeLike<T> && requires(T& value, const typename T::key_type& key) {
    typename T::mapped_type;
    value.at(key);
};
template <class T>
concept TupleLike = requires { std::tuple_size<T>::value; };
template <class T>
concept VariantLike = requires(const T& value) {
    { value.valueless_by_exception() } -> std::same_as<bool>;
    { value.index() } -> std::convertible_to<std::size_t>;
};
template <class T>
concept EnumValue = std::is_enum_v<T> && !std::same_as<std::remove_cv_t<T>, std::byte>;

/// The kinds in their order of preference; those from `json_without_header` on have no encoding.
enum class Shape : unsigned char {
    boolean,
    character,
    null,
    c_string,
    text,
    hex,
    json,
    path,
    optional,
    pointer,
    duration,
    system_time,
    error_code,
    exception,
    user_json,
    lazy,
    map,
    range,
    tuple,
    variant,
    enumeration,
    signed_integer,
    unsigned_integer,
    float32,
    float64,
    json_without_header,
    raw_pointer,
    bytes,
    wide_text,
    other_clock,
    unsupported,
};

/// Specialised by <eliot/json.hpp>; until then a type with a `to_json` cannot be written.
template <class T>
struct JsonBridge {
    static constexpr bool available = false;
};

template <class T>
consteval Shape scalar_shape() {
    if constexpr (std::is_enum_v<T>) {
        return std::same_as<T, std::byte> ? Shape::bytes : Shape::enumeration;
    } else if constexpr (WideCharacter<T>) {
        return Shape::wide_text;
    } else if constexpr (std::is_integral_v<T> && sizeof(T) <= sizeof(long long)) {
        return std::is_signed_v<T> ? Shape::signed_integer : Shape::unsigned_integer;
    } else if constexpr (std::is_floating_point_v<T>) {
        return std::same_as<T, float> ? Shape::float32 : Shape::float64;
    } else if constexpr (std::is_pointer_v<T>) {
        return Shape::raw_pointer;
    } else {
        return Shape::unsupported;
    }
}

template <class T>
consteval Shape compound_shape() {
    if constexpr (LazyValue<T>) {
        return Shape::lazy;
    } else if constexpr (MapLike<T>) {
        return Shape::map;
    } else if constexpr (RangeLike<T>) {
        return WideCharacter<std::remove_cv_t<std::remove_all_extents_t<T>>> ? Shape::wide_text
                                                                             : Shape::range;
    } else if constexpr (TupleLike<T>) {
        return Shape::tuple;
    } else if constexpr (VariantLike<T>) {
        return Shape::variant;
    } else {
        return scalar_shape<T>();
    }
}

template <class T>
consteval Shape class_shape() {
    if constexpr (JsonLike<T>) {
        return JsonBridge<T>::available ? Shape::json : Shape::json_without_header;
    } else if constexpr (PathLike<T>) {
        return Shape::path;
    } else if constexpr (OptionalLike<T>) {
        return Shape::optional;
    } else if constexpr (PointerLike<T>) {
        return Shape::pointer;
    } else if constexpr (DurationLike<T>) {
        return Shape::duration;
    } else if constexpr (TimePointLike<T>) {
        return SystemTimeLike<T> ? Shape::system_time : Shape::other_clock;
    } else if constexpr (std::same_as<T, std::error_code>) {
        return Shape::error_code;
    } else if constexpr (std::derived_from<T, std::exception>) {
        return Shape::exception;
    } else if constexpr (HasToJson<T> || JsonBridge<T>::available) {
        return JsonBridge<T>::available ? Shape::user_json : Shape::json_without_header;
    } else {
        return compound_shape<T>();
    }
}

/// `T` is without const and reference.
template <class T>
consteval Shape shape_of() {
    if constexpr (std::same_as<T, bool>) {
        return Shape::boolean;
    } else if constexpr (Character8<T>) {
        return Shape::character;
    } else if constexpr (std::same_as<T, std::nullptr_t>) {
        return Shape::null;
    } else if constexpr (std::same_as<T, const char*> || std::same_as<T, char*>) {
        return Shape::c_string;
    } else if constexpr (std::same_as<T, HexBytes>) {
        return Shape::hex;
    } else if constexpr (JsonLike<T>) {
        return class_shape<T>();
    } else if constexpr (TextLike<T>) {
        return Shape::text;
    } else {
        return class_shape<T>();
    }
}

template <class T>
inline constexpr Shape shape = shape_of<std::remove_cv_t<std::remove_reference_t<T>>>();

} // namespace detail

/// A type that can be the value of a field. What its elements are is checked when it is encoded.
template <class T>
concept Loggable = detail::shape<T> < detail::Shape::json_without_header;

/// Writes bytes as lower-case hexadecimal text. The bytes must live until the end of the full
/// expression.
inline HexBytes hex(const void* data, std::size_t size) noexcept {
    return {static_cast<const unsigned char*>(data), size};
}
/// The same for whatever has `data()` and `size()`: a vector, a span, a string.
template <class Bytes>
    requires requires(const Bytes& bytes) {
        { bytes.data() } -> std::convertible_to<const void*>;
        { bytes.size() } -> std::convertible_to<std::size_t>;
    }
HexBytes hex(const Bytes& bytes) noexcept {
    return hex(bytes.data(), bytes.size() * sizeof(*bytes.data()));
}
template <class Byte, std::size_t Size>
    requires std::is_trivially_copyable_v<Byte>
HexBytes hex(const Byte (&bytes)[Size]) noexcept {
    return hex(static_cast<const void*>(bytes), sizeof bytes);
}

ELIOT_END_NAMESPACE
