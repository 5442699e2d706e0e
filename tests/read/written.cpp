// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/written.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

#include <type_traits>

using namespace read_tests;

namespace {

eliot::WrittenNode root_of(const std::vector<std::string>& lines) {
    eliot::Parser parser;
    for (const auto& each : lines) {
        for (const auto& task : parser.add_line(each)) {
            return task.root();
        }
    }
    return parser.take_incomplete_tasks().at(0).root();
}

const std::vector<std::string> failing{
    R"({"task_uuid":"u","task_level":[1],"timestamp":10.000000001,"action_type":"a",)"
    R"("action_status":"started","n":1})",
    R"({"task_uuid":"u","task_level":[2],"timestamp":11,"message_type":"m","x":[1,2]})",
    R"({"task_uuid":"u","task_level":[3],"timestamp":12.5,"action_type":"a",)"
    R"("action_status":"failed","exception":"E","reason":"r\n"})"};

}

TEST_CASE("an action knows its start, its end and what lies between") {
    const auto action = root_of(failing).action();
    CHECK(action.task_uuid() == "u");
    CHECK(action.task_level() == eliot::TaskLevel{});
    CHECK(action.action_type() == "a");
    CHECK(action.status() == "failed");
    CHECK(action.exception() == "E");
    CHECK(action.reason() == "r\n");
    CHECK(action.start_time() == 10.000000001);
    CHECK(action.end_time() == 12.5);
    CHECK(action.duration() == 2'499'999'999);
    CHECK(action.start_message()->task_level() == eliot::TaskLevel{1});
    CHECK(action.end_message()->task_level() == eliot::TaskLevel{3});
    CHECK(action.start_message()->type() == "a");
    CHECK(action.is_complete());
    REQUIRE(action.children().size() == 1);
    CHECK(action.children()[0].message().task_level() == eliot::TaskLevel{2});
}

TEST_CASE("an action without lines of its own knows nothing") {
    const auto action = root_of({message("2,2")}).action();
    CHECK_FALSE(action.action_type());
    CHECK_FALSE(action.status());
    CHECK_FALSE(action.start_message());
    CHECK_FALSE(action.end_message());
    CHECK_FALSE(action.start_time());
    CHECK_FALSE(action.end_time());
    CHECK_FALSE(action.duration());
    CHECK_FALSE(action.exception());
    CHECK_FALSE(action.is_complete());
}

TEST_CASE("only a failed action has an exception") {
    const auto action = root_of(
        {start("1"), line("2", R"("action_type":"a",)"
                               R"("action_status":"succeeded","exception":"E","reason":"r")")});
    CHECK_FALSE(action.action().exception());
    CHECK_FALSE(action.action().reason());
}

TEST_CASE("a message has its fields without those of the framework") {
    const auto message = root_of(failing).action().children().at(0).message();
    CHECK(message.contents() == nlohmann::json{{"message_type", "m"}, {"x", {1, 2}}});
    CHECK(message.as_json()["timestamp"] == 11);
    CHECK(message.timestamp() == 11.0);
    CHECK(message.time() == eliot::Instant{11, 0});
    CHECK(message.type() == "m");
    CHECK(message.text() == failing[1]);
    CHECK(message.line_number() == 2);
    CHECK(message.file().empty());
}

TEST_CASE("a message without a time or type says so") {
    const auto message = root_of({R"({"task_uuid":"u","task_level":[1]})"}).message();
    CHECK(std::isnan(message.timestamp()));
    CHECK_FALSE(message.time());
    CHECK_FALSE(message.type());
}

TEST_CASE("numbers that no level can have come out as the nearest ones") {
    const auto node = root_of({start("1"), message("-3"), message("99999999999")});
    const auto children = node.action().children();
    CHECK(children.at(0).message().task_level() == eliot::TaskLevel{0});
    CHECK(children.at(0).message().level_text() == "/-3");
    CHECK(children.at(1).message().task_level() == eliot::TaskLevel{0xFFFFFFFF});
    CHECK(children.at(1).message().level_text() == "/99999999999");
}

TEST_CASE("a node works as the variant it is") {
    const auto node = root_of(failing);
    CHECK(std::holds_alternative<eliot::WrittenAction>(node));
    CHECK(std::get_if<eliot::WrittenMessage>(&node) == nullptr);
    CHECK(std::visit([](const auto& each) { return each.task_uuid(); }, node) == "u");
    CHECK_THROWS_AS(node.message(), std::bad_variant_access);
}

TEST_CASE("handles outlive the task and the parser they came from") {
    std::vector<eliot::WrittenNode> children;
    {
        children = root_of(failing).action().children();
    }
    CHECK(children.at(0).message().contents()["x"] == nlohmann::json{1, 2});
    static_assert(std::is_copy_assignable_v<eliot::WrittenNode>);
}
