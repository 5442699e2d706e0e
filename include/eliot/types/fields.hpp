// SPDX-License-Identifier: Apache-2.0
#pragma once

// The fields of one kind of line:
//
//     eliot::fields(location, count, eliot::field<"name", std::string_view>())

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/types/field.hpp>

#include <cstddef>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

/// What several fields say of themselves, descriptions included. Plain data, for loops.
template <std::size_t Count>
struct FieldDescriptions {
    FieldSchema items[Count == 0 ? 1 : Count];

    static constexpr std::size_t size() noexcept { return Count; }
    constexpr const FieldSchema* begin() const noexcept { return items; }
    constexpr const FieldSchema* end() const noexcept { return items + Count; }
    constexpr operator FieldSchemas() const noexcept { return {items, Count}; }
    constexpr const FieldSchema& operator[](std::size_t i) const noexcept { return items[i]; }
};

namespace detail {

/// The fields as data, without the descriptions, which belong to the objects.
template <class... Fields>
inline constexpr FieldDescriptions<sizeof...(Fields)> schemas_of{
    {{Fields::key.view(), Fields::Values::kinds(), Fields::is_constant, {}}...}};

} // namespace detail

/// The fields of one kind of line, in the order in which the line has them. Made by `fields`.
template <class... Fields>
struct FieldList : Fields... {
    static constexpr std::size_t size = sizeof...(Fields);
    static constexpr bool is_plain = (Fields::is_plain && ...);
    static constexpr bool has_constants = (Fields::is_constant || ...);

    static constexpr const FieldDescriptions<size>& schema = detail::schemas_of<Fields...>;
    constexpr FieldDescriptions<size> describe() const {
        return {{{Fields::name(), Fields::Values::kinds(), Fields::is_constant,
                  static_cast<const Fields&>(*this).description()}...}};
    }
    /// Calls `f` with every field.
    template <class F>
    constexpr void for_each(F&& f) const {
        (f(static_cast<const Fields&>(*this)), ...);
    }
};

namespace detail {

template <FixedString Name>
inline constexpr bool field_is_declared_once = false;
template <FixedString Name>
struct DeclaredTwice {
    static_assert(field_is_declared_once<Name>,
                  "eliot: two fields of one type have the same name; rename one");
};

/// The first field whose name an earlier one has, else the number of fields.
constexpr std::size_t first_declared_twice(FieldSchemas fields) {
    std::size_t i = 0;
    while (i < fields.count && fields.find(fields.data[i].name) == fields.data + i) {
        ++i;
    }
    return i;
}

template <std::size_t Index, class First, class... Others>
struct NthOf : NthOf<Index - 1, Others...> {};
template <class First, class... Others>
struct NthOf<0, First, Others...> {
    using type = First;
};
template <std::size_t Index, class... Types>
using Nth = typename NthOf<Index, Types...>::type;

} // namespace detail

/// Lists fields, each of which may be used in other lists too.
template <class... Fields>
constexpr auto fields(Fields... list) {
    static_assert((__is_base_of(detail::FieldDefaults, Fields) && ...),
                  "eliot: fields(...) takes what field(...) and field_for_value(...) return");
    constexpr std::size_t twice = detail::first_declared_twice(detail::schemas_of<Fields...>);
    if constexpr (twice == sizeof...(Fields)) {
        return FieldList<Fields...>{static_cast<Fields&&>(list)...};
    } else {
        constexpr auto name = detail::Nth<twice, Fields...>::key;
        static_assert(sizeof(detail::DeclaredTwice<name>) != 0);
        return FieldList<>{};
    }
}

ELIOT_END_NAMESPACE
