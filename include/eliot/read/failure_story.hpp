// SPDX-License-Identifier: Apache-2.0
#pragma once

// How one failure came about, as text: the actions from the root down to the one that failed first,
// with what happened in each before, and how far the failure went from there.
//
//     detail::FailureStory{out, task, failure, glyphs}.write();

#include <eliot/read/failures.hpp>
#include <eliot/read/time_text.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

class FailureStory {
public:
    FailureStory(TextOutput& out, const TaskStore& task, const Failure& failure, bool ascii)
        : out_(out),
          task_(task),
          failure_(failure),
          ascii_(ascii),
          glyphs_(ascii ? ascii_glyphs : unicode_glyphs),
          way_(way_to(task, failure.node)) {}

    void write() {
        for (std::size_t step = 0; step < way_.size(); ++step) {
            if (step == levels_shown / 2 && way_.size() > levels_shown) {
                step = way_.size() - levels_shown / 2;
                begin_item(true);
                out_.paint(TextStyle::note, std::to_string(way_.size() - levels_shown) + " levels");
                out_.end_line();
                indent_ += glyphs_.blank;
            }
            write_step(step);
        }
        write_end();
        indent_.clear();
        write_travel();
    }

private:
    static constexpr std::size_t levels_shown = 24;
    static constexpr std::size_t items_shown = 6;
    static constexpr std::size_t value_lines_shown = 24;

    bool is_root(std::size_t step) const noexcept { return step == 0; }

    void begin_item(bool last) {
        out_.paint(TextStyle::faint,
                   indent_ + std::string{last ? glyphs_.last_branch : glyphs_.branch});
    }

    void paint_name(std::uint32_t node) {
        out_.paint(TextStyle::type, shown_type(task_, node));
        out_.paint(TextStyle::faint, shown_level(task_, node));
    }

    void write_step(std::size_t step) {
        const std::uint32_t node = way_[step];
        if (!is_root(step)) {
            begin_item(true);
            indent_ += glyphs_.blank;
        }
        paint_name(node);
        if (task_.nodes[node].is_action) {
            out_.text() += inline_fields(task_, task_.nodes[node].start, {}, glyphs_.ellipsis);
            out_.end_line();
            write_before(node, step + 1 < way_.size() ? way_[step + 1] : nothing);
        } else {
            out_.end_line();
        }
    }

    /// The last things that happened in an action before `child`, or before its end.
    void write_before(std::uint32_t action, std::uint32_t child) {
        std::vector<std::uint32_t> before;
        for (std::uint32_t each = task_.nodes[action].first_child; each != nothing && each != child;
             each = task_.nodes[each].next) {
            before.push_back(each);
        }
        const std::size_t left_out = before.size() > items_shown ? before.size() - items_shown : 0;
        if (left_out != 0) {
            begin_item(false);
            out_.paint(TextStyle::note, std::to_string(left_out) + " before");
            out_.end_line();
        }
        for (std::size_t i = left_out; i < before.size(); ++i) {
            write_item(before[i]);
        }
    }

    void write_item(std::uint32_t node) {
        const StoredNode& item = task_.nodes[node];
        begin_item(false);
        paint_name(node);
        out_.text() += inline_fields(task_, item.start, {"traceback"}, glyphs_.ellipsis);
        if (item.is_action) {
            write_outcome(node);
        }
        out_.end_line();
    }

    void write_outcome(std::uint32_t node) {
        const std::uint32_t end = task_.nodes[node].end;
        out_.text() += "  ";
        if (end == nothing) {
            out_.paint(TextStyle::unfinished, "unfinished");
        } else if (is_failed(task_, node)) {
            out_.paint(TextStyle::failed,
                       "failed: " + visible(string_or(task_, end, "exception", "")));
        } else {
            out_.paint(TextStyle::succeeded, "succeeded");
        }
        if (const auto duration = node_duration(task_, node)) {
            out_.paint(TextStyle::faint, " after " + duration_text(*duration, ascii_));
        }
    }

    void write_end() {
        if (failure_.kind == FailureKind::unfinished) {
            return write_unfinished();
        }
        if (failure_.kind == FailureKind::failed) {
            begin_item(true);
            indent_ += glyphs_.blank;
            out_.paint(TextStyle::failed, "failed");
            if (const auto duration = node_duration(task_, failure_.node)) {
                out_.text() += " after " + duration_text(*duration, ascii_);
            }
            out_.paint(TextStyle::faint, "  " + place(failure_.line));
            out_.end_line();
        }
        write_fields(failure_.line);
    }

    std::string place(std::uint32_t line) const {
        const std::string file = task_.source_name(line);
        return visible(file.empty() ? "line " : file + ':') +
               std::to_string(task_.lines[line].number);
    }

    void write_fields(std::uint32_t line) {
        FieldStack fields;
        fields.push_line(task_.line_text(line), {});
        for (std::size_t i = 0; i < fields.size(); ++i) {
            out_.text() += indent_;
            out_.paint(TextStyle::key, visible(fields[i].key));
            out_.text() += ": ";
            write_value(fields[i].value);
        }
    }

    /// With all its lines, as far as they are not too many: of a traceback the end matters most.
    void write_value(std::string_view value) {
        std::string text;
        append_python_text(text, value);
        std::vector<std::string_view> lines;
        for (std::string_view rest = text; !rest.empty() || lines.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            lines.push_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines.size() > value_lines_shown && i == value_lines_shown / 4) {
                const std::size_t left_out = lines.size() - value_lines_shown;
                out_.text() += indent_ + "  ";
                out_.paint(TextStyle::note, std::to_string(left_out) + " lines");
                out_.end_line();
                i += left_out;
            }
            out_.text() += i == 0 ? "" : indent_ + "  ";
            append_cut_value(out_.text(), lines[i], 500, glyphs_.ellipsis);
            out_.end_line();
        }
    }

    void write_unfinished() {
        begin_item(true);
        out_.paint(TextStyle::unfinished, "unfinished");
        const std::uint32_t start = task_.nodes[failure_.node].start;
        const std::uint32_t last = last_line();
        if (task_.lines[start].has_time && task_.lines[last].has_time) {
            out_.text() +=
                ": the last line of the task came " +
                duration_text(nanoseconds_between(task_.lines[start].time, task_.lines[last].time),
                              ascii_) +
                " after its start";
        }
        out_.paint(TextStyle::faint, "  " + place(last));
        out_.end_line();
    }

    std::uint32_t last_line() const noexcept {
        std::uint32_t last = 0;
        for (std::uint32_t line = 0; line < task_.lines.size(); ++line) {
            if (task_.lines[line].has_time && task_.lines[last].time <= task_.lines[line].time) {
                last = line;
            }
        }
        return last;
    }

    /// Which actions failed because of it, and which one went on.
    void write_travel() {
        if (failure_.kind != FailureKind::failed) {
            return;
        }
        std::uint32_t node = failure_.node;
        std::string text;
        while (node != failure_.outermost) {
            node = task_.nodes[node].parent;
            text += text.empty() ? "went out through " : ", ";
            text += shown_type(task_, node) + shown_level(task_, node) + change(node);
            if (text.size() > 400) {
                node = failure_.outermost;
                text += glyphs_.ellipsis;
            }
        }
        text += text.empty() ? "" : "; ";
        out_.line(text + where_it_stopped());
    }

    /// What the exception became, where another one was thrown on the way.
    std::string change(std::uint32_t node) const {
        const std::uint32_t end = task_.nodes[node].end;
        const std::string exception = string_or(task_, end, "exception", "");
        const std::string reason = string_or(task_, end, "reason", "");
        if (exception == string_or(task_, failure_.line, "exception", "") &&
            reason == failure_.reason) {
            return {};
        }
        return " as " + visible(exception) + ": " +
               visible(std::string_view{reason}.substr(0, reason.find('\n')));
    }

    std::string where_it_stopped() const {
        if (failure_.outermost == task_.root()) {
            return "the task failed";
        }
        const std::uint32_t keeper = task_.nodes[failure_.outermost].parent;
        const std::uint32_t end = task_.nodes[keeper].end;
        return "stopped in " + shown_type(task_, keeper) + shown_level(task_, keeper) +
               (end == nothing             ? ", which never ended"
                : is_failed(task_, keeper) ? ", which went on and failed later"
                                           : ", which went on");
    }

    TextOutput& out_;
    const TaskStore& task_;
    const Failure& failure_;
    bool ascii_;
    const Glyphs& glyphs_;
    std::vector<std::uint32_t> way_;
    std::string indent_;
};

}
ELIOT_END_NAMESPACE
