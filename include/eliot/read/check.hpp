// SPDX-License-Identifier: Apache-2.0
#pragma once

// A list of everything odd about a log, with file and line, and how much of it there is.
//
//     eliot::LogCheck check{out};
//     check.add(task);
//     bool clean = check.finish(lines);

#include <eliot/read/task_summary.hpp>

#include <map>

ELIOT_BEGIN_NAMESPACE

class LogCheck {
public:
    explicit LogCheck(TextOutput& out) : out_(out) {}

    void add(const Task& task) {
        ++tasks_;
        for (const Oddity& oddity : task.oddities()) {
            add(oddity);
        }
    }

    /// Writes one line: file, line, what it is, and of which task.
    void add(const Oddity& oddity) {
        ++oddities_[to_string(oddity.kind)];
        out_.text() += detail::visible(oddity.to_string());
        if (!oddity.task_uuid.empty()) {
            out_.paint(TextStyle::faint, " (task " + detail::visible(oddity.task_uuid) + ')');
        }
        out_.end_line();
    }

    /// Writes the summary. True if nothing was odd.
    bool finish(std::uint64_t lines) {
        std::uint64_t all = 0;
        std::string kinds;
        for (const auto& [kind, count] : oddities_) {
            all += count;
            kinds +=
                (kinds.empty() ? ": " : ", ") + detail::grouped(count) + ' ' + std::string{kind};
        }
        out_.line(detail::counted(lines, "line") + ", " + detail::counted(tasks_, "task") + ", " +
                  (all == 0 ? "nothing odd" : grouped_oddities(all) + kinds));
        return all == 0;
    }

private:
    static std::string grouped_oddities(std::uint64_t count) {
        return detail::grouped(count) + (count == 1 ? " oddity" : " oddities");
    }

    TextOutput& out_;
    std::uint64_t tasks_ = 0;
    std::map<std::string_view, std::uint64_t> oddities_;
};

ELIOT_END_NAMESPACE
