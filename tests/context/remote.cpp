// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/remote.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <string>

using namespace eliot::literals;

TEST_CASE("a task goes on at exactly the place that its id names") {
    Lines log;
    std::string uuid;
    {
        auto action = eliot::start_action("local");
        uuid = action.task_uuid();
        const std::string id = action.serialize_task_id();
        CHECK(id == uuid + "@/2");
        auto remote = eliot::continue_task(id);
        CHECK(eliot::current_action() == &remote);
        CHECK(remote.task_level() == eliot::TaskLevel{2});
        eliot::log_message("over there");
    }
    CHECK(log.text() == R"(/1 local started
/2/1 eliot:remote_task started
/2/2 over there
/2/3 eliot:remote_task succeeded
/3 local succeeded
)");
}

TEST_CASE("the remote action may have a type and fields of its own") {
    Lines log;
    {
        auto action = eliot::start_action("local");
        auto remote = eliot::continue_task(action.serialize_task_id(), "worker:job", "n"_f = 1);
    }
    CHECK(log.messages().at(1).at("action_type") == "worker:job");
    CHECK(log.messages().at(1).at("n") == 1);
}

TEST_CASE("an id that is none starts a new task that says so first") {
    const auto id = GENERATE(
        as<std::string>{}, "", "garbage", "@", "@@", "abc@/1",
        "5c87f5fb-c8d7-4deb-9e31-ecca93436d73@", "5c87f5fb-c8d7-4deb-9e31-ecca93436d73@/2/",
        "5c87f5fb-c8d7-4deb-9e31-ecca93436d73@/0", "5c87f5fb-c8d7-4deb-9e31-ecca93436d73@/2@/3",
        "5c87f5fb-c8d7-4deb-9e31-ecca93436d73@/99999999999999999999",
        "5C87F5FB-C8D7-4DEB-9E31-ECCA93436D73@/2", "\xff\xfe\n");
    Lines log;
    {
        auto remote = eliot::continue_task(id, "worker:job");
        CHECK(remote.task_level() == eliot::TaskLevel{});
    }
    const auto messages = log.messages();
    REQUIRE(messages.size() == 3);
    CHECK(messages[0].at("action_type") == "worker:job");
    CHECK(messages[1].at("message_type") == "eliot:invalid_task_id");
    CHECK(messages[1].at("task_level") == nlohmann::json{2});
}

TEST_CASE("of a bad id at most 200 bytes are shown") {
    Lines log;
    {
        auto remote = eliot::continue_task(std::string(100'000, 'x'));
    }
    CHECK(log.messages().at(1).at("task_id") == std::string(200, 'x'));
}

TEST_CASE("the id of a silent action makes a task of its own elsewhere") {
    eliot::discard_early();
    auto silent = eliot::start_action("silent");
    const std::string id = silent.serialize_task_id();
    Lines log;
    {
        auto remote = eliot::continue_task(id);
    }
    CHECK(log.text() == "/1 eliot:remote_task started\n/2 eliot:remote_task succeeded\n");
}
