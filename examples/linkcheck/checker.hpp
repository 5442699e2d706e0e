// SPDX-License-Identifier: Apache-2.0
#pragma once

// Checks the links of documents, and logs what it does: an action for each document, in it one for
// each link, and one where another document had to be read for it.

#include "markdown.hpp"

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <stdexcept>
#include <string>

namespace linkcheck {

class BrokenLink : public std::runtime_error {
public:
    explicit BrokenLink(const std::string& reason, std::string hint = {})
        : std::runtime_error{reason}, hint_{std::move(hint)} {}
    /// What the link may have meant; empty if nothing comes to mind.
    const std::string& hint() const noexcept { return hint_; }

private:
    std::string hint_;
};

struct Totals {
    std::size_t documents = 0;
    std::size_t links = 0;
    std::size_t broken = 0;
    std::size_t external = 0; ///< of other hosts: not looked at
};

class Checker {
public:
    /// Links that begin with `/` are looked up in `root`; broken ones are told to `report`.
    Checker(std::filesystem::path root, std::ostream& report)
        : root_{std::move(root)}, report_{report} {}

    /// Throws std::filesystem::filesystem_error if the document itself cannot be read.
    void check(const std::filesystem::path& document);
    const Totals& totals() const noexcept { return totals_; }

private:
    void check_links(const std::filesystem::path& path, const Document& document);
    void check_link(const std::filesystem::path& from, const Link& link);
    void check_target(const std::filesystem::path& from, std::string target);
    void check_anchor(const std::filesystem::path& path, const std::string& name);
    const Document& document(const std::filesystem::path& path);

    std::filesystem::path root_;
    std::ostream& report_;
    Totals totals_;
    std::map<std::filesystem::path, Document> documents_; ///< each is read once
};

/// The files to check: files as they are given, and the Markdown files below directories, sorted,
/// without hidden directories other than .github.
std::vector<std::filesystem::path> documents_in(const std::filesystem::path& path);

} // namespace linkcheck
