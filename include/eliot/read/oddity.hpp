// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is odd about a log: every line that does not fit, and every line that is missing, with the
// place in the file where it shows. Reading never stops at one.
//
//     for (const eliot::Oddity& oddity : task.oddities()) { std::cerr << oddity << '\n'; }

#include <eliot/config.hpp>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

enum class OddityKind : std::uint8_t {
    hole,            ///< a number of an action that no line has
    duplicate,       ///< two lines at one level of one task
    type_differs,    ///< the end of an action names another type than its start
    after_end,       ///< a line of an action, or of a task, that had ended
    missing_start,   ///< an action without a line that starts it
    missing_end,     ///< an action without a line that ends it: unfinished
    start_not_seen,  ///< a task that begins in the middle, perhaps rotated away
    misplaced_start, ///< a start that is not its action's number 1, or a message that is
    unknown_status,  ///< an action_status that is none of started, succeeded, failed
    status_missing,  ///< an action_type without action_status
    odd_level,       ///< a task_level with numbers below 1, or written as text
    odd_id,          ///< a task_uuid that is no string
    odd_timestamp,   ///< no timestamp, or one that is no time of the years 1 to 9999
    not_eliot,       ///< JSON, but no line of an Eliot log
    not_json,        ///< no JSON
    torn             ///< the beginning of a JSON object: the rest was never written
};

/// The kind's name in reports: "hole", "duplicate identity", "torn line", …
constexpr std::string_view to_string(OddityKind kind) noexcept {
    constexpr std::string_view names[] = {
        "hole",           "duplicate identity", "end type differs", "line after the end",
        "missing start",  "missing end",        "start not seen",   "misplaced start",
        "unknown status", "missing status",     "odd task_level",   "odd task_uuid",
        "odd timestamp",  "not an Eliot line",  "not JSON",         "torn line",
    };
    return names[static_cast<std::size_t>(kind)];
}

/// True for a line that is part of no task.
constexpr bool is_invalid_line(OddityKind kind) noexcept { return kind >= OddityKind::not_eliot; }

struct Oddity {
    OddityKind kind = OddityKind::hole;
    std::string file;       ///< as it was given; empty if the lines came from no file
    std::uint64_t line = 0; ///< counted from 1
    std::string task_uuid;  ///< empty for a line that is part of no task
    std::string text;       ///< begins with the kind's name; may hold control characters
    std::string kept;       ///< the line itself, where nothing else keeps it

    /// `run.log:7: hole at /3: no line has this level`
    std::string to_string() const {
        std::string out = file.empty() ? "line " : file + ':';
        out += std::to_string(line);
        out += ": ";
        out += text;
        return out;
    }
};

inline std::ostream& operator<<(std::ostream& out, const Oddity& oddity) {
    return out << oddity.to_string();
}

ELIOT_END_NAMESPACE
