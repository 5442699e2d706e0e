// SPDX-License-Identifier: Apache-2.0
// The names and shapes that programs outside of this repository are compiled against.

#include <eliot/eliot.hpp>
#include <eliot/json.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <type_traits>
#include <unistd.h>

using namespace eliot::literals;

namespace {

struct DbError : std::runtime_error {
    using std::runtime_error::runtime_error;
    static int code() { return 7; }
};

eliot::ActionScope hand_on(const std::string& id) { return eliot::continue_task(id); }

int with_result() {
    auto action = eliot::start_action("with_result");
    return action.result(5);
}

double divide(double x, double y) {
    ELIOT_LOG_CALL(x, y);
    return eliot_call.result(x / y);
}

std::string file_text(const std::string& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("actions and messages, as the page of the interface has them") {
    Lines log;
    {
        auto action = eliot::start_action("store_data", "key"_f = 123);
        auto task = eliot::start_task("http:request", "path"_f = std::string{"/"});
        STATIC_REQUIRE(std::is_same_v<decltype(action), eliot::ActionScope>);
        STATIC_REQUIRE(std::is_base_of_v<eliot::Action, eliot::ActionScope>);
        STATIC_REQUIRE_FALSE(std::is_move_constructible_v<eliot::ActionScope>);
        eliot::log_message("info", "x"_f = 1);
        action.log("info", "x"_f = 1);
        task.add_success_fields("result"_f = 3);
        task.add_failure_fields("attempt"_f = 4);
        task.finish();
        const std::string uuid = action.task_uuid();
        const eliot::TaskLevel level = action.task_level();
        CHECK(uuid.size() == 36);
        CHECK(level.to_string() == "/");
        eliot::Action* now = eliot::current_action();
        CHECK(now == &action);
        action.run([&] { eliot::log_message("inside"); });
    }
    CHECK(with_result() == 5);
    const int quotient = eliot::start_action("divide", "x"_f = 1).run([&](eliot::Action& a) {
        a.log("dividing");
        return 4;
    });
    CHECK(quotient == 4);
    eliot::Action a{"frob", "key"_f = 123};
    {
        auto in = a.context();
        CHECK(eliot::current_action() == &a);
    }
    a.fail("reason");
    eliot::Action b{"frob"};
    b.fail(std::current_exception());
}

TEST_CASE("exceptions, as the page of the interface has them") {
    eliot::register_exception_extractor<DbError>(
        [](const DbError& e) { return eliot::extracted("code"_f = e.code()); });
    Lines log;
    try {
        throw DbError{"locked"};
    } catch (...) {
        eliot::write_traceback();
    }
    CHECK(log.messages().at(0).at("code") == 7);
}

TEST_CASE("functions, as the page of the interface has them") {
    Lines log;
    auto calculate = eliot::log_call<"calculate", "x", "y">([](int x, int y) { return x * y; });
    CHECK(calculate(2, 3) == 6);
    auto f = [](int x, int) { return x; };
    CHECK(eliot::log_call<"calculate", "x", "">(f, {.include_result = false})(1, 2) == 1);
    CHECK(divide(1, 2) == 0.5);
}

TEST_CASE("threads and processes, as the page of the interface has them") {
    Lines log;
    {
        auto action = eliot::start_action("a");
        {
            std::string id = action.serialize_task_id();
            auto remote = hand_on(id);
            CHECK(remote.task_level() == eliot::TaskLevel{2});
        }
        auto named = eliot::continue_task(action.serialize_task_id(), "worker:job", "n"_f = 1);
        std::thread t{eliot::preserve_context([&] { eliot::log_message("in thread"); })};
        t.join();
    }
    CHECK(log.messages().size() == 9);
}

TEST_CASE("output, as the page of the interface has it") {
    eliot::discard_early();
    const auto directory =
        std::filesystem::temp_directory_path() / ("eliot-api-" + std::to_string(::getpid()));
    std::filesystem::create_directory(directory);
    const std::string path = (directory / "run.log").string();
    std::error_code error;
    std::string seen;
    const eliot::DestinationId line = eliot::to_file(path);
    const auto chunk = eliot::to_file(path + ".chunk", {.flush = eliot::Flush::chunk});
    const auto full = eliot::to_file(path + ".full", {.flush = eliot::Flush::chunk,
                                                      .flush_every_ms = 100,
                                                      .reopen = eliot::Reopen::when_moved,
                                                      .survive_kill = false,
                                                      .mode = 0640});
    const auto with_error = eliot::to_file(path + ".error", error);
    CHECK_FALSE(error);
    const auto none = eliot::to_file((directory / "missing" / "x.log").string(), error);
    CHECK(error == std::errc::no_such_file_or_directory);
    CHECK(none == eliot::DestinationId{});
    CHECK_THROWS_AS(eliot::to_file((directory / "missing" / "x.log").string()), std::system_error);
    const auto callback = eliot::add_destination([&](const eliot::Record& r) {
        seen = r.json();
        CHECK(r.task_uuid().size() == 36);
        CHECK(r.task_level() == eliot::TaskLevel{1});
        CHECK(r.kind() == eliot::Record::message);
        CHECK(r.type() == "m");
        CHECK(r.timestamp().nanoseconds() > 0);
    });
    const auto object = eliot::add_destination(eliot::FileDestination{path + ".b"});
    eliot::log_message("m", "x"_f = 1);
    eliot::flush();
    CHECK(nlohmann::json::parse(seen).at("x") == 1);
    for (const char* suffix : {"", ".chunk", ".full", ".error", ".b"}) {
        CHECK(file_text(path + suffix) == seen + "\n");
    }
    for (const auto id : {line, chunk, full, with_error, callback, object}) {
        CHECK(eliot::remove_destination(id));
        CHECK_FALSE(eliot::remove_destination(id));
    }
    std::filesystem::remove_all(directory);
}
