// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/logged.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"
#include "testing/texts.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

using namespace eliot::literals;
using eliot::TaskLevel;
using eliot::testing::AssertionError;
using eliot::testing::LoggedAction;
using eliot::testing::LoggedChild;
using eliot::testing::LoggedMessage;
using Messages = std::vector<nlohmann::json>;

namespace {

/// signin > [check, query > [row, row]]
Messages sign_in_log() {
    const Lines log;
    auto action = eliot::start_action("signin", "username"_f = "john");
    eliot::log_message("check", "ok"_f = true);
    {
        auto query = eliot::start_action("query");
        eliot::log_message("row", "n"_f = 1);
        eliot::log_message("row", "n"_f = 2);
        query.fail("no more");
    }
    action.finish();
    return log.messages();
}

/// outer > [inner > [deep], never ended; message], where inner and deep are never finished
Messages unfinished_log() {
    const Lines log;
    static std::optional<eliot::Action> inner;
    static std::optional<eliot::Action> deep;
    auto outer = eliot::start_action("outer");
    inner.emplace("inner");
    {
        auto in = inner->context();
        deep.emplace("deep");
    }
    eliot::log_message("message");
    outer.finish();
    return log.messages();
}

nlohmann::json line(std::vector<int> level, const char* key, const char* type,
                    const char* status = nullptr) {
    nlohmann::json message{{"task_uuid", "u"}, {"task_level", level}, {key, type}};
    if (status != nullptr) {
        message["action_status"] = status;
    }
    return message;
}

}

TEST_CASE("messages are found by their type, in the order logged") {
    const Messages log = sign_in_log();
    const auto rows = LoggedMessage::of_type(log, "row");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].message()["n"] == 1);
    CHECK(rows[1].message()["n"] == 2);
    CHECK(rows[0].type() == "row");
    CHECK(LoggedMessage::of_type(log, "signin").empty());
    CHECK(LoggedMessage::of_type({}, "row").empty());
}

TEST_CASE("actions are found by their type, with start, end and outcome") {
    const Messages log = sign_in_log();
    const auto actions = LoggedAction::of_type(log, "query");
    REQUIRE(actions.size() == 1);
    CHECK(actions[0].start_message() == log[2]);
    CHECK(actions[0].end_message() == log[5]);
    CHECK_FALSE(actions[0].succeeded());
    CHECK(actions[0].is_finished());
    CHECK(actions[0].task_level() == TaskLevel{3});
    CHECK(log[0]["task_uuid"] == actions[0].task_uuid());
    CHECK(LoggedAction::of_type(log, "signin").at(0).succeeded());
    CHECK(LoggedAction::of_type(log, "check").empty());
}

TEST_CASE("an action's children are messages and actions in the order of their levels") {
    Messages log = sign_in_log();
    const auto expected = LoggedAction::of_type(log, "signin").at(0).children();
    std::reverse(log.begin(), log.end());
    const auto children = LoggedAction::of_type(log, "signin").at(0).children();
    REQUIRE(children.size() == 2);
    CHECK(std::get<LoggedMessage>(children[0]) == LoggedMessage::of_type(log, "check").at(0));
    CHECK(std::get<LoggedAction>(children[1]) == LoggedAction::of_type(log, "query").at(0));
    CHECK(children == expected);
    CHECK(children == std::vector<LoggedChild>{LoggedMessage::of_type(log, "check").at(0),
                                               LoggedAction::of_type(log, "query").at(0)});
}

TEST_CASE("levels are numbers: 10 comes behind 9") {
    const Lines log;
    {
        auto action = eliot::start_action("a");
        for (int i = 0; i < 12; ++i) {
            eliot::log_message("m", "i"_f = i);
        }
    }
    Messages messages = log.messages();
    std::sort(messages.begin(), messages.end(), [](const auto& a, const auto& b) {
        return a["task_level"].dump() < b["task_level"].dump();
    });
    int expected = 0;
    const auto action = LoggedAction::of_type(messages, "a").at(0);
    for (const LoggedChild& child : action.children()) {
        CHECK(std::get<LoggedMessage>(child).message()["i"] == expected++);
    }
    CHECK(expected == 12);
}

TEST_CASE("descendants come in the order of a walk through the tree, each before its own") {
    std::string types;
    for (const LoggedChild& child :
         LoggedAction::of_type(sign_in_log(), "signin").at(0).descendants()) {
        types += std::visit([](const auto& node) { return node.type(); }, child) + " ";
    }
    CHECK(types == "check query row row ");
}

TEST_CASE("the type tree has messages as texts and actions as objects") {
    CHECK(LoggedAction::of_type(sign_in_log(), "signin").at(0).type_tree() ==
          nlohmann::json::parse(R"({"signin": ["check", {"query": ["row", "row"]}]})"));
    CHECK(LoggedAction::of_type(unfinished_log(), "deep").at(0).type_tree() ==
          nlohmann::json::parse(R"({"deep": []})"));
}

TEST_CASE("an action is made from its task and its level, or that of its start message") {
    const Messages log = sign_in_log();
    const std::string uuid = log[0]["task_uuid"];
    CHECK(LoggedAction::from_messages(uuid, TaskLevel{}, log).type() == "signin");
    CHECK(LoggedAction::from_messages(uuid, TaskLevel{1}, log).type() == "signin");
    CHECK(LoggedAction::from_messages(uuid, TaskLevel{3}, log).type() == "query");
    CHECK(LoggedAction::from_messages(uuid, TaskLevel{3, 1}, log).type() == "query");
}

TEST_CASE("an action without its start message is an error") {
    const Messages log = sign_in_log();
    const std::string uuid = log[0]["task_uuid"];
    CHECK(text_thrown_by<AssertionError>([&] {
              LoggedAction::from_messages(uuid, TaskLevel{7}, log);
          }) == "the action \"(unknown)\" at /7 of task " + uuid + ": its start is not in the log");
    CHECK_THROWS_AS(LoggedAction::from_messages("another", TaskLevel{}, log), AssertionError);
    CHECK_THROWS_AS(LoggedAction::from_messages(uuid, TaskLevel{}, {log[6]}), AssertionError);
}

TEST_CASE("an unfinished descendant does not break its ancestors") {
    const Messages log = unfinished_log();
    const auto outer = LoggedAction::of_type(log, "outer").at(0);
    CHECK(outer.succeeded());
    CHECK(outer.type_tree() ==
          nlohmann::json::parse(R"({"outer": [{"inner": [{"deep": []}]}, "message"]})"));
    CHECK_FALSE(LoggedAction::of_type(log, "inner").at(0).is_finished());
}

TEST_CASE("the error names the action that lacks its end, not another one") {
    const Messages log = unfinished_log();
    const std::string uuid = log[0]["task_uuid"];
    const auto inner = LoggedAction::of_type(log, "inner").at(0);
    const std::string expected = "the action \"inner\" at /2 of task " + uuid + ": it never ended";
    CHECK(text_thrown_by<AssertionError>([&] { inner.end_message(); }) == expected);
    CHECK(text_thrown_by<AssertionError>([&] { inner.succeeded(); }) == expected);
}

TEST_CASE("a log that begins in the middle keeps what it has") {
    const Messages log{line({4, 2}, "message_type", "m"),
                       line({4, 3}, "action_type", "a", "failed"), line({5}, "message_type", "n")};
    const auto roots = LoggedAction::roots(log);
    REQUIRE(roots.size() == 2);
    const auto& action = std::get<LoggedAction>(roots[0]);
    CHECK_FALSE(action.is_started());
    CHECK_FALSE(action.succeeded());
    CHECK(action.type_tree() == nlohmann::json::parse(R"({"a": ["m"]})"));
    CHECK_THROWS_AS(action.start_message(), AssertionError);
    CHECK(std::get<LoggedMessage>(roots[1]).type() == "n");
}

TEST_CASE("what is no line of a log is passed over") {
    const Messages log{1,
                       "text",
                       nullptr,
                       nlohmann::json::object(),
                       {{"task_uuid", "u"}, {"task_level", nlohmann::json::array()}},
                       {{"task_uuid", "u"}, {"task_level", {1, "x"}}},
                       {{"task_level", {1}}, {"message_type", "m"}},
                       line({1}, "message_type", "m")};
    CHECK(LoggedAction::roots(log).size() == 1);
    CHECK(LoggedAction::of_type(log, "m").empty());
    CHECK(LoggedMessage::of_type(log, "m").size() == 2);
}

TEST_CASE("of a line that stands twice the first one counts") {
    const Messages log{
        line({1}, "action_type", "a", "started"), line({1}, "action_type", "b", "started"),
        line({2}, "action_type", "a", "succeeded"), line({3}, "action_type", "a", "failed")};
    const auto action = LoggedAction::from_messages("u", TaskLevel{}, log);
    CHECK(action.type() == "a");
    CHECK(action.succeeded());
}

TEST_CASE("actions are equal if their lines are") {
    const auto first = LoggedAction::of_type(sign_in_log(), "signin").at(0);
    const auto second = LoggedAction::of_type(sign_in_log(), "signin").at(0);
    CHECK(first == first);
    CHECK_FALSE(first == second);
}
