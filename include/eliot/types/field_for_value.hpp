// SPDX-License-Identifier: Apache-2.0
#pragma once

// A field that is always the same: never passed, always written.
//
//     inline constexpr auto kind = eliot::field_for_value<"kind">("pizza", "Always pizza.");

#include <eliot/config.hpp>
#include <eliot/types/field.hpp>

#include <string>
#include <string_view>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE

namespace detail {

template <class T>
using StoredConstant =
    std::conditional_t<is_text<T> && !std::is_same_v<T, std::string>, std::string_view, T>;

} // namespace detail

/// Made by `field_for_value`.
template <FixedString Name, class T>
class FieldForValue : public detail::FieldBase<Name, FieldForValue<Name, T>>,
                      public detail::FieldDefaults {
public:
    using Values = detail::TypedValue<T>;
    static constexpr bool is_constant = true;
    static constexpr bool is_plain = false;

    constexpr FieldForValue(T constant, std::string_view description)
        : description_{description}, value_{static_cast<T&&>(constant)} {}
    constexpr std::string_view description() const noexcept { return description_; }
    constexpr const T& value() const noexcept { return value_; }

private:
    std::string_view description_;
    T value_;
};

/// `value` is copied; of text that is no std::string only a pointer is kept, as to a literal.
template <FixedString Name, class T>
constexpr auto field_for_value(T&& value, std::string_view description = {})
    -> FieldForValue<Name, detail::StoredConstant<std::decay_t<T>>> {
    static_assert(detail::must_be_loggable<std::decay_t<T>>());
    return {static_cast<T&&>(value), description};
}

ELIOT_END_NAMESPACE
