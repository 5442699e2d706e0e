// SPDX-License-Identifier: Apache-2.0
#pragma once

// Named values, the arguments of every call that logs:
//
//     using namespace eliot::literals;
//     eliot::log_message("order", "id"_f = 7, eliot::named(column, value));
//
// Both refer to the value until the end of the full expression; nothing is copied.

#include <eliot/config.hpp>
#include <eliot/core/fixed_string.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE

/// A value under a name known at compile time. `Value` is `T&` or, for a temporary, `T`.
template <FixedString Name, class Value>
struct NamedField {
    static constexpr std::string_view name() noexcept { return Name.view(); }
    Value&& value;
};

/// A value under a name known only at run time.
/// A reserved name, or one the line has already, is left out: the line stays valid.
template <class Value>
struct RuntimeField {
    std::string_view name;
    Value&& value;
};

namespace detail {

inline constexpr std::string_view reserved_names[] = {
    "task_uuid", "task_level", "timestamp", "message_type", "action_type", "action_status"};

constexpr bool is_reserved(std::string_view name) noexcept {
    for (std::string_view reserved : reserved_names) {
        if (name.size() == reserved.size() && name == reserved) {
            return true;
        }
    }
    return false;
}

template <class T>
inline constexpr bool is_field_argument = false;
template <FixedString Name, class Value>
inline constexpr bool is_field_argument<NamedField<Name, Value>> = true;
template <class Value>
inline constexpr bool is_field_argument<RuntimeField<Value>> = true;

template <class Field>
constexpr std::string_view static_name = {};
template <FixedString Name, class Value>
constexpr std::string_view static_name<NamedField<Name, Value>> = Name.view();

template <FixedString Name>
struct FieldName {
    static_assert(
        !is_reserved(Name.view()),
        "eliot: this field name is reserved (task_uuid, task_level, timestamp, message_type, "
        "action_type, action_status belong to the framework); choose another");
    static_assert(!Name.view().starts_with('_'),
                  "eliot: field names must not start with an underscore; choose another");

    template <class Value>
    [[gnu::always_inline]] constexpr NamedField<Name, Value>
    operator=(Value&& value) const noexcept {
        return {static_cast<Value&&>(value)};
    }
};

/// The type that stands for a field's name; void if that is known only at run time.
template <class Field>
struct NameOf {
    using Type = void;
};
template <FixedString Name, class Value>
struct NameOf<NamedField<Name, Value>> {
    using Type = FieldName<Name>;
};

// Compilers compare types quicker than texts, and every call that logs pays for it.
template <class Name, class... Names>
inline constexpr bool is_given_once = (0 + ... + __is_same(Name, Names)) == 1;
template <class... Names>
inline constexpr bool is_given_once<void, Names...> = true;
template <class... Names>
inline constexpr bool are_distinct = (is_given_once<Names, Names...> && ...);

/// The mistakes that every call with fields can make, each found here.
template <class... Fields>
consteval void check_fields() {
    static_assert((is_field_argument<Fields> && ...),
                  "eliot: an argument is not a field; write \"name\"_f = value, "
                  "eliot::named(name, value) or eliot::json_fields(object)");
    static_assert(are_distinct<typename NameOf<Fields>::Type...>,
                  "eliot: a field is given twice in one call");
}

} // namespace detail

/// Something that may stand where fields are expected.
template <class T>
concept FieldArgument = detail::is_field_argument<std::remove_cvref_t<T>>;

inline namespace literals {

/// `"count"_f = 3` names a value. Reserved names and names that start with `_` do not compile.
template <FixedString Name>
[[gnu::always_inline]] constexpr detail::FieldName<Name> operator""_f() noexcept {
    return {};
}

} // namespace literals

/// Names a value by a string that is known only at run time; both must live until the end of the
/// full expression.
template <class Value>
constexpr RuntimeField<Value> named(std::string_view name, Value&& value) noexcept {
    return {name, static_cast<Value&&>(value)};
}

ELIOT_END_NAMESPACE
