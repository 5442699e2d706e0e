// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/failure_story.hpp>

#include <eliot/read/why.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;
using Catch::Matchers::Contains;

TEST_CASE("the story of a failure goes from the root to where it began") {
    CHECK(report_on<eliot::WhyReport>(
              {line("1", R"("action_type":"main","action_status":"started","file":"x")"),
               message("2", "opened"), start("3,1", "read"), message("3,2", "block"),
               failed("3,3", "read", "IOError", "disk gone"),
               failed("4", "main", "IOError", "disk gone")}) ==
          "1 failure\n"
          "\n"
          "1. IOError: disk gone\n"
          "   main > read\n"
          "   once, 1970-01-01 00:00:01Z\n"
          "   task u\n"
          "\n"
          "   main/1  file: x\n"
          "   ├── opened/2\n"
          "   └── read/3/1\n"
          "       ├── block/3/2\n"
          "       └── failed after 0s  line 5\n"
          "           exception: IOError\n"
          "           reason: disk gone\n"
          "   went out through main/1; the task failed\n");
}

TEST_CASE("a long way and much before are shortened") {
    std::vector<std::string> lines{start("1")};
    std::string level = "2";
    for (int i = 0; i < 60; ++i) {
        lines.push_back(start(level + ",1"));
        level += ",2";
    }
    lines.push_back(start(level + ",1"));
    for (int i = 2; i < 40; ++i) {
        lines.push_back(message(level + ',' + std::to_string(i)));
    }
    lines.push_back(failed(level + ",40", "a", "E"));
    const std::string text = report_on<eliot::WhyReport>(lines);
    CHECK_THAT(text, Contains("38 levels\n"));
    CHECK_THAT(text, Contains("32 before\n"));
}
