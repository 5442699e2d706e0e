// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/message_type.hpp>

#include <eliot/context/action_scope.hpp>
#include <eliot/types/serialized_field.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace eliot::literals;

namespace {

constexpr auto sold = eliot::message_type<"shop:sold">(
    eliot::fields(eliot::field<"count", int>("How many."), eliot::field<"name", std::string_view>(),
                  eliot::field<"ratio", double>()),
    "Something was sold.");

}

TEST_CASE("a typed message has its fields in the order of the declaration") {
    Lines log;
    sold.log("ratio"_f = 0.5, "count"_f = 3, "name"_f = "tea");
    CHECK_THAT(log.raw().at(0),
               Catch::Matchers::EndsWith(
                   R"("message_type":"shop:sold","count":3,"name":"tea","ratio":0.5})"));
}

TEST_CASE("a typed message goes into the current action") {
    Lines log;
    {
        auto action = eliot::start_action("a");
        sold.log("ratio"_f = 1, "count"_f = 3, "name"_f = "tea");
    }
    CHECK(log.text() == "/1 a started\n/2 shop:sold {\"count\":3,\"name\":\"tea\",\"ratio\":1.0}\n"
                        "/3 a succeeded\n");
}

TEST_CASE("a message type describes itself at compile time") {
    STATIC_REQUIRE(sold.message_type() == "shop:sold");
    STATIC_REQUIRE(sold.description() == "Something was sold.");
    STATIC_REQUIRE(sold.fields().size() == 3);
    STATIC_REQUIRE(sold.fields()[0].name == "count");
    STATIC_REQUIRE(sold.fields()[0].description == "How many.");
    STATIC_REQUIRE(sold.fields()[2].kinds.allow(eliot::JsonKind::number));
    std::string names;
    for (const eliot::FieldSchema& field : sold.fields()) {
        names += field.name;
        names += ' ';
    }
    CHECK(names == "count name ratio ");
}

TEST_CASE("fields and description may be left out") {
    constexpr auto ping = eliot::message_type<"ping">();
    Lines log;
    ping.log();
    CHECK(log.text() == "/1 ping\n");
    STATIC_REQUIRE(ping.description().empty());
    STATIC_REQUIRE(ping.fields().size() == 0);
}

TEST_CASE("a record of a typed message points at its schema, others at none") {
    std::vector<const eliot::Schema*> seen;
    eliot::discard_early();
    const auto id = eliot::add_destination(
        [&](const eliot::Record& record) { seen.push_back(record.schema()); });
    sold.log("count"_f = 1, "name"_f = "x", "ratio"_f = 1.0);
    eliot::log_message("untyped");
    eliot::remove_destination(id);
    REQUIRE(seen.size() == 2);
    CHECK(seen[0] == &sold.schema);
    CHECK(seen[0]->type == "shop:sold");
    CHECK_FALSE(seen[0]->is_action);
    CHECK(seen[1] == nullptr);
}

TEST_CASE("nothing of a typed message is evaluated while nobody listens") {
    eliot::discard_early();
    bool called = false;
    sold.log(
        "count"_f =
            [&] {
                called = true;
                return 1;
            },
        "name"_f = "x", "ratio"_f = 1.0);
    CHECK_FALSE(called);
    Lines log;
    sold.log(
        "count"_f =
            [&] {
                called = true;
                return 1;
            },
        "name"_f = "x", "ratio"_f = 1.0);
    CHECK(called);
    CHECK(log.messages().at(0).at("count") == 1);
}

TEST_CASE("a literal is right for every number type that can hold it") {
    constexpr auto numbers = eliot::message_type<"numbers">(eliot::fields(
        eliot::field<"u", unsigned>(), eliot::field<"s", short>(), eliot::field<"f", float>(),
        eliot::field<"d", double>(), eliot::field<"o", std::optional<double>>()));
    Lines log;
    numbers.log("u"_f = 1, "s"_f = 2, "f"_f = 0.1, "d"_f = 3, "o"_f = 4);
    CHECK_THAT(log.raw().at(0), Catch::Matchers::EndsWith(R"("u":1,"s":2,"f":0.1,"d":3.0,"o":4})"));
}

TEST_CASE("failures of a serializer follow their message in the action it belongs to") {
    constexpr auto broken = eliot::message_type<"broken">(
        eliot::fields(eliot::field<"first">([](int) -> int { throw std::runtime_error{"one"}; }),
                      eliot::field<"second">([](int) -> int { throw std::logic_error{"two"}; }),
                      eliot::field<"third", int>()));
    Lines log;
    {
        auto action = eliot::start_action("a");
        broken.log("first"_f = 1, "second"_f = 2, "third"_f = 3);
        eliot::log_message("after");
    }
    std::string types;
    for (const auto& message : log.messages()) {
        types += message.value("message_type", message.value("action_type", ""));
        types += ' ';
    }
    CHECK(types == "a broken eliot:serialization_failure eliot:traceback "
                   "eliot:serialization_failure eliot:traceback after a ");
    CHECK(log.messages().at(1).at("first") == "eliot: serialization failed: one");
    CHECK(log.messages().at(1).at("second") == "eliot: serialization failed: two");
    CHECK(log.messages().at(1).at("third") == 3);
    for (std::size_t i = 0; i < log.messages().size(); ++i) {
        CHECK(log.messages()[i].at("task_level") == std::vector<std::size_t>{i + 1});
    }
}

TEST_CASE("a type's name and its fields' names may have any characters") {
    constexpr auto odd =
        eliot::message_type<"wei\"rd\n">(eliot::fields(eliot::field<"a \"b\"", int>()));
    Lines log;
    odd.log("a \"b\""_f = 1);
    CHECK(log.messages().at(0).at("message_type") == "wei\"rd\n");
    CHECK(log.messages().at(0).at("a \"b\"") == 1);
}
