// SPDX-License-Identifier: Apache-2.0
#pragma once

// A destination's trouble, from the first failure until it works again: the program is told once,
// the log is told of every failure, or, of a destination that keeps lines, when it works again.
//
//     call_destination(self, destination, lines, [&] { return destination.deliver(lines, schema);
//     });

#include <eliot/config.hpp>
#include <eliot/core/exception_info.hpp>
#include <eliot/output/destination.hpp>
#include <eliot/output/on_error.hpp>
#include <eliot/output/thread.hpp>

#include <cxxabi.h>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Out of memory nothing is remembered.
template <class F>
void unless_out_of_memory(F&& f) noexcept {
#if ELIOT_HAS_EXCEPTIONS
    try {
        f();
    } catch (...) { // NOLINT: std::bad_alloc only
    }
#else
    f();
#endif
}

/// The first line of several, or as much of it as a failure's text needs.
inline std::string_view first_line(std::string_view lines) noexcept {
    constexpr std::size_t most = 4096;
    return lines.substr(0, lines.find('\n')).substr(0, most);
}

inline void begin_episode(Destination& destination, std::string_view exception,
                          std::string_view reason) {
    destination.failing = true;
    destination.trouble = reason;
    const std::string name = destination.name();
    report_error({name, exception, reason,
                  destination.keeps_lines() ? "lines are kept, and dropped beyond 1 MiB" : ""});
}

inline void note_failure(Thread& self, Destination& destination, std::string_view exception,
                         std::string_view reason, std::string_view lines) noexcept {
    unless_out_of_memory([&] {
        if (!destination.failing) {
            begin_episode(destination, exception, reason);
        }
        if (!destination.keeps_lines() && !self.reporting) {
            self.failures.push(new DeliveryFailure{std::string{exception}, std::string{reason},
                                                   destination.name(),
                                                   std::string{first_line(lines)}});
        }
    });
}

inline void note_success(Thread& self, Destination& destination) noexcept {
    if (!destination.failing) [[likely]] {
        return;
    }
    destination.failing = false;
    unless_out_of_memory([&] {
        if (destination.keeps_lines()) {
            self.failures.push(new DeliveryFailure{"std::system_error", destination.trouble,
                                                   destination.name(), "", destination.take_lost(),
                                                   true});
        }
    });
}

/// Calls `f`, which returns a std::error_code. Whatever else it throws is its destination's
/// failure; a thread's forced end passes through.
template <class F>
void call_destination(Thread& self, Destination& destination, std::string_view lines, F&& f) {
    const auto call = [&] {
        if (const std::error_code error = f()) {
            note_failure(self, destination, "std::system_error", error.message(), lines);
        } else {
            note_success(self, destination);
        }
    };
#if ELIOT_HAS_EXCEPTIONS
    try {
        call();
    }
#    if defined(__GLIBCXX__)
    catch (abi::__forced_unwind&) {
        throw;
    }
#    endif
    catch (const std::exception& error) {
        note_failure(self, destination, current_exception_type(), error.what(), lines);
    } catch (...) {
        note_failure(self, destination, current_exception_type(), "", lines);
    }
#else
    call();
#endif
}

} // namespace detail
ELIOT_END_NAMESPACE
