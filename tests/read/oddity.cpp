// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/oddity.hpp>

#include "support/catch.hpp"

#include <sstream>

using namespace eliot;

TEST_CASE("an oddity says file, line and what it is") {
    const Oddity oddity{OddityKind::hole, "run.log", 7, "u", "hole at /3: no line is there", ""};
    CHECK(oddity.to_string() == "run.log:7: hole at /3: no line is there");
    std::ostringstream out;
    out << oddity;
    CHECK(out.str() == oddity.to_string());
}

TEST_CASE("without a file an oddity says the line") {
    CHECK(Oddity{OddityKind::torn, "", 3, "", "torn line: x", ""}.to_string() ==
          "line 3: torn line: x");
}

TEST_CASE("only lines that are part of no task are invalid") {
    CHECK(is_invalid_line(OddityKind::torn));
    CHECK(is_invalid_line(OddityKind::not_json));
    CHECK(is_invalid_line(OddityKind::not_eliot));
    CHECK_FALSE(is_invalid_line(OddityKind::odd_timestamp));
    CHECK_FALSE(is_invalid_line(OddityKind::hole));
    CHECK(to_string(OddityKind::torn) == "torn line");
}
