// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the log tells of an exception: the type's name, the reason, and the fields that a registered
// extractor finds in it.
//
//     eliot::register_exception_extractor<DbError>(
//         [](const DbError& e) { return eliot::extracted("code"_f = e.code()); });

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/exception_info.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/shared.hpp>
#include <eliot/encode/encoded_fields.hpp>
#include <eliot/encode/make_view.hpp>
#include <eliot/output/keep_loaded.hpp>

#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// The fields that an extractor found; owns their encoded values. Made by `extracted`.
class ExtractedFields {
public:
    explicit ExtractedFields(detail::EncodedFields fields) noexcept : fields_{std::move(fields)} {}
    const detail::EncodedFields& fields() const noexcept { return fields_; }
    detail::EncodedFields take() && noexcept { return std::move(fields_); }

private:
    detail::EncodedFields fields_;
};

/// What an extractor returns: fields, encoded now.
template <class... Fields>
ExtractedFields extracted(const Fields&... fields) {
    detail::check_fields<Fields...>();
    detail::EncodedFields encoded;
    detail::FieldFailures failures;
    (encoded.add(detail::make_view(fields), failures), ...);
    return ExtractedFields{std::move(encoded)};
}

namespace detail {

struct ExceptionInfo {
    std::string type = "unknown";
    std::string reason;
    EncodedFields extracted;
    std::exception_ptr extractor_failure; ///< what an extractor threw
};

/// What <eliot/exception_tracer.hpp> knows.
struct ExceptionTracer {
    /// The one that unwinds this thread's stack; null if that cannot be said.
    std::exception_ptr (*in_flight)();
    /// Where it was thrown, one line a frame, each with `\n` in front; empty if that is forgotten.
    std::string (*stack)(const std::exception_ptr&);
};

/// Null without it.
inline constinit Shared<Atomic<const ExceptionTracer*>> exception_tracer;

inline std::exception_ptr exception_in_flight() {
    const ExceptionTracer* const tracer = exception_tracer->load(MemoryOrder::acquire);
    return tracer != nullptr ? tracer->in_flight() : nullptr;
}
inline std::string stack_of(const std::exception_ptr& exception) {
    const ExceptionTracer* const tracer = exception_tracer->load(MemoryOrder::acquire);
    return tracer != nullptr ? tracer->stack(exception) : std::string{};
}

#if ELIOT_HAS_EXCEPTIONS

/// A registered extractor. Which type derives from which is found by throwing null pointers, so
/// that bases need not be named and RTTI is not needed.
class Extractor {
public:
    Extractor() = default;
    Extractor(const Extractor&) = delete;
    Extractor& operator=(const Extractor&) = delete;
    virtual ~Extractor() = default;

    /// True if the exception being handled is of this type; `out` then has its fields.
    virtual bool matches() const = 0;
    virtual EncodedFields extract() const = 0;
    [[noreturn]] virtual void throw_null() const = 0;
    virtual bool is_base_of(const Extractor& other) const = 0;

    const Extractor* next = nullptr;
};

template <class E, class F>
class TypedExtractor final : public Extractor {
public:
    explicit TypedExtractor(F function) : extract_{static_cast<F&&>(function)} {}

    bool matches() const override {
        try {
            throw;
        } catch (const E&) {
            return true;
        } catch (...) {
            return false;
        }
    }
    EncodedFields extract() const override {
        try {
            throw;
        } catch (const E& exception) {
            return ExtractedFields{extract_(exception)}.take();
        }
    }
    [[noreturn]] void throw_null() const override { throw static_cast<E*>(nullptr); }
    bool is_base_of(const Extractor& other) const override {
        try {
            other.throw_null();
        } catch (E*) {
            return true;
        } catch (...) {
        }
        return false;
    }

private:
    F extract_;
};

inline constinit Shared<Atomic<const Extractor*>> extractors; // newest first, never freed

inline void add_extractor(Extractor* extractor) noexcept {
    keep_code_loaded(*extractor);
    extractor->next = extractors->load(MemoryOrder::relaxed);
    while (!extractors->compare_exchange_weak(extractor->next, extractor, MemoryOrder::release)) {
    }
}

struct ExtractSystemError {
    ExtractedFields operator()(const std::system_error& error) const {
        EncodedFields fields;
        FieldFailures none;
        fields.add(own_view("errno", std::int64_t{error.code().value()}), none);
        fields.add(own_view("category", std::string_view{error.code().category().name()}), none);
        return ExtractedFields{std::move(fields)};
    }
};

/// Behind all registered ones.
inline const Extractor& system_error_extractor() {
    using BuiltIn = TypedExtractor<std::system_error, ExtractSystemError>;
    static const Extractor& built_in = *new BuiltIn{ExtractSystemError{}};
    return built_in;
}

/// The most derived one that matches the exception being handled; the newest of one type.
inline const Extractor* find_extractor() {
    const Extractor* best = nullptr;
    const auto consider = [&best](const Extractor& extractor) {
        const bool better =
            best == nullptr || (best->is_base_of(extractor) && !extractor.is_base_of(*best));
        if (better && extractor.matches()) {
            best = &extractor;
        }
    };
    for (const Extractor* at = extractors->load(MemoryOrder::acquire); at != nullptr;
         at = at->next) {
        consider(*at);
    }
    consider(system_error_extractor());
    return best;
}

inline EncodedFields extract_current() {
    const Extractor* extractor = find_extractor();
    return extractor != nullptr ? extractor->extract() : EncodedFields{};
}

inline std::string current_reason() {
    try {
        throw;
    } catch (const std::exception& exception) {
        return exception.what() != nullptr ? exception.what() : "";
    } catch (const char* text) {
        return text != nullptr ? text : "";
    } catch (const std::string& text) {
        return text;
    } catch (int value) {
        return std::to_string(value);
    } catch (...) {
        return "an exception that is no std::exception";
    }
}

/// Everything about the exception being handled.
inline ExceptionInfo describe_current() {
    ExceptionInfo info;
    info.type = current_exception_type();
    info.reason = current_reason();
    try {
        info.extracted = extract_current();
    } catch (...) {
        info.extractor_failure = std::current_exception();
    }
    return info;
}

inline ExceptionInfo describe(const std::exception_ptr& exception) {
    if (exception == nullptr) {
        ExceptionInfo info;
        info.reason = "no exception";
        return info;
    }
    try {
        std::rethrow_exception(exception);
    } catch (...) {
        return describe_current();
    }
}

/// The exception that a std::nested_exception holds; null if there is none.
inline std::exception_ptr nested_in(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const std::nested_exception& outer) {
        return outer.nested_ptr();
    } catch (...) {
        return nullptr;
    }
}

#else

inline ExceptionInfo describe(const std::exception_ptr&) { return {}; }
inline std::exception_ptr nested_in(const std::exception_ptr&) { return nullptr; }

#endif

} // namespace detail

#if ELIOT_HAS_EXCEPTIONS
/// From now on a failed action or a traceback that tells of an `E` has the fields that
/// `extract(const E&)` returns. Of the registered types that match an exception the most derived
/// one is asked, and only that; registering a type again replaces. Kept for ever; any thread may
/// call it. Built in: std::system_error gives `errno` and `category`.
template <class E, std::invocable<const E&> F>
void register_exception_extractor(F extract) {
    static_assert(std::convertible_to<std::invoke_result_t<F&, const E&>, ExtractedFields>,
                  "eliot: an extractor returns its fields by eliot::extracted(\"name\"_f = value)");
    detail::add_extractor(new detail::TypedExtractor<E, F>{std::move(extract)});
}
#endif

ELIOT_END_NAMESPACE
