// SPDX-License-Identifier: Apache-2.0
#pragma once

// Actions whose fields the compiler checks:
//
//     inline constexpr auto sign_in = eliot::action_type<"app:signin">(
//         eliot::fields(eliot::field<"username", std::string_view>()),
//         eliot::fields(eliot::field<"status", int>()), "A user is attempting to sign in.");
//     auto action = sign_in("username"_f = user);
//     action.add_success_fields("status"_f = 200);

#include <eliot/config.hpp>
#include <eliot/context/action_state.hpp>
#include <eliot/core/fixed_string.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/types/fields.hpp>
#include <eliot/types/mistake.hpp>
#include <eliot/types/typed_action.hpp>

#include <string_view>

ELIOT_BEGIN_NAMESPACE

/// A type of actions: their name, the fields of their start and of their success, what they mean.
/// `Start` and `Success` are FieldLists. A value of this type is best a constant at namespace
/// scope; any thread may use it.
template <FixedString Name, class Start, class Success>
class ActionType {
public:
    using Fields = Start;
    using SuccessFields = Success;
    static constexpr auto key = Name;

    constexpr ActionType(Start start, Success success, std::string_view description)
        : start_{static_cast<Start&&>(start)},
          success_{static_cast<Success&&>(success)},
          description_{description} {}

    static constexpr std::string_view action_type() noexcept { return Name.view(); }
    constexpr std::string_view description() const noexcept { return description_; }
    /// Name, kinds of values and description of each field of the start, in their order.
    constexpr auto fields() const noexcept { return start_.describe(); }
    /// The same of the success.
    constexpr auto success_fields() const noexcept { return success_.describe(); }

    constexpr const Start& start() const noexcept { return start_; }
    constexpr const Success& success() const noexcept { return success_; }
    /// What a `Record` of such an action points at.
    static constexpr Schema schema{Name.view(), true, Start::schema, Success::schema};
    static constexpr detail::Place child_action{detail::Place::Kind::child, false, &schema};

    /// Starts such an action like `start_action`. Every field of the start must be given.
    template <class... Args>
    [[nodiscard]] TypedActionScope<ActionType> operator()(const Args&... args) const {
        using namespace detail;
        if constexpr (plan<Start, Extent::all, Args...>.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<Name, Start, Extent::all, Args...>) != 0);
        }
        return TypedActionScope<ActionType>{*this, child_scope, args...};
    }
    /// The same as a new task, like `start_task`.
    template <class... Args>
    [[nodiscard]] TypedActionScope<ActionType> as_task(const Args&... args) const {
        using namespace detail;
        if constexpr (plan<Start, Extent::all, Args...>.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<Name, Start, Extent::all, Args...>) != 0);
        }
        return TypedActionScope<ActionType>{*this, task_scope, args...};
    }

private:
    static constexpr detail::Place child_scope{detail::Place::Kind::child, true, &schema};
    static constexpr detail::Place task_scope{detail::Place::Kind::task, true, &schema};

    [[no_unique_address]] Start start_;
    [[no_unique_address]] Success success_;
    std::string_view description_;
};

/// Declares a type of actions: `action_type<"app:signin">(fields(…), fields(…), "…")`.
template <FixedString Name, class... Start, class... Success>
constexpr auto action_type(FieldList<Start...> start = {}, FieldList<Success...> success = {},
                           std::string_view description = {})
    -> ActionType<Name, FieldList<Start...>, FieldList<Success...>> {
    return {static_cast<FieldList<Start...>&&>(start),
            static_cast<FieldList<Success...>&&>(success), description};
}

ELIOT_END_NAMESPACE
