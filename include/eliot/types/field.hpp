// SPDX-License-Identifier: Apache-2.0
#pragma once

// A field of a message type or an action type: a name, the types its value may have, a description.
//
//     inline constexpr auto count = eliot::field<"count", int>("The number of items.");
//
// Fields that do more: serialized_field.hpp, field_for_value.hpp, validated_field.hpp.

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/fixed_string.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/types/typed_value.hpp>

#include <string_view>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// What every field derives from that is no plain `Field`; a list of fields finds one by its name
/// through this.
template <FixedString Name, class Self>
struct FieldBase {
    static_assert(sizeof(FieldName<Name>) != 0); // refuses the names that `_f` refuses
    static constexpr decltype(Name) key = Name;
    static constexpr std::string_view name() noexcept { return Name.view(); }
};

/// All that most fields have in common.
struct FieldDefaults {
    static constexpr bool is_constant = false;
    static constexpr bool has_validator = false;
    static constexpr bool is_plain = true; ///< a call needs only the types
    static constexpr NoSerializer serializer() noexcept { return {}; }
};

} // namespace detail

/// A field whose value has one of `Types`, or a type that fits one of them: text for text, an
/// integer that cannot be out of range, a literal, what is convertible; never one that could lose
/// a value. `true` is no number, `'c'` neither a number nor a string, an enum class only itself.
template <FixedString Name, class... Types>
class Field : public detail::FieldDefaults {
    static_assert(sizeof(detail::FieldName<Name>) != 0);      // refuses the names that `_f` refuses
    static_assert(sizeof(detail::TypedValue<Types...>) != 0); // and what cannot be logged

public:
    static constexpr decltype(Name) key = Name;
    static constexpr std::string_view name() noexcept { return Name.view(); }
    using Values = detail::TypedValue<Types...>;

    constexpr explicit Field(std::string_view description = {}) noexcept
        : description_{description} {}
    /// What the field means; must live as long as the field, as a literal does.
    constexpr std::string_view description() const noexcept { return description_; }

private:
    std::string_view description_;
};

/// A field of one or several types: `field<"age", int, std::string>("In years, or in words.")`.
template <FixedString Name, class T, class... Types>
constexpr auto field(std::string_view description = {}) noexcept
    -> Field<Name, std::remove_cvref_t<T>, std::remove_cvref_t<Types>...> {
    return Field<Name, std::remove_cvref_t<T>, std::remove_cvref_t<Types>...>{description};
}

ELIOT_END_NAMESPACE
