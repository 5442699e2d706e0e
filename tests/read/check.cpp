// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/check.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

TEST_CASE("every oddity is listed and the kinds are counted") {
    bool clean = true;
    const std::string text = written([&](eliot::TextOutput& out) {
        eliot::LogCheck check{out};
        check.add(tasks_of({start("1"), message("3"), message("5"), read_tests::end("6")}).at(0));
        check.add(eliot::Oddity{eliot::OddityKind::torn, "a\x1b.log", 9, "", "torn line: x", ""});
        clean = check.finish(1234);
    });
    CHECK_FALSE(clean);
    CHECK(text == "line 2: hole at /2: no line is there (task u)\n"
                  "line 3: hole at /4: no line is there (task u)\n"
                  "a␛.log:9: torn line: x\n"
                  "1 234 lines, 1 task, 3 oddities: 2 hole, 1 torn line\n");
}

TEST_CASE("a log without oddities is said to have none") {
    bool clean = false;
    const std::string text = written([&](eliot::TextOutput& out) {
        eliot::LogCheck check{out};
        check.add(tasks_of({message("1")}).at(0));
        clean = check.finish(1);
    });
    CHECK(clean);
    CHECK(text == "1 line, 1 task, nothing odd\n");
}
