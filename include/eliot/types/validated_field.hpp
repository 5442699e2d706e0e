// SPDX-License-Identifier: Apache-2.0
#pragma once

// A field with an extra validator, for what types cannot say. It runs in tests only:
//
//     inline constexpr auto age = eliot::field<"age", int>("In years.", [](int age) {
//         if (age < 0) throw eliot::ValidationError{"age must not be negative"}; });

#include <eliot/config.hpp>
#include <eliot/types/field.hpp>
#include <eliot/types/serialized_field.hpp>
#include <eliot/types/validation_error.hpp>

#include <string_view>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A value as the declared type, which the validator takes.
template <class Declared, class Validator, class Value>
void validate_as(const Validator& validator, Value& value) {
    if constexpr (shape<Value> == Shape::c_string && shape<Declared> == Shape::text) {
        if (value == nullptr) {
            return; // of a wrong kind already
        }
    }
    if constexpr (std::is_same_v<std::remove_cv_t<Value>, Declared>) {
        validator(value);
    } else if constexpr (std::is_convertible_v<Value&, Declared>) {
        const Declared declared = static_cast<Declared>(value);
        validator(declared);
    } else {
        static_assert(
            std::is_invocable_v<const Validator&, Value&>,
            "eliot: the field's validator takes no such value; pass one of the declared type");
        validator(value);
    }
}

template <class Validator, class Value, class Declared, class... Others>
void validate_as_one_of(const Validator& validator, Value& value) {
    constexpr bool exact = (std::is_same_v<std::remove_cv_t<Value>, Others> || ...);
    if constexpr (sizeof...(Others) == 0 || (!exact && fit_of<Declared, Value&>() == Fit::right)) {
        validate_as<Declared>(validator, value);
    } else {
        validate_as_one_of<Validator, Value, Others...>(validator, value);
    }
}

template <class... Types, class Validator, class Value>
void validate_typed(TypedValue<Types...>, const Validator& validator, Value& value) {
    if constexpr (shape<Value> == Shape::lazy) {
        auto&& result = value();
        validate_as_one_of<Validator, std::remove_reference_t<decltype(result)>, Types...>(
            validator, result);
    } else {
        validate_as_one_of<Validator, Value, Types...>(validator, value);
    }
}
template <class Serializer, class Validator, class Value>
void validate_typed(SerializedValue<Serializer>, const Validator& validator, Value& value) {
    validator(value);
}

} // namespace detail

/// A field and its validator, which gets what is passed, before it is serialized.
template <class Base, class Validator>
class ValidatedField : public detail::FieldBase<Base::key, ValidatedField<Base, Validator>>,
                       public detail::FieldDefaults {
public:
    using Values = typename Base::Values;
    static constexpr bool has_validator = true;
    static constexpr bool is_plain = false;

    constexpr explicit ValidatedField(Base field = Base{}, Validator validator = {})
        : field_{static_cast<Base&&>(field)}, validator_{static_cast<Validator&&>(validator)} {}
    constexpr std::string_view description() const noexcept { return field_.description(); }
    constexpr decltype(auto) serializer() const noexcept { return field_.serializer(); }
    /// Throws what the validator throws.
    template <class Value>
    void validate(Value& value) const {
        detail::validate_typed(Values{}, validator_, value);
    }

private:
    Base field_;
    [[no_unique_address]] Validator validator_;
};

/// A field of one or several types with a validator: called with a `const T&` of the declared type,
/// it throws, an eliot::ValidationError for choice, if the value is not right.
template <FixedString Name, class T, class... Types, class Validator>
constexpr auto field(std::string_view description, Validator validator) {
    using Base = decltype(field<Name, T, Types...>(description));
    static_assert((std::is_invocable_v<const Validator&, const T&> && ... &&
                   std::is_invocable_v<const Validator&, const Types&>),
                  "eliot: the validator of a field takes a value of each of the field's types");
    return ValidatedField<Base, Validator>{field<Name, T, Types...>(description),
                                           static_cast<Validator&&>(validator)};
}

/// A field with a serializer and a validator.
template <FixedString Name, auto... NoTypes, class Serializer, class Validator>
constexpr auto field(Serializer serializer, std::string_view description, Validator validator)
    -> ValidatedField<SerializedField<Name, Serializer>, Validator> {
    return ValidatedField<SerializedField<Name, Serializer>, Validator>{
        field<Name>(static_cast<Serializer&&>(serializer), description),
        static_cast<Validator&&>(validator)};
}

ELIOT_END_NAMESPACE
