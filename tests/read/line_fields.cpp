// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/line_fields.hpp>

#include "support/catch.hpp"

#include <string>

using eliot::detail::FieldStack;

namespace {

std::string fields_from(const FieldStack& fields, std::size_t begin) {
    std::string text;
    for (std::size_t i = begin; i < fields.size(); ++i) {
        text += std::string{fields[i].key} + '=' + std::string{fields[i].value} + ' ';
    }
    return text;
}

}

TEST_CASE("the fields of a line come by name, without the framework's and the ignored ones") {
    FieldStack fields;
    CHECK(fields.push_line(R"({"task_uuid":"u","z":1,"task_level":[1],"a":[2],"timestamp":1.5,)"
                           R"("message_type":"m","action_type":"t","action_status":"s","b":3})",
                           {"b"}) == 0);
    CHECK(fields_from(fields, 0) == "a=[2] z=1 ");
}

TEST_CASE("of several fields of one name the last is shown, however it is spelled") {
    FieldStack fields;
    fields.push_line(R"({"a":1,"\u0061":2,"b\"":3,"a":4})", {});
    CHECK(fields_from(fields, 0) == "a=4 b\"=3 ");
}

TEST_CASE("what is inside of a value is stacked on top, lists in their own order") {
    FieldStack fields;
    fields.push_line(R"({"list":[{"y":1,"x":{"deep":[]}},10,2]})", {});
    const std::size_t list = fields.push_container(fields[0].value);
    CHECK(list == 1);
    CHECK(fields_from(fields, list) == R"(={"y":1,"x":{"deep":[]}} =10 =2 )");
    CHECK(fields[3].index == 2);
    const std::size_t object = fields.push_container(fields[list].value);
    CHECK(fields_from(fields, object) == R"(x={"deep":[]} y=1 )");
    fields.pop_to(object);
    CHECK(fields.size() == 4);
    CHECK(fields.push_container("[]") == 4);
}
