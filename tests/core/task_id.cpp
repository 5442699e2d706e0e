// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/task_id.hpp>

#include "support/catch.hpp"

#include <string>

using eliot::TaskId;

namespace {

const std::string some_uuid = "b458a4c6-b439-4c02-8261-46f5fd3dc5c3";

}

TEST_CASE("a task id is written as Eliot writes it") {
    const TaskId id{eliot::TaskUuid::parse(some_uuid).value(), {2, 2}};
    CHECK(id.to_string() == some_uuid + "@/2/2");
    CHECK(TaskId{id.uuid(), {}}.to_string() == some_uuid + "@/");
}

TEST_CASE("a task id's text is parsed to the same id") {
    for (const char* level : {"/", "/2/2", "/4294967295/1"}) {
        const auto id = TaskId::parse(some_uuid + "@" + level);
        REQUIRE(id);
        CHECK(id->uuid().text() == some_uuid);
        CHECK(id->level().to_string() == level);
        CHECK(TaskId::parse(id->to_string()) == id);
    }
}

TEST_CASE("texts that are no task id are refused") {
    const std::string bad_texts[] = {"",
                                     some_uuid,
                                     some_uuid + "@",
                                     some_uuid + "/2",
                                     some_uuid + "x/2",
                                     some_uuid + "@2",
                                     some_uuid + "@/2/",
                                     some_uuid + "@@/2",
                                     some_uuid + "@/2@/3",
                                     some_uuid + "@/2\n",
                                     " " + some_uuid + "@/2",
                                     some_uuid.substr(1) + "@/2",
                                     "uniq123@/1/2",
                                     "@/2",
                                     std::string(36, 'x') + "@/2",
                                     std::string(100'000, '@')};
    for (const std::string& text : bad_texts) {
        INFO(text.substr(0, 60));
        CHECK_FALSE(TaskId::parse(text));
    }
}

TEST_CASE("task ids compare by task, then by level") {
    const auto id = TaskId::parse(some_uuid + "@/2/10").value();
    CHECK(TaskId::parse(some_uuid + "@/2/9").value() < id);
    CHECK(TaskId::parse("c" + some_uuid.substr(1) + "@/1").value() > id);
    CHECK(TaskId::parse(some_uuid + "@/2/10").value() == id);
}
