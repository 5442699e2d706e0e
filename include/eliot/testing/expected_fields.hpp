// SPDX-License-Identifier: Apache-2.0
#pragma once

// The fields that a test expects, from the call syntax of logging to JSON as the log has it. With a
// type they are checked by the compiler as a call of the type would be, except that some may be
// missing, and go through the type's serializers.
//
//     log.assert_has_action(sign_in, succeeded, expected("username"_f = "john"));

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/fixed_string.hpp>
#include <eliot/encode/encoded_fields.hpp>
#include <eliot/encode/make_view.hpp>
#include <eliot/testing/type_name.hpp>
#include <eliot/types/mistake.hpp>
#include <eliot/types/typed_views.hpp>

#include <nlohmann/json.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A value that throws while it is encoded throws out of the test.
inline void rethrow_first(FieldFailures& failures) {
    if (const std::unique_ptr<FieldFailure> failure{failures.take()}) {
        std::rethrow_exception(failure->exception);
    }
}

inline nlohmann::json json_of(const EncodedFields& fields) {
    std::string text = "{";
    for (auto at = fields.first(); at.more(); at.advance()) {
        text += at.entry().key.substr(text.size() == 1 ? 1 : 0); // without the first comma
        text += at.entry().value;
    }
    return nlohmann::json::parse(text + "}");
}

inline nlohmann::json json_of_views(const FieldView* views, std::size_t count) {
    EncodedFields encoded;
    FieldFailures failures;
    for (std::size_t i = 0; i < count; ++i) {
        encoded.add(views[i], failures);
    }
    rethrow_first(failures);
    return json_of(encoded);
}

/// Fields as the log has them, of no type.
template <class... Fields>
nlohmann::json json_of_fields(const Fields&... fields) {
    check_fields<Fields...>();
    const FieldViews<sizeof...(Fields)> views{{make_view(fields)...}};
    return json_of_views(views.items, sizeof...(Fields));
}

/// Some of the fields in the list of a type, whose name is for the compiler's errors.
template <FixedString Type, class List, class... Fields>
nlohmann::json json_of_typed(const List& list, const Fields&... fields) {
    if constexpr (plan<List, Extent::some, Fields...>.mistake != MistakeKind::none) {
        static_assert(sizeof(Explanation<Type, List, Extent::some, Fields...>) != 0);
        return {};
    } else {
        ViewsOf<List> views;
        set_given_views(views, list, fields...);
        return json_of_views(views.items, sizeof...(Fields));
    }
}

template <class T>
concept DeclaresMessage = requires(const T& type) { T::key, type.list(); };
template <class T>
concept DeclaresAction = requires(const T& type) { T::key, type.start(), type.success(); };

/// Of a message of that type, or of any if it is text.
template <class Type, class... Fields>
nlohmann::json json_of_message_fields(const Type& type, const Fields&... fields) {
    if constexpr (DeclaresMessage<Type>) {
        return json_of_typed<Type::key>(type.list(), fields...);
    } else {
        return json_of_fields(fields...);
    }
}

} // namespace detail

namespace testing {

/// How an action should have ended. `succeeded` and `failed` are such values with types of their
/// own, by which the compiler knows which fields an end can have.
enum class Outcome : bool { failed, succeeded };
using Succeeded = std::integral_constant<Outcome, Outcome::succeeded>;
using Failed = std::integral_constant<Outcome, Outcome::failed>;
inline constexpr Succeeded succeeded;
inline constexpr Failed failed;

/// Made by `expected`; refers to its values.
template <class... Fields>
struct Expected {
    std::tuple<const Fields&...> fields;
};

/// The fields that a start or an end of an action should have, any subset of them. Valid until the
/// end of the full expression.
template <FieldArgument... Fields>
Expected<Fields...> expected(const Fields&... fields) noexcept {
    return {{fields...}};
}

} // namespace testing

namespace detail {

/// What a test expects of an action.
struct ExpectedAction {
    std::string type;
    testing::Outcome outcome;
    nlohmann::json start;
    nlohmann::json end;
};

template <class... Fields>
nlohmann::json json_of_expected(const testing::Expected<Fields...>& expected) {
    return std::apply([](const auto&... fields) { return json_of_fields(fields...); },
                      expected.fields);
}
template <FixedString Type, class List, class... Fields>
nlohmann::json json_of_expected(const List& list, const testing::Expected<Fields...>& expected) {
    return std::apply([&](const auto&... fields) { return json_of_typed<Type>(list, fields...); },
                      expected.fields);
}

/// The fields of a failure are declared by nobody, those of an outcome that is known only when the
/// test runs cannot be checked.
template <class Type, class Outcome, class Start, class End>
ExpectedAction expected_action(const Type& type, const Outcome& outcome, const Start& start,
                               const End& end) {
    constexpr bool is_declared = DeclaresAction<Type>;
    const std::string name = testing::TypeName{type}.text();
    if constexpr (!is_declared) {
        return {name, outcome, json_of_expected(start), json_of_expected(end)};
    } else if constexpr (!std::same_as<Outcome, testing::Succeeded>) {
        return {name, outcome, json_of_expected<Type::key>(type.start(), start),
                json_of_expected(end)};
    } else {
        return {name, outcome, json_of_expected<Type::key>(type.start(), start),
                json_of_expected<Type::key>(type.success(), end)};
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
