// SPDX-License-Identifier: Apache-2.0
#pragma once

// Words about a node that several reports need: its type, the way to it, its fields on one line.
//
//     detail::path_text(task, node)                    // main > http_request > divide

#include <eliot/read/json_print.hpp>
#include <eliot/read/line_fields.hpp>
#include <eliot/read/selection.hpp>
#include <eliot/read/text_output.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// The node's type as text that may go to a terminal; `<unnamed>` without one.
inline std::string shown_type(const TaskStore& task, std::uint32_t node) {
    const std::uint32_t line = task.type_line(node);
    if (line == nothing || task.type_of(line).empty()) {
        return "<unnamed>";
    }
    std::string text;
    append_python_text(text, task.type_of(line));
    return visible(text);
}

/// The nodes from the root down to `node`, both included.
inline std::vector<std::uint32_t> way_to(const TaskStore& task, std::uint32_t node) {
    std::vector<std::uint32_t> way{node};
    while (node != task.root()) {
        node = task.nodes[node].parent;
        way.push_back(node);
    }
    std::reverse(way.begin(), way.end());
    return way;
}

/// Types from the root down; the middle of a long way is left out.
inline std::string path_text(const TaskStore& task, std::uint32_t node) {
    constexpr std::size_t most = 12;
    const auto way = way_to(task, node);
    std::string text;
    for (std::size_t i = 0; i < way.size(); ++i) {
        if (way.size() > most && i == most / 2) {
            const std::size_t left_out = way.size() - most;
            text += " > (" + std::to_string(left_out) + " levels)";
            i += left_out;
        }
        text += i == 0 ? "" : " > ";
        text += shown_type(task, way[i]);
    }
    return text;
}

/// The level of a node's first line: of an action's start, of a message.
inline std::string shown_level(const TaskStore& task, std::uint32_t node) {
    auto level = level_of(task, node);
    if (task.nodes[node].is_action) {
        level.push_back(1);
    }
    return short_level_text(level);
}

/// A value on one line: strings as they are, containers as JSON, not more than `limit` characters.
inline std::string shown_value(std::string_view value, std::size_t limit,
                               std::string_view ellipsis) {
    std::string text;
    append_python_text(text, value);
    const std::size_t line = std::min(text.find('\n'), text.size());
    const std::size_t end = characters_end(std::string_view{text}.substr(0, line), limit);
    std::string shown = visible(std::string_view{text}.substr(0, end));
    return end < text.size() ? shown.append(ellipsis) : shown;
}

inline constexpr std::size_t inline_value_limit = 60;

/// `  name: value, name: value`, without fields in `left_out`.
inline std::string inline_fields(const TaskStore& task, std::uint32_t line,
                                 const std::vector<std::string>& left_out,
                                 std::string_view ellipsis) {
    if (line == nothing) {
        return {};
    }
    FieldStack fields;
    fields.push_line(task.line_text(line), left_out);
    std::string text;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        text += i == 0 ? "  " : ", ";
        text += visible(fields[i].key) + ": ";
        text += shown_value(fields[i].value, inline_value_limit, ellipsis);
    }
    return text;
}

inline std::string string_or(const TaskStore& task, std::uint32_t line, std::string_view name,
                             std::string_view otherwise) {
    const auto value = find_member(task.line_text(line), name);
    std::string text{value ? std::string_view{} : otherwise};
    if (value) {
        append_python_text(text, *value);
    }
    return text;
}

/// `1234567` as `1 234 567`.
inline std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) {
        text.insert(at - 3, 1, ' ');
    }
    return text;
}

/// "1 task", "2 tasks"
inline std::string counted(std::uint64_t count, std::string_view noun) {
    return grouped(count) + ' ' + std::string{noun} + (count == 1 ? "" : "s");
}

/// Columns aligned to the right but for the last one.
class TextTable {
public:
    explicit TextTable(std::vector<std::string> titles) { add(std::move(titles)); }

    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

    void write(TextOutput& out) const {
        std::vector<std::size_t> widths(rows_[0].size(), 0);
        for (const auto& row : rows_) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                widths[i] = std::max(widths[i], columns(std::string_view{row[i]}));
            }
        }
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            write_row(out, rows_[i], widths, i == 0 ? TextStyle::faint : TextStyle::plain);
        }
    }

private:
    static void write_row(TextOutput& out, const std::vector<std::string>& row,
                          const std::vector<std::size_t>& widths, TextStyle style) {
        std::string text;
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            text.append(widths[i] - columns(std::string_view{row[i]}), ' ');
            text += row[i] + "  ";
        }
        out.paint(style, text + row.back());
        out.end_line();
    }

    std::vector<std::vector<std::string>> rows_;
};

}
ELIOT_END_NAMESPACE
