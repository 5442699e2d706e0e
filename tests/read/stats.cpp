// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/stats.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

TEST_CASE("a log is counted") {
    eliot::LogStats stats;
    for (const auto& task :
         tasks_of({start_at(0, "1"), line_at(1, "2", R"("message_type":"m")"),
                   start_at(2, "3,1", "b"), failed("3,2", "b", "E"), end_at(10, "4"),
                   R"({"task_uuid":"v","task_level":[2],"timestamp":5,"message_type":"m"})"})) {
        stats.add(task);
    }
    stats.add(eliot::Oddity{eliot::OddityKind::not_json, "", 1, "", "", ""});
    const std::string text =
        written([&](eliot::TextOutput& out) { stats.write(out, {1, 7, 12'345}); });
    CHECK(text == "1 file, 7 lines, 12.3 kB\n"
                  "from 1970-01-01 00:00:00Z to 1970-01-01 00:00:10Z, 10.0s, 1 line a second\n"
                  "2 tasks: 1 complete, 1 incomplete\n"
                  "3 actions: 1 succeeded, 1 failed, 1 unfinished, at most 2 levels deep\n"
                  "2 messages\n"
                  "\n"
                  "actions  failed  unfinished  type\n"
                  "      1       0           1  <unnamed>\n"
                  "      1       0           0  a\n"
                  "      1       1           0  b\n"
                  "\n"
                  "messages  type\n"
                  "       2  m\n"
                  "\n"
                  "oddities  kind (eliot check says where)\n"
                  "       1  not JSON\n"
                  "       1  start not seen\n");
}

TEST_CASE("an empty log is counted") {
    const std::string text =
        written([&](eliot::TextOutput& out) { eliot::LogStats{}.write(out, {0, 0, 0}); });
    CHECK(text == "0 files, 0 lines, 0 bytes\n"
                  "0 tasks: 0 complete, 0 incomplete\n"
                  "0 actions: 0 succeeded, 0 failed, 0 unfinished, at most 0 levels deep\n"
                  "0 messages\n");
}
