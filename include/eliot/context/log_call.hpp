// SPDX-License-Identifier: Apache-2.0
#pragma once

// Wraps a function so that each call is an action: arguments by name, result, exceptions.
//
//     auto area = eliot::log_call<"area", "width", "height">([](int w, int h) { return w * h; });

#include <eliot/config.hpp>
#include <eliot/context/action_scope.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/field_view.hpp>
#include <eliot/core/fixed_string.hpp>
#include <eliot/encode/make_view.hpp>
#include <eliot/encode/member_sink.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE

struct LogCallOptions {
    bool include_result = true; ///< the success field "result"
};

namespace detail {

/// An argument that is left out.
struct NoField {
    static FieldView view() noexcept {
        FieldView view{};
        view.kind = ValueKind::members;
        view.members = {nullptr, [](MemberSink&, const void*) {}};
        return view;
    }
};
template <>
inline constexpr bool is_field_argument<NoField> = true;

/// An argument's field; one named "" is left out.
template <FixedString Name, class Value>
constexpr auto argument_field(Value& value) noexcept {
    if constexpr (Name.view().empty()) {
        return NoField{};
    } else {
        return FieldName<Name>{} = value;
    }
}

} // namespace detail

/// A function whose calls are actions. As copyable as `F`; calls may overlap as those of `F` may.
template <FixedString Type, class F, FixedString... Names>
class LoggedCall {
public:
    LoggedCall(F function, LogCallOptions options)
        : function_{static_cast<F&&>(function)}, options_{options} {}

    template <class... Args>
        requires std::invocable<F&, Args...>
    decltype(auto) operator()(Args&&... args) {
        return call(function_, static_cast<Args&&>(args)...);
    }
    template <class... Args>
        requires std::invocable<const F&, Args...>
    decltype(auto) operator()(Args&&... args) const {
        return call(function_, static_cast<Args&&>(args)...);
    }

private:
    template <class G, class... Args>
    decltype(auto) call(G& function, Args&&... args) const {
        static_assert(sizeof...(Names) == sizeof...(Args),
                      "eliot: log_call needs one name for each argument of the function, \"\" for "
                      "one that is not to be logged");
        using Result = std::invoke_result_t<G&, Args...>;
        ActionScope action{detail::child_scope, Type.view(),
                           detail::argument_field<Names>(args)...};
        return action.run([&]() -> Result {
            if constexpr (std::is_void_v<Result>) {
                function(static_cast<Args&&>(args)...);
            } else {
                return hand_on<Result>(action, function(static_cast<Args&&>(args)...));
            }
        });
    }
    /// A result that has no encoding is not logged.
    template <class Result>
    Result hand_on(ActionScope& action, Result&& result) const {
        using namespace literals;
        if constexpr (Loggable<Result>) {
            if (options_.include_result) {
                action.add_success_fields("result"_f = result);
            }
        }
        return static_cast<Result&&>(result);
    }

    F function_;
    LogCallOptions options_;
};

/// Wraps `f`; `Names` are its arguments' names in order. The action succeeds with the result as
/// field "result", or fails with the exception that leaves `f`, which goes on.
template <FixedString Type, FixedString... Names, class F>
[[nodiscard]] LoggedCall<Type, std::decay_t<F>, Names...> log_call(F&& f,
                                                                   LogCallOptions options = {}) {
    return {static_cast<F&&>(f), options};
}

ELIOT_END_NAMESPACE
