// SPDX-License-Identifier: Apache-2.0
#pragma once

// Captures the log in a test, to assert it like any other behaviour:
//
//     eliot::testing::Capture log;
//     registry.register_user("john", 12);
//     log.assert_has_message(user_registered, "username"_f = "john");
//     log.check();

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/output/captures.hpp>
#include <eliot/testing/assertions.hpp>
#include <eliot/testing/captured_lines.hpp>
#include <eliot/testing/errors.hpp>
#include <eliot/testing/expected_fields.hpp>
#include <eliot/testing/logged.hpp>
#include <eliot/testing/pins.hpp>
#include <eliot/testing/search.hpp>
#include <eliot/testing/tracebacks.hpp>
#include <eliot/testing/violations.hpp>
#include <eliot/types/validation_error.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Notes what an extra validator said of a value that is being logged.
inline void note_refused_value(const ValidationFailure& failure) noexcept {
    const HandedCapture capture = capture_of_lines(this_thread());
    if (capture.target() == nullptr) {
        return;
    }
    std::string reason = "an exception that is no std::exception";
    try {
        std::rethrow_exception(failure.exception);
    } catch (const std::exception& error) {
        reason = error.what();
    } catch (...) {
    }
    static_cast<CapturedLines*>(capture.target())
        ->add_refused({std::string{failure.schema.type}, std::string{failure.field.name}, reason});
}

/// Ends a capture behind the call that the thread is in.
class DeferredEnd final : public Deferred {
public:
    DeferredEnd(CaptureTarget& target, bool of_thread) noexcept
        : target_{target}, of_thread_{of_thread} {}
    void run() override {
        of_thread_ ? end_thread_capture(target_) : end_capture(this_thread(), target_);
        target_.release();
    }

private:
    CaptureTarget& target_;
    bool of_thread_;
};

} // namespace detail

namespace testing {

struct ThisThread {};
/// `Capture log{this_thread};`
inline constexpr ThisThread this_thread{};

/// From its construction to its end everything that is logged lands here and nowhere else. Captures
/// nest, the newest one gets the lines; they may end in any order and on any thread. Destinations
/// that are added or removed meanwhile take effect when the last one has ended; so do early lines.
///
/// Any thread may log, also while the capture ends. The members may be called on any thread, by one
/// at a time.
///
/// If it ends with problems that `check` would have found, and nobody called it after they came,
/// the problem handler is told, which fails the test; not while an exception ends the test anyway.
class [[nodiscard]] Capture {
public:
    /// Captures the whole program, except threads that have a capture of their own.
    [[nodiscard]] Capture() : Capture{false} {}
    /// Captures this thread and what it hands on by `preserve_context`, so that tests may run in
    /// parallel. Goes before captures of the whole program.
    [[nodiscard]] explicit Capture(ThisThread) : Capture{true} {}
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;
    ~Capture() {
        end();
        report_unasked();
        lines_.release();
    }

    /// All lines so far, in the order logged.
    std::vector<nlohmann::json> messages() const {
        return lines_.read([](auto& lines, auto&) { return eliot::detail::messages_of(lines); });
    }
    /// The log as a file would have it: JSON lines.
    std::string text() const {
        return lines_.read([](auto& lines, auto&) {
            std::string text;
            for (const auto& line : lines) {
                text += line.text + '\n';
            }
            return text;
        });
    }
    /// Forgets all lines, and what is wrong with them.
    void reset() {
        lines_.clear();
        asked_ = {};
    }

    /// The first message of a type that has the fields, any subset of the message's. Throws
    /// AssertionError if there is none.
    template <class Type, FieldArgument... Fields>
        requires TypeText<Type> || MessageTypeLike<Type>
    LoggedMessage assert_has_message(const Type& type, const Fields&... fields) const {
        return has_message(type, eliot::detail::json_of_message_fields(type, fields...));
    }
    /// The same with an object, which may be empty.
    LoggedMessage assert_has_message(const TypeName& type, const nlohmann::json& fields) const {
        return has_message(type, fields);
    }
    /// The first action of a type that ended so, with these fields, any subset, at its start and at
    /// its end. Throws AssertionError if there is none.
    template <class Type, class Ended, class... Start, class... End>
        requires TypeText<Type> || ActionTypeLike<Type>
    LoggedAction assert_has_action(const Type& type, const Ended& outcome,
                                   const Expected<Start...>& start,
                                   const Expected<End...>& end = Expected<>{}) const {
        return has_action(eliot::detail::expected_action(type, outcome, start, end));
    }
    LoggedAction assert_has_action(const TypeName& type, Outcome outcome,
                                   const nlohmann::json& start = nlohmann::json::object(),
                                   const nlohmann::json& end = nlohmann::json::object()) const {
        return has_action({type.text(), outcome, start, end});
    }

    /// Tells that the tracebacks of exceptions that are an E, which were logged so far, are as they
    /// should be, and returns their messages. They stay among `messages()`.
    template <class E>
    std::vector<nlohmann::json> flush_tracebacks() {
        return lines_.read([](auto& lines, auto&) {
            std::vector<nlohmann::json> flushed;
            for (auto& line : lines) {
                if (eliot::detail::is_message_of(line.message, eliot::detail::wire::traceback) &&
                    !line.expected && eliot::detail::tells_of<E>(line)) {
                    line.expected = true;
                    flushed.push_back(line.message);
                }
            }
            return flushed;
        });
    }
    /// Throws UnflushedTracebacks if tracebacks were logged that nobody flushed; then validates.
    void check() {
        const auto tracebacks = unexpected_tracebacks(0);
        asked_.tracebacks = count();
        if (!tracebacks.empty()) {
            validation_is_asked();
            throw UnflushedTracebacks{eliot::detail::text_on_tracebacks(tracebacks, messages()),
                                      tracebacks};
        }
        validate();
    }
    /// Throws ValidationError if typed lines are not as their type declares them, if an extra
    /// validator refused a value, or if a value could not be written.
    void validate() {
        const auto violations = this->violations({});
        validation_is_asked();
        if (!violations.empty()) {
            throw ValidationError{eliot::detail::without_empty_lines(
                eliot::detail::text_on_violations(violations, messages()))};
        }
    }

    /// Stamps the lines that land here from now on with this time, in seconds since the epoch, to
    /// the microsecond.
    void pin_clock(double seconds) noexcept {
        const double whole = std::floor(seconds);
        const auto microseconds =
            static_cast<std::int64_t>(whole) * 1'000'000 + std::llround((seconds - whole) * 1e6);
        pin_clock(Timestamp{microseconds * 1000});
    }
    void pin_clock(Timestamp time) noexcept { eliot::detail::pin_time(*lines_.pins, time); }
    /// Numbers the tasks that begin here from now on:
    /// 00000000-0000-4000-8000-000000000001, …02, …
    void pin_ids() noexcept { eliot::detail::pin_ids(*lines_.pins); }

    /// The log as a tree.
    friend std::ostream& operator<<(std::ostream& out, const Capture& capture) {
        return out << '\n' << eliot::detail::LogText{"    "}.draw(capture.messages());
    }

private:
    /// How much was there when somebody asked whether it is right.
    struct Asked {
        std::size_t tracebacks = 0;
        std::size_t lines = 0;
        std::size_t refused = 0;
    };

    explicit Capture(bool of_thread)
        : lines_{*new eliot::detail::CapturedLines},
          exceptions_{std::uncaught_exceptions()},
          of_thread_{of_thread} {
        eliot::detail::validation_sink.store(&eliot::detail::note_refused_value);
        eliot::detail::Thread& self = eliot::detail::this_thread();
        if (self.busy()) {
            lines_.release();
            throw std::logic_error{"eliot: a capture cannot begin inside a destination, or while a "
                                   "field is being written"};
        }
        of_thread ? eliot::detail::begin_thread_capture(lines_)
                  : eliot::detail::begin_capture(self, lines_);
    }

    void end() {
        eliot::detail::Thread& self = eliot::detail::this_thread();
        auto* deferred = new eliot::detail::DeferredEnd{lines_, of_thread_};
        lines_.share();
        if (self.busy()) {
            self.deferred.push(deferred);
        } else {
            deferred->run();
            delete deferred;
        }
        eliot::detail::unpin(*lines_.pins);
    }
    void report_unasked() noexcept;

    LoggedMessage has_message(const TypeName& type, const nlohmann::json& fields) const {
        const auto all = messages();
        return eliot::detail::MessageSearch{all, type.text(), fields}.found();
    }
    LoggedAction has_action(const eliot::detail::ExpectedAction& expected) const {
        const auto all = messages();
        return eliot::detail::ActionSearch{all, expected}.found();
    }
    std::vector<nlohmann::json> unexpected_tracebacks(std::size_t from) const {
        return lines_.read(
            [&](auto& lines, auto&) { return eliot::detail::unexpected_tracebacks(lines, from); });
    }
    std::vector<std::string> violations(const Asked& asked) const {
        return lines_.read([&](auto& lines, auto& refused) {
            auto found = eliot::detail::Violations{lines, asked.lines}.found;
            for (std::size_t i = asked.refused; i < refused.size(); ++i) {
                found.push_back('"' + refused[i].type + "\": the field \"" + refused[i].field +
                                "\": " + refused[i].reason);
            }
            return found;
        });
    }
    std::size_t count() const {
        return lines_.read([](auto& lines, auto&) { return lines.size(); });
    }
    void validation_is_asked() {
        lines_.read([this](auto& lines, auto& refused) {
            asked_.lines = lines.size();
            asked_.refused = refused.size();
        });
    }

    eliot::detail::CapturedLines& lines_;
    Asked asked_;
    int exceptions_; ///< in flight when it began
    bool of_thread_;
};

/// Problems of lines that came after somebody asked.
inline void Capture::report_unasked() noexcept {
    if (std::uncaught_exceptions() > exceptions_) {
        return;
    }
    try {
        const auto tracebacks = unexpected_tracebacks(asked_.tracebacks);
        const auto found = violations(asked_);
        if (tracebacks.empty() && found.empty()) {
            return;
        }
        const std::string text =
            "a captured log has problems that no test asked about.\n"
            "Call log.check() before the capture ends.\n\n" +
            (tracebacks.empty() ? eliot::detail::text_on_violations(found, messages())
                                : eliot::detail::text_on_tracebacks(tracebacks, messages()));
        eliot::detail::problem_handler.load(detail::MemoryOrder::acquire)(
            eliot::detail::without_empty_lines(text));
    } catch (...) {
    }
}

/// Captures while `body(log)` runs, then calls `assertions(log)`, then `log.check()`. What the body
/// throws goes on, and nothing is asserted.
template <class Body, class Assertions>
void capture_logging(Body&& body, Assertions&& assertions) {
    Capture log;
    body(log);
    assertions(log);
    log.check();
}

} // namespace testing
ELIOT_END_NAMESPACE
