// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/destinations.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/lines.hpp"
#include "support/types.hpp"

#include <stdexcept>
#include <string>
#include <utility>

using namespace eliot::literals;

namespace {

/// The types of the records that it gets, one after the other.
struct Traced {
    void write(const eliot::Record&) { *text += "write "; }
    void flush() { *text += "flush "; }
    explicit Traced(std::string& trace) : text{&trace} {}
    Traced(Traced&& other) noexcept : text{std::exchange(other.text, nullptr)} {}
    Traced& operator=(Traced&&) = delete;
    ~Traced() {
        if (text != nullptr) {
            *text += "destroy ";
        }
    }
    std::string* text;
};

} // namespace

TEST_CASE("every destination gets every line, from its adding to its removal") {
    Lines log;
    std::string first;
    std::string second;
    const auto one = eliot::add_destination(Types{&first});
    eliot::log_message("a");
    const auto two = eliot::add_destination(Types{&second});
    eliot::log_message("b");
    CHECK(eliot::remove_destination(one));
    eliot::log_message("c");
    CHECK(eliot::remove_destination(two));
    eliot::log_message("d");
    CHECK(first == "a b ");
    CHECK(second == "b c ");
    CHECK(!eliot::remove_destination(two));
    CHECK(!eliot::remove_destination(eliot::DestinationId{}));
}

TEST_CASE("several destinations are added at once") {
    const Child child{[] { // there is no id to remove them by
        std::string text;
        eliot::add_destinations(Types{&text}, Types{&text});
        eliot::log_message("a");
        _exit(text == "a a " ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("a destination is flushed before it is destroyed") {
    Lines log;
    std::string text;
    const auto id = eliot::add_destination(Traced{text});
    eliot::log_message("a");
    eliot::flush();
    eliot::remove_destination(id);
    CHECK(text == "write flush flush destroy ");
}

TEST_CASE("a destination removes itself: it takes effect after the call") {
    Lines log;
    std::string text;
    eliot::DestinationId id;
    id = eliot::add_destination([&](const eliot::Record& record) {
        text += record.type();
        CHECK(eliot::remove_destination(id));
        eliot::log_message("still inside");
    });
    eliot::log_message("a");
    eliot::log_message("b");
    CHECK(text == "a");
    CHECK(!eliot::remove_destination(id));
    CHECK(log.text() == "/1 a\n/1 still inside\n/1 b\n");
}

TEST_CASE("a destination adds another one, and flushes, and sets global fields") {
    const Child child{[] {
        Lines log;
        std::string text;
        bool done = false;
        eliot::add_destination([&](const eliot::Record&) {
            if (!done) {
                done = true;
                eliot::add_destination(Types{&text});
                eliot::flush();
                eliot::add_global_fields("g"_f = 1);
                eliot::discard_early();
            }
        });
        eliot::log_message("a");
        eliot::log_message("b");
        _exit(text == "b " && log.text() == "/1 a\n/1 b {\"g\":1}\n" ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("a destination that throws something odd is reported, and goes on to be called") {
    Lines log;
    int calls = 0;
    eliot::on_error([](const eliot::OutputError&) {});
    const auto id = eliot::add_destination([&calls](const eliot::Record&) {
        ++calls;
        if (calls == 1) {
            throw 42;
        }
    });
    eliot::log_message("a");
    eliot::remove_destination(id);
    eliot::on_error(nullptr);
    CHECK(calls == 2); // the failure, too
    const auto messages = log.messages();
    REQUIRE(messages.size() == 2);
    CHECK(messages[1].at("message_type") == "eliot:destination_failure");
    CHECK(messages[1].at("exception") == "int");
    CHECK(messages[1].at("reason") == "");
    CHECK(messages[1].at("destination") == "destination " + std::to_string(id.value()));
    CHECK(messages[1].at("message") == log.raw()[0]);
}

TEST_CASE("a destination that throws while a failure is reported is not reported again") {
    Lines log;
    eliot::on_error([](const eliot::OutputError&) {});
    const auto id = eliot::add_destination([](const eliot::Record&) { throw 42; });
    eliot::log_message("a");
    eliot::log_message("b");
    eliot::remove_destination(id);
    eliot::on_error(nullptr);
    CHECK(log.raw().size() == 4);
}

TEST_CASE("a destination whose flush throws is reported by who flushes") {
    struct Bad {
        void write(const eliot::Record&) {}
        void flush() { throw std::runtime_error{"cannot flush"}; }
    };
    Lines log;
    eliot::on_error([](const eliot::OutputError&) {});
    const auto id = eliot::add_destination(Bad{});
    eliot::log_message("a");
    eliot::flush();
    CHECK(log.messages().back().at("reason") == "cannot flush");
    eliot::remove_destination(id);
    CHECK(log.raw().size() == 3);
    eliot::on_error(nullptr);
}

TEST_CASE("global fields stand on every later line; a line's own come first, a new one replaces") {
    const Child child{[] {
        Lines log;
        eliot::log_message("a");
        eliot::add_global_fields("g"_f = 1, "h"_f = "x");
        eliot::log_message("b");
        eliot::log_message("c", "g"_f = 2);
        eliot::add_global_fields("g"_f = 3);
        eliot::log_message("d");
        eliot::add_global_fields(eliot::named("task_uuid", "mine"));
        eliot::log_message("e");
        const bool right = log.text() == "/1 a\n"
                                         "/1 b {\"g\":1,\"h\":\"x\"}\n"
                                         "/1 c {\"g\":2,\"h\":\"x\"}\n"
                                         "/1 d {\"g\":3,\"h\":\"x\"}\n"
                                         "/1 e {\"g\":3,\"h\":\"x\"}\n";
        _exit(right ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("a global field that throws is told, and says so on every line") {
    const Child child{[] {
        Lines log;
        eliot::add_global_fields("g"_f = []() -> int { throw std::runtime_error{"no"}; });
        eliot::log_message("a");
        _exit(log.text() == "/1 a {\"g\":\"eliot: serialization failed: no\"}\n" ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "eliot: no: in the global field \"g\"\n");
}
