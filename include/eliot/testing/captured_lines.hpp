// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lines that landed in a capture, in the order they were logged, and what is known of each.
//
//     for (const CapturedLine& line : lines.copy()) { … line.message, line.schema … }

#include <eliot/config.hpp>
#include <eliot/context/wire.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/output/captures.hpp>
#include <eliot/output/mutex.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct CapturedLine {
    std::string text;             ///< without `\n`
    const Schema* schema;         ///< of a typed line, else null
    std::exception_ptr exception; ///< that an eliot:traceback tells of, where it is known
    nlohmann::json message;       ///< the text, parsed
    bool expected = false;        ///< a traceback that was flushed
};

/// A value that an extra validator refused.
struct RefusedValue {
    std::string type;
    std::string field;
    std::string reason;
};

/// Written by the threads that log, read by the test. Lines are parsed when they are read.
class CapturedLines final : public CaptureDestination {
public:
    std::error_code deliver(std::string_view lines, const Schema* last_schema) override {
        for_each_record(lines, last_schema, [this](const Record& record) { add(record); });
        return {};
    }
    std::error_code flush() override { return {}; }
    std::error_code reopen() override { return {}; }
    bool takes_bytes() const noexcept override { return false; }
    bool keeps_lines() const noexcept override { return false; }
    std::uint64_t take_lost() noexcept override { return 0; }
    std::uint64_t unwritten() const noexcept override { return 0; }
    std::string name() const override { return "a capture"; }
    int descriptor() const noexcept override { return -1; }

    void add_refused(RefusedValue value) {
        const Lock lock{mutex};
        new_refused_.push_back(std::move(value));
    }

    // The rest is the test's, which calls it on one thread at a time.

    /// Calls `f` with the lines and the refused values so far.
    template <class F>
    decltype(auto) read(F&& f) {
        take_new();
        return f(lines_, refused_);
    }
    void clear() {
        take_new();
        lines_.clear();
        refused_.clear();
    }

private:
    /// Those who log wait only while the new lines change hands.
    void take_new() {
        std::vector<CapturedLine> lines;
        std::vector<RefusedValue> refused;
        {
            const Lock lock{mutex};
            lines.swap(new_lines_);
            refused.swap(new_refused_);
        }
        for (CapturedLine& line : lines) {
            line.message = nlohmann::json::parse(line.text);
            lines_.push_back(std::move(line));
        }
        for (RefusedValue& value : refused) {
            refused_.push_back(std::move(value));
        }
    }
    void add(const Record& record) {
        CapturedLine line{std::string{record.json()}, record.schema(), nullptr, nullptr};
        if (record.type() == wire::traceback) {
            const auto* exception = std::exchange(this_thread().traceback, nullptr);
            line.exception = exception != nullptr ? *exception : nullptr;
        }
        new_lines_.push_back(std::move(line));
    }

    // Guarded by the destination's mutex, which a delivery holds.
    std::vector<CapturedLine> new_lines_;
    std::vector<RefusedValue> new_refused_;

    std::vector<CapturedLine> lines_;
    std::vector<RefusedValue> refused_;
};

} // namespace detail
ELIOT_END_NAMESPACE
