// SPDX-License-Identifier: Apache-2.0
#pragma once

// Options that several commands share, and how a command gets from its options to a status.

#include <eliot/read/expression.hpp>
#include <eliot/read/node_text.hpp>
#include <eliot/read/time_parse.hpp>

#include "input.hpp"

#include <CLI/CLI.hpp>

namespace tool {

/// What the chosen command will do.
using Run = std::function<Status()>;

struct CommonOptions {
    InputOptions input;
    Colours colours = Colours::automatic;
    bool local_timezone = false;

    eliot::TimeZone time_zone() const {
        return local_timezone ? eliot::TimeZone::local : eliot::TimeZone::utc;
    }

    eliot::TextOutput output() const {
        return eliot::TextOutput{writer(), terminal_width(), wants_colours(colours),
                                 takes_utf8() ? "…" : "..."};
    }
};

inline void add_invalid(CLI::App& command, CommonOptions& options) {
    const std::map<std::string, InvalidLines> policies{{"report", InvalidLines::report},
                                                       {"skip", InvalidLines::skip},
                                                       {"fail", InvalidLines::fail}};
    command
        .add_option("--invalid", options.input.invalid,
                    "Lines that are none of Eliot's: report them (the default), skip them, or fail "
                    "at the first")
        ->transform(CLI::CheckedTransformer(policies))
        ->option_text("report|skip|fail");
}

inline void add_files(CLI::App& command, CommonOptions& options) {
    command
        .add_option("FILE", options.input.files,
                    "Logs; several are one log. Standard input without any, or for -")
        ->option_text("...");
    add_invalid(command, options);
}

inline void add_colours(CLI::App& command, CommonOptions& options) {
    const std::map<std::string, Colours> choices{
        {"auto", Colours::automatic}, {"always", Colours::always}, {"never", Colours::never}};
    command.add_option("--color", options.colours, "Colours: auto is on a terminal")
        ->transform(CLI::CheckedTransformer(choices))
        ->option_text("auto|always|never");
}

inline void add_time_zone(CLI::App& command, CommonOptions& options, const char* names) {
    command.add_flag(names, options.local_timezone, "Times in the local time zone, not in UTC");
}

/// Fails as CLI11 does for a wrong option, so that the text names the option.
[[noreturn]] inline void refuse(const std::string& option, const std::string& why) {
    throw CLI::ValidationError(option, why);
}

inline eliot::Expression parse_expression(const std::string& option, const std::string& text) {
    try {
        return eliot::Expression{text};
    } catch (const eliot::ExpressionError& error) {
        refuse(option, error.what());
    }
}

inline std::int64_t parse_duration(const std::string& option, const std::string& text) {
    const auto duration = eliot::parse_duration(text);
    if (!duration) {
        refuse(option, text + " is no duration; write 10ms, 1.5s or 2h");
    }
    return *duration;
}

inline std::optional<eliot::Instant> parse_time(const std::string& option,
                                                const std::string& text) {
    const auto time = eliot::parse_time(text);
    if (!time && !text.empty()) {
        refuse(option, text + " is no time; write 2026-11-21T05:28:55Z, or less of it");
    }
    return time;
}

/// The tasks that the user means: of this id, which may be shortened to its beginning.
class TaskChoice {
public:
    explicit TaskChoice(std::string id) : id_(std::move(id)) {}

    bool takes(const eliot::Task& task) {
        const bool taken = task.task_uuid().compare(0, id_.size(), id_) == 0;
        any_ = any_ || taken;
        return taken;
    }

    /// `status` of reading all of `where`; an id that no task has is as wrong as a file's name.
    Status checked(Status status, const std::string& where = {}) const {
        if (any_ || id_.empty() || status != all_well) {
            return status;
        }
        complain((where.empty() ? where : where + ": ") + "no task " + id_);
        return unusable;
    }

private:
    std::string id_;
    bool any_ = false;
};

/// Gives a report the tasks that `task` names, or all.
template <class Report>
Status read_into(Report& report, const InputOptions& input, const std::string& task) {
    TaskChoice wanted{task};
    Input reader{input};
    reader.read_tasks([&](const eliot::Task& each) {
        if (wanted.takes(each)) {
            report.add(each);
        }
    });
    return wanted.checked(reader.status());
}

}
