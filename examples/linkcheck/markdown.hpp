// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a link checker wants to know of a Markdown document, read as GitHub reads it.

#include "anchors.hpp"
#include "inlines.hpp"

#include <string_view>
#include <vector>

namespace linkcheck {

struct Document {
    std::vector<Link> links;           ///< inline ones, images, definitions, HTML's href and src
    std::vector<Reference> unresolved; ///< references whose label nothing defines
    Anchors anchors;
};

/// Time is linear in the text.
Document read_markdown(std::string_view text);

} // namespace linkcheck
