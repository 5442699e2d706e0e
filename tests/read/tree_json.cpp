// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/tree_json.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

namespace {

std::string json_of(const std::vector<std::string>& lines) {
    return written([&](eliot::TextOutput& out) {
        eliot::TreeJsonWriter writer{out};
        for (const auto& task : tasks_of(lines)) {
            writer.write(task);
        }
    });
}

}

TEST_CASE("a task is one line of JSON") {
    CHECK(json_of({start("1"), message("2"), start("3,1", "b\\n"), read_tests::end("3,2", "b\\n"),
                   read_tests::end("4")}) ==
          R"({"task_uuid": "u", "complete": true, "root": {"kind": "action", "level": "/", )"
          R"("type": "a", "status": "succeeded", "start": "/1", "end": "/4", "children": [)"
          R"({"kind": "message", "level": "/2", "type": "m"}, {"kind": "action", "level": "/3", )"
          R"("type": "b\n", "status": "succeeded", "start": "/3/1", "end": "/3/2", )"
          R"("children": []}]}, "oddities": []})"
          "\n");
}

TEST_CASE("what is not there is null, and oddities are texts") {
    CHECK(json_of({message("2,2")}) ==
          R"({"task_uuid": "u", "complete": false, "root": {"kind": "action", "level": "/", )"
          R"("type": null, "status": null, "start": null, "end": null, "children": [)"
          R"({"kind": "action", "level": "/2", "type": null, "status": null, "start": null, )"
          R"("end": null, "children": [{"kind": "message", "level": "/2/2", "type": "m"}]}]}, )"
          R"("oddities": ["line 1: missing start at /: start not seen, the task begins before )"
          R"(this log"]})"
          "\n");
}

TEST_CASE("a lone message is the root") {
    CHECK(json_of({line("1", R"("x":1)")}) ==
          R"({"task_uuid": "u", "complete": true, "root": {"kind": "message", "level": "/1", )"
          R"("type": null}, "oddities": []})"
          "\n");
}

TEST_CASE("a deep task is written piece by piece") {
    std::string level = "2";
    for (int depth = 1; depth < 2000; ++depth) {
        level += ",2";
    }
    std::size_t most = 0;
    std::string all;
    eliot::TextOutput out{[&](std::string_view part) {
        most = std::max(most, part.size());
        all += part;
    }};
    eliot::TreeJsonWriter{out}.write(tasks_of({start("1"), message(level)}).at(0));
    out.flush();
    CHECK(most < 100'000);
    CHECK(all.size() > 4'000'000);
    CHECK(nlohmann::json::accept(all));
}
