// SPDX-License-Identifier: Apache-2.0

// Every log of tests/golden/truth, which Python's Eliot wrote, against what eliot.parse makes of it
// (the .parse files), and against what is odd about it (tests/golden/read/oddities.txt).

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

#include <set>

using namespace read_tests;

namespace {

std::vector<std::filesystem::path> truth_logs() {
    std::vector<std::filesystem::path> logs;
    for (const char* const directory : {"truth", "truth/tricky"}) {
        for (const auto& entry : std::filesystem::directory_iterator{golden() / directory}) {
            if (entry.path().extension() == ".log") {
                logs.push_back(entry.path());
            }
        }
    }
    std::sort(logs.begin(), logs.end());
    return logs;
}

struct Trees {
    std::vector<std::string> complete;
    std::multiset<std::string> incomplete;
    std::string oddities;
};

Trees parse(const std::filesystem::path& log) {
    Trees trees;
    eliot::Parser parser;
    parser.begin_file(log.filename().string());
    std::ifstream file{log, std::ios::binary};
    for (std::string each; std::getline(file, each);) {
        for (const auto& task : parser.add_line(each)) {
            trees.complete.push_back("COMPLETE after line " + std::to_string(parser.line_number()) +
                                     " task_uuid=" + task.task_uuid() + '\n' +
                                     tree_text(task.root()));
            trees.oddities += oddities_text(task.oddities());
        }
        trees.oddities += oddities_text(parser.take_oddities());
    }
    for (const auto& task : parser.incomplete_tasks()) {
        trees.incomplete.insert("INCOMPLETE task_uuid=" + task.task_uuid() + '\n' +
                                tree_text(task.root()));
        trees.oddities += oddities_text(task.oddities());
    }
    return trees;
}

/// The same from a .parse file; lines of errors are left out.
Trees expected_trees(const std::filesystem::path& log) {
    Trees trees;
    std::vector<std::string> sections;
    std::istringstream file{contents_of(std::filesystem::path{log}.replace_extension(".parse"))};
    for (std::string each; std::getline(file, each);) {
        if (each.rfind("COMPLETE", 0) == 0 || each.rfind("INCOMPLETE", 0) == 0) {
            sections.emplace_back();
        }
        if (each.rfind("line ", 0) != 0) {
            sections.back() += each + '\n';
        }
    }
    for (auto& section : sections) {
        if (section.rfind("COMPLETE", 0) == 0) {
            trees.complete.push_back(section);
        } else {
            trees.incomplete.insert(section);
        }
    }
    return trees;
}

/// Logs of which eliot.parse loses or refuses a line, where nothing is lost here.
const std::set<std::string> loses_lines{"t17-end-type-differs", "t19-start-not-at-1",
                                        "t20-unknown-status", "t25-more-then-message-at-1",
                                        "t46-task-level-string-legacy"};

}

TEST_CASE("the trees are those of eliot.parse wherever it keeps all lines") {
    REQUIRE(truth_logs().size() > 30);
    for (const auto& log : truth_logs()) {
        CAPTURE(log);
        if (loses_lines.count(log.stem().string()) == 0) {
            CHECK(parse(log).complete == expected_trees(log).complete);
            CHECK(parse(log).incomplete == expected_trees(log).incomplete);
        }
    }
}

TEST_CASE("where eliot.parse refuses a line the task keeps it") {
    const auto tricky = golden() / "truth/tricky";
    CHECK(parse(tricky / "t17-end-type-differs.log").complete.at(0) ==
          "COMPLETE after line 2 task_uuid=5a5a5a5a-0000-4000-8000-000000000001\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/2\n");
    CHECK(parse(tricky / "t20-unknown-status.log").complete.at(0) ==
          "COMPLETE after line 2 task_uuid=5a5a5a5a-0000-4000-8000-000000000001\n"
          "  ACTION / type=\"a\" status=\"cancelled\" start=/1 end=/2\n");
    CHECK(*parse(tricky / "t19-start-not-at-1.log").incomplete.begin() ==
          "INCOMPLETE task_uuid=5a5a5a5a-0000-4000-8000-000000000001\n"
          "  ACTION / type=null status=null start=- end=-\n"
          "    MESSAGE /2 \"a\"\n");
    CHECK(*parse(tricky / "t25-more-then-message-at-1.log").incomplete.begin() ==
          "INCOMPLETE task_uuid=5a5a5a5a-0000-4000-8000-000000000001\n"
          "  ACTION / type=null status=null start=- end=-\n"
          "    MESSAGE /1 \"m\"\n"
          "    MESSAGE /2 \"m\"\n");
}

TEST_CASE("what is odd about a log is said with file and line") {
    std::string found;
    for (const auto& log : truth_logs()) {
        found += parse(log).oddities;
    }
    CHECK(is_golden("oddities.txt", found));
}

TEST_CASE("the order of the lines makes no difference to a task") {
    for (const auto& log : truth_logs()) {
        std::vector<std::string> lines;
        std::ifstream file{log, std::ios::binary};
        for (std::string each; std::getline(file, each);) {
            lines.push_back(each);
        }
        std::set<std::string> ids;
        eliot::detail::LineReader reader;
        std::set<std::string> identities;
        bool ambiguous = false;
        for (const auto& each : lines) {
            ambiguous =
                ambiguous || !reader.read(each) ||
                !identities.insert(reader.task_uuid() + eliot::detail::level_text(reader.level()))
                     .second;
        }
        if (ambiguous || log.stem() == "t25-more-then-message-at-1" ||
            log.stem() == "t13-message-after-end") {
            continue;
        }
        const auto sorted_trees = [](const std::vector<std::string>& some) {
            eliot::Parser parser;
            std::multiset<std::string> trees;
            for (const auto& each : some) {
                for (const auto& task : parser.add_line(each)) {
                    trees.insert(task.task_uuid() + '\n' + tree_text(task.root()));
                }
            }
            for (const auto& task : parser.incomplete_tasks()) {
                trees.insert(task.task_uuid() + '\n' + tree_text(task.root()));
            }
            return trees;
        };
        CAPTURE(log);
        const auto forwards = sorted_trees(lines);
        std::reverse(lines.begin(), lines.end());
        CHECK(sorted_trees(lines) == forwards);
    }
}
