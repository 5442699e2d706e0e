// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/parser.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

#include <sstream>

using namespace read_tests;

TEST_CASE("a task is complete when its last line has come") {
    CHECK(report({start("1"), message("2"), start("3,1", "b"), end("3,2", "b"), end("4")}) ==
          "complete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/4\n"
          "    MESSAGE /2 \"m\"\n"
          "    ACTION /3 type=\"b\" status=\"succeeded\" start=/3/1 end=/3/2\n");
}

TEST_CASE("lines may come in any order") {
    CHECK(report({end("4"), end("3,2", "b"), message("2"), start("1"), start("3,1", "b")}) ==
          "complete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/4\n"
          "    MESSAGE /2 \"m\"\n"
          "    ACTION /3 type=\"b\" status=\"succeeded\" start=/3/1 end=/3/2\n");
}

TEST_CASE("a message of its own is a task that is complete at once") {
    CHECK(report({message("1")}) == "complete u\n  MESSAGE /1 \"m\"\n");
}

TEST_CASE("a hole is named, and one of several numbers as such") {
    CHECK(report({start("1"), message("3"), message("7"), end("9")}) ==
          "incomplete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/9\n"
          "    MESSAGE /3 \"m\"\n"
          "    MESSAGE /7 \"m\"\n"
          "line 2: hole at /2: no line is there\n"
          "line 3: hole at /4 to /6: no line is there\n"
          "line 4: hole at /8: no line is there\n");
}

TEST_CASE("a hole and a line after the end make a task as complete as eliot.parse has it") {
    CHECK(report({start("1"), message("4"), end("3")}) ==
          "complete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/3\n"
          "    MESSAGE /4 \"m\"\n"
          "line 2: line after the end at /4: its action has ended\n"
          "line 3: hole at /2: no line is there\n");
}

TEST_CASE("an action that was complete stays so when a line comes after its end") {
    CHECK(report({start("1"), start("2,1", "b"), end("2,2", "b"), message("2,3"), end("3")}) ==
          "complete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/3\n"
          "    ACTION /2 type=\"b\" status=\"succeeded\" start=/2/1 end=/2/2\n"
          "      MESSAGE /2/3 \"m\"\n"
          "line 4: line after the end at /2/3: its action has ended\n");
}

TEST_CASE("of two lines of one identity the later one stands in the tree and the other is kept") {
    eliot::Parser parser;
    parser.add_line(start("1"));
    parser.add_line(message("2", "first"));
    parser.add_line(message("2", "second"));
    const auto tasks = parser.add_line(end("3"));
    REQUIRE(tasks.size() == 1);
    CHECK(tree_text(tasks[0].root()) ==
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/3\n"
          "    MESSAGE /2 \"second\"\n");
    REQUIRE(tasks[0].oddities().size() == 1);
    CHECK(tasks[0].oddities()[0].to_string() ==
          "line 3: duplicate identity at /2: replaces line 2");
    CHECK(tasks[0].oddities()[0].kept == message("2", "first"));
}

TEST_CASE("the same line twice is told from two lines of one identity") {
    CHECK(report({start("1"), message("2"), message("2"), end("3")})
              .find("line 3: duplicate identity at /2: the same line as line 2") !=
          std::string::npos);
}

TEST_CASE("a message and an action at one level are both kept") {
    CHECK(report({start("1"), message("2"), start("2,1", "b"), end("2,2", "b"), end("3")}) ==
          "complete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/3\n"
          "    MESSAGE /2 \"m\"\n"
          "    ACTION /2 type=\"b\" status=\"succeeded\" start=/2/1 end=/2/2\n"
          "line 3: duplicate identity at /2: an action and a message\n");
}

TEST_CASE("a child at the number of the end is a duplicate") {
    CHECK(report({start("1"), message("2"), end("2")}) ==
          "incomplete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/2\n"
          "    MESSAGE /2 \"m\"\n"
          "line 3: duplicate identity at /: its end and a child of it\n");
}

TEST_CASE("missing starts and ends are named, for a chain of actions once") {
    CHECK(report({message("2,5,3,2")}) ==
          "incomplete u\n"
          "  ACTION / type=null status=null start=- end=-\n"
          "    ACTION /2 type=null status=null start=- end=-\n"
          "      ACTION /2/5 type=null status=null start=- end=-\n"
          "        ACTION /2/5/3 type=null status=null start=- end=-\n"
          "          MESSAGE /2/5/3/2 \"m\"\n"
          "line 1: missing start at /: start not seen, the task begins before this log\n"
          "line 1: hole at /2/2 to /2/4: no line is there\n"
          "line 1: hole at /2/5/2: no line is there\n");
    CHECK(report({start("1"), message("2,2"), end("3")})
              .find("line 2: missing start at /2, and no end either") != std::string::npos);
    CHECK(report({start("1", "root")}).find("line 1: missing end at /: \"root\" is unfinished") !=
          std::string::npos);
}

TEST_CASE("an end of another type ends the action all the same, in either order of the lines") {
    const std::string tree = "complete u\n"
                             "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/2\n";
    CHECK(report({start("1"), end("2", "b")}) ==
          tree + "line 2: end type differs at /: started as \"a\", ended as \"b\"\n");
    CHECK(report({end("2", "b"), start("1")}) ==
          tree + "line 1: end type differs at /: started as \"a\", ended as \"b\"\n");
    CHECK(report({start("1"), end("2", "\\u0061")}) == tree); // written differently, yet the same
}

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

TEST_CASE("a message at /1 does not erase the task that was there") {
    CHECK(report({message("2"), message("1", "one")})
              .find("    MESSAGE /1 \"one\"\n"
                    "    MESSAGE /2 \"m\"\n"
                    "line 2: misplaced start at /1: ") != std::string::npos);
    CHECK(report({start("1"), message("1", "one")}).find("MESSAGE /1 \"one\"") !=
          std::string::npos);
}

TEST_CASE("odd levels, ids, times and states are kept and named") {
    CHECK(report({start("1"), message("-3"), message("0")})
              .find("line 2: odd task_level at /-3: its numbers begin at 1") != std::string::npos);
    CHECK(report({R"({"task_uuid":"u","task_level":[1],"message_type":"m"})"}) ==
          "complete u\n  MESSAGE /1 \"m\"\nline 1: odd timestamp at /1: there is none\n");
    CHECK(report({R"({"task_uuid":7,"task_level":[1],"timestamp":"now","message_type":"m"})"}) ==
          "complete 7\n  MESSAGE /1 \"m\"\nline 1: odd task_uuid at /1: not written as text\n"
          "line 1: odd timestamp at /1: \"now\" is no time of the years 1 to 9999\n");
    CHECK(report({line("1", R"("action_type":"a","message_type":"m")")}) ==
          "complete u\n  MESSAGE /1 \"m\"\n"
          "line 1: missing status at /1: action_type without action_status\n");
    CHECK(report({start("2")}).find("line 1: misplaced start at /2: a start not at number 1") !=
          std::string::npos);
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

TEST_CASE("a level of a hundred thousand numbers makes a tree that deep") {
    std::string level = "2";
    for (int depth = 1; depth < 100'000; ++depth) {
        level += ",2";
    }
    eliot::Parser parser;
    parser.add_line(start("1"));
    parser.add_line(message(level));
    const auto tasks = parser.take_incomplete_tasks();
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].store().nodes.size() == 100'001);
    CHECK(tasks[0].oddities().size() == 2);
    CHECK(tasks[0].oddities()[1].text == "missing start at /2, and no end either");
}

TEST_CASE("children in any order cost as much as children in order") {
    std::vector<std::string> lines{start("1")};
    const int count = 50'000;
    for (int i = 0; i < count; ++i) {
        lines.push_back(message(std::to_string(2 + static_cast<long>(i) * 7919 % count)));
    }
    eliot::Parser parser;
    for (const auto& each : lines) {
        REQUIRE(parser.add_line(each).empty());
    }
    const auto tasks = parser.add_line(read_tests::end(std::to_string(count + 2)));
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].oddities().empty());
    std::uint32_t expected = 2;
    for (const auto& child : tasks[0].root().action().children()) {
        REQUIRE(child.task_level().back() == expected++);
    }
}

TEST_CASE("numbers at the ends of what an integer holds are like any others") {
    const char* const most = "9223372036854775807";
    const char* const least = "-9223372036854775808";
    CHECK(report({start("1"), message(most), end(least)}) ==
          "incomplete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/-9223372036854775808\n"
          "    MESSAGE /9223372036854775807 \"m\"\n"
          "line 3: odd task_level at /-9223372036854775808: its numbers begin at 1\n"
          "line 2: line after the end at /9223372036854775807: its action has ended\n");
    CHECK(report({start("1"), message(least), message(most)}) ==
          "incomplete u\n"
          "  ACTION / type=\"a\" status=\"started\" start=/1 end=-\n"
          "    MESSAGE /-9223372036854775808 \"m\"\n"
          "    MESSAGE /9223372036854775807 \"m\"\n"
          "line 2: odd task_level at /-9223372036854775808: its numbers begin at 1\n"
          "line 1: missing end at /: \"a\" is unfinished\n"
          "line 3: hole at /2 to /9223372036854775806: no line is there\n");
}

TEST_CASE("an end where its own start stands is said to be a duplicate") {
    CHECK(report({start("1"), end("1")}) ==
          "incomplete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/1\n"
          "line 2: duplicate identity at /: its end and its start\n");
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
