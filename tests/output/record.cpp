// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/record.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"

#include <string>

using namespace eliot::literals;

namespace {

const char* name_of(eliot::Kind kind) {
    switch (kind) {
    case eliot::Kind::message:
        return "message";
    case eliot::Kind::started:
        return "started";
    case eliot::Kind::succeeded:
        return "succeeded";
    default:
        return "failed";
    }
}

/// What the records of `f`'s lines say, one a line.
template <class F>
std::string records_of(F&& f) {
    std::string text;
    const auto id = eliot::add_destination([&text](const eliot::Record& record) {
        text += record.task_level().to_string() + ' ' + name_of(record.kind()) + ' ' +
                std::string{record.type()} + '\n';
    });
    f();
    eliot::remove_destination(id);
    return text;
}

} // namespace

TEST_CASE("a record tells the level, the kind and the type of its line") {
    const std::string text = records_of([] {
        auto task = eliot::start_task("order", "id"_f = 1);
        eliot::log_message("note", "type"_f = "message_type");
        auto action = eliot::start_action("pay");
        action.fail("no money");
    });
    CHECK(text == "/1 started order\n"
                  "/2 message note\n"
                  "/3/1 started pay\n"
                  "/3/2 failed pay\n"
                  "/4 succeeded order\n");
}

TEST_CASE("a record's type is the one that was given, whatever JSON makes of it") {
    const std::string type = "a \"quoted\"\\\n\ttype\x01";
    CHECK(records_of([&] { eliot::log_message(type); }) == "/1 message " + type + '\n');
    CHECK(records_of([] { eliot::log_message(""); }) == "/1 message \n");
}

TEST_CASE("a record's identity and time are those of its line") {
    std::string uuid;
    std::string level;
    std::string json;
    eliot::Timestamp time{0};
    const auto id = eliot::add_destination([&](const eliot::Record& record) {
        uuid = record.task_uuid();
        level = record.task_level().to_string();
        json = record.json();
        time = record.timestamp();
    });
    const eliot::Timestamp before = eliot::now();
    eliot::log_message("note");
    eliot::remove_destination(id);
    CHECK(json.starts_with("{\"task_uuid\":\"" + uuid + "\",\"task_level\":[1],\"timestamp\":"));
    CHECK(json.ends_with(",\"message_type\":\"note\"}"));
    CHECK(level == "/1");
    CHECK(time >= before);
    CHECK(time <= eliot::now());
}
