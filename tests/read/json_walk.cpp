// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/json_walk.hpp>

#include "support/catch.hpp"

using namespace eliot::detail;

namespace {

std::string walked(std::string_view container) {
    std::string out;
    JsonMember member;
    for (JsonItems walk{container}; walk.next(&member);) {
        out += std::string{member.key} + '=' + std::string{member.value} + ';';
    }
    return out;
}

}

TEST_CASE("objects and lists are walked member by member") {
    CHECK(walked(R"({"a":1, "b" : [1, "]", {"x":"}"}] ,"c":"\"," })") ==
          R"(a=1;b=[1, "]", {"x":"}"}];c="\",";)");
    CHECK(walked(R"([ 1,[2,3] , "x" ])") == R"(=1;=[2,3];="x";)");
    CHECK(walked("{}").empty());
    CHECK(walked("[ ]").empty());
    CHECK(walked("17").empty());
    CHECK(walked("").empty());
}

TEST_CASE("the kind of a value shows in its first character") {
    CHECK(json_kind("{}") == JsonTextKind::object);
    CHECK(json_kind("[]") == JsonTextKind::list);
    CHECK(json_kind("\"\"") == JsonTextKind::string);
    CHECK(json_kind("true") == JsonTextKind::boolean);
    CHECK(json_kind("null") == JsonTextKind::null);
    CHECK(json_kind("-1") == JsonTextKind::number);
    CHECK(json_kind("NaN") == JsonTextKind::number);
    CHECK(json_kind("Infinity") == JsonTextKind::number);
}

TEST_CASE("escapes are decoded, pairs of surrogates joined, lone ones kept") {
    CHECK(decoded(R"(a\n\t\"\\\/\b\f\r)") == "a\n\t\"\\/\b\f\r");
    CHECK(decoded(R"(\u00e9\u20AC\ud83d\ude00)") == "é€😀");
    CHECK(decoded(R"(a\ud800b)") == "a\xED\xA0\x80"
                                    "b");
    CHECK(decoded(R"(\ud800\u0041)") == "\xED\xA0\x80"
                                        "A");
    CHECK(decoded(R"(\ude00)") == "\xED\xB8\x80");
    CHECK(decoded(R"(x\u0000y)") == std::string("x\0y", 3));
}

TEST_CASE("only strings have a string value") {
    CHECK(string_value(R"("a\nb")") == "a\nb");
    CHECK_FALSE(string_value("12"));
    CHECK_FALSE(string_value(""));
}

TEST_CASE("of several members of one name the last one counts") {
    CHECK(find_member(R"({"a":1,"b":2,"a":3})", "a") == "3");
    CHECK(find_member(R"({"\u0061":1})", "a") == "1");
    CHECK_FALSE(find_member(R"({"a":{"b":1}})", "b"));
}

TEST_CASE("the end of a list is found among numbers of any length and what else is inside") {
    for (const char* const inside :
         {"", "1", "1,2,3,4,5,6,7,8,9", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10", "1.5,-2e3,NaN,0.25,7,7,7",
          R"(1,2,3,4,5,"]",6,7,8,9,10)", "[1,2,3,4,5,6,7,8],[[9]],10", R"({"a":[1,2,3,4,5]},6)"}) {
        const std::string list = '[' + std::string{inside} + ']';
        const std::string object = R"({"a":)" + list + R"(,"b":2})";
        CAPTURE(list);
        CHECK(find_member(object, "a") == list);
        CHECK(find_member(object, "b") == "2");
    }
}
