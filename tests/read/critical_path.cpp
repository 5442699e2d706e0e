// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/critical_path.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;
using Catch::Matchers::Contains;

namespace {

std::string path_through(const std::vector<std::string>& lines) {
    const auto task = tasks_of(lines).at(0);
    return written([&](eliot::TextOutput& out) {
        eliot::detail::CriticalPath{out, task.store(), false}.write();
    });
}

}

TEST_CASE("the path of a task goes through what it waited for") {
    CHECK_THAT(
        path_through({start_at(0, "1", "root"), start_at(1, "2,1", "slow"),
                      start_at(1, "3,1", "fast"), end_at(3, "3,2", "fast"),
                      end_at(6, "2,2", "slow"), start_at(6, "4,1", "after"),
                      end_at(9, "4,2", "after"), end_at(10, "5", "root")}),
        Contains("    time  share     own\n"
                 "   10.0s  100 %   2.00s root/1\n"
                 "   5.00s   50 %   5.00s ├── slow/2/1\n"
                 "   3.00s   30 %   3.00s ├── after/4/1\n"
                 "                        └── 1 action side by side with these, not waited for\n"));
}

TEST_CASE("what is short is summed up") {
    std::vector<std::string> lines{start_at(0, "1", "root")};
    for (int i = 0; i < 50; ++i) {
        const std::string level = std::to_string(i + 2);
        lines.push_back(start_at(i, level + ",1", "step"));
        lines.push_back(end_at(i + 0.125, level + ",2", "step"));
    }
    lines.push_back(end_at(60, "52", "root"));
    CHECK_THAT(path_through(lines), Contains("└── 50 shorter actions: 6.25s\n"));
}

TEST_CASE("an action without an end lasts until the last line inside it") {
    CHECK_THAT(path_through({start_at(0, "1", "root"), start_at(1, "2,1", "hang"),
                             line_at(7, "2,2", R"("message_type":"m")")}),
               Contains("   7.00s  100 %   1.00s root/1  unfinished\n"
                        "   6.00s   86 %   6.00s └── hang/2/1  unfinished\n"));
}
