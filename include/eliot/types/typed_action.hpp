// SPDX-License-Identifier: Apache-2.0
#pragma once

// Actions whose fields the compiler checks, as an action type starts them:
//
//     auto action = sign_in("username"_f = user);    // TypedActionScope
//     eliot::TypedAction job{sign_in, "username"_f = user};   // its end is left to you
//     action.add_success_fields("status"_f = 200);

#include <eliot/config.hpp>
#include <eliot/context/action.hpp>
#include <eliot/context/action_scope.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/types/mistake.hpp>
#include <eliot/types/typed_views.hpp>
#include <eliot/types/validation.hpp>

#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Starts an action from the arguments of a call, which a mistake may be among: that is an error
/// already.
template <class Type, class... Args>
ContextNode& start_typed(const Type& type, const Place& place, const Args&... args) {
    using List = typename Type::Fields;
    if constexpr (plan<List, Extent::all, Args...>.mistake == MistakeKind::none) {
        if (is_listening()) {
            ViewsOf<List> views;
            set_all_views(views, type.start(), args...);
            if constexpr (plan<List, Extent::all, Args...>.is_checked) {
                if (is_validating()) {
                    check_values(Type::schema, Type::schema.fields, type.start(), args...);
                }
            }
            return start(place, Type::action_type(), views.items, List::size);
        }
    }
    return start_silently(place);
}

template <class List, class... Args>
void add_typed_success(const Schema& schema, ContextNode& node, const List& list,
                       const Args&... args) {
    if (node.silent) {
        return;
    }
    ViewsOf<List> views;
    set_given_views(views, list, args...);
    if constexpr (plan<List, Extent::some, Args...>.is_checked) {
        if (is_validating()) {
            check_values(schema, schema.success, list, args...);
        }
    }
    add_fields(node, node.success, views.items, sizeof...(Args));
}

/// Fields with a fixed value are there from the start; a failure drops them with the others.
template <class List>
void add_success_constants(ContextNode& node, const List& list) {
    if constexpr (List::has_constants) {
        if (!node.silent) {
            for_each_constant(list, [&](const FieldView& view, std::size_t) {
                add_fields(node, node.success, &view, 1);
            });
        }
    }
}

/// The fields of a type's success, kept by an action only if they are more than their types.
template <class List>
class KeptFields {
public:
    constexpr explicit KeptFields(const List& list) : list_{list} {}
    constexpr const List& list() const noexcept { return list_; }

private:
    List list_;
};
template <class List>
    requires List::is_plain
class KeptFields<List> {
public:
    constexpr explicit KeptFields(const List&) noexcept {}
    static constexpr List list() noexcept { return List(); }
};

} // namespace detail

/// What both kinds of typed actions have: `Base` is Action or ActionScope, `Self` the action.
/// As an `eliot::Action&` they are the dynamic view of themselves, where nothing is checked.
template <class Type, class Base, class Self>
class [[nodiscard]] TypedActionOf : public Base {
public:
    /// Fields for the success line, in one call or several; each is checked, and encoded now.
    /// Those that never come are found when tests validate.
    template <class... Args>
    void add_success_fields(const Args&... args) {
        using namespace detail;
        if constexpr (plan<Success, Extent::some, Args...>.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<Type::key, Success, Extent::some, Args...>) != 0);
        } else {
            add_typed_success(Type::schema, this->node(), success_.list(), args...);
        }
    }
    /// Adds the success field "result", which the type declares, and hands the value on.
    template <class Value>
    Value result(Value&& value) {
        using namespace detail;
        using Field = NamedField<"result", Value>;
        if constexpr (plan<Success, Extent::some, Field>.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<Type::key, Success, Extent::some, Field>) != 0);
        } else {
            const Field field{static_cast<Value&&>(value)};
            add_typed_success(Type::schema, this->node(), success_.list(), field);
        }
        return static_cast<Value&&>(value);
    }
    /// Like `Action::run`; `f` may take the typed action.
    template <class F>
    decltype(auto) run(F&& f) {
        return detail::run_in(static_cast<Self&>(*this), this->node(), static_cast<F&&>(f));
    }

protected:
    using Success = typename Type::SuccessFields;

    template <class... Args>
    TypedActionOf(const Type& type, const detail::Place& place, const Args&... args)
        : Base{detail::start_typed(type, place, args...)}, success_{type.success()} {
        detail::add_success_constants(this->node(), type.success());
    }

private:
    [[no_unique_address]] detail::KeptFields<Success> success_;
};

/// A typed action for a block; made by calling an action type or its `as_task`.
template <class Type>
class [[nodiscard]] TypedActionScope
    : public TypedActionOf<Type, ActionScope, TypedActionScope<Type>> {
public:
    template <class... Args>
    [[nodiscard]] TypedActionScope(const Type& type, const detail::Place& place,
                                   const Args&... args)
        : TypedActionScope::TypedActionOf{type, place, args...} {}
};

/// A typed action that leaves its end to you, as `Action` does:
/// `eliot::TypedAction transfer{transfer_type, "bytes"_f = size};`
template <class Type>
class [[nodiscard]] TypedAction : public TypedActionOf<Type, Action, TypedAction<Type>> {
public:
    template <class... Args>
    [[nodiscard]] explicit TypedAction(const Type& type, const Args&... args)
        : TypedAction::TypedActionOf{type, Type::child_action, args...} {
        using namespace detail;
        using Fields = typename Type::Fields;
        if constexpr (plan<Fields, Extent::all, Args...>.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<Type::key, Fields, Extent::all, Args...>) != 0);
        }
    }
};

ELIOT_END_NAMESPACE
