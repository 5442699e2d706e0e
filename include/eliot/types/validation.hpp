// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs the extra validators of a call's fields, while tests capture.
//
//     check_values(schema.fields, schema, list, args...);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/output/runtime.hpp>
#include <eliot/types/mistake.hpp>
#include <eliot/types/validation_error.hpp>

#include <cxxabi.h>
#include <exception>
#include <string>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline bool is_validating() noexcept {
    return (runtime().flags.load(MemoryOrder::relaxed) & flag::validating) != 0;
}

inline void report_invalid(const Schema& schema, const FieldSchema* field,
                           const std::exception_ptr& exception) {
    if (const auto sink = validation_sink.load(MemoryOrder::acquire)) {
        sink({schema, *field, exception});
    }
}

/// Without exceptions a validator cannot say anything, and is not asked.
template <class Field, class Value>
void run_validator([[maybe_unused]] const Schema& schema,
                   [[maybe_unused]] const FieldSchema* schema_of_field,
                   [[maybe_unused]] const Field& field, [[maybe_unused]] Value& value) {
#if ELIOT_HAS_EXCEPTIONS
    try {
        field.validate(value);
    }
#    if defined(__GLIBCXX__)
    catch (abi::__forced_unwind&) {
        throw;
    }
#    endif
    catch (...) {
        report_invalid(schema, schema_of_field, std::current_exception());
    }
#endif
}

inline void report_out_of_range(const Schema& schema, const FieldSchema* field, int value) {
    const std::string text = std::to_string(value) + " is out of range of the field's type";
    report_invalid(schema, field, std::make_exception_ptr(ValidationError{text}));
}

template <class M, class List, FixedString Name, class Given>
void check_value(const M*, const Schema& schema, const FieldSchema* field, const List& list,
                 const NamedField<Name, Given>& arg) {
    if constexpr (M::Values::template may_be_out_of_range<Given>()) {
        if (!M::Values::is_in_range(arg.value)) {
            report_out_of_range(schema, field, arg.value);
        }
    }
    if constexpr (requires { typename M::Field; }) {
        if constexpr (M::Field::has_validator) {
            run_validator<typename M::Field>(schema, field, list, arg.value);
        }
    }
}

/// Of the fields that are passed; `fields` are those of `schema` that `list` describes.
template <class List, class... Args>
[[gnu::noinline, gnu::cold]] void check_values(const Schema& schema, const FieldSchemas& fields,
                                               const List& list, const Args&... args) {
    (check_value(static_cast<const MatchOf<List, Args>*>(nullptr), schema, fields.find(args.name()),
                 list, args),
     ...);
}

} // namespace detail
ELIOT_END_NAMESPACE
