// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/line.hpp>

#include "support/catch.hpp"

using namespace eliot;
using namespace eliot::detail;

namespace {

std::string problem(std::string_view line) {
    LineReader reader;
    REQUIRE_FALSE(reader.read(line));
    return reader.problem_text();
}

WrittenStatus status(std::string_view fields) {
    LineReader reader;
    REQUIRE(reader.read(R"({"task_uuid":"u","task_level":[1],"timestamp":1,)" +
                        std::string{fields} + "}"));
    return reader.facts().status;
}

std::vector<std::int64_t> level(std::string_view value) {
    LineReader reader;
    REQUIRE(reader.read(R"({"task_uuid":"u","task_level":)" + std::string{value} + "}"));
    return reader.level();
}

using Numbers = std::vector<std::int64_t>;

}

TEST_CASE("a line says its task, level, time and kind in whatever order") {
    LineReader reader;
    REQUIRE(reader.read("\xEF\xBB\xBF "
                        R"({"x":{"task_uuid":"no"},"task_level":[2,10],)"
                        R"("timestamp":1.5,"message_type":"m","task_uuid":"u\u00e9"})"
                        "\r"));
    CHECK(reader.task_uuid() == "ué");
    CHECK(reader.level() == Numbers{2, 10});
    CHECK(reader.facts().time == Instant{1, 500'000'000});
    CHECK(reader.facts().type() == R"("m")");
    CHECK(reader.facts().text.front() == '{');
    CHECK(reader.facts().text.back() == '}');
}

TEST_CASE("an action line has a type and a status, every other line is a message") {
    CHECK(status(R"("action_type":"a","action_status":"started")") == WrittenStatus::started);
    CHECK(status(R"("action_type":"a","action_status":"succeeded")") == WrittenStatus::succeeded);
    CHECK(status(R"("action_type":"a","action_status":"failed")") == WrittenStatus::failed);
    CHECK(status(R"("action_type":"a","action_status":"cancelled")") == WrittenStatus::unknown);
    CHECK(status(R"("action_type":"a","action_status":null)") == WrittenStatus::unknown);
    CHECK(status(R"("action_type":"a","message_type":"m")") == WrittenStatus::none);
    CHECK(status(R"("action_type":null,"action_status":"started")") == WrittenStatus::none);
    CHECK(status(R"("x":1)") == WrittenStatus::none);
}

TEST_CASE("levels may hold whole numbers of any sign and spelling") {
    CHECK(level("[1]") == Numbers{1});
    CHECK(level("[0, -3, 3.0, 9223372036854775807]") == Numbers{0, -3, 3, INT64_MAX});
    CHECK(level(R"("/2/13")") == Numbers{2, 13});
}

TEST_CASE("a line that is part of no task says why") {
    CHECK(problem("hello") == "not JSON: no JSON value begins so, column 1");
    CHECK(problem(" ") == "not JSON: an empty line");
    CHECK(problem(R"({"task_uuid":"u)") == "torn line: the line ends inside a string, column 16");
    CHECK(problem("{}{}") == "not JSON: another value follows on the line, column 3");
    CHECK(problem("[1,2]") == "not an Eliot line: JSON, but no object");
    CHECK(problem("{}") == "not an Eliot line: no task_uuid");
    CHECK(problem(R"({"task_uuid":"u"})") == "not an Eliot line: no task_level");
    CHECK(problem(R"({"task_uuid":[],"task_level":[1]})") ==
          "not an Eliot line: task_uuid is no text");
    for (const char* const value : {"[]", "null", "[1.5]", "[\"1\"]", "{}", "7", "\"/\"", "\"1/2\"",
                                    "\"/x\"", "[99999999999999999999]", "[[1]]", "\"/1//2\""}) {
        CAPTURE(value);
        CHECK(problem(R"({"task_uuid":"u","task_level":)" + std::string{value} + "}") ==
              "not an Eliot line: task_level holds no whole numbers");
    }
}

TEST_CASE("an id that is no text is taken as it is shown") {
    LineReader reader;
    REQUIRE(reader.read(R"({"task_uuid":123,"task_level":[1]})"));
    CHECK(reader.task_uuid() == "123");
    CHECK_FALSE(reader.id_is_text());
}

TEST_CASE("the last of several fields of one name counts, escaped or not") {
    LineReader reader;
    REQUIRE(reader.read(R"({"task_uuid":"u","task_level":[1],"task\u005fuuid":"v"})"));
    CHECK(reader.task_uuid() == "v");
}

TEST_CASE("the numbers of a level are read however they are written") {
    const auto level = [](const std::string& list) {
        LineReader reader;
        REQUIRE(reader.read(R"({"task_uuid":"u","task_level":)" + list + "}"));
        std::string text;
        for (const std::int64_t number : reader.level()) {
            text += '/' + std::to_string(number);
        }
        return text;
    };
    CHECK(level("[1]") == "/1");
    CHECK(level("[12,3,456]") == "/12/3/456");
    CHECK(level("[12, 3, 456]") == "/12/3/456");
    CHECK(level("[ 12 ,3,  4 ]") == "/12/3/4");
    CHECK(level("[2.0,-3,0]") == "/2/-3/0");
    CHECK(level("[100000000,99999999,1234567890123456789]") ==
          "/100000000/99999999/1234567890123456789");
}
