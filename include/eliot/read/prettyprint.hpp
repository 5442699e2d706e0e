// SPDX-License-Identifier: Apache-2.0
#pragma once

// A log line by line for people, as eliot-prettyprint does it: each line's fields below its task,
// level and time, or all of it on one line.
//
//     eliot::PrettyPrinter printer{out, {.compact = true}};
//     printer.print(line);

#include <eliot/read/line.hpp>
#include <eliot/read/line_fields.hpp>
#include <eliot/read/text_output.hpp>
#include <eliot/read/time_text.hpp>

ELIOT_BEGIN_NAMESPACE

struct PrettyOptions {
    /// One line a message, byte for byte what eliot-prettyprint -c writes.
    bool compact = false;
    TimeZone time_zone = TimeZone::utc;
    /// Shows control characters in names and ids instead of writing them: for terminals.
    bool visible_controls = false;
};

namespace detail {

/// repr() of Python's bytes.
inline std::string python_bytes(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    const bool apostrophe = bytes.find('\'') != std::string_view::npos;
    const char quote = apostrophe && bytes.find('"') == std::string_view::npos ? '"' : '\'';
    std::string out{'b', quote};
    for (const char c : bytes) {
        const std::size_t named = std::string_view{"\t\n\r\\"}.find(c);
        if (named != std::string_view::npos || c == quote) {
            out += '\\';
            out += c == quote ? c : "tnr\\"[named];
        } else if (is_printable_ascii(c)) {
            out += c;
        } else {
            out += "\\x";
            out += digits[static_cast<unsigned char>(c) >> 4U];
            out += digits[static_cast<unsigned char>(c) & 0xFU];
        }
    }
    return out + quote;
}

/// The numbers of a level behind slashes. As Python's join does it, a level that is a text comes
/// apart into its characters.
inline std::string joined_level(std::string_view level) {
    std::string out;
    JsonMember element;
    for (JsonItems elements{level}; elements.next(&element);) {
        out += '/';
        append_python_text(out, element.value);
    }
    const auto text = string_value(level);
    for (std::size_t at = 0; text && at < text->size();) {
        const std::size_t next = at + characters_end(std::string_view{*text}.substr(at), 1);
        out += '/';
        out += text->substr(at, next - at);
        at = next;
    }
    return out.empty() ? "/" : out;
}

}

class PrettyPrinter {
public:
    PrettyPrinter(TextOutput& out, PrettyOptions options)
        : out_(out), options_(options), times_(options.time_zone, 'T') {}

    /// Prints one line of a log, given without its `\n`. False if it is none of Eliot's: it is
    /// printed as Python's bytes then, unless `show_invalid` is false.
    bool print(std::string_view line, bool show_invalid = true) {
        const bool readable = reader_.read(line) || reader_.problem() == OddityKind::not_eliot;
        const detail::LineFacts& facts = reader_.facts();
        if (facts.task_uuid.empty() || facts.task_level.empty() || facts.timestamp.empty()) {
            problem_ = readable ? OddityKind::not_eliot : reader_.problem();
            if (show_invalid) {
                out_.line((readable ? "Not an Eliot message: " : "Not JSON: ") +
                          detail::python_bytes(line));
                out_.end_line();
            }
            return false;
        }
        fields_.push_line(facts.text, {});
        if (options_.compact) {
            print_compact(facts);
        } else {
            print_long(facts);
        }
        fields_.pop_to(0);
        return true;
    }

    /// What was wrong, after print() said false.
    OddityKind problem() const noexcept { return problem_; }

private:
    /// Values longer than this are broken, a member a line.
    static constexpr std::size_t most_on_a_line = 72;

    std::string head(const detail::LineFacts& facts, std::string_view arrow) {
        std::string text;
        detail::append_python_text(text, facts.task_uuid);
        text += arrow;
        return text + detail::joined_level(facts.task_level);
    }

    void append_time(const detail::LineFacts& facts, std::string& text) {
        const auto time = detail::json_kind(facts.timestamp) == detail::JsonTextKind::number
                              ? Instant::from_number(facts.timestamp)
                              : std::nullopt;
        if (time) {
            times_.append_micros(text, *time);
        } else {
            text += facts.timestamp;
        }
    }

    template <class Print>
    static void print_each(const detail::LineFacts& facts, const detail::FieldStack& fields,
                           Print print) {
        const auto known = [&](std::string_view name, std::string_view value) {
            if (!value.empty()) {
                print(name, value);
            }
        };
        known("action_type", facts.action_type);
        known("message_type", facts.message_type);
        known("action_status", facts.action_status);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            print(fields[i].key, fields[i].value);
        }
    }

    void print_compact(const detail::LineFacts& facts) {
        std::string text = head(facts, "") + ' ';
        append_time(facts, text);
        text += ' ';
        bool first = true;
        print_each(facts, fields_, [&](std::string_view key, std::string_view value) {
            text += std::exchange(first, false) ? "" : " ";
            text += key;
            text += '=';
            detail::append_python_json(text, value);
        });
        out_.line(options_.visible_controls ? detail::visible(text) : text);
    }

    void print_long(const detail::LineFacts& facts) {
        out_.paint(TextStyle::title, detail::visible(head(facts, " -> ")));
        out_.end_line();
        std::string time;
        append_time(facts, time);
        out_.line(detail::visible(time));
        print_each(facts, fields_, [this](std::string_view key, std::string_view value) {
            print_field(detail::visible(key), value);
        });
        out_.end_line();
    }

    void print_field(const std::string& key, std::string_view value) {
        out_.text() += "  ";
        out_.paint(TextStyle::key, key);
        out_.text() += ": ";
        indent_ = std::string(2 + detail::columns(std::string_view{key}), ' ') + "| ";
        print_value(value);
        out_.end_line();
    }

    void next_line(std::size_t depth) {
        out_.end_line();
        out_.text() += indent_;
        out_.text().append(std::min<std::size_t>(depth, 40) * 2, ' ');
    }

    /// An array or object whose end has not been printed yet.
    struct Open {
        detail::JsonItems items;
        char close;
        bool broken;
        bool empty;
    };

    void print_value(std::string_view value) {
        std::vector<Open> open;
        ends_.find(value);
        const auto begin = [&](std::string_view item) {
            if (!detail::is_container(detail::json_kind(item))) {
                return print_scalar(item, open.size());
            }
            out_.text() += item.front();
            open.push_back({detail::JsonItems{item, &ends_}, item.front() == '{' ? '}' : ']',
                            item.size() > most_on_a_line, true});
        };
        begin(value);
        detail::JsonMember member;
        while (!open.empty()) {
            Open& top = open.back();
            if (!top.items.next(&member)) {
                const Open closed = top;
                open.pop_back();
                if (closed.broken && !closed.empty) {
                    next_line(open.size());
                }
                out_.text() += closed.close;
                continue;
            }
            out_.text() += top.empty ? "" : top.broken ? "," : ", ";
            top.empty = false;
            if (top.broken) {
                next_line(open.size());
            }
            if (top.close == '}') {
                print_string(detail::decoded(member.key), open.size());
                out_.text() += ": ";
            }
            begin(member.value);
        }
    }

    void print_scalar(std::string_view value, std::size_t depth) {
        if (const auto text = detail::string_value(value)) {
            print_string(*text, depth);
        } else {
            out_.text() += value;
        }
    }

    /// As JSON, readable: only what must be is escaped. Goes on below after each `\n`.
    void print_string(std::string_view text, std::size_t depth) {
        out_.text() += '"';
        for (const char *at = text.data(), *end = at + text.size(); at != end;) {
            const char32_t code = detail::decode_utf8(at, end);
            const bool escaped = code == '"' || code == '\\' || detail::is_control(code) ||
                                 detail::is_surrogate(code);
            if (escaped) {
                detail::append_ascii_escaped(out_.text(), code);
            } else {
                detail::append_visible_code(out_.text(), code);
            }
            if (code == '\n' && at != end) {
                next_line(depth);
            }
        }
        out_.text() += '"';
    }

    TextOutput& out_;
    PrettyOptions options_;
    detail::TimeWriter times_;
    detail::LineReader reader_;
    detail::FieldStack fields_;
    detail::ContainerEnds ends_;
    std::string indent_;
    OddityKind problem_ = OddityKind::not_json;
};

ELIOT_END_NAMESPACE
