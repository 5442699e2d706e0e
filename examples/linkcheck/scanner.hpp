// SPDX-License-Identifier: Apache-2.0
#pragma once

// The pieces of Markdown that both inline links and link definitions are made of.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace linkcheck {

inline bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n'; }
inline bool is_letter(char byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; }
inline bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
/// Bytes of letters beyond ASCII count as letters.
inline bool is_word(char byte) {
    return is_letter(byte) || is_digit(byte) || byte == '_' || static_cast<signed char>(byte) < 0;
}
inline bool is_punctuation(char byte) {
    return byte > ' ' && byte < 0x7f && !is_letter(byte) && !is_digit(byte);
}

/// A position in a text; every `take` moves it on, or leaves it and gives nothing.
class Scanner {
public:
    explicit Scanner(std::string_view text, std::size_t at = 0) : text_{text}, at_{at} {}

    std::size_t at() const { return at_; }
    bool at_end() const { return at_ >= text_.size(); }
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    bool starts_with(std::string_view token) const { return text_.substr(at_).starts_with(token); }
    void skip(std::size_t count = 1) { at_ += count; }
    bool take(char byte) {
        const bool found = peek() == byte && !at_end();
        at_ += found ? 1U : 0U;
        return found;
    }
    bool skip_blanks() {
        const std::size_t begin = at_;
        while (is_blank(peek())) {
            ++at_;
        }
        return at_ > begin;
    }
    /// A byte, or the byte that a `\` takes the meaning from.
    char take_escaped() {
        at_ += peek() == '\\' && is_punctuation(peek(1)) ? 1U : 0U;
        return text_[at_++];
    }

    /// `<target>` or a target without spaces; an empty one only in angle brackets or before `)`.
    std::optional<std::string> take_target() {
        const Scanner begin = *this;
        std::string target;
        if (take('<') ? take_angled(target) : take_bare(target)) {
            return target;
        }
        *this = begin;
        return std::nullopt;
    }
    /// "…", '…' or (…), with what precedes it.
    bool take_title() {
        const Scanner begin = *this;
        const char open = skip_blanks() ? peek() : '\0';
        if (open == '"' || open == '\'' || open == '(') {
            skip();
            const char close = open == '(' ? ')' : open;
            while (!at_end() && peek() != close && (open != '(' || peek() != '(')) {
                take_escaped();
            }
            if (take(close)) {
                return true;
            }
        }
        *this = begin;
        return false;
    }
    /// `[label]`, not longer than the 999 bytes that CommonMark allows.
    std::optional<std::string> take_label() {
        const Scanner begin = *this;
        std::string label;
        if (take('[')) {
            while (!at_end() && peek() != ']' && peek() != '[' && label.size() < 999) {
                if (peek() == '\\' && peek(1) != '\0') {
                    label += text_[at_++];
                }
                label += text_[at_++];
            }
            if (take(']')) {
                return label;
            }
        }
        *this = begin;
        return std::nullopt;
    }

private:
    bool take_angled(std::string& target) {
        while (!at_end() && peek() != '>' && peek() != '<' && peek() != '\n') {
            target += take_escaped();
        }
        return take('>');
    }
    /// Parentheses balance, at most 32 deep.
    bool take_bare(std::string& target) {
        int depth = 0;
        while (!at_end() && static_cast<unsigned char>(peek()) > ' ') {
            depth += peek() == '(' ? 1 : peek() == ')' ? -1 : 0;
            if (depth < 0 || depth > 32) {
                return depth < 0;
            }
            target += take_escaped();
        }
        return depth == 0;
    }

    std::string_view text_;
    std::size_t at_;
};

} // namespace linkcheck
