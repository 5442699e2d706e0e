// SPDX-License-Identifier: Apache-2.0
#include <eliot/read.hpp>

#include "support/catch.hpp"

#include <sstream>

TEST_CASE("one header is enough to read a log") {
    std::istringstream log{
        R"({"task_uuid":"u","task_level":[1],"timestamp":1,"message_type":"hello"})"};
    std::string types;
    eliot::Parser::parse_stream(
        log, [&](const eliot::Task& task) { types += *task.root().message().type(); });
    CHECK(types == "hello");
}
