// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/tree_render.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

namespace {

std::string rendered(const std::vector<std::string>& lines, eliot::TreeOptions options = {}) {
    std::string text;
    for (const auto& task : tasks_of(lines)) {
        text += eliot::tree_text(task, options);
    }
    return text;
}

}

TEST_CASE("a task is drawn as a tree of actions, messages and fields") {
    CHECK(
        rendered({start_at(1.5, "1"),
                  line("2", R"("message_type":"m","b":{"y":[],"x":[1,"two",{"z":null}]},"a":true)"),
                  start_at(1.5, "3,1", "b"), end_at(1.625, "3,2", "b"), end_at(2, "4")}) ==
        "u\n"
        "└── a/1 ⇒ started 1970-01-01 00:00:01Z ⧖ 500ms\n"
        "    ├── m/2 1970-01-01 00:00:01Z\n"
        "    │   ├── a: True\n"
        "    │   └── b: \n"
        "    │       ├── x: \n"
        "    │       │   ├── 0: 1\n"
        "    │       │   ├── 1: two\n"
        "    │       │   └── 2: \n"
        "    │       │       └── z: None\n"
        "    │       └── y: \n"
        "    ├── b/3/1 ⇒ started 1970-01-01 00:00:01Z ⧖ 125ms\n"
        "    │   └── b/3/2 ⇒ succeeded 1970-01-01 00:00:01Z\n"
        "    └── a/4 ⇒ succeeded 1970-01-01 00:00:02Z\n"
        "\n");
}

TEST_CASE("what is unfinished, missing or odd is said") {
    CHECK(rendered({start("1"), message("2,2"), message("2,4")}) ==
          "u\n"
          "└── a/1 ⇒ started 1970-01-01 00:00:01Z ⧖ unfinished\n"
          "    └── <unnamed>\n"
          "        ├── m/2/2 1970-01-01 00:00:01Z\n"
          "        └── m/2/4 1970-01-01 00:00:01Z\n"
          "! line 1: missing end at /: \"a\" is unfinished\n"
          "! line 2: missing start at /2, and no end either\n"
          "! line 3: hole at /2/3: no line is there\n"
          "\n");
}

TEST_CASE("of many oddities some are shown") {
    std::vector<std::string> lines{start("1")};
    for (int i = 0; i < 30; ++i) {
        lines.push_back(message("2"));
    }
    lines.push_back(read_tests::end("3"));
    CHECK(rendered(lines).find("! and 9 more oddities: see eliot check\n") != std::string::npos);
}

TEST_CASE("values are cut to their first line and a number of characters") {
    const std::vector<std::string> lines{
        line("1", R"("message_type":"m","long":"äöüäöü","two":"ab\ncd","short":"abc\u001b")")};
    eliot::TreeOptions options;
    options.field_limit = 4;
    CHECK(rendered(lines, options)
              .find("    ├── long: äöüä…\n"
                    "    ├── short: abc␛\n"
                    "    └── two: ab…\n") != std::string::npos);
    options.field_limit = 0;
    CHECK(rendered(lines, options)
              .find("    ├── long: äöüäöü\n"
                    "    ├── short: abc␛\n"
                    "    └── two: ab⏎\n"
                    "        cd\n") != std::string::npos);
}

TEST_CASE("trees can be drawn in ASCII, with raw times, without some fields") {
    eliot::TreeOptions options;
    options.ascii = true;
    options.raw = true;
    options.ignored_fields = {"x"};
    CHECK(rendered({line("1", R"("action_type":"a","action_status":"started","x":1,"y":2)"),
                    line("2", R"("action_type":"a","action_status":"succeeded")")},
                   options) == "u\n"
                               "+-- a/1 => started 1.5 |Y| 0.0s\n"
                               "    |-- y: 2\n"
                               "    +-- a/2 => succeeded 1.5\n"
                               "\n");
}

TEST_CASE("actions below a depth are counted") {
    eliot::TreeOptions options;
    options.depth = 2;
    CHECK(rendered({start("1"), start("2,1"), start("2,2,1"), message("2,2,2"),
                    read_tests::end("2,2,3"), read_tests::end("2,3"), read_tests::end("3")},
                   options) == "u\n"
                               "└── a/1 ⇒ started 1970-01-01 00:00:01Z ⧖ 0s\n"
                               "    ├── a/2/1 ⇒ started 1970-01-01 00:00:01Z ⧖ 0s\n"
                               "    │   ├── … 1 not shown\n"
                               "    │   └── a/2/3 ⇒ succeeded 1970-01-01 00:00:01Z\n"
                               "    └── a/3 ⇒ succeeded 1970-01-01 00:00:01Z\n"
                               "\n");
}

TEST_CASE("lines without a time, type or known status are shown all the same") {
    CHECK(rendered({R"({"task_uuid":"u","task_level":[1],"message_type":"m"})"})
              .find("└── m/1 <no time>\n") != std::string::npos);
    CHECK(rendered({line("1", R"("x":1)")}).find("└── <unnamed>\n    └── x: 1\n") !=
          std::string::npos);
    CHECK(rendered({start("1"), line("2", R"("action_type":"a","action_status":"gone\u001b")")})
              .find("a/2 ⇒ gone␛ ") != std::string::npos);
    CHECK(rendered({line("1", R"("action_type":"w","message_type":"m")")}).find("└── m/1 ") !=
          std::string::npos);
}

TEST_CASE("of fields with one name the last is shown") {
    CHECK(rendered({line("1", R"("message_type":"m","x":1,"\u0078":2)")}).find("└── x: 2\n") !=
          std::string::npos);
}

TEST_CASE("a tree of a hundred thousand levels is drawn in little space") {
    std::string level = "2";
    for (int depth = 1; depth < 100'000; ++depth) {
        level += ",2";
    }
    const std::string text = rendered({start("1"), message(level)});
    CHECK(text.size() < 20'000'000);
    CHECK(text.find("[100000 deep] └── m/2/2/2/2/2/2/2/2/…/2 ") != std::string::npos);
}

TEST_CASE("a value of a hundred thousand levels is drawn in little time") {
    const std::size_t depth = 100'000;
    const std::string text = rendered({line(
        "1", R"("message_type":"m","x":)" + std::string(depth, '[') + std::string(depth, ']'))});
    CHECK(text.find(" deep] └── 0: \n") != std::string::npos);
}
