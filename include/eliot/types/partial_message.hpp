// SPDX-License-Identifier: Apache-2.0
#pragma once

// A message that is put together in several steps and may be kept:
//
//     auto message = delivery_scheduled("name"_f = person);
//     message.bind("count"_f = 3, "location"_f = where).write();

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/fixed_string.hpp>
#include <eliot/types/mistake.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE
namespace detail {

template <class T, std::size_t Size>
struct OwnedArray {
    T items[Size];

    constexpr const T* begin() const noexcept { return items; }
    constexpr const T* end() const noexcept { return items + Size; }
};

template <class T>
struct Stored {
    using type = T;
};
template <class T, std::size_t Size>
struct Stored<T[Size]> {
    using type = OwnedArray<T, Size>;
};

/// Text is kept as std::string, unless a serializer wants something else.
template <class List, FixedString Name, class Given>
consteval auto stored_type() {
    using Value = std::remove_cvref_t<Given>;
    if constexpr (is_text<Value> && !std::is_same_v<Value, std::string>) {
        constexpr Fit fit = MatchOf<List, NamedField<Name, std::string>>::fit;
        return Tag<std::conditional_t<fit == Fit::right, std::string, std::decay_t<Given>>>{};
    } else {
        return Tag<typename Stored<Value>::type>{};
    }
}

/// A null pointer to text becomes an empty text.
template <class T, class Value>
T store(Value&& value) {
    using Given = std::remove_cvref_t<Value>;
    if constexpr (std::is_same_v<T, std::string> && std::is_pointer_v<Given>) {
        return value == nullptr ? T{} : T{value};
    } else if constexpr (std::is_same_v<T, std::string> && !std::is_same_v<Given, std::string>) {
        return T{text_of(value)};
    } else if constexpr (std::is_array_v<Given> && !std::is_pointer_v<T>) {
        T array;
        for (std::size_t i = 0; i < std::extent_v<Given>; ++i) {
            array.items[i] = value[i];
        }
        return array;
    } else {
        return static_cast<Value&&>(value);
    }
}

/// A value with its name, owned.
template <FixedString Name, class T>
class OwnedField {
public:
    template <class Given>
    explicit OwnedField(const NamedField<Name, Given>& field)
        : value_(store<T>(static_cast<Given&&>(field.value))) {}

    static constexpr std::string_view name() noexcept { return Name.view(); }
    /// As if the value were given anew.
    NamedField<Name, T> named() const noexcept {
        return {static_cast<T&&>(const_cast<T&>(value_))};
    }

private:
    T value_;
};

template <class List, FixedString Name, class Given>
auto owned(const NamedField<Name, Given>*)
    -> OwnedField<Name, typename decltype(stored_type<List, Name, Given>())::type>;
template <class List, class Arg>
using OwnedOf = decltype(owned<List>(static_cast<const Arg*>(nullptr)));

template <class Owned>
using NamedOf = decltype(std::declval<const Owned&>().named());

template <class... Types>
struct Pack {};
template <class... Left, class... Right>
Pack<Left..., Right...> operator+(Pack<Left...>, Pack<Right...>);

/// The fields of `Owned` that are not given anew.
template <class Owned, class... Args>
using Kept = std::conditional_t<((static_name<Args> == Owned::name()) || ...), Pack<>, Pack<Owned>>;

/// Stands for what a call with a mistake would have returned: one error is enough.
struct Refused {
    template <class... Args>
    Refused bind(const Args&...) const {
        return {};
    }
    void write() const {}
};

} // namespace detail

/// Some fields of a message. Owns its values: text as std::string, everything else as a copy; a
/// span or a pointer among them still refers to what it did. Made by calling a message type.
template <class Type, class... Owned>
class [[nodiscard]] PartialMessage : private Owned... {
public:
    template <class... Sources>
    explicit PartialMessage(const Type& type, const Sources&... sources)
        : Owned(sources)..., type_{type} {}

    /// A new message that has these fields, too. A field that this one has already is replaced in
    /// the new one, as in Eliot.
    template <class... Args>
    auto bind(const Args&... args) const {
        using namespace detail;
        if constexpr (plan<List, Extent::some, Args...>.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<name, List, Extent::some, Args...>) != 0);
            return Refused{};
        } else {
            return with(decltype((Pack<>{} + ... + Kept<Owned, Args...>{})){}, args...);
        }
    }

    /// Logs the message, each time it is called. A field that is missing is an error here.
    void write() const {
        using namespace detail;
        if constexpr (plan<List, Extent::all, NamedOf<Owned>...>.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<name, List, Extent::all, NamedOf<Owned>...>) != 0);
        } else {
            type_.log(static_cast<const Owned&>(*this).named()...);
        }
    }

private:
    using List = typename Type::Fields;
    static constexpr auto name = Type::key;

    template <class... Kept, class... Args>
    auto with(detail::Pack<Kept...>, const Args&... args) const {
        return PartialMessage<Type, Kept..., detail::OwnedOf<List, Args>...>{
            type_, static_cast<const Kept&>(*this)..., args...};
    }

    Type type_;
};

ELIOT_END_NAMESPACE
