// SPDX-License-Identifier: Apache-2.0

// linkcheck: are the links of these Markdown files all right?

#include <eliot/eliot.hpp>

#include "checker.hpp"

#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace eliot::literals;

constexpr const char* usage = R"(usage: linkcheck [--log FILE] [--root DIR] FILE|DIR...

Checks every relative link, image and anchor in Markdown files, and in those below directories.
Links to other hosts are counted, not followed.

  --log FILE   append a log of what was done, and why, to FILE
  --root DIR   what a link that begins with / is relative to (default: the current directory)
  --help       this text

Exit status: 0 all links are good, 1 some are broken, 2 something could not be read.

  linkcheck --log links.log README.md docs
)";

enum Status { good = 0, broken = 1, trouble = 2 };

struct Arguments {
    std::string log;
    std::string root = ".";
    std::vector<std::string> paths;
    bool help = false;
};

Arguments parse(const std::vector<std::string>& words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool takes_value = words[i] == "--log" || words[i] == "--root";
        if (words[i] == "--help") {
            arguments.help = true;
        } else if (takes_value && i + 1 == words.size()) {
            throw std::invalid_argument{words[i] + " needs a value"};
        } else if (takes_value) {
            std::string& value = words[i] == "--log" ? arguments.log : arguments.root;
            value = words[++i];
        } else if (words[i].starts_with('-') && words[i].size() > 1) {
            throw std::invalid_argument{"there is no option " + words[i]};
        } else {
            arguments.paths.push_back(words[i]);
        }
    }
    if (arguments.paths.empty() && !arguments.help) {
        throw std::invalid_argument{"no file is given"};
    }
    return arguments;
}

/// Checks all documents; one that cannot be read does not keep the others from it.
Status check(linkcheck::Checker& checker, const std::vector<std::string>& paths) {
    Status status = good;
    for (const std::string& path : paths) {
        try {
            for (const auto& document : linkcheck::documents_in(path)) {
                checker.check(document);
            }
        } catch (const std::filesystem::filesystem_error& error) {
            std::cerr << "linkcheck: cannot read " << error.path1().string() << ": "
                      << error.code().message() << '\n';
            status = trouble;
        }
    }
    return status == good && checker.totals().broken > 0 ? broken : status;
}

/// What the log tells of a broken link besides the reason.
eliot::ExtractedFields fields_of(const linkcheck::BrokenLink& link) {
    return link.hint().empty() ? eliot::extracted() : eliot::extracted("hint"_f = link.hint());
}

Status run(const Arguments& arguments) {
    auto action = eliot::start_task("linkcheck", "paths"_f = arguments.paths);
    linkcheck::Checker checker{arguments.root, std::cout};
    const Status status = check(checker, arguments.paths);
    const linkcheck::Totals& totals = checker.totals();
    std::cout << totals.documents << " documents, " << totals.links << " links, " << totals.broken
              << " broken; " << totals.external << " to other hosts, not followed\n";
    action.add_success_fields("documents"_f = totals.documents, "links"_f = totals.links);
    if (status != good) {
        action.add_failure_fields("broken"_f = totals.broken);
        action.fail(status == broken ? "some links are broken" : "something could not be read");
    }
    return status;
}

} // namespace

int main(int argc, char** argv) {
    try {
        const Arguments arguments = parse({argv + 1, argv + argc});
        if (arguments.help) {
            std::cout << usage;
            return good;
        }
        if (arguments.log.empty()) {
            eliot::discard_early();
        } else {
            eliot::to_file(arguments.log, {.flush = eliot::Flush::chunk});
            eliot::flush_on_crash();
        }
        eliot::register_exception_extractor<linkcheck::BrokenLink>(&fields_of);
        return run(arguments);
    } catch (const std::invalid_argument& error) {
        std::cerr << "linkcheck: " << error.what() << "\nTry: linkcheck --help\n";
        return trouble;
    } catch (const std::exception& error) {
        std::cerr << "linkcheck: " << error.what() << '\n';
        return trouble;
    }
}
