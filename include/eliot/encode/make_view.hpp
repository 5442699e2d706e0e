// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a named value to its view: scalars and text by value, everything else as a pointer and the
// function that encodes it.
//
//     const detail::FieldView views[] = {detail::make_view("count"_f = 3), …};

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/field_view.hpp>
#include <eliot/encode/strings.hpp>
#include <eliot/encode/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

template <class T>
void encode_object(JsonWriter& out, void* object) {
    encode_value(out, *static_cast<T*>(object));
}

/// Text that is at hand without running user code.
template <class T>
inline constexpr bool is_plain_text =
    std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view> || std::is_array_v<T>;

template <class T>
constexpr void set_object(FieldView& view, T& value) noexcept {
    view.kind = ValueKind::object;
    view.object.object = const_cast<std::remove_const_t<T>*>(&value);
    view.object.encode = &encode_object<T>;
}

template <class T>
consteval bool integer_enum() {
    if constexpr (std::is_enum_v<T>) {
        constexpr Shape kind = shape<std::underlying_type_t<T>>;
        return kind == Shape::signed_integer || kind == Shape::unsigned_integer;
    } else {
        return false;
    }
}
template <class T>
inline constexpr bool is_integer_enum = integer_enum<T>();

template <class T>
constexpr void set_value(FieldView& view, T&& value) noexcept {
    using Value = std::remove_cvref_t<T>;
    constexpr Shape kind = shape<Value>;
    if constexpr (kind == Shape::boolean) {
        view.kind = ValueKind::boolean;
        view.boolean = value;
    } else if constexpr (kind == Shape::enumeration && is_integer_enum<Value>) {
        set_value(view, static_cast<std::underlying_type_t<Value>>(value));
    } else if constexpr (kind == Shape::signed_integer) {
        view.kind = ValueKind::signed_integer;
        view.signed_integer = value;
    } else if constexpr (kind == Shape::unsigned_integer) {
        view.kind = ValueKind::unsigned_integer;
        view.unsigned_integer = value;
    } else if constexpr (kind == Shape::float32) {
        view.kind = ValueKind::float32;
        view.float32 = value;
    } else if constexpr (kind == Shape::float64) {
        view.kind = ValueKind::float64;
        view.float64 = static_cast<double>(value);
    } else if constexpr (kind == Shape::null) {
        view.kind = ValueKind::null;
    } else if constexpr (kind == Shape::c_string) {
        view.kind = ValueKind::c_string;
        view.c_string = value;
    } else if constexpr (kind == Shape::character) {
        view.kind = ValueKind::text;
        view.text = {&value, 1};
    } else if constexpr (kind == Shape::text && is_plain_text<Value>) {
        const std::string_view text = text_of(value);
        view.kind = ValueKind::text;
        view.text = {text.data(), text.size()};
    } else if constexpr (Loggable<Value>) {
        set_object(view, value);
    } else {
        refuse<Value, kind>();
    }
}

template <FixedString Name, class Value>
[[gnu::always_inline]] constexpr FieldView
make_view(const NamedField<Name, Value>& field) noexcept {
    FieldView view;
    if constexpr (key_fragment<Name>.size <= longest_fragment) {
        view.key = key_fragment<Name>.data;
        view.key_size = static_cast<std::uint32_t>(key_fragment<Name>.size);
        view.static_key = true;
    } else {
        view.key = field.name().data();
        view.key_size = static_cast<std::uint32_t>(field.name().size());
        view.static_key = false;
    }
    set_value(view, field.value);
    return view;
}

template <class Value>
constexpr FieldView make_view(const RuntimeField<Value>& field) noexcept {
    FieldView view;
    view.key = field.name.data();
    view.key_size = static_cast<std::uint32_t>(field.name.size());
    view.static_key = false;
    set_value(view, field.value);
    return view;
}

/// Fields that bring their own view.
template <class Field>
    requires requires(const Field& field) { field.view(); }
FieldView make_view(const Field& field) noexcept {
    return field.view();
}

/// Views for lines of the library's own, which know their names: nothing is checked, and nothing is
/// instantiated for a name.
inline FieldView own_view(std::string_view name, ValueKind kind) noexcept {
    FieldView view;
    view.key = name.data();
    view.key_size = static_cast<std::uint32_t>(name.size());
    view.static_key = false;
    view.kind = kind;
    return view;
}
inline FieldView own_view(std::string_view name, std::string_view text) noexcept {
    FieldView view = own_view(name, ValueKind::text);
    view.text = {text.data(), text.size()};
    return view;
}
inline FieldView own_view(std::string_view name, std::int64_t number) noexcept {
    FieldView view = own_view(name, ValueKind::signed_integer);
    view.signed_integer = number;
    return view;
}
inline FieldView own_view(std::string_view name, double number) noexcept {
    FieldView view = own_view(name, ValueKind::float64);
    view.float64 = number;
    return view;
}

/// The views of a call's fields; of a call without fields there is one that is never read.
template <std::size_t Count>
struct FieldViews {
    FieldView items[Count == 0 ? 1 : Count];
};

} // namespace detail
ELIOT_END_NAMESPACE
