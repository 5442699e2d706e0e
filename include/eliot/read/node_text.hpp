// SPDX-License-Identifier: Apache-2.0
#pragma once

// The words of a tree: the line that stands for an action or a message, and a field's value.
//
//     detail::NodeText{out, options}.append_message(task, line, "/2/3");

#include <eliot/read/json_print.hpp>
#include <eliot/read/selection.hpp>
#include <eliot/read/text_output.hpp>
#include <eliot/read/time_text.hpp>

ELIOT_BEGIN_NAMESPACE

struct TreeOptions {
    /// Values are cut to their first line and this many characters; 0 shows them whole.
    std::size_t field_limit = 100;
    /// Fields that are not shown, beside those of the framework.
    std::vector<std::string> ignored_fields;
    /// Actions below this level are counted instead of shown; the root is 1; 0 shows all.
    std::size_t depth = 0;
    TimeZone time_zone = TimeZone::utc;
    /// Times as the log has them, durations in seconds.
    bool raw = false;
    /// Draws with ASCII; the log's own text stays what it is.
    bool ascii = false;
    /// Nothing but what eliot-tree shows: durations in seconds, no word about what is unfinished,
    /// left out or odd.
    bool plain = false;
};

namespace detail {

/// Seconds with three decimals, as eliot-tree has them, or with all nine and no zeros behind.
inline std::string seconds_text(std::int64_t nanoseconds, bool all_digits) {
    char text[64];
    const double seconds = static_cast<double>(nanoseconds) / 1e9;
    std::snprintf(text, sizeof text, all_digits ? "%.9f" : "%.3f", seconds);
    std::string out = text;
    if (all_digits) {
        out.erase(out.find_last_not_of('0') + 1);
        out += out.back() == '.' ? "0" : "";
    }
    return out + 's';
}

class NodeText {
public:
    NodeText(TextOutput& out, const TreeOptions& options)
        : out_(out),
          options_(options),
          glyphs_(options.ascii ? ascii_glyphs : unicode_glyphs),
          times_(options.time_zone, ' ') {}

    const Glyphs& glyphs() const noexcept { return glyphs_; }

    /// `type/2/1 ⇒ started 2026-11-21 05:28:55Z ⧖ 12.3ms`
    void append_start(const TaskStore& task, std::uint32_t node, std::string_view level) {
        const StoredNode& action = task.nodes[node];
        if (action.start == nothing) {
            out_.paint(TextStyle::type, "<unnamed>");
            return;
        }
        const WrittenStatus end =
            action.end == nothing ? WrittenStatus::started : task.lines[action.end].status;
        append_action_line(task, action.start, level, end);
        append_duration(task, node);
    }

    /// `type/2/3 ⇒ succeeded 2026-11-21 05:28:55Z`
    void append_end(const TaskStore& task, std::uint32_t line, std::string_view level) {
        append_action_line(task, line, level, task.lines[line].status);
    }

    /// `type/2/2 2026-11-21 05:28:55Z`
    void append_message(const TaskStore& task, std::uint32_t line, std::string_view level) {
        if (task.lines[line].is_action_line) {
            append_action_line(task, line, level, task.lines[line].status);
            return;
        }
        if (task.type_of(line).empty()) {
            out_.paint(TextStyle::type, "<unnamed>");
            return;
        }
        append_type(task.type_of(line), level);
        append_time(task, line);
    }

    /// The value of a field that is no container.
    void append_value(std::string_view value) {
        value_.clear();
        append_python_text(value_, value);
        append_cut_value(out_.text(), value_, options_.field_limit, glyphs_.ellipsis);
    }

    /// The whole value; every line after its first one begins with `prefix`.
    void append_whole_value(std::string_view value, std::string_view prefix) {
        value_.clear();
        append_python_text(value_, value);
        std::string_view rest = value_;
        for (std::size_t end = rest.find('\n'); end != std::string_view::npos;
             end = rest.find('\n')) {
            append_visible(out_.text(), rest.substr(0, end));
            out_.text() += glyphs_.line_end;
            out_.end_line();
            out_.paint(TextStyle::faint, prefix);
            rest.remove_prefix(end + 1);
        }
        append_visible(out_.text(), rest);
    }

private:
    static TextStyle style_of(WrittenStatus status) noexcept {
        switch (status) {
        case WrittenStatus::succeeded:
            return TextStyle::succeeded;
        case WrittenStatus::failed:
            return TextStyle::failed;
        case WrittenStatus::unknown:
        case WrittenStatus::started:
            return TextStyle::unfinished;
        default:
            return TextStyle::plain;
        }
    }

    void append_type(std::string_view type, std::string_view level) {
        value_.clear();
        append_python_text(value_, type);
        const std::string shown = visible(value_);
        out_.paint(TextStyle::type, shown);
        out_.paint(TextStyle::faint, level);
    }

    /// The status is the line's own, its colour that of how the action ended.
    void append_action_line(const TaskStore& task, std::uint32_t line, std::string_view level,
                            WrittenStatus ended) {
        const bool message = task.lines[line].status == WrittenStatus::none;
        append_type(message ? "null" : task.type_of(line), level);
        out_.text() += ' ';
        out_.text() += glyphs_.arrow;
        out_.text() += ' ';
        status_.clear();
        append_status(task, line);
        out_.paint(style_of(ended), status_);
        append_time(task, line);
    }

    void append_status(const TaskStore& task, std::uint32_t line) {
        switch (task.lines[line].status) {
        case WrittenStatus::started:
            status_ = "started";
            return;
        case WrittenStatus::succeeded:
            status_ = "succeeded";
            return;
        case WrittenStatus::failed:
            status_ = "failed";
            return;
        default:
            break;
        }
        value_.clear();
        append_python_text(value_,
                           find_member(task.line_text(line), "action_status").value_or("null"));
        append_visible(status_, value_);
    }

    void append_time(const TaskStore& task, std::uint32_t line) {
        out_.text() += ' ';
        const StoredLine& stored = task.lines[line];
        if (options_.raw || !stored.has_time) {
            const auto raw = find_member(task.line_text(line), "timestamp");
            append_visible(out_.text(), raw.value_or("<no time>"));
        } else {
            time_.clear();
            times_.append_seconds(time_, stored.time);
            out_.paint(TextStyle::faint, time_);
        }
    }

    void append_duration(const TaskStore& task, std::uint32_t node) {
        const bool ended = task.nodes[node].end != nothing;
        const auto duration = node_duration(task, node);
        if (ended ? !duration : options_.plain) {
            return;
        }
        out_.text() += ' ';
        out_.text() += glyphs_.hourglass;
        out_.text() += ' ';
        if (!ended) {
            out_.paint(TextStyle::unfinished, "unfinished");
        } else if (options_.plain || options_.raw) {
            out_.text() += seconds_text(*duration, options_.raw);
        } else {
            out_.text() += duration_text(*duration, options_.ascii);
        }
    }

    TextOutput& out_;
    const TreeOptions& options_;
    const Glyphs& glyphs_;
    TimeWriter times_;
    std::string value_;
    std::string status_;
    std::string time_;
};

}
ELIOT_END_NAMESPACE
