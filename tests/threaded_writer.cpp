// SPDX-License-Identifier: Apache-2.0
#include <eliot/threaded_writer.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"
#include "support/lines.hpp"
#include "support/sanitizer.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace eliot::literals;

namespace {

/// A destination whose calls can be held up, and what it got.
struct Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_open = true;
    int inside = 0;
    int most_inside = 0;
    std::vector<std::string> lines;
    std::vector<std::thread::id> threads;

    void close() {
        const std::lock_guard lock{mutex};
        is_open = false;
    }
    void open() {
        const std::lock_guard lock{mutex};
        is_open = true;
        changed.notify_all();
    }
    void wait_until_inside() {
        std::unique_lock lock{mutex};
        changed.wait(lock, [this] { return inside != 0; });
    }
    void take(const eliot::Record& record) {
        std::unique_lock lock{mutex};
        most_inside = std::max(most_inside, ++inside);
        changed.notify_all();
        changed.wait(lock, [this] { return is_open; });
        lines.emplace_back(record.json());
        threads.push_back(std::this_thread::get_id());
        --inside;
    }
    std::string text() {
        const std::lock_guard lock{mutex};
        std::vector<nlohmann::json> messages;
        for (const std::string& line : lines) {
            messages.push_back(nlohmann::json::parse(line));
        }
        return Lines::text_of(messages);
    }
};

auto into(Gate& gate) {
    return [&gate](const eliot::Record& record) { gate.take(record); };
}

struct Failing {
    void write(const eliot::Record& record) {
        seen->emplace_back(record.type());
        throw std::runtime_error{"the line is down"};
    }
    std::string name() const { return "the network"; }
    std::shared_ptr<std::vector<std::string>> seen = std::make_shared<std::vector<std::string>>();
};

std::vector<nlohmann::json> of_type(const std::vector<nlohmann::json>& all,
                                    const std::string& type) {
    std::vector<nlohmann::json> some;
    std::copy_if(all.begin(), all.end(), std::back_inserter(some), [&](const nlohmann::json& line) {
        return line.value("message_type", "") == type;
    });
    return some;
}

} // namespace

TEST_CASE("a threaded writer gets every line, in order, on one other thread, one call at a time") {
    Gate gate;
    eliot::discard_early();
    const auto id = eliot::add_destination(eliot::ThreadedWriter{into(gate)});
    const auto log = [] {
        auto action = eliot::start_action("work");
        for (int i = 0; i < 500; ++i) {
            action.log("step", "i"_f = i);
        }
    };
    std::thread first{log};
    std::thread second{log};
    first.join();
    second.join();
    eliot::remove_destination(id);
    CHECK(gate.lines.size() == 2 * 502);
    CHECK(gate.most_inside == 1);
    std::sort(gate.threads.begin(), gate.threads.end());
    CHECK(gate.threads.front() == gate.threads.back());
    CHECK(gate.threads.front() != std::this_thread::get_id());
    std::map<std::string, int> last;
    for (const std::string& line : gate.lines) {
        const auto message = nlohmann::json::parse(line);
        const int number = message["task_level"].back();
        CHECK(last[message["task_uuid"]]++ + 1 == number);
    }
}

TEST_CASE("a threaded writer keeps each record as it was at the call") {
    Gate gate;
    gate.close();
    eliot::discard_early();
    const auto id = eliot::add_destination(eliot::ThreadedWriter{into(gate)});
    {
        std::string value = "before";
        eliot::log_message("a", "value"_f = value);
        value = "behind";
        eliot::log_message("b", "value"_f = value);
    }
    gate.open();
    eliot::remove_destination(id);
    CHECK(gate.text() == "/1 a {\"value\":\"before\"}\n/1 b {\"value\":\"behind\"}\n");
}

TEST_CASE("without room in the queue the thread that logs waits, and nothing is lost") {
    Gate gate;
    gate.close();
    eliot::discard_early();
    const auto id = eliot::add_destination(eliot::ThreadedWriter{into(gate), {.capacity = 4}});
    std::atomic<int> logged{0};
    std::thread logger{[&] {
        for (int i = 0; i < 100; ++i) {
            eliot::log_message("count", "i"_f = i);
            ++logged;
        }
    }};
    gate.wait_until_inside();
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    CHECK(logged == 5); // one is being written
    gate.open();
    logger.join();
    eliot::remove_destination(id);
    CHECK(gate.lines.size() == 100);
}

TEST_CASE("or the newest lines are dropped, and the log says where, how many and since when") {
    Gate gate;
    gate.close();
    eliot::discard_early();
    std::vector<std::string> errors;
    eliot::on_error([&errors](const eliot::OutputError& error) {
        errors.push_back(std::string{error.destination.substr(0, 11)} + ": " +
                         std::string{error.reason} + ": " + std::string{error.consequence});
    });
    const auto id = eliot::add_destination(eliot::ThreadedWriter{
        into(gate), {.capacity = 2, .when_full = eliot::WhenFull::drop_newest}});
    eliot::log_message("first");
    gate.wait_until_inside();
    const Lines all;
    for (int i = 0; i < 5; ++i) { // two find room
        eliot::log_message("count", "i"_f = i);
    }
    gate.open();
    eliot::flush();
    eliot::log_message("last");
    eliot::remove_destination(id);
    eliot::on_error(nullptr);
    const std::string since = all.messages().at(2).at("timestamp").dump();
    CHECK(gate.text() == "/1 first\n/1 count {\"i\":0}\n/1 count {\"i\":1}\n"
                         "/1 eliot:dropped {\"count\":3,\"since\":" +
                             since + "}\n/1 last\n");
    CHECK(of_type(all.messages(), "eliot:dropped").empty()); // who lost nothing hears nothing
    CHECK(errors == std::vector<std::string>{"destination: its queue is full: lines are dropped, "
                                             "and counted in eliot:dropped"});
}

TEST_CASE("lines that were dropped last are told of when a threaded writer is removed") {
    Gate gate;
    gate.close();
    eliot::discard_early();
    eliot::on_error([](const eliot::OutputError&) {});
    const auto id = eliot::add_destination(eliot::ThreadedWriter{
        into(gate), {.capacity = 0, .when_full = eliot::WhenFull::drop_newest}});
    eliot::log_message("first");
    gate.wait_until_inside();
    eliot::log_message("second");
    eliot::log_message("third");
    std::thread opener{[&gate] {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
        gate.open();
    }};
    eliot::remove_destination(id);
    opener.join();
    eliot::on_error(nullptr);
    REQUIRE(gate.lines.size() == 3);
    CHECK_THAT(gate.text(), Catch::Matchers::Contains("/1 eliot:dropped {\"count\":1,"));
}

TEST_CASE("what a threaded writer's destination throws is told to all, and never of a report") {
    std::string error;
    eliot::on_error([&error](const eliot::OutputError& told) {
        error += std::string{told.destination} + ": " + std::string{told.reason} + '\n';
    });
    Failing failing;
    const auto seen = failing.seen;
    const Lines all;
    const auto id = eliot::add_destination(eliot::ThreadedWriter{std::move(failing)});
    eliot::log_message("a");
    eliot::log_message("b");
    eliot::remove_destination(id);
    eliot::on_error(nullptr);
    const auto failures = of_type(all.messages(), "eliot:destination_failure");
    REQUIRE(failures.size() == 2);
    CHECK(failures[0]["exception"] == "std::runtime_error");
    CHECK(failures[0]["reason"] == "the line is down");
    CHECK(failures[0]["destination"] == "the network");
    CHECK_THAT(failures[0]["message"], Catch::Matchers::Contains("\"message_type\":\"a\""));
    CHECK(std::count(seen->begin(), seen->end(), "eliot:destination_failure") <= 2);
    CHECK(error == "the network: the line is down\n");
}

TEST_CASE("what a threaded writer's destination logs goes to the others, also when it waits") {
    for (const std::size_t capacity : {1U, 1000U}) {
        const Lines all;
        std::atomic<int> got{0};
        const auto id = eliot::add_destination(
            eliot::ThreadedWriter{[&got](const eliot::Record& record) {
                                      ++got;
                                      eliot::log_message("echo", "of"_f = record.type());
                                  },
                                  {.capacity = capacity}});
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([] {
                for (int i = 0; i < 200; ++i) {
                    eliot::log_message("line");
                    if (i % 50 == 0) {
                        eliot::flush();
                    }
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        eliot::remove_destination(id);
        CHECK(got == 800);
        CHECK(of_type(all.messages(), "echo").size() == 800);
    }
}

TEST_CASE("failures of a threaded writer do not bring threads that wait for it to a standstill") {
    eliot::on_error([](const eliot::OutputError&) {});
    const Lines all;
    const auto id = eliot::add_destination(eliot::ThreadedWriter{Failing{}, {.capacity = 2}});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([] {
            for (int i = 0; i < 100; ++i) {
                eliot::log_message("line");
                if (i % 20 == 0) {
                    eliot::flush();
                    eliot::remove_destination(eliot::add_destination([](const eliot::Record&) {}));
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    eliot::remove_destination(id);
    eliot::on_error(nullptr);
    CHECK(of_type(all.messages(), "eliot:destination_failure").size() == 400);
}

TEST_CASE("a threaded writer can remove itself") {
    const Lines all;
    auto id = std::make_shared<std::atomic<std::uint64_t>>(0);
    auto got = std::make_shared<std::atomic<int>>(0);
    *id = eliot::add_destination(eliot::ThreadedWriter{[id, got](const eliot::Record&) {
              ++*got;
              while (*id == 0) {
                  std::this_thread::yield();
              }
              eliot::remove_destination(eliot::DestinationId{*id});
          }}).value();
    eliot::log_message("a");
    for (int i = 0; i < 2000 && got.use_count() > 1; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    CHECK(got.use_count() == 1); // its destination is destroyed
    eliot::log_message("b");
    CHECK(*got == 1);
}

TEST_CASE("a threaded writer of a file writes its lines, and flushes the file's own way") {
    const TemporaryDirectory here;
    eliot::discard_early();
    const auto id =
        eliot::add_destination(eliot::ThreadedWriter{eliot::FileDestination{here / "a.log"}});
    for (int i = 0; i < 100; ++i) {
        eliot::log_message("line", "i"_f = i);
    }
    eliot::flush();
    CHECK(lines_of(here / "a.log").size() == 100);
    eliot::remove_destination(id);
}

TEST_CASE("at exit a threaded writer's queue is written") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::add_destination(eliot::ThreadedWriter{
            [file = eliot::FileDestination{here / "a.log"}](const eliot::Record& record) mutable {
                std::this_thread::sleep_for(std::chrono::milliseconds{1});
                file.write_lines(std::string{record.json()} + '\n');
            }});
        for (int i = 0; i < 200; ++i) {
            eliot::log_message("line", "i"_f = i);
        }
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "");
    CHECK(lines_of(here / "a.log").size() == 200);
}

TEST_CASE("so it is when a destination, or a value, ends the program") {
    for (const bool by_value : {true, false}) {
        const TemporaryDirectory here;
        const Child child{[&] {
            eliot::add_destination(eliot::ThreadedWriter{
                [file = std::make_shared<eliot::FileDestination>(here / "a.log")](
                    const eliot::Record& record) {
                    std::this_thread::sleep_for(std::chrono::milliseconds{1});
                    file->write_lines(std::string{record.json()} + '\n');
                }});
            for (int i = 0; i < 50; ++i) {
                eliot::log_message("line", "i"_f = i);
            }
            if (by_value) {
                eliot::log_message("end", "lazy"_f = []() -> int { std::exit(3); });
            }
            eliot::add_destination([](const eliot::Record&) { std::exit(3); });
            eliot::log_message("end");
        }};
        CHECK(child.outcome() == "exit status 3");
        CHECK(lines_of(here / "a.log").size() == (by_value ? 50 : 51));
    }
}

TEST_CASE("at exit a destination that does not return is given up, and its loss is told") {
    const Child child{[] {
        eliot::add_destination(eliot::ThreadedWriter{[](const eliot::Record&) { pause(); }});
        for (int i = 0; i < 20; ++i) {
            eliot::log_message("line");
        }
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK_THAT(child.errors(), Catch::Matchers::Contains("it does not return: 20 lines are lost"));
}

TEST_CASE("a destination that ends its thread does not end a threaded writer") {
    Gate gate;
    eliot::discard_early();
    const auto id = eliot::add_destination(eliot::ThreadedWriter{[&gate](const eliot::Record& r) {
        gate.take(r);
        if (r.type() == "a") {
            pthread_exit(nullptr);
        }
    }});
    eliot::log_message("a");
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    eliot::log_message("b");
    eliot::remove_destination(id);
    CHECK(gate.text() == "/1 a\n/1 b\n");
}

TEST_CASE("a threaded writer that was never added writes what it is given, and can be moved") {
    Gate gate;
    const std::string line = R"({"task_uuid":"00000000-0000-4000-8000-000000000000",)"
                             R"("task_level":[1],"timestamp":1.000000000,"message_type":"a"})";
    {
        eliot::ThreadedWriter first{into(gate)};
        first.write(eliot::Record{line});
        eliot::ThreadedWriter second{std::move(first)};
        second.write(eliot::Record{line});
        second.flush();
        CHECK(gate.lines.size() == 2);
        second.write(eliot::Record{line});
    }
    CHECK(gate.lines.size() == 3);
}

TEST_CASE("in a child after fork a threaded writer goes on, what waited is the parent's") {
    if (under_thread_sanitizer) {
        WARN("skipped: ThreadSanitizer ends a child of several threads that makes one");
        return;
    }
    const TemporaryDirectory here;
    Gate gate;
    gate.close();
    eliot::discard_early();
    const auto id = eliot::add_destination(eliot::ThreadedWriter{
        [&gate, file = std::make_shared<eliot::FileDestination>(here / "a.log")](
            const eliot::Record& record) {
            {
                std::unique_lock lock{gate.mutex};
                gate.changed.wait(lock, [&gate] { return gate.is_open; });
            }
            file->write_lines(std::string{record.json()} + '\n');
        }});
    eliot::log_message("waits");
    eliot::log_message("waits");
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    const Child child{[&gate] {
        gate.is_open = true;
        eliot::log_message("child");
        eliot::flush();
        _exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    gate.open();
    eliot::remove_destination(id);
    CHECK(lines_of(here / "a.log").size() == 3);
}
