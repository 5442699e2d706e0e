// SPDX-License-Identifier: Apache-2.0

#include "checker.hpp"

#include <eliot/eliot.hpp>
#include <eliot/filesystem.hpp>

#include "scanner.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <ostream>
#include <sstream>
#include <system_error>

namespace linkcheck {
namespace {

using namespace eliot::literals;
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || fs::is_directory(path)) {
        throw fs::filesystem_error{"cannot read", path, {errno, std::generic_category()}};
    }
    return std::move(text).str();
}

bool is_markdown(const fs::path& path) {
    const std::string extension = lower(path.extension().string());
    return extension == ".md" || extension == ".markdown";
}

/// `scheme:…` or `//host…`
bool is_external(const std::string& target) {
    const std::size_t end = std::min(target.find_first_of(":/?#"), target.size());
    return target.starts_with("//") || (end >= 2 && target[end] == ':');
}

int hex_digit(char byte) {
    return is_digit(byte)                                 ? byte - '0'
           : (byte | 0x20) >= 'a' && (byte | 0x20) <= 'f' ? (byte | 0x20) - 'a' + 10
                                                          : -1;
}

/// Undoes `%20`.
std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        result += low >= 0 ? static_cast<char>(high * 16 + low) : text[i];
        i += low >= 0 ? 2U : 0U;
    }
    return result;
}

std::string count(std::size_t number, const char* noun) {
    return std::to_string(number) + ' ' + noun + (number == 1 ? "" : "s");
}

} // namespace

void Checker::check(const fs::path& path) {
    eliot::start_action("check_document", "path"_f = path).run([&](eliot::Action& action) {
        const Totals before = totals_;
        const Document& markdown = document(path);
        ++totals_.documents;
        check_links(path, markdown);
        const std::size_t broken = totals_.broken - before.broken;
        const std::size_t links = totals_.links - before.links;
        if (broken > 0) {
            action.fail(std::to_string(broken) + " of " + count(links, "link") + " are broken");
        }
        action.add_success_fields("links"_f = links,
                                  "external"_f = totals_.external - before.external);
    });
}

void Checker::check_links(const fs::path& path, const Document& document) {
    const auto attempt = [&](std::size_t line, const std::string& target, auto check) {
        ++totals_.links;
        try {
            eliot::start_action("check_link", "line"_f = line, "target"_f = target).run(check);
        } catch (const BrokenLink& broken) {
            ++totals_.broken;
            report_ << path.string() << ':' << line << ": " << target << ": " << broken.what()
                    << (broken.hint().empty() ? "" : ", is it " + broken.hint() + "?") << '\n';
        }
    };
    for (const Link& link : document.links) {
        if (is_external(link.target)) {
            ++totals_.external;
        } else {
            attempt(link.line, link.target, [&] { check_target(path, link.target); });
        }
    }
    for (const Reference& reference : document.unresolved) {
        attempt(reference.line, '[' + reference.label + ']',
                [] { throw BrokenLink{"the label is not defined"}; });
    }
}

void Checker::check_target(const fs::path& from, std::string target) {
    if (target.empty()) {
        throw BrokenLink{"the link is empty"};
    }
    const std::size_t hash = std::min(target.find('#'), target.size());
    const std::string anchor = decoded(target.substr(std::min(hash + 1, target.size())));
    target.resize(std::min(hash, target.find('?')));
    fs::path path = from;
    if (!target.empty()) {
        const fs::path base = target[0] == '/' ? root_ : from.parent_path();
        path = (base / fs::path{decoded(target)}.relative_path()).lexically_normal();
    }
    if (!fs::exists(path)) {
        throw BrokenLink{"there is no " + path.string()};
    }
    if (!anchor.empty()) {
        check_anchor(fs::is_directory(path) ? path / "README.md" : path, anchor);
    }
}

void Checker::check_anchor(const fs::path& path, const std::string& name) {
    if (!is_markdown(path) || name == "top") {
        return;
    }
    const Anchors& anchors = document(path).anchors;
    if (!anchors.contains(name)) {
        const std::string like = anchors.like(name);
        throw BrokenLink{"there is no such heading in " + path.string(),
                         like.empty() ? like : '#' + like};
    }
}

const Document& Checker::document(const fs::path& path) {
    const fs::path key = path.lexically_normal();
    if (const auto known = documents_.find(key); known != documents_.end()) {
        return known->second;
    }
    return eliot::start_action("read", "path"_f = path)
        .run([&](eliot::Action& action) -> const Document& {
            const std::string text = read_file(path);
            const Document& document = documents_[key] = read_markdown(text);
            action.add_success_fields("bytes"_f = text.size(), "links"_f = document.links.size(),
                                      "anchors"_f = document.anchors.size());
            return document;
        });
}

std::vector<fs::path> documents_in(const fs::path& path) {
    if (!fs::is_directory(path)) {
        return {path};
    }
    std::vector<fs::path> documents;
    for (auto at = fs::recursive_directory_iterator{path}; at != fs::recursive_directory_iterator{};
         ++at) {
        const std::string name = at->path().filename().string();
        if (at->is_directory() && name.starts_with('.') && name != ".github") {
            at.disable_recursion_pending();
        } else if (is_markdown(at->path()) && at->is_regular_file()) {
            documents.push_back(at->path().lexically_normal());
        }
    }
    std::sort(documents.begin(), documents.end());
    return documents;
}

} // namespace linkcheck
