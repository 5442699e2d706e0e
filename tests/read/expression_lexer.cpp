// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/expression_lexer.hpp>

#include "support/catch.hpp"

using namespace eliot;
using namespace eliot::detail;

namespace {

std::string words(std::string_view text) {
    std::string out;
    for (ExpressionLexer lexer{text}; lexer.token().kind != TokenKind::end; lexer.advance()) {
        out += std::to_string(static_cast<int>(lexer.token().kind)) + lexer.token().text + ' ';
    }
    return out;
}

}

TEST_CASE("an expression comes apart into words") {
    CHECK(words("a.b[0]>=10 and(x-y!='z')") == "1a 6. 1b 6[ 30 6] 6>= 310 1and 6( 1x-y 6!= 2z 6) ");
    CHECK(words("a=~\"\\d+\\\"\"||ünï") == "1a 6=~ 2\\d+\" 6|| 1ünï ");
    CHECK(words("10ms 1.5s 2026-11-21T05:28:55+02:00 -3 1e+5") ==
          "410ms 41.5s 52026-11-21T05:28:55+02:00 3-3 31e+5 ");
}

TEST_CASE("an error shows the place, however wide the characters before it are") {
    const ExpressionError error{"漢字 == $", 10, "no"};
    CHECK(error.column() == 7);
    CHECK(std::string{error.what()} == "no, column 7\n    漢字 == $\n            ^");
}

TEST_CASE("words that cannot be are refused") {
    for (const char* const text :
         {"$", "a = 1", "\"open", "'open", "10xs", "1.", "2026-13-01", "-", "#"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(words(text), ExpressionError);
    }
}
