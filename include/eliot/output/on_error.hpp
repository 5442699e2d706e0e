// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a program hears of trouble that the log itself cannot tell: a file that cannot be written, a
// destination that throws.
//
//     eliot::on_error([](const eliot::OutputError& error) { alert(error.destination, error.reason);
//     });

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/shared.hpp>
#include <eliot/output/keep_loaded.hpp>
#include <eliot/output/write.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE

/// What went wrong, once per episode: from the first failure until the destination works again.
/// Views; valid during the call.
struct OutputError {
    std::string_view
        destination;            ///< a file's path, "standard output", "destination 3"; may be empty
    std::string_view exception; ///< the type's name
    std::string_view reason;
    std::string_view consequence; ///< what becomes of the lines
};

namespace detail {

class ErrorHandler {
public:
    ErrorHandler() = default;
    ErrorHandler(const ErrorHandler&) = delete;
    ErrorHandler& operator=(const ErrorHandler&) = delete;
    virtual ~ErrorHandler() = default;
    virtual void call(const OutputError& error) = 0;

    ErrorHandler* older = nullptr; ///< kept as well: another thread may be calling it
};

template <class F>
class ErrorHandlerModel final : public ErrorHandler {
public:
    explicit ErrorHandlerModel(F function) : function_{static_cast<F&&>(function)} {}
    void call(const OutputError& error) override { function_(error); }

private:
    F function_;
};

inline constinit Shared<Atomic<ErrorHandler*>> error_handler;
inline constinit Shared<Atomic<ErrorHandler*>> kept_error_handlers;

inline void set_error_handler(ErrorHandler* handler) noexcept {
    keep_code_loaded(*handler);
    handler->older = kept_error_handlers->exchange(handler, MemoryOrder::acq_rel);
    error_handler->store(handler, MemoryOrder::release);
}

/// One line, in one write(2), cut where it becomes long.
inline void print_error(const OutputError& error) noexcept {
    char line[512] = "eliot: ";
    std::size_t size = 7;
    const auto add = [&line, &size](std::string_view text) {
        for (std::size_t i = 0; i < text.size() && size < sizeof line - 1; ++i) {
            line[size++] = text[i] == '\n' ? ' ' : text[i];
        }
    };
    const char* separator = "";
    for (const std::string_view part :
         {error.destination, error.exception, error.reason, error.consequence}) {
        if (!part.empty()) {
            add(separator);
            add(part);
            separator = ": ";
        }
    }
    line[size++] = '\n';
    (void)write_all(STDERR_FILENO, {line, size}, true);
}

/// Never throws, whatever the handler does.
inline void report_error(const OutputError& error) noexcept {
    ErrorHandler* handler = error_handler->load(MemoryOrder::acquire);
    if (handler == nullptr) {
        print_error(error);
        return;
    }
#if ELIOT_HAS_EXCEPTIONS
    try {
        handler->call(error);
    } catch (...) {
        print_error(error);
    }
#else
    handler->call(error);
#endif
}

} // namespace detail

/// From now on `handler` is told of trouble, instead of one line on stderr. It is called on the
/// thread that found out, as inside a destination: what it logs follows later. Calls may overlap.
/// It is kept for ever; what it throws is caught.
template <std::invocable<const OutputError&> F>
void on_error(F handler) {
    detail::set_error_handler(new detail::ErrorHandlerModel<F>{static_cast<F&&>(handler)});
}
/// A line on stderr again.
inline void on_error(std::nullptr_t) noexcept {
    detail::error_handler->store(nullptr, detail::MemoryOrder::release);
}

ELIOT_END_NAMESPACE
