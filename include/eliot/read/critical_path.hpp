// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the time of one task went: the actions that it was waiting for, level by level. Of branches
// that ran side by side the one that ended last counts; the others cost nothing.
//
//     detail::CriticalPath{out, task.store(), false}.write();

#include <eliot/read/durations.hpp>
#include <eliot/read/task_summary.hpp>
#include <eliot/read/time_text.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

class CriticalPath {
public:
    CriticalPath(TextOutput& out, const TaskStore& task, bool ascii)
        : out_(out),
          task_(task),
          ascii_(ascii),
          glyphs_(ascii ? ascii_glyphs : unicode_glyphs),
          times_(task) {}

    void write() {
        total_ = std::max<std::int64_t>(times_.length(task_.root()), 1);
        out_.paint(TextStyle::faint, "    time  share     own");
        out_.end_line();
        todo_.push_back({task_.root(), 0, "", "", ""});
        while (!todo_.empty()) {
            const Step step = std::move(todo_.back());
            todo_.pop_back();
            write_step(step);
        }
    }

private:
    static constexpr std::size_t most_levels = 60;
    static constexpr std::size_t most_children = 8;

    struct Step {
        std::uint32_t node;
        std::size_t depth;
        std::string note; ///< instead of a node
        std::string prefix;
        std::string_view branch;
    };

    struct Waited {
        std::vector<std::uint32_t> path;
        std::size_t beside = 0; ///< children that were not waited for
    };

    /// The children that an action waited for, in order: going back from its end, always the one
    /// that ended last before the one found before began.
    Waited waited_for(std::uint32_t action) const {
        std::vector<std::uint32_t> children;
        for (std::uint32_t child = task_.nodes[action].first_child; child != nothing;
             child = task_.nodes[child].next) {
            if (task_.nodes[child].is_action && times_[child].known) {
                children.push_back(child);
            }
        }
        std::sort(children.begin(), children.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::pair{times_[a].end, a} > std::pair{times_[b].end, b};
        });
        std::vector<std::uint32_t> path;
        std::int64_t until = times_[action].end;
        for (const std::uint32_t child : children) {
            if (times_[child].end <= until) {
                path.push_back(child);
                until = times_[child].begin;
            }
        }
        std::reverse(path.begin(), path.end());
        const std::size_t beside = children.size() - path.size();
        return {std::move(path), beside};
    }

    void write_step(const Step& step) {
        if (!step.note.empty()) {
            out_.text().append(24, ' ');
            out_.paint(TextStyle::faint, step.prefix + std::string{step.branch});
            out_.paint(TextStyle::note, step.note);
            out_.end_line();
            return;
        }
        const Waited waited = waited_for(step.node);
        write_times(step.node, waited.path);
        out_.paint(TextStyle::faint, step.prefix + std::string{step.branch});
        out_.paint(TextStyle::type, shown_type(task_, step.node));
        out_.paint(TextStyle::faint, shown_level(task_, step.node));
        if (task_.nodes[step.node].end == nothing) {
            out_.paint(TextStyle::unfinished, "  unfinished");
        }
        out_.text() += inline_fields(task_, task_.nodes[step.node].start, {}, glyphs_.ellipsis);
        out_.end_line();
        push_children(step, waited);
    }

    void write_times(std::uint32_t node, const std::vector<std::uint32_t>& path) {
        std::int64_t own = times_.length(node);
        for (const std::uint32_t child : path) {
            own -= times_.length(child);
        }
        append_right(duration_text(times_.length(node), ascii_), 8);
        append_right(std::to_string(percentage(times_.length(node))) + " %", 7);
        append_right(duration_text(own, ascii_), 8);
        out_.text() += ' ';
    }

    /// Of the whole task's time; an action that outlives it has all of it.
    long percentage(std::int64_t length) const {
        const auto share =
            static_cast<double>(std::min(length, total_)) / static_cast<double>(total_);
        return std::lround(share * 100);
    }

    void append_right(const std::string& text, std::size_t width) {
        const std::size_t used = columns(std::string_view{text});
        out_.text().append(used < width ? width - used : 0, ' ');
        out_.text() += text;
    }

    /// The children that took most of the time, in the order of time, and what is left out.
    void push_children(const Step& step, const Waited& waited) {
        std::vector<std::uint32_t> shown = waited.path;
        const auto is_small = [&](std::uint32_t child) {
            return times_.length(child) < (total_ + 99) / 100;
        };
        shown.erase(std::remove_if(shown.begin(), shown.end(), is_small), shown.end());
        if (shown.size() > most_children) {
            keep_longest(shown);
        }
        std::vector<Step> steps;
        if (step.depth < most_levels) {
            for (const std::uint32_t child : shown) {
                steps.push_back({child, step.depth + 1, "", "", ""});
            }
        } else if (!shown.empty()) {
            steps.push_back({0, step.depth + 1, "and so on, deeper", "", ""});
        }
        if (shown.size() < waited.path.size()) {
            steps.push_back({0, step.depth + 1, others_text(waited.path, shown), "", ""});
        }
        if (waited.beside != 0) {
            steps.push_back({0, step.depth + 1, beside_text(waited.beside), "", ""});
        }
        draw_branches(step, steps);
        todo_.insert(todo_.end(), steps.rbegin(), steps.rend());
    }

    void draw_branches(const Step& step, std::vector<Step>& steps) const {
        const bool last = step.branch == glyphs_.last_branch;
        for (Step& each : steps) {
            each.prefix = step.prefix;
            each.prefix += step.depth == 0 ? "" : last ? glyphs_.blank : glyphs_.line;
            each.branch = &each == &steps.back() ? glyphs_.last_branch : glyphs_.branch;
        }
    }

    static std::string beside_text(std::size_t count) {
        return counted(count, "action") + " side by side with these, not waited for";
    }

    void keep_longest(std::vector<std::uint32_t>& shown) const {
        std::vector<std::int64_t> lengths;
        lengths.reserve(shown.size());
        for (const std::uint32_t child : shown) {
            lengths.push_back(times_.length(child));
        }
        std::nth_element(lengths.begin(), lengths.begin() + most_children - 1, lengths.end(),
                         std::greater<>{});
        const std::int64_t least = lengths[most_children - 1];
        std::size_t room = most_children;
        const auto keep = [&](std::uint32_t child) {
            const bool kept = room > 0 && times_.length(child) >= least;
            room -= kept ? 1 : 0;
            return kept;
        };
        std::vector<std::uint32_t> longest;
        std::copy_if(shown.begin(), shown.end(), std::back_inserter(longest), keep);
        shown = std::move(longest);
    }

    std::string others_text(const std::vector<std::uint32_t>& path,
                            const std::vector<std::uint32_t>& shown) const {
        std::int64_t length = 0;
        for (const std::uint32_t child : path) {
            length += times_.length(child);
        }
        for (const std::uint32_t child : shown) {
            length -= times_.length(child);
        }
        return counted(path.size() - shown.size(), "shorter action") + ": " +
               duration_text(length, ascii_);
    }

    TextOutput& out_;
    const TaskStore& task_;
    bool ascii_;
    const Glyphs& glyphs_;
    TaskTimes times_;
    std::int64_t total_ = 1;
    std::vector<Step> todo_;
};

}
ELIOT_END_NAMESPACE
