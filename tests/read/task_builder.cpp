// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/task_builder.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

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
