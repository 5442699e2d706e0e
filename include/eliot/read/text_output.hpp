// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where rendered text goes: into a buffer that is handed on in large pieces, line by line cut to
// the width of a terminal if there is one. And how it looks there: colours, and what draws the
// branches.
//
//     eliot::TextOutput out{[](std::string_view text) { std::cout << text; }};

#include <eliot/read/visible.hpp>

#include <functional>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// What a piece of rendered text is; decides its colour.
enum class TextStyle : std::uint8_t {
    plain,
    title,
    type,
    succeeded,
    failed,
    unfinished,
    key,
    faint,
    note
};

class TextOutput {
public:
    using Write = std::function<void(std::string_view)>;

    /// `write` gets whole lines. `width` is that of a terminal, 0 to cut nothing.
    explicit TextOutput(Write write, std::size_t width = 0, bool colours = false,
                        std::string_view cut_mark = "…")
        : write_(std::move(write)), cut_mark_(cut_mark), width_(width), colours_(colours) {}

    TextOutput(const TextOutput&) = delete;
    TextOutput& operator=(const TextOutput&) = delete;

    ~TextOutput() { flush(); }

    /// The text of the line that is being written; append to it.
    std::string& text() noexcept { return text_; }

    bool has_colours() const noexcept { return colours_; }

    /// Appends `text` as it is, in a colour.
    void paint(TextStyle style, std::string_view text) {
        const std::string_view colour = colours_ ? colour_of(style) : std::string_view{};
        text_ += colour;
        text_ += text;
        text_ += colour.empty() ? "" : "\x1b[0m";
    }

    void end_line() {
        if (width_ != 0) {
            cut_line();
        }
        text_ += '\n';
        line_begin_ = text_.size();
        if (line_begin_ >= most_kept) {
            flush();
        }
    }

    void line(std::string_view text) {
        text_ += text;
        end_line();
    }

    /// Hands on also the beginning of the current line, where a line can be of any length. Not for
    /// lines that are cut to a width.
    void hand_on_if_large() {
        if (text_.size() >= most_kept && width_ == 0) {
            write_(text_);
            text_.clear();
            line_begin_ = 0;
        }
    }

    /// Hands on the lines that are complete.
    void flush() {
        if (line_begin_ != 0) {
            write_(std::string_view{text_}.substr(0, line_begin_));
            text_.erase(0, line_begin_);
            line_begin_ = 0;
        }
    }

    /// The escape sequence that begins a style; empty for plain text.
    static constexpr std::string_view colour_of(TextStyle style) noexcept {
        constexpr std::string_view colours[] = {
            "",         "\x1b[1m",  "\x1b[35m", "\x1b[32m", "\x1b[1;31m",
            "\x1b[33m", "\x1b[36m", "\x1b[2m",  "\x1b[33m",
        };
        return colours[static_cast<std::size_t>(style)];
    }

private:
    static constexpr std::size_t most_kept = 65'536;

    void cut_line() {
        const std::string line = text_.substr(line_begin_);
        text_.resize(line_begin_);
        detail::append_cut(text_, line, width_, cut_mark_);
    }

    Write write_;
    std::string text_;
    std::string cut_mark_;
    std::size_t line_begin_ = 0;
    std::size_t width_;
    bool colours_;
};

namespace detail {

/// What draws a tree.
struct Glyphs {
    std::string_view branch;
    std::string_view last_branch;
    std::string_view line;
    std::string_view blank;
    std::string_view arrow;
    std::string_view hourglass;
    std::string_view ellipsis;
    std::string_view line_end;
};

inline constexpr Glyphs unicode_glyphs{"├── ", "└── ", "│   ", "    ", "⇒", "⧖", "…", "⏎"};
inline constexpr Glyphs ascii_glyphs{"|-- ", "+-- ", "|   ", "    ", "=>", "|Y|", "...", ""};

}
ELIOT_END_NAMESPACE
