// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/expression_parser.hpp>

#include "read/support/expressions.hpp"
#include "support/catch.hpp"

#include <string>

using eliot::Expression;
using eliot::ExpressionError;
using read_tests::holds;

namespace {

std::size_t column_of_error(std::string_view expression) {
    try {
        Expression parsed{expression};
    } catch (const ExpressionError& error) {
        return error.column();
    }
    return 0;
}

}

TEST_CASE("and binds closer than or, and not closer than both") {
    CHECK(holds("ok == true or ok == false and status == 1"));
    CHECK_FALSE(holds("(ok == true or ok == false) and status == 1"));
    CHECK(holds("not ok == false and status == 500"));
    CHECK(holds("!(ok == false) && !(status == 1 || status == 2)"));
    CHECK(holds("not not ok == true"));
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
