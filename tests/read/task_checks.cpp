// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/task_checks.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

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

TEST_CASE("an end where its own start stands is said to be a duplicate") {
    CHECK(report({start("1"), end("1")}) ==
          "incomplete u\n"
          "  ACTION / type=\"a\" status=\"succeeded\" start=/1 end=/1\n"
          "line 2: duplicate identity at /: its end and its start\n");
}
