// SPDX-License-Identifier: Apache-2.0
#pragma once

// A field with a serializer, a function from what is passed to something that can be written:
//
//     inline constexpr auto location = eliot::field<"location">(
//         [](const Coordinate& c) { return std::array{c.x, c.y}; }, "Where to deliver.");

#include <eliot/config.hpp>
#include <eliot/types/field.hpp>

#include <string_view>
#include <type_traits>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// One that can be made again where it is needed: a lambda that captures nothing.
template <class Serializer>
inline constexpr bool is_stateless =
    std::is_empty_v<Serializer> && std::is_default_constructible_v<Serializer>;

template <class Serializer, class Value>
using Serialized = std::invoke_result_t<const Serializer&, Value&>;

template <class Serializer, class Value>
decltype(auto) serialize(const Serializer& serializer, Value& value) {
    if constexpr (std::is_member_object_pointer_v<Serializer>) {
        return (value.*serializer);
    } else if constexpr (std::is_member_function_pointer_v<Serializer>) {
        return (value.*serializer)();
    } else {
        return serializer(value);
    }
}

template <class Serializer, class Value>
void encode_serialized(JsonWriter& out, void* object) {
    encode_value(out, serialize(Serializer{}, *static_cast<Value*>(object)));
}
template <class Serializer, class Value>
void encode_bound(JsonWriter& out, void* object) {
    const Binding& binding = *static_cast<const Binding*>(object);
    encode_value(out, serialize(*static_cast<const Serializer*>(binding.serializer),
                                *static_cast<Value*>(binding.value)));
}

template <class Serializer>
struct SerializedValue {
    static constexpr JsonKinds kinds() noexcept { return JsonKinds::any(); }

    template <class Given>
    static consteval Fit fit() {
        constexpr bool takes = std::is_invocable_v<const Serializer&, ValueOf<Given>&>;
        return takes ? Fit::right : Fit::not_serializable;
    }

    /// The serializer runs when the line is written.
    template <class Given>
    static constexpr void set(FieldView& view, const Serializer& serializer, ValueOf<Given>& value,
                              Binding* binding) {
        using Value = ValueOf<Given>;
        using Result = Serialized<Serializer, Value>;
        void* object = const_cast<std::remove_const_t<Value>*>(&value);
        view.kind = ValueKind::object;
        if constexpr (!Loggable<Result>) {
            refuse<Result, shape<Result>>();
        } else if constexpr (is_stateless<Serializer>) {
            view.object = {object, &encode_serialized<Serializer, Value>};
        } else {
            *binding = {&serializer, object};
            view.object = {binding, &encode_bound<Serializer, Value>};
        }
    }

    template <class Given>
    static consteval bool may_be_out_of_range() {
        return false;
    }
};

} // namespace detail

/// A field whose value is whatever its serializer takes. The serializer runs on the logging path,
/// only if the line is written; one that throws costs only its own field.
template <FixedString Name, class Serializer>
class SerializedField : public detail::FieldBase<Name, SerializedField<Name, Serializer>>,
                        public detail::FieldDefaults {
public:
    using Values = detail::SerializedValue<Serializer>;
    static constexpr bool is_plain = false;

    constexpr explicit SerializedField(Serializer function = {}, std::string_view description = {})
        : description_{description}, serializer_{static_cast<Serializer&&>(function)} {}
    constexpr std::string_view description() const noexcept { return description_; }
    constexpr const Serializer& serializer() const noexcept { return serializer_; }

private:
    std::string_view description_;
    [[no_unique_address]] Serializer serializer_;
};

/// A field with a serializer: any callable, a function, a pointer to a member. (`NoTypes` is always
/// empty: it keeps types that are given explicitly from being taken for the serializer's.)
template <FixedString Name, auto... NoTypes, class Serializer>
constexpr SerializedField<Name, Serializer> field(Serializer serializer,
                                                  std::string_view description = {}) {
    static_assert(!std::is_convertible_v<Serializer, std::string_view>,
                  "eliot: a field needs the types of its value, field<name, type>(description), or "
                  "a serializer, field<name>(serializer, description)");
    return SerializedField<Name, Serializer>{static_cast<Serializer&&>(serializer), description};
}

ELIOT_END_NAMESPACE
