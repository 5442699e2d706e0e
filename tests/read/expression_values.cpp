// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/expression_values.hpp>

#include "read/support/expressions.hpp"
#include "support/catch.hpp"

using read_tests::holds;

TEST_CASE("values of different kinds are unequal and in no order") {
    CHECK(holds("status != '500'"));
    CHECK_FALSE(holds("status == '500'"));
    CHECK_FALSE(holds("status < '600'"));
    CHECK_FALSE(holds("name > 1"));
    CHECK_FALSE(holds("ok == 1"));
    CHECK_FALSE(holds("ok > false"));
}

TEST_CASE("a missing field counts as null") {
    CHECK(holds("nothing == null"));
    CHECK(holds("nothing != 1"));
    CHECK_FALSE(holds("nothing == 1"));
    CHECK_FALSE(holds("nothing < 1"));
    CHECK_FALSE(holds("nothing =~ ''"));
    CHECK(holds("not exists nothing"));
    CHECK(holds("exists none"));
}

TEST_CASE("fields are found by path") {
    CHECK(holds("a.b[0] == 10"));
    CHECK(holds("a.b[-1].c == 'deep'"));
    CHECK(holds("a[\"b\"][1] == 20"));
    CHECK(holds("[\"odd name\"] == 'x'"));
    CHECK(holds("[\"and\"] == 1"));
    CHECK(holds("dotted.name == 7"));
    CHECK_FALSE(holds("exists a.b[3]"));
    CHECK_FALSE(holds("exists a.b[-4]"));
    CHECK_FALSE(holds("exists a.x.y"));
    CHECK_FALSE(holds("exists status.x"));
    CHECK_FALSE(holds("exists status[0]"));
    CHECK(holds("exists(a.b)"));
    CHECK(holds("a.b exists"));
    CHECK(holds("a == a and a.b != a"));
}

TEST_CASE("durations are compared with seconds and with texts that spell durations") {
    CHECK(holds("elapsed > 10ms and elapsed < 1s and elapsed == 12ms"));
    CHECK(holds("wait > 10ms and wait == 15ms"));
    CHECK_FALSE(holds("name > 1ns"));
}

TEST_CASE("times are compared with seconds since the epoch and with texts that spell times") {
    CHECK(holds("timestamp > 2026-11-21T05:28:55Z and timestamp < 2026-11-21T05:28:56Z"));
    CHECK(holds("timestamp > '2026-11-21 05:28:55'"));
    CHECK(holds("'2026-11-21 05:28:56' > timestamp"));
    CHECK(holds("when == 2026-11-21T07:28:55+02:00"));
    CHECK(holds("when > 2026-11-20"));
    CHECK_FALSE(holds("name > 2026-11-20"));
}
