// SPDX-License-Identifier: Apache-2.0

#include "markdown.hpp"

#include "line.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

namespace linkcheck {
namespace {

/// Labels are compared without regard to case and to the amount of blanks.
std::string normalized(std::string_view label) {
    std::string text;
    for (const char byte : label) {
        if (!is_blank(byte)) {
            text += byte;
        } else if (!text.empty() && text.back() != ' ') {
            text += ' ';
        }
    }
    while (text.ends_with(' ')) {
        text.pop_back();
    }
    return lower(text);
}

class Reader {
public:
    Document read(std::string_view text) {
        skip_front_matter(text);
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(0, end);
            line.remove_suffix(line.ends_with('\r') ? 1 : 0);
            ++number_;
            read_line({line});
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        end_block();
        resolve();
        return std::move(document_);
    }

private:
    enum class Block { none, paragraph, html, code };

    void skip_front_matter(std::string_view& text) {
        const std::size_t end = text.starts_with("---\n") ? text.find("\n---\n", 3) : text.npos;
        if (end != text.npos) {
            number_ =
                1 + static_cast<std::size_t>(std::count(
                        text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end) + 1, '\n'));
            text.remove_prefix(end + 5);
        }
    }

    void read_line(Line line) {
        skip_quotes(line);
        const bool blank = trimmed(line.rest).empty();
        if (block_ == Block::code && !leaves_code(line, blank)) {
            return;
        }
        if (block_ == Block::html && html_end_[0] != '\0') {
            continue_html(line.rest);
        } else if (blank) {
            end_block();
        } else if (block_ == Block::html) {
            continue_html(line.rest);
        } else {
            read_text(line);
        }
    }
    void skip_quotes(Line& line) {
        std::size_t depth = 0;
        const bool is_code = block_ == Block::code;
        while ((!is_code || depth < quotes_) && line.indentation() - line.column < 4) {
            Line ahead = line;
            ahead.skip_blanks();
            if (!ahead.rest.starts_with('>')) {
                break;
            }
            ahead.skip(ahead.rest.starts_with("> ") ? 2 : 1);
            line = ahead;
            ++depth;
        }
        line.column = 0;
        if (depth != quotes_) {
            end_block();
            items_.clear();
            quotes_ = depth;
        }
    }

    void read_text(Line& line) {
        leave_items(line);
        while (enter_item(line)) {
        }
        if (block_ == Block::none && line.indentation() >= content_column() + 4) {
            return; // indented code
        }
        line.skip_blanks();
        if (line.rest.empty() || enter_code(line) || read_heading(line.rest) ||
            read_underline(line) || read_rule(line.rest) || enter_html(line.rest)) {
            return;
        }
        const bool is_row = line.rest.starts_with('|');
        if (is_row) { // a code span ends with its row
            end_block();
        }
        add_text(line.rest);
        if (is_row) {
            end_block();
        }
    }

    std::size_t content_column() const { return items_.empty() ? 0 : items_.back(); }
    /// Less indentation ends a list item, unless its paragraph just goes on.
    void leave_items(const Line& line) {
        Line ahead = line;
        ahead.skip_blanks();
        const bool goes_on =
            block_ == Block::paragraph && !starts_block(ahead.rest, !items_.empty());
        while (!goes_on && ahead.column < content_column()) {
            end_block();
            items_.pop_back();
        }
    }
    bool enter_item(Line& line) {
        if (line.indentation() >= content_column() + 4) {
            return false;
        }
        Line ahead = line;
        ahead.skip_blanks();
        if (ahead.rest.starts_with('>') && ahead.column > 0) { // a quotation inside an item
            ahead.skip(1);
            line = ahead;
            return true;
        }
        if (const std::size_t note = footnote_width(ahead.rest)) {
            end_block();
            items_.push_back(ahead.column + 4);
            line = {ahead.rest.substr(note), items_.back()};
            return false;
        }
        const bool inside_paragraph = block_ == Block::paragraph && items_.empty();
        const std::size_t width =
            is_rule(ahead.rest) ? 0 : marker_width(ahead.rest, inside_paragraph);
        if (width > 0) {
            end_block();
            ahead.skip(width);
            items_.push_back(ahead.column);
            line = ahead;
        }
        return width > 0;
    }

    bool enter_code(const Line& line) {
        const char mark = line.rest[0];
        const std::size_t length = run_length(line.rest, mark);
        const bool is_fence = (mark == '~' || mark == '`') && length >= 3 &&
                              (mark == '~' || line.rest.find('`', length) == line.rest.npos);
        if (is_fence) {
            end_block();
            block_ = Block::code;
            fence_ = line.rest.substr(0, length);
        }
        return is_fence;
    }
    /// True when this line stands behind the code, because the list item that held it has ended.
    bool leaves_code(Line line, bool blank) {
        line.skip_blanks();
        if (!blank && line.column < content_column()) {
            block_ = Block::none;
            return true;
        }
        if (run_length(line.rest, fence_[0]) >= fence_.size() &&
            trimmed(line.rest.substr(run_length(line.rest, fence_[0]))).empty()) {
            block_ = Block::none;
        }
        return false;
    }

    bool read_heading(std::string_view text) {
        const std::size_t depth = run_length(text, '#');
        if (depth == 0 || depth > 6 || (depth < text.size() && !is_blank(text[depth]))) {
            return false;
        }
        end_block();
        text = trimmed(text.substr(depth));
        const std::size_t last = text.find_last_not_of('#');
        if (last == text.npos || is_blank(text[last])) {
            text = trimmed(text.substr(0, last == text.npos ? 0 : last + 1));
        }
        add_heading(text, number_);
        return true;
    }
    bool read_underline(const Line& line) {
        const std::string_view text = trimmed(line.rest);
        const bool is_line =
            run_length(text, '=') == text.size() || run_length(text, '-') == text.size();
        if (block_ != Block::paragraph || !is_line || line.column < content_column()) {
            return false;
        }
        block_ = Block::none;
        std::string heading = std::move(text_);
        std::string_view rest = heading;
        take_definitions(rest);
        add_heading(trimmed(rest), first_line_);
        return true;
    }
    bool read_rule(std::string_view text) {
        if (is_rule(text)) {
            end_block();
            return true;
        }
        return false;
    }
    bool enter_html(std::string_view text) {
        const char* const end = end_of_html(text, block_ == Block::paragraph);
        if (end == nullptr) {
            return false;
        }
        end_block();
        block_ = Block::html;
        html_end_ = end;
        html_is_text_ = text.starts_with("<script") || text.starts_with("<style");
        first_line_ = number_;
        text_.clear();
        continue_html(text);
        return true;
    }
    void continue_html(std::string_view text) {
        text_.append(text).append("\n");
        if (html_end_[0] != '\0' && text.find(html_end_) != text.npos) {
            end_block();
        }
    }

    void add_text(std::string_view text) {
        if (block_ == Block::none) {
            block_ = Block::paragraph;
            first_line_ = number_;
            text_.clear();
        }
        text_.append(text).append("\n");
    }
    void add_heading(std::string_view text, std::size_t line) {
        const Inlines inlines = read_inlines(text, line);
        document_.anchors.add_heading(inlines.text);
        add(inlines);
    }
    void add(const Inlines& inlines) {
        document_.links.insert(document_.links.end(), inlines.links.begin(), inlines.links.end());
        document_.unresolved.insert(document_.unresolved.end(), inlines.references.begin(),
                                    inlines.references.end());
        for (const std::string& element : inlines.elements) {
            document_.anchors.add_element(element);
        }
        for (const std::string& heading : inlines.headings) {
            document_.anchors.add_heading(trimmed(heading));
        }
    }
    void take_definitions(std::string_view& text) {
        std::string label;
        Link link;
        while (take_definition(text, first_line_, label, link)) {
            if (labels_.insert(normalized(label)).second) {
                document_.links.push_back(link);
            }
        }
    }
    void end_block() {
        const Block ended = std::exchange(block_, Block::none);
        std::string_view text = text_;
        if (ended == Block::paragraph) {
            take_definitions(text);
            add(read_inlines(text, first_line_));
        } else if (ended == Block::html && !html_is_text_) {
            add(read_html(text, first_line_));
        }
    }
    void resolve() {
        std::erase_if(document_.unresolved, [this](const Reference& reference) {
            return labels_.contains(normalized(reference.label));
        });
        std::stable_sort(document_.links.begin(), document_.links.end(),
                         [](const Link& a, const Link& b) { return a.line < b.line; });
    }

    std::size_t number_ = 0;
    Block block_ = Block::none;
    std::string text_; ///< of the block that is being read
    std::size_t first_line_ = 0;
    std::size_t quotes_ = 0;         ///< how deep the block is quoted
    std::vector<std::size_t> items_; ///< columns at which the content of open list items begins
    std::string fence_;
    const char* html_end_ = "";
    bool html_is_text_ = false;
    std::unordered_set<std::string> labels_;
    Document document_;
};

} // namespace

Document read_markdown(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) {
        text.remove_prefix(3);
    }
    return Reader{}.read(text);
}

} // namespace linkcheck
