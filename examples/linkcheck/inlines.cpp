// SPDX-License-Identifier: Apache-2.0

#include "inlines.hpp"

#include "scanner.hpp"

#include <algorithm>
#include <map>

namespace linkcheck {
namespace {

constexpr char removed = '\1'; ///< stands in the plain text for markup that was there

/// Where the runs of backticks are, by their length: a code span ends at the next equal run.
class Backticks {
public:
    explicit Backticks(std::string_view text) {
        for (std::size_t at = text.find('`'); at < text.size(); at = text.find('`', at)) {
            const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
            runs_[end - at].push_back(at);
            at = end;
        }
    }
    /// The next run of this length at `at` or behind; npos if there is none.
    std::size_t next(std::size_t length, std::size_t at) const {
        const auto found = runs_.find(length);
        if (found == runs_.end()) {
            return std::string_view::npos;
        }
        const auto run = std::lower_bound(found->second.begin(), found->second.end(), at);
        return run == found->second.end() ? std::string_view::npos : *run;
    }

private:
    std::map<std::size_t, std::vector<std::size_t>> runs_;
};

class Reader {
public:
    Reader(std::string_view text, std::size_t line)
        : text_{text}, in_{text}, backticks_{text}, line_{line} {}

    Inlines read(bool markdown) {
        while (!in_.at_end()) {
            if (!(markdown ? take_markdown() : take_html())) {
                put(in_.take_escaped());
            }
        }
        return std::move(found_);
    }

private:
    struct Bracket {
        std::size_t line;
        std::size_t begin;      ///< of what it holds, in the source
        std::size_t text_begin; ///< and in the plain text
        bool image;
        bool after_word;
    };

    bool take_markdown() {
        switch (in_.peek()) {
        case '`':
            return take_code();
        case '<':
            return take_autolink() || take_html();
        case '!':
        case '[':
            return open_bracket();
        case ']':
            return close_bracket();
        case '_':
            return take_emphasis();
        case '&':
            return take_entity();
        default:
            return false;
        }
    }
    bool take_html() { return in_.peek() == '<' && (take_comment() || take_tag()); }

    void put(char byte) { found_.text += byte; }
    /// The line of what stands here.
    std::size_t line() {
        line_ += static_cast<std::size_t>(
            std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                       text_.begin() + static_cast<std::ptrdiff_t>(in_.at()), '\n'));
        counted_ = in_.at();
        return line_;
    }

    bool take_code() {
        std::size_t length = 0;
        for (; in_.peek() == '`'; in_.skip()) {
            ++length;
        }
        const std::size_t end = backticks_.next(length, in_.at());
        if (end < text_.size()) {
            found_.text += text_.substr(in_.at(), end - in_.at());
            in_ = Scanner{text_, end + length};
        }
        return true;
    }
    /// `<https://…>` and `<someone@…>`: no blank, and a colon or an at.
    bool take_autolink() {
        const std::size_t end = text_.find_first_of("<> \t\n", in_.at() + 1);
        const std::string_view inside = text_.substr(in_.at() + 1, end - in_.at() - 1);
        if (end >= text_.size() || text_[end] != '>' ||
            inside.find_first_of(":@") > inside.size() ||
            !(is_letter(inside[0]) || is_digit(inside[0]))) {
            return false;
        }
        if (inside.find(':') < inside.size()) {
            found_.links.push_back({std::string{inside}, line()});
        }
        found_.text += inside;
        in_ = Scanner{text_, end + 1};
        return true;
    }
    bool take_entity() {
        const std::size_t end = text_.substr(0, in_.at() + 32).find(';', in_.at());
        const std::string_view name = text_.substr(in_.at() + 1, end - in_.at() - 1);
        const auto fits = [](char byte) {
            return is_letter(byte) || is_digit(byte) || byte == '#';
        };
        if (end >= text_.size() || name.empty() || !std::all_of(name.begin(), name.end(), fits)) {
            return false;
        }
        in_ = Scanner{text_, end + 1};
        return true;
    }

    /// Underscores around words are markup and go; within words they stay.
    bool take_emphasis() {
        const char before = in_.at() == 0 ? ' ' : text_[in_.at() - 1];
        std::size_t length = 0;
        for (; in_.peek() == '_'; in_.skip()) {
            ++length;
        }
        const char after = in_.at_end() ? ' ' : in_.peek();
        const std::size_t place = found_.text.size();
        found_.text.append(length, '_');
        if (!is_word(after) && !is_blank(before) && !underscores_.empty() &&
            underscores_.back().second == length) {
            found_.text.replace(place, length, length, removed);
            found_.text.replace(underscores_.back().first, length, length, removed);
            underscores_.pop_back();
        } else if (!is_word(before) && !is_blank(after)) {
            underscores_.emplace_back(place, length);
        }
        return true;
    }

    bool open_bracket() {
        const char before = in_.at() == 0 ? ' ' : text_[in_.at() - 1];
        const bool image = in_.starts_with("![");
        if (!image && in_.peek() != '[') {
            return false;
        }
        const std::size_t here = line();
        in_.skip(image ? 2 : 1);
        brackets_.push_back({here, in_.at(), found_.text.size(), image,
                             is_word(before) || before == ']' || before == ')'});
        return true;
    }
    bool close_bracket() {
        const std::size_t end = in_.at();
        in_.skip();
        if (brackets_.empty()) {
            return true;
        }
        const Bracket open = brackets_.back();
        brackets_.pop_back();
        const std::string_view inside = text_.substr(open.begin, end - open.begin);
        const bool linked = take_destination(open) || take_reference(open, inside);
        if (linked && open.image) { // an image has no text
            std::fill(found_.text.begin() + static_cast<std::ptrdiff_t>(open.text_begin),
                      found_.text.end(), removed);
        }
        return true;
    }
    bool take_destination(const Bracket& open) {
        Scanner ahead = in_;
        if (!ahead.take('(')) {
            return false;
        }
        ahead.skip_blanks();
        const auto target = ahead.take_target();
        if (!target) {
            return false;
        }
        ahead.take_title();
        ahead.skip_blanks();
        if (!ahead.take(')')) {
            return false;
        }
        found_.links.push_back({*target, open.line});
        in_ = ahead;
        return true;
    }
    bool take_reference(const Bracket& open, std::string_view inside) {
        auto label = in_.take_label();
        if (!label) {
            return false;
        }
        if (label->empty()) {
            label = inside;
        }
        const bool is_footnote = label->starts_with('^') || inside.starts_with('^');
        if (!is_footnote && !open.after_word) { // `a[i][j]` is no link
            found_.references.push_back({*label, open.line});
        }
        return true;
    }

    bool take_comment() {
        if (!in_.starts_with("<!--") || unclosed_comment_) {
            return false;
        }
        const std::size_t end = text_.find("-->", in_.at() + 2);
        unclosed_comment_ = end >= text_.size();
        if (!unclosed_comment_) {
            in_ = Scanner{text_, end + 3};
        }
        return !unclosed_comment_;
    }
    /// A whole tag, `<a href="…">`, or nothing.
    bool take_tag() {
        Scanner ahead = in_;
        ahead.skip();
        const bool is_end = ahead.take('/');
        const std::string name = take_name(ahead);
        if (name.empty()) {
            return false;
        }
        Inlines found;
        const std::size_t here = line();
        while (take_attribute(ahead, name, here, found)) {
        }
        ahead.skip_blanks();
        ahead.take('/');
        if (!ahead.take('>')) {
            return false;
        }
        std::move(found.links.begin(), found.links.end(), std::back_inserter(found_.links));
        std::move(found.elements.begin(), found.elements.end(),
                  std::back_inserter(found_.elements));
        in_ = ahead;
        if (name.size() == 2 && name[0] == 'h' && is_digit(name[1])) {
            if (is_end) {
                found_.headings.push_back(found_.text.substr(heading_begin_));
            }
            heading_begin_ = found_.text.size();
        }
        return true;
    }
    static std::string take_name(Scanner& in) {
        std::string name;
        while (is_letter(in.peek()) || (!name.empty() && (is_digit(in.peek()) || in.peek() == '-' ||
                                                          in.peek() == ':' || in.peek() == '_'))) {
            name += static_cast<char>(is_letter(in.peek()) ? in.peek() | 0x20 : in.peek());
            in.skip();
        }
        return name;
    }
    static bool take_attribute(Scanner& in, const std::string& tag, std::size_t line,
                               Inlines& found) {
        Scanner ahead = in;
        if (!ahead.skip_blanks()) {
            return false;
        }
        const std::string name = take_name(ahead);
        if (name.empty()) {
            return false;
        }
        in = ahead;
        ahead.skip_blanks();
        if (!ahead.take('=')) {
            return true;
        }
        ahead.skip_blanks();
        const std::string value = take_value(ahead);
        in = ahead;
        if (name == "href" || name == "src") {
            found.links.push_back({value, line});
        } else if (name == "srcset") {
            found.links.push_back({value.substr(0, value.find_first_of(" ,")), line});
        } else if (name == "id" || (name == "name" && tag == "a")) {
            found.elements.push_back(value);
        }
        return true;
    }
    static std::string take_value(Scanner& in) {
        const char quote = in.peek() == '"' || in.peek() == '\'' ? in.peek() : '\0';
        in.skip(quote != '\0' ? 1 : 0);
        std::string value;
        while (!in.at_end() &&
               (quote != '\0' ? in.peek() != quote : !is_blank(in.peek()) && in.peek() != '>')) {
            value += in.peek();
            in.skip();
        }
        in.skip(quote != '\0' ? 1 : 0);
        return value;
    }

    std::string_view text_;
    Scanner in_;
    Backticks backticks_;
    std::size_t line_;
    std::size_t counted_ = 0; ///< up to here `line_` is right
    bool unclosed_comment_ = false;
    std::size_t heading_begin_ = 0; ///< in the plain text, behind the last <h1> or </h1>
    std::vector<Bracket> brackets_;
    std::vector<std::pair<std::size_t, std::size_t>> underscores_; ///< place, length
    Inlines found_;
};

} // namespace

Inlines read_inlines(std::string_view text, std::size_t line) {
    return Reader{text, line}.read(true);
}
Inlines read_html(std::string_view text, std::size_t line) {
    return Reader{text, line}.read(false);
}

bool take_definition(std::string_view& text, std::size_t& line, std::string& label, Link& link) {
    Scanner in{text};
    const auto name = in.take_label();
    if (!name || name->empty() || name->starts_with('^') || !in.take(':')) {
        return false;
    }
    in.skip_blanks();
    const auto target = in.at_end() ? std::nullopt : in.take_target();
    if (!target) {
        return false;
    }
    const auto ends_line = [&] {
        while (in.peek() == ' ' || in.peek() == '\t') {
            in.skip();
        }
        return in.at_end() || in.peek() == '\n';
    };
    const Scanner behind_target = in;
    if (!(in.take_title() && ends_line())) {
        in = behind_target;
        if (!ends_line()) {
            return false;
        }
    }
    in.take('\n');
    label = *name;
    link = {*target, line};
    line += static_cast<std::size_t>(
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(in.at()), '\n'));
    text.remove_prefix(in.at());
    return true;
}

} // namespace linkcheck
