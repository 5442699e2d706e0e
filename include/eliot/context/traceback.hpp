// SPDX-License-Identifier: Apache-2.0
#pragma once

// The message eliot:traceback, for an exception that was caught and not passed on:
//
//     try { … } catch (...) { eliot::write_traceback(); }

#include <eliot/config.hpp>
#include <eliot/context/exception.hpp>
#include <eliot/context/log_line.hpp>

#include <exception>
#include <string>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// "outer" of an exception that nests others becomes "outer: inner: innermost".
struct ExceptionChain {
    std::string reason;
    std::string traceback;
};

inline ExceptionChain describe_chain(const ExceptionInfo& outermost, std::exception_ptr exception) {
    constexpr int most = 64;
    ExceptionChain chain{outermost.reason,
                         outermost.type + ": " + outermost.reason + stack_of(exception)};
    for (int depth = 0; exception != nullptr && depth < most; ++depth) {
        exception = nested_in(exception);
        if (exception != nullptr) {
            const ExceptionInfo inner = describe(exception);
            chain.reason += ": " + inner.reason;
            chain.traceback +=
                "\ncaused by " + inner.type + ": " + inner.reason + stack_of(exception);
        }
    }
    return chain;
}

/// Logs one eliot:traceback. If an extractor threw, that is told by another, once.
inline void log_traceback(Thread& self, ContextNode* node, const std::exception_ptr& exception,
                          bool extractor_failed = false) {
    ExceptionInfo info = describe(exception);
    if (info.extractor_failure != nullptr && !extractor_failed) {
        log_traceback(self, node, info.extractor_failure, true);
    }
    const ExceptionChain chain = describe_chain(info, exception);
    const FieldView views[] = {own_view("exception", info.type), own_view("reason", chain.reason),
                               own_view("traceback", chain.traceback)};
    LineContents contents;
    contents.type = wire::traceback;
    contents.fields = views;
    contents.field_count = 3;
    contents.encoded[0] = info.extracted.empty() ? nullptr : &info.extracted;
    self.traceback = &exception;
    log_message_in(self, node, contents);
    self.traceback = nullptr;
}

} // namespace detail

/// Logs `exception` as the message `eliot:traceback` of the current action, which may still
/// succeed: fields `exception` (type), `reason` (nested ones joined), `traceback`, and extracted
/// ones. Without an exception it says "unknown". With <eliot/exception_tracer.hpp> the traceback
/// holds the stack of where it was thrown.
inline void write_traceback(const std::exception_ptr& exception) {
    if (detail::is_listening()) {
        detail::log_traceback(detail::this_thread(), nullptr, exception);
    }
}
/// The same for the exception being handled.
inline void write_traceback() { write_traceback(std::current_exception()); }

ELIOT_END_NAMESPACE
