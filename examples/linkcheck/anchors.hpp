// SPDX-License-Identifier: Apache-2.0
#pragma once

// The names under which GitHub lets one link to the headings of a document.

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace linkcheck {

/// A heading's text, without its markup, as GitHub makes an anchor of it: lower case; letters,
/// digits, `_` and `-` stay, a space becomes `-`, everything else goes.
std::string slug(std::string_view text);

/// Text in lower case, also beyond ASCII.
std::string lower(std::string_view text);

/// All the places of one document that a link may name.
class Anchors {
public:
    /// A heading; one whose slug is taken gets `-1`, `-2`, …
    void add_heading(std::string_view text);
    /// An element with an id, or `<a name="…">`.
    void add_element(std::string name) { elements_.insert(std::move(name)); }

    bool contains(const std::string& name) const {
        return headings_.contains(name) || elements_.contains(name);
    }
    /// The anchor that the name would be with other capitals; empty if there is none.
    std::string like(std::string_view name) const;
    std::size_t size() const noexcept { return headings_.size() + elements_.size(); }

private:
    std::unordered_set<std::string> headings_;
    std::unordered_set<std::string> elements_; ///< these take no name from a heading
    std::unordered_map<std::string, std::size_t> repetitions_;
};

} // namespace linkcheck
