// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/expression.hpp>

#include "support/catch.hpp"

using eliot::Expression;
using eliot::ExpressionError;

namespace {

constexpr std::string_view sample =
    R"({"task_uuid":"u","timestamp":1795238935.25,"status":500,"ratio":0.5,"big":)"
    R"(123456789012345678901,"name":"Zo\u00eb \"Z\"","ok":true,"none":null,"a":{"b":[10,20,{"c":)"
    R"("deep"}]},"dotted.name":7,"odd name":"x","elapsed":0.012,"wait":"15ms","when":)"
    R"("2026-11-21T05:28:55Z","and":1,"dup":1,"dup":2,"text":"line\nbreak"})";

bool holds(std::string_view expression) { return Expression{expression}.matches(sample); }

std::size_t column_of_error(std::string_view expression) {
    try {
        Expression parsed{expression};
    } catch (const ExpressionError& error) {
        return error.column();
    }
    return 0;
}

}

TEST_CASE("numbers, texts, truth and null are compared") {
    CHECK(holds("status == 500"));
    CHECK(holds("status != 501"));
    CHECK(holds("status >= 500 and status <= 500.0 and status > 499 and status < 5.1e2"));
    CHECK(holds("ratio == 0.5"));
    CHECK(holds("big > 1e20 and big == 123456789012345678901"));
    CHECK(holds("name == 'Zoë \"Z\"'"));
    CHECK(holds(R"(name == "Zo\u00eb \"Z\"")"));
    CHECK(holds("name < 'a' and name > 'Z'"));
    CHECK(holds("ok == true and ok != false"));
    CHECK(holds("none == null"));
    CHECK(holds(R"(text == "line\nbreak")"));
    CHECK(holds("500 == status"));
    CHECK(holds("dup == 2"));
}

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

TEST_CASE("and binds closer than or, and not closer than both") {
    CHECK(holds("ok == true or ok == false and status == 1"));
    CHECK_FALSE(holds("(ok == true or ok == false) and status == 1"));
    CHECK(holds("not ok == false and status == 500"));
    CHECK(holds("!(ok == false) && !(status == 1 || status == 2)"));
    CHECK(holds("not not ok == true"));
}

TEST_CASE("texts are searched for patterns") {
    CHECK(holds(R"(name =~ "^Zo. \"Z\"$")"));
    CHECK(holds(R"(name =~ '(?i)^zo')"));
    CHECK_FALSE(holds("name =~ 'Zoe'"));
    CHECK(holds("status =~ '^5'"));
    CHECK(holds("a =~ 'deep'"));
}

TEST_CASE("an error points at its column") {
    CHECK(column_of_error("status = 500") == 8);
    CHECK(column_of_error("status == ") == 11);
    CHECK(column_of_error("status == 500 status") == 15);
    CHECK(column_of_error("(status == 500") == 15);
    CHECK(column_of_error("status == 500)") == 14);
    CHECK(column_of_error("name =~ '[a'") == 10);
    CHECK(column_of_error("name =~ name") == 9);
    CHECK(column_of_error("a.[0] == 1") == 3);
    CHECK(column_of_error("a[x] == 1") == 3);
    CHECK(column_of_error("a[0 == 1") == 5);
    CHECK(column_of_error("status") == 1);
    CHECK(column_of_error("") == 1);
    CHECK(column_of_error("and == 1") == 1);
    CHECK(column_of_error(R"(name == "\q")") == 9);
    CHECK(column_of_error("not") == 4);
    CHECK(column_of_error("exists 1") == 8);
}

TEST_CASE("long expressions are fine, deeply nested ones are refused") {
    std::string chain = "status == 500";
    for (int i = 0; i < 20'000; ++i) {
        chain += " and status == 500";
    }
    CHECK(holds(chain));
    CHECK(column_of_error(std::string(5'000, '(') + "a == 1" + std::string(5'000, ')')) == 102);
    std::string nots;
    for (int i = 0; i < 5'000; ++i) {
        nots += "not ";
    }
    CHECK(column_of_error(nots + "a == 1") > 0);
}
