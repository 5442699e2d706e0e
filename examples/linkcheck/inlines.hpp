// SPDX-License-Identifier: Apache-2.0
#pragma once

// What stands inside one block of Markdown: links, images, HTML tags, and the plain text.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace linkcheck {

/// A target as a browser would get it: `\` escapes undone, `%` escapes not.
struct Link {
    std::string target;
    std::size_t line;
};

/// `[text][label]`, to be looked up when the whole document has been read.
struct Reference {
    std::string label;
    std::size_t line;
};

struct Inlines {
    std::vector<Link> links;
    std::vector<Reference> references;
    std::vector<std::string> elements; ///< ids of HTML elements
    std::vector<std::string> headings; ///< the texts of <h1>…</h1> to <h6>
    std::string text;                  ///< without markup
};

/// Reads the text of a paragraph, heading or table row that begins at `line`.
/// Time is linear in the text, whatever is in it.
Inlines read_inlines(std::string_view text, std::size_t line);
/// Reads a block of HTML, in which Markdown means nothing.
Inlines read_html(std::string_view text, std::size_t line);

/// Takes `[label]: target "title"` from the front of a paragraph; false if there is none.
/// `line` moves on with the text.
bool take_definition(std::string_view& text, std::size_t& line, std::string& label, Link& link);

} // namespace linkcheck
