// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/prettyprint.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

namespace {

std::string printed(std::string_view line, eliot::PrettyOptions options = {}) {
    return written([&](eliot::TextOutput& out) { eliot::PrettyPrinter{out, options}.print(line); });
}

std::string compact(std::string_view line) { return printed(line, {true, {}, false}); }

}

TEST_CASE("a message is a head and a field a line") {
    CHECK(printed(R"({"b":[1,{"c":"é"}],"message_type":"m","timestamp":1.5,"task_level":[2,1],)"
                  R"("task_uuid":"u","a":"x\u001b\"\\y"})") == "u -> /2/1\n"
                                                               "1970-01-01T00:00:01.500000Z\n"
                                                               "  message_type: \"m\"\n"
                                                               "  a: \"x\\u001b\\\"\\\\y\"\n"
                                                               "  b: [1, {\"c\": \"é\"}]\n"
                                                               "\n");
}

TEST_CASE("texts of several lines and large values go on below") {
    CHECK(printed(line("1", R"("t":"one\ntwo\n")"))
              .find("  t: \"one\\n\n"
                    "   | two\\n\"\n") != std::string::npos);
    CHECK(printed(line("1", R"("v":{"name":"a value that is too long for one line","other":)"
                            R"(["and this", "one too"],"empty":[]})"))
              .find("  v: {\n"
                    "   |   \"name\": \"a value that is too long for one line\",\n"
                    "   |   \"other\": [\"and this\", \"one too\"],\n"
                    "   |   \"empty\": []\n"
                    "   | }\n") != std::string::npos);
}

TEST_CASE("the compact form is a line with everything") {
    CHECK(compact(line("1", R"("message_type":"é","b":{"y": 1, "x": [true, NaN]},"a":1e22)")) ==
          "u/1 1970-01-01T00:00:01.500000Z message_type=\"\\u00e9\" a=1e+22 "
          "b={\"y\":1,\"x\":[true,NaN]}\n");
    CHECK(compact(R"({"task_uuid":"u","task_level":[1],"timestamp":0})") ==
          "u/1 1970-01-01T00:00:00Z \n");
    CHECK(compact(R"({"task_uuid":"u","task_level":"/1","timestamp":0})") ==
          "u///1 1970-01-01T00:00:00Z \n");
}

TEST_CASE("a line that is none of Eliot's is shown as Python's bytes") {
    CHECK(printed("NOT JSON!!") == "Not JSON: b'NOT JSON!!'\n\n");
    CHECK(printed("") == "Not JSON: b''\n\n");
    CHECK(printed("it's\t\xC3\xA9\r\\") == "Not JSON: b\"it's\\t\\xc3\\xa9\\r\\\\\"\n\n");
    CHECK(printed("it's \"x\"") == "Not JSON: b'it\\'s \"x\"'\n\n");
    CHECK(printed("[1]") == "Not an Eliot message: b'[1]'\n\n");
    CHECK(compact(R"({"task_uuid":"u","task_level":[1]})") ==
          "Not an Eliot message: b'{\"task_uuid\":\"u\",\"task_level\":[1]}'\n\n");
}

TEST_CASE("invalid lines can be left out") {
    std::string text;
    eliot::TextOutput out{[&](std::string_view part) { text += part; }};
    eliot::PrettyPrinter printer{out, {}};
    CHECK_FALSE(printer.print("x", false));
    CHECK(printer.problem() == eliot::OddityKind::not_json);
    CHECK_FALSE(printer.print("[]", false));
    CHECK(printer.problem() == eliot::OddityKind::not_eliot);
    out.flush();
    CHECK(text.empty());
}

TEST_CASE("a timestamp that is no time is shown as it is") {
    CHECK(compact(R"({"task_uuid":"u","task_level":[1],"timestamp":"now"})") == "u/1 \"now\" \n");
    CHECK(compact(R"({"task_uuid":"u","task_level":[1],"timestamp":1e99})") == "u/1 1e99 \n");
}

TEST_CASE("on a terminal control characters in names and ids are visible") {
    const std::string line =
        R"({"task_uuid":"u\u001b","task_level":[1],"timestamp":0,"k\u001b":"\u007f\u009b"})";
    CHECK(printed(line, {true, {}, true}) == "u␛/1 1970-01-01T00:00:00Z k␛=\"\\u007f\\u009b\"\n");
    CHECK(printed(line).find("\x1b") == std::string::npos);
}
