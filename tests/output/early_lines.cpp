// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/early_lines.hpp>

#include <eliot/encode/make_view.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using eliot::detail::EarlyLines;
using eliot::detail::EncodedFields;
using eliot::detail::has_key;
using eliot::detail::with_globals;
using namespace eliot::literals;

namespace {

std::vector<std::string> take_all(EarlyLines& early) {
    std::vector<std::string> lines;
    early.take_each([&](std::string_view line) { lines.emplace_back(line); });
    return lines;
}

} // namespace

TEST_CASE("early lines come back in their order, once") {
    EarlyLines early;
    early.keep("one\ntwo\n");
    early.keep("three\n");
    CHECK(take_all(early) == std::vector<std::string>{"one\n", "two\n", "three\n"});
    CHECK(take_all(early).empty());
}

TEST_CASE("of more than 1000 early lines the oldest are dropped") {
    EarlyLines early;
    for (int i = 0; i < 1050; ++i) {
        early.keep(std::to_string(i) + '\n');
    }
    const auto lines = take_all(early);
    CHECK(lines.size() == 1000);
    CHECK(lines.front() == "50\n");
    CHECK(lines.back() == "1049\n");
}

TEST_CASE("of more than 1 MiB of early lines the oldest are dropped; one long line is kept") {
    EarlyLines early;
    const std::string line = std::string(99'999, 'x') + '\n';
    for (int i = 0; i < 20; ++i) {
        early.keep(line);
    }
    CHECK(take_all(early).size() == 10);
    const std::string huge = std::string(2'000'000, 'x') + '\n';
    early.keep(huge);
    CHECK(take_all(early) == std::vector{huge});
}

TEST_CASE("early lines that were discarded do not come back") {
    EarlyLines early;
    early.keep("one\n");
    early.discard();
    CHECK(take_all(early).empty());
    early.keep("two\n");
    CHECK(take_all(early).size() == 1);
}

TEST_CASE("a line gets the global fields that it does not have itself") {
    EncodedFields globals;
    eliot::detail::FieldFailures failures;
    globals.add(eliot::detail::make_view("a"_f = 1), failures);
    globals.add(eliot::detail::make_view("b"_f = "x"), failures);
    CHECK(with_globals("{\"b\":2}\n", &globals) == "{\"b\":2,\"a\":1}\n");
    CHECK(with_globals("{\"c\":{\"a\":0,\"b\":0}}\n", &globals) ==
          "{\"c\":{\"a\":0,\"b\":0},\"a\":1,\"b\":\"x\"}\n");
    CHECK(with_globals("{\"c\":3}\n", nullptr) == "{\"c\":3}\n");
}

TEST_CASE("a key is found at the top level only, and never in a text") {
    CHECK(has_key(R"({"a":1})", R"(,"a":)"));
    CHECK(has_key(R"({"x":[{"a":1}],"a":1})", R"(,"a":)"));
    CHECK(!has_key(R"({"x":{"a":1}})", R"(,"a":)"));
    CHECK(!has_key(R"({"x":"\"a\":","y":"{"})", R"(,"a":)"));
    CHECK(!has_key(R"({"x":"a"})", R"(,"a":)"));
    CHECK(!has_key(R"({"ab":1})", R"(,"a":)"));
}
