// SPDX-License-Identifier: Apache-2.0
#pragma once

// A tree of types, as a test writes it down:
//
//     signin > [check, query > [row, ...], *]
//
// `name` is a message or an action of that type, whatever happened in it; `name > [a, b]` an action
// in which exactly a and b happened, in this order; `name > a` is short for `name > [a]`. `*` is
// any one node, `...` any number of them. Blanks are free. A name with one of `,[]>"` stands in
// quotes.

#include <eliot/config.hpp>
#include <eliot/testing/logged.hpp>
#include <eliot/testing/search.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct TreePattern {
    enum class Kind : unsigned char { named, any, any_number };

    Kind kind = Kind::named;
    std::string name;
    bool has_children = false; ///< otherwise whatever happened in it will do
    std::vector<TreePattern> children;
};

/// Reads a pattern; throws std::invalid_argument that points at what it cannot read.
class TreePatternParser {
public:
    explicit TreePatternParser(std::string_view text) : text_{text} {}

    TreePattern parse() {
        TreePattern pattern = node();
        if (at_ != text_.size()) {
            fail("one tree, and nothing behind it");
        }
        if (pattern.kind == TreePattern::Kind::any_number) {
            fail("one tree, not any number of them");
        }
        return pattern;
    }

private:
    TreePattern node() {
        TreePattern pattern;
        pattern.name = name();
        pattern.kind = was_quoted_             ? TreePattern::Kind::named
                       : pattern.name == "*"   ? TreePattern::Kind::any
                       : pattern.name == "..." ? TreePattern::Kind::any_number
                                               : TreePattern::Kind::named;
        if (pattern.kind != TreePattern::Kind::any_number && take('>')) {
            pattern.has_children = true;
            children(pattern.children);
        }
        return pattern;
    }
    void children(std::vector<TreePattern>& children) {
        if (!take('[')) {
            children.push_back(node());
            return;
        }
        if (take(']')) {
            return;
        }
        do {
            children.push_back(node());
        } while (take(','));
        if (!take(']')) {
            fail("',' or ']'");
        }
    }

    /// Up to the next sign, without the blanks around it.
    std::string name() {
        skip_blanks();
        was_quoted_ = at_ < text_.size() && text_[at_] == '"';
        return was_quoted_ ? quoted_name() : bare_name();
    }
    std::string bare_name() {
        const std::size_t begin = at_;
        at_ = std::min(text_.find_first_of(",[]>\"", at_), text_.size());
        std::string_view name = text_.substr(begin, at_ - begin);
        name = name.substr(0, name.find_last_not_of(blanks) + 1);
        if (name.empty()) {
            fail("the name of a type");
        }
        return std::string{name};
    }
    std::string quoted_name() {
        const std::size_t begin = ++at_;
        at_ = text_.find('"', begin);
        if (at_ == std::string_view::npos) {
            at_ = text_.size();
            fail("a closing quote");
        }
        std::string name{text_.substr(begin, at_++ - begin)};
        skip_blanks();
        return name;
    }
    bool take(char sign) {
        skip_blanks();
        const bool is_there = at_ < text_.size() && text_[at_] == sign;
        at_ += is_there ? 1 : 0;
        skip_blanks();
        return is_there;
    }
    void skip_blanks() { at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size()); }

    [[noreturn]] void fail(const std::string& expected) const {
        throw std::invalid_argument{"eliot: in the tree\n    " + std::string{text_} + "\n    " +
                                    std::string(at_, ' ') + "^ expected " + expected +
                                    "; for example \"signin > [check, query > [row, ...], *]\""};
    }

    static constexpr std::string_view blanks = " \t\n\r";

    std::string_view text_;
    std::size_t at_ = 0;
    bool was_quoted_ = false;
};

inline std::string type_of(const testing::LoggedChild& child) {
    return std::visit([](const auto& node) { return node.type(); }, child);
}

inline bool matches(const TreePattern& pattern, const testing::LoggedChild& child);

/// `...` takes as few as it must.
inline bool match_all(const std::vector<TreePattern>& patterns,
                      const std::vector<testing::LoggedChild>& children) {
    constexpr auto none = static_cast<std::size_t>(-1);
    std::size_t pattern = 0;
    std::size_t child = 0;
    std::size_t last_wild = none; // the last `...`, and where it is tried next
    std::size_t retry = 0;
    while (child < children.size()) {
        if (pattern < patterns.size() && patterns[pattern].kind == TreePattern::Kind::any_number) {
            last_wild = pattern++;
            retry = child;
        } else if (pattern < patterns.size() && matches(patterns[pattern], children[child])) {
            ++pattern;
            ++child;
        } else if (last_wild != none) {
            pattern = last_wild + 1;
            child = ++retry;
        } else {
            return false;
        }
    }
    while (pattern < patterns.size() && patterns[pattern].kind == TreePattern::Kind::any_number) {
        ++pattern;
    }
    return pattern == patterns.size();
}

inline bool matches_type(const TreePattern& pattern, const testing::LoggedChild& child) {
    return pattern.kind == TreePattern::Kind::any || pattern.name == type_of(child);
}

inline bool matches(const TreePattern& pattern, const testing::LoggedChild& child) {
    const auto* action = std::get_if<testing::LoggedAction>(&child);
    return matches_type(pattern, child) &&
           (!pattern.has_children ||
            (action != nullptr && match_all(pattern.children, action->children())));
}

/// Whether it is there anywhere in a log.
inline bool is_found(const TreePattern& pattern, const std::vector<testing::LoggedChild>& nodes) {
    for (const testing::LoggedChild& node : nodes) {
        const auto* action = std::get_if<testing::LoggedAction>(&node);
        if (matches(pattern, node) ||
            (action != nullptr && is_found(pattern, action->children()))) {
            return true;
        }
    }
    return false;
}

/// Where a tree departs from a pattern whose outermost type it has.
class TreeDifference {
public:
    TreeDifference(const TreePattern& pattern, const testing::LoggedChild& child) {
        find(pattern, child);
    }

    std::string text() const {
        Rows rows;
        rows.add("expected", "", expected_);
        rows.add("there is", "", actual_);
        std::string text = "In " + path_ + ":\n\n" + rows.text();
        text.pop_back();
        return text;
    }

private:
    void find(const TreePattern& pattern, const testing::LoggedChild& child) {
        path_ += (path_.empty() ? "" : " > ") + type_of(child);
        const auto* action = std::get_if<testing::LoggedAction>(&child);
        if (action == nullptr) {
            expected_ = "an action with " + list(pattern.children);
            actual_ = "a message";
            return;
        }
        const auto& children = action->children();
        for (std::size_t i = 0; have_equal_types(pattern.children, children) && i < children.size();
             ++i) {
            if (!matches(pattern.children[i], children[i])) {
                find(pattern.children[i], children[i]);
                return;
            }
        }
        expected_ = list(pattern.children);
        actual_ = list(children);
    }
    static bool have_equal_types(const std::vector<TreePattern>& patterns,
                                 const std::vector<testing::LoggedChild>& children) {
        return std::equal(
            patterns.begin(), patterns.end(), children.begin(), children.end(),
            [](const auto& pattern, const auto& child) { return matches_type(pattern, child); });
    }

    static std::string name_of(const TreePattern& pattern) { return pattern.name; }
    static std::string name_of(const testing::LoggedChild& child) { return type_of(child); }
    template <class Node>
    static std::string list(const std::vector<Node>& nodes) {
        std::string text;
        for (const Node& node : nodes) {
            text += (text.empty() ? "" : ", ") + name_of(node);
        }
        return "[" + text + "]";
    }

    std::string path_;
    std::string expected_;
    std::string actual_;
};

/// The first node whose type is that of the pattern; null if there is none.
inline const testing::LoggedChild* find_type(const TreePattern& pattern,
                                             const std::vector<testing::LoggedChild>& nodes) {
    for (const testing::LoggedChild& node : nodes) {
        if (matches_type(pattern, node)) {
            return &node;
        }
        if (const auto* action = std::get_if<testing::LoggedAction>(&node)) {
            if (const auto* found = find_type(pattern, action->children())) {
                return found;
            }
        }
    }
    return nullptr;
}

} // namespace detail
ELIOT_END_NAMESPACE
