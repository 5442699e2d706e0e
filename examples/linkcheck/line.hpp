// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the beginning of a line means in Markdown: indentation, list markers, rules, HTML.

#include "scanner.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace linkcheck {

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (is_blank(text.back()) || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    return text;
}

/// A line, eaten from the left; columns count a tab to the next multiple of four.
struct Line {
    std::string_view rest;
    std::size_t column = 0;

    std::size_t indentation() const {
        std::size_t end = column;
        for (const char byte : rest) {
            if (byte != ' ' && byte != '\t') {
                break;
            }
            end += byte == '\t' ? 4 - end % 4 : 1;
        }
        return end;
    }
    void skip_blanks() {
        column = indentation();
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    }
    void skip(std::size_t count) {
        rest.remove_prefix(count);
        column += count;
    }
};

inline std::size_t run_length(std::string_view text, char byte) {
    return std::min(text.find_first_not_of(byte), text.size());
}

/// The width of `- `, `+ `, `* `, `1. ` or `1) `, with the blanks that belong to it; 0 if none.
inline std::size_t marker_width(std::string_view text, bool inside_paragraph) {
    std::size_t width = 1;
    if (text.empty() || std::string_view{"-+*"}.find(text[0]) == std::string_view::npos) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        const bool is_number = digits > 0 && digits < 10 && digits < text.size() &&
                               (text[digits] == '.' || text[digits] == ')');
        if (!is_number || (inside_paragraph && text.substr(0, digits) != "1")) {
            return 0;
        }
        width = digits + 1;
    }
    const std::size_t blanks = run_length(text.substr(width), ' ');
    if (text.size() == width) {
        return inside_paragraph ? 0 : width;
    }
    return blanks == 0 ? 0 : width + (blanks > 4 ? 1 : blanks);
}

inline bool is_rule(std::string_view text) {
    std::size_t marks = 0;
    for (const char byte : text) {
        if (byte == text[0]) {
            ++marks;
        } else if (!is_blank(byte)) {
            return false;
        }
    }
    return marks >= 3 && (text[0] == '-' || text[0] == '*' || text[0] == '_');
}

/// Elements whose content is HTML until the next blank line.
inline constexpr std::array block_elements{
    "address",    "article", "aside",   "blockquote", "body",  "center", "col",    "colgroup",
    "dd",         "details", "dialog",  "dir",        "div",   "dl",     "dt",     "figure",
    "figcaption", "footer",  "form",    "h1",         "h2",    "h3",     "h4",     "h5",
    "h6",         "head",    "header",  "hr",         "html",  "iframe", "legend", "li",
    "link",       "main",    "menu",    "nav",        "ol",    "option", "p",      "param",
    "section",    "source",  "summary", "table",      "tbody", "td",     "tfoot",  "th",
    "thead",      "title",   "tr",      "track",      "ul"};

/// Elements whose content stays as it is until they end.
inline constexpr std::pair<const char*, const char*> verbatim_elements[] = {
    {"pre", "</pre>"}, {"script", "</script>"}, {"style", "</style>"}, {"textarea", "</textarea>"}};

/// What ends the HTML that begins with this line: a text, or "" for a blank line; nullptr: no HTML.
inline const char* end_of_html(std::string_view text, bool inside_paragraph) {
    if (!text.starts_with('<')) {
        return nullptr;
    }
    if (text.starts_with("<!--")) {
        return "-->";
    }
    if (text.starts_with("<?")) {
        return "?>";
    }
    std::string name;
    for (const char byte : text.substr(text.starts_with("</") ? 2 : 1)) {
        if (!is_letter(byte) && (name.empty() || !is_digit(byte))) {
            break;
        }
        name += static_cast<char>(byte | (is_letter(byte) ? 0x20 : 0));
    }
    for (const auto& [element, end] : verbatim_elements) {
        if (name == element) {
            return end;
        }
    }
    if (std::find(block_elements.begin(), block_elements.end(), name) != block_elements.end()) {
        return "";
    }
    const bool one_tag = text.find('>') == text.size() - 1 && // alone on its line
                         text.find_first_of(":@") > text.find_first_of(" >");
    return one_tag && !inside_paragraph && !name.empty() ? "" : nullptr;
}

/// The size of `[^name]:`, which begins a footnote; 0 if none.
inline std::size_t footnote_width(std::string_view text) {
    const std::size_t end = text.starts_with("[^") ? text.find(']') : text.npos;
    return end < text.size() && text.substr(end + 1).starts_with(':') ? end + 2 : 0;
}

/// Whether a line that begins so is no mere continuation of a paragraph.
inline bool starts_block(std::string_view text, bool inside_item) {
    return !text.empty() && (std::string_view{"#`~<|"}.find(text[0]) != text.npos ||
                             is_rule(text) || marker_width(text, !inside_item) != 0);
}

} // namespace linkcheck
