// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/parser.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

#include <sstream>

using namespace read_tests;

TEST_CASE("a line after its task was complete opens another one that says so") {
    CHECK(report({start("1"), end("2"), message("3"), message("4")}) ==
          "complete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/2\n"
          "incomplete u\n"
          "  ACTION / type=null status=null start=- end=-\n"
          "    MESSAGE /3 \"m\"\n"
          "    MESSAGE /4 \"m\"\n"
          "line 3: line after the end: the task was complete before; lines that came later: 2\n");
}

TEST_CASE("a late line of a task that is forgotten says that the start was not seen") {
    eliot::Parser parser{1};
    parser.add_line(message("1"));
    parser.add_line(R"({"task_uuid":"v","task_level":[1],"timestamp":1,"message_type":"m"})");
    parser.add_line(message("2"));
    const auto tasks = parser.incomplete_tasks();
    REQUIRE(tasks.size() == 1);
    CHECK(oddities_text(tasks[0].oddities()) ==
          "line 3: missing start at /: start not seen, the task begins before this log\n");
}

TEST_CASE("lines that are part of no task are kept with file and line") {
    eliot::Parser parser;
    parser.begin_file("a.log");
    parser.add_line(message("1"));
    parser.begin_file("b.log");
    parser.add_line("garbage\n");
    parser.add_line(R"({"task_uuid": "u", "task_)");
    CHECK(oddities_text(parser.oddities()) ==
          "b.log:1: not JSON: no JSON value begins so, column 1\n"
          "b.log:2: torn line: the line ends inside a string, column 26\n");
    CHECK(parser.oddities()[0].kept == "garbage");
    CHECK(parser.take_oddities().size() == 2);
    CHECK(parser.oddities().empty());
}

TEST_CASE("the lines of a task may come from several files") {
    eliot::Parser parser;
    parser.begin_file("a.log");
    parser.add_line(start("1"));
    parser.begin_file("b.log");
    const auto tasks = parser.add_line(end("2", "b"));
    REQUIRE(tasks.size() == 1);
    CHECK(oddities_text(tasks[0].oddities()) ==
          "b.log:1: end type differs at /: started as \"a\", ended as \"b\"\n");
    const auto root = tasks[0].root().action();
    CHECK(root.start_message()->file() == "a.log");
    CHECK(root.end_message()->line_number() == 1);
}

TEST_CASE("incomplete tasks come in the order in which they were first seen") {
    eliot::Parser parser;
    for (int i = 0; i < 100; ++i) {
        parser.add_line(R"({"task_uuid":"t)" + std::to_string(i) +
                        R"(","task_level":[1],"action_type":"a","action_status":"started"})");
    }
    const auto tasks = parser.incomplete_tasks();
    REQUIRE(tasks.size() == 100);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        REQUIRE(tasks[i].task_uuid() == "t" + std::to_string(i));
    }
    CHECK(parser.open_tasks() == 100);
    CHECK(parser.take_incomplete_tasks().size() == 100);
    CHECK(parser.open_tasks() == 0);
}

TEST_CASE("a parser goes on with tasks that were shown incomplete") {
    eliot::Parser parser;
    parser.add_line(start("1"));
    const auto early = parser.incomplete_tasks();
    const auto complete = parser.add_line(end("2"));
    REQUIRE(complete.size() == 1);
    CHECK_FALSE(early.at(0).is_complete());
    CHECK(early[0].line_count() == 1);
    CHECK(complete[0].line_count() == 2);
}

TEST_CASE("messages may be given as values") {
    eliot::Parser parser;
    parser.add(nlohmann::json{{"task_uuid", "u"},
                              {"task_level", {1}},
                              {"action_type", "a"},
                              {"action_status", "started"},
                              {"timestamp", 1.25}});
    const auto tasks = parser.add(nlohmann::json::parse(end("2")));
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].is_complete());
    CHECK(parser.add(nlohmann::json::array()).empty());
    CHECK(parser.oddities().at(0).to_string() == "line 3: not an Eliot line: JSON, but no object");
}

TEST_CASE("a stream is parsed task by task, the incomplete ones last") {
    std::istringstream log{start("1") + "\nnonsense\n" + end("2") + "\n" +
                           R"({"task_uuid":"v","task_level":[2],"message_type":"m"})"};
    std::string seen;
    eliot::Parser::parse_stream(
        log,
        [&](const eliot::Task& task) {
            seen += task.task_uuid() + (task.is_complete() ? "+" : "-");
        },
        [&](const eliot::Oddity&) { seen += '!'; });
    CHECK(seen == "!u+v-");
    log.clear();
    log.seekg(0);
    int count = 0;
    eliot::Parser::parse_stream(log, [&](eliot::Task) { ++count; });
    CHECK(count == 2);
}

TEST_CASE("a refused line names the file it comes from, also when files take turns") {
    eliot::Parser parser;
    parser.begin_file("a.log");
    parser.begin_file("b.log");
    parser.begin_file("a.log", 6);
    parser.add_line("garbage");
    REQUIRE(parser.oddities().size() == 1);
    CHECK(parser.oddities()[0].file == "a.log");
    CHECK(parser.oddities()[0].line == 7);
}
