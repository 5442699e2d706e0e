// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the arguments of a typed call, in any order, to the views of the fields in the order of the
// type: what the one encoder takes.

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/field_view.hpp>
#include <eliot/encode/strings.hpp>
#include <eliot/types/fields.hpp>
#include <eliot/types/mistake.hpp>

#include <cstddef>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Views of a line's fields; the bindings are what serializers with state need.
template <std::size_t Count, bool HasBindings>
struct TypedViews {
    FieldView items[Count == 0 ? 1 : Count];
    Binding bindings[HasBindings ? Count : 1];
};
template <class List>
using ViewsOf = TypedViews<List::size, !List::is_plain>;

/// The names of the fields.
template <class List>
inline constexpr Key* keys = nullptr;
template <class... Fields>
inline constexpr Key keys<FieldList<Fields...>>[] = {make_key(
    {key_fragment<Fields::key>.data, key_fragment<Fields::key>.size}, Fields::key.view())...};

/// Calls `f` with a view of every constant field and where it stands.
template <class List, class F>
void for_each_constant(const List& list, F&& f) {
    std::size_t place = 0;
    const auto visit = [&]<class Field>(const Field& field) {
        if constexpr (Field::is_constant) {
            FieldView view;
            set_key(view, keys<List>[place]);
            set_value(view, field.value());
            f(view, place);
        }
        ++place;
    };
    list.for_each(visit);
}

template <class List>
void set_constants(ViewsOf<List>& views, const List& list) {
    for_each_constant(list, [&](const FieldView& view, std::size_t at) { views.items[at] = view; });
}

/// The views of all fields, in the order of the list; the arguments lack none.
template <class List, class... Args>
void set_all_views(ViewsOf<List>& views, const List& list, const Args&... args) {
    const std::size_t* place = plan<List, Extent::all, Args...>.place;
    ((MatchOf<List, Args>::set(views, *place, keys<List>[*place], &list, args.value), ++place),
     ...);
    if constexpr (List::has_constants) {
        set_constants(views, list);
    }
}

/// The views of the fields that are given, in the order of the arguments.
template <class List, class... Args>
void set_given_views(ViewsOf<List>& views, const List& list, const Args&... args) {
    const std::size_t* place = plan<List, Extent::some, Args...>.place;
    std::size_t i = 0;
    (MatchOf<List, Args>::set(views, i++, keys<List>[*place++], &list, args.value), ...);
}

} // namespace detail
ELIOT_END_NAMESPACE
