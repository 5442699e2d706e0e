// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/expression.hpp>

#include "read/support/expressions.hpp"
#include "support/catch.hpp"

using read_tests::holds;

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

TEST_CASE("texts are searched for patterns") {
    CHECK(holds(R"(name =~ "^Zo. \"Z\"$")"));
    CHECK(holds(R"(name =~ '(?i)^zo')"));
    CHECK_FALSE(holds("name =~ 'Zoe'"));
    CHECK(holds("status =~ '^5'"));
    CHECK(holds("a =~ 'deep'"));
}
