// SPDX-License-Identifier: Apache-2.0
#pragma once

// Messages whose fields the compiler checks:
//
//     inline constexpr auto sold = eliot::message_type<"shop:sold">(
//         eliot::fields(eliot::field<"count", int>()), "Something was sold.");
//     sold.log("count"_f = 3);

#include <eliot/config.hpp>
#include <eliot/context/log_line.hpp>
#include <eliot/core/fixed_string.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/types/fields.hpp>
#include <eliot/types/mistake.hpp>
#include <eliot/types/partial_message.hpp>
#include <eliot/types/typed_views.hpp>
#include <eliot/types/validation.hpp>

#include <cstddef>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// What a schema says of a line is read where it is needed, instead of living in registers.
struct TypedLine {
    const Schema& schema;
    const FieldView* fields;

    LineContents contents() const noexcept {
        return {Kind::message, schema.type, fields, schema.fields.count, {}, &schema};
    }
};

[[gnu::noinline]] inline void log_typed_message(const Schema& schema, const FieldView* fields) {
    log_message(this_thread(), TypedLine{schema, fields});
}

} // namespace detail

/// A type of messages: their name, their fields, what they mean. `List` is a FieldList. A value
/// of this type is best a constant at namespace scope; any thread may use it.
template <FixedString Name, class List>
class MessageType {
public:
    using Fields = List;
    static constexpr decltype(Name) key = Name;

    constexpr MessageType(List fields, std::string_view description)
        : fields_{static_cast<List&&>(fields)}, description_{description} {}

    static constexpr std::string_view message_type() noexcept { return Name.view(); }
    constexpr std::string_view description() const noexcept { return description_; }
    /// Name, kinds of values and description of each field, in their order.
    constexpr auto fields() const noexcept { return fields_.describe(); }
    constexpr const List& list() const noexcept { return fields_; }
    /// What a `Record` of such a message points at.
    static constexpr Schema schema{Name.view(), false, List::schema, {}};

    /// Logs a message like `log_message`. Every field must be given, in any order; the line has
    /// them in the order of the declaration.
    template <class... Args>
    void log(const Args&... args) const {
        using namespace detail;
        constexpr auto& call = plan<List, Extent::all, Args...>;
        if constexpr (call.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<Name, List, Extent::all, Args...>) != 0);
        } else if (is_listening()) {
            ViewsOf<List> views;
            // As set_all_views does it: a function less to compile for every call.
            const std::size_t* at = call.place;
            ((MatchOf<List, Args>::set(views, *at, keys<List>[*at], &fields_, args.value), ++at),
             ...);
            if constexpr (List::has_constants) {
                set_constants(views, fields_);
            }
            if constexpr (call.is_checked) {
                if (is_validating()) {
                    check_values(schema, schema.fields, fields_, args...);
                }
            }
            log_typed_message(schema, views.items);
        }
    }

    /// A message with some of its fields, to be completed with `bind` and logged with `write`.
    template <class... Args>
    [[nodiscard]] auto operator()(const Args&... args) const {
        using namespace detail;
        if constexpr (plan<List, Extent::some, Args...>.mistake != MistakeKind::none) {
            static_assert(sizeof(Explanation<Name, List, Extent::some, Args...>) != 0);
            return Refused{};
        } else {
            return PartialMessage<MessageType, OwnedOf<List, Args>...>{*this, args...};
        }
    }

private:
    [[no_unique_address]] List fields_;
    std::string_view description_;
};

/// Declares a type of messages: `message_type<"shop:sold">(fields(…), "Something was sold.")`.
template <FixedString Name, class... Fields>
constexpr auto message_type(FieldList<Fields...> fields = {}, std::string_view description = {})
    -> MessageType<Name, FieldList<Fields...>> {
    return {static_cast<FieldList<Fields...>&&>(fields), description};
}

ELIOT_END_NAMESPACE
