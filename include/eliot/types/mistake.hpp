// SPDX-License-Identifier: Apache-2.0
#pragma once

// The mistakes that a typed call can make, found while compiling. A right call costs the compiler
// one evaluation; only a wrong one makes it build the classes at the end, one each, whose names are
// the explanation: the type's name, the field's name, the types.

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/fixed_string.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/types/fields.hpp>
#include <eliot/types/fit.hpp>
#include <eliot/types/serialized_field.hpp>
#include <eliot/types/typed_value.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

enum class MistakeKind : unsigned char {
    none,
    not_a_field,
    repeated,
    unknown,
    constant,
    missing,
    narrowing,
    wrong,
    not_serializable,
};

/// Must every field be there?
enum class Extent : unsigned char { some, all };

/// What is known of an argument; one that is no field has no name.
struct Argument {
    std::string_view name;
    Fit fit;
    bool is_checked; ///< there is something to do for `check_values`
};

/// What the compiler finds out about a call: which mistake comes first, or where each argument
/// stands among the fields of the type.
template <std::size_t Count>
struct Plan {
    MistakeKind mistake = MistakeKind::none;
    std::size_t mistaken = 0; ///< which argument; of a missing one, which field
    bool is_checked = false;  ///< any argument is
    std::size_t place[Count + 1]{};
};

template <std::size_t Count>
struct Arguments {
    Argument items[Count + 1];
};

constexpr MistakeKind mistake_of(Fit fit) noexcept {
    switch (fit) {
    case Fit::right:
        return MistakeKind::none;
    case Fit::narrowing:
        return MistakeKind::narrowing;
    case Fit::wrong:
        return MistakeKind::wrong;
    default:
        return MistakeKind::not_serializable;
    }
}

constexpr bool is_given(std::string_view name, const Argument* arguments, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (arguments[i].name == name) {
            return true;
        }
    }
    return false;
}

constexpr MistakeKind mistake_in(const Argument* arguments, std::size_t i,
                                 const FieldSchema* field) {
    if (arguments[i].name.data() == nullptr) {
        return MistakeKind::not_a_field;
    }
    if (is_given(arguments[i].name, arguments, i)) {
        return MistakeKind::repeated;
    }
    if (field == nullptr) {
        return MistakeKind::unknown;
    }
    return field->constant ? MistakeKind::constant : mistake_of(arguments[i].fit);
}

constexpr std::size_t first_missing(const Argument* arguments, std::size_t count,
                                    const FieldSchemas& fields) {
    std::size_t i = 0;
    while (i < fields.count &&
           (fields.data[i].constant || is_given(fields.data[i].name, arguments, count))) {
        ++i;
    }
    return i;
}

template <std::size_t Count>
constexpr Plan<Count> make_plan(const Arguments<Count>& arguments, const FieldSchemas& fields,
                                Extent extent) {
    Plan<Count> plan;
    for (std::size_t i = 0; i < Count; ++i) {
        const FieldSchema* field = fields.find(arguments.items[i].name);
        plan.mistake = mistake_in(arguments.items, i, field);
        plan.mistaken = i;
        if (plan.mistake != MistakeKind::none) {
            return plan;
        }
        plan.is_checked = plan.is_checked || arguments.items[i].is_checked;
        plan.place[i] = static_cast<std::size_t>(field - fields.data);
    }
    plan.mistaken = first_missing(arguments.items, Count, fields);
    if (extent == Extent::all && plan.mistaken != fields.count) {
        plan.mistake = MistakeKind::missing;
    }
    return plan;
}

/// A value for a field of which only its types matter: one class for all fields of these types,
/// which is what makes many of them cheap to compile.
template <class V, class Given>
struct Match {
    using Values = V;
    static constexpr Fit fit = Values::template fit<Given>();
    static constexpr bool is_checked = Values::template may_be_out_of_range<Given>();

    static constexpr Argument argument(std::string_view name) { return {name, fit, is_checked}; }
    /// The list of fields stands for the field: a pointer to it converts to what is needed.
    template <class Views>
    static constexpr void set(Views& views, std::size_t at, const Key& key, const void*,
                              ValueOf<Given>& value) {
        set_key(views.items[at], key);
        Values::template set<Given>(views.items[at], NoSerializer{}, value, nullptr);
    }
};
/// A value for a field that must be at hand.
template <class F, class Given>
struct FieldMatch : Match<typename F::Values, Given> {
    using Field = F;
    static constexpr bool is_checked = FieldMatch::Match::is_checked || Field::has_validator;

    static constexpr Argument argument(std::string_view name) {
        return {name, FieldMatch::fit, is_checked};
    }
    template <class Views>
    static constexpr void set(Views& views, std::size_t at, const Key& key, const Field* field,
                              ValueOf<Given>& value) {
        set_key(views.items[at], key);
        Field::Values::template set<Given>(views.items[at], field->serializer(), value,
                                           &views.bindings[at]);
    }
};
struct NoMatch {
    static constexpr Fit fit = Fit::no_field;
    static constexpr Argument argument(std::string_view name) { return {name, fit, false}; }
};

// Declared only: overload resolution finds the base, and with it the field, of a name.
template <FixedString Name, class Given, class Field>
std::conditional_t<Field::is_plain, Match<typename Field::Values, Given>, FieldMatch<Field, Given>>
match_in(const FieldBase<Name, Field>*);
template <FixedString Name, class Given, class... Types>
Match<TypedValue<Types...>, Given> match_in(const Field<Name, Types...>*);
template <FixedString Name, class Given>
NoMatch match_in(const void*);
template <class List, FixedString Name, class Given>
auto match(const NamedField<Name, Given>*)
    -> decltype(match_in<Name, Given>(static_cast<const List*>(nullptr)));
template <class List>
NoMatch match(const void*);

/// How an argument of a call meets the field of its name.
template <class List, class Arg>
using MatchOf = decltype(match<List>(static_cast<const Arg*>(nullptr)));

template <class List, Extent E, class... Args>
inline constexpr auto plan = make_plan<sizeof...(Args)>(
    {{MatchOf<List, Args>::argument(static_name<Args>)..., {{}, Fit::right, false}}}, List::schema,
    E);

// The explanations. `Type` is the name of the message type or action type.

template <FixedString Type, class Argument>
inline constexpr bool argument_is_a_field = false;
template <FixedString Type, FixedString Field>
inline constexpr bool field_is_given_once = false;
template <FixedString Type, FixedString Field>
inline constexpr bool type_has_field = false;
template <FixedString Type, FixedString Field>
inline constexpr bool field_may_be_passed = false;
template <FixedString Type, FixedString Field>
inline constexpr bool field_is_given = false;
template <FixedString Type, FixedString Field, class Given, class Declared>
inline constexpr bool value_keeps_its_range = false;
template <FixedString Type, FixedString Field, class Given, class Declared>
inline constexpr bool value_has_declared_type = false;
template <FixedString Type, FixedString Field, class Given, class Serializer>
inline constexpr bool serializer_takes_value = false;

template <FixedString Type, class Argument>
struct NotAField {
    static_assert(argument_is_a_field<Type, Argument>,
                  "eliot: an argument of a typed call is not written \"name\"_f = value");
};
template <FixedString Type, FixedString Field>
struct Repeated {
    static_assert(field_is_given_once<Type, Field>, "eliot: a field is given twice in one call");
};
template <FixedString Type, FixedString Field>
struct Unknown {
    static_assert(type_has_field<Type, Field>, "eliot: this type declares no such field");
};
template <FixedString Type, FixedString Field>
struct Constant {
    static_assert(field_may_be_passed<Type, Field>,
                  "eliot: this field has a fixed value and is never passed");
};
template <FixedString Type, FixedString Field>
struct Missing {
    static_assert(field_is_given<Type, Field>, "eliot: a field that this type declares is missing");
};
template <FixedString Type, FixedString Field, class Given, class Declared>
struct Narrowing {
    static_assert(value_keeps_its_range<Type, Field, Given, Declared>,
                  "eliot: not every value of this type fits the field's declared type (narrowing); "
                  "convert it, or declare the wider type");
};
template <FixedString Type, FixedString Field, class Given, class Declared>
struct WrongType {
    static_assert(value_has_declared_type<Type, Field, Given, Declared>,
                  "eliot: the value is not of the field's declared type");
};
template <FixedString Type, FixedString Field, class Given, class Serializer>
struct NotSerializable {
    static_assert(serializer_takes_value<Type, Field, Given, Serializer>,
                  "eliot: the field's serializer does not take this value");
};

template <class... Types>
struct OneOf;

template <class Values>
struct DeclaredBy;
template <class T>
struct DeclaredBy<TypedValue<T>> {
    using type = T;
};
template <class T, class U, class... Types>
struct DeclaredBy<TypedValue<T, U, Types...>> {
    using type = OneOf<T, U, Types...>;
};
template <class Serializer>
struct DeclaredBy<SerializedValue<Serializer>> {
    using type = Serializer;
};

template <class T>
struct Tag {
    using type = T;
};

template <FixedString Type, class List, MistakeKind Kind, FixedString Name, class Given>
consteval auto explain_argument(const NamedField<Name, Given>*) {
    if constexpr (Kind == MistakeKind::repeated) {
        return Tag<Repeated<Type, Name>>{};
    } else if constexpr (Kind == MistakeKind::unknown) {
        return Tag<Unknown<Type, Name>>{};
    } else if constexpr (Kind == MistakeKind::constant) {
        return Tag<Constant<Type, Name>>{};
    } else {
        using Match = MatchOf<List, NamedField<Name, Given>>;
        using Declared = typename DeclaredBy<typename Match::Values>::type;
        if constexpr (Kind == MistakeKind::narrowing) {
            return Tag<Narrowing<Type, Name, Given, Declared>>{};
        } else if constexpr (Kind == MistakeKind::wrong) {
            return Tag<WrongType<Type, Name, Given, Declared>>{};
        } else {
            return Tag<NotSerializable<Type, Name, Given, Declared>>{};
        }
    }
}

template <FixedString Type, std::size_t At, class... Fields>
consteval auto explain_missing(const FieldList<Fields...>*) {
    return Tag<Missing<Type, Nth<At, Fields...>::key>>{};
}

template <FixedString Type, class List, Extent E, class... Args>
consteval auto explain() {
    constexpr auto& found = plan<List, E, Args...>;
    if constexpr (found.mistake == MistakeKind::missing) {
        return explain_missing<Type, found.mistaken>(static_cast<const List*>(nullptr));
    } else if constexpr (found.mistake == MistakeKind::not_a_field) {
        return Tag<NotAField<Type, Nth<found.mistaken, Args...>>>{};
    } else {
        using Arg = Nth<found.mistaken, Args...>;
        return explain_argument<Type, List, found.mistake>(static_cast<const Arg*>(nullptr));
    }
}

/// The class that explains the mistake. Name it where the call is: the compiler's notes begin
/// there.
template <FixedString Type, class List, Extent E, class... Args>
using Explanation = typename decltype(explain<Type, List, E, Args...>())::type;

} // namespace detail
ELIOT_END_NAMESPACE
