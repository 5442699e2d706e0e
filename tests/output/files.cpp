// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/files.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"
#include "support/lines.hpp"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

using namespace eliot::literals;

namespace {

/// Types and fields of a file's lines.
std::string told_by(const std::string& path) {
    std::vector<nlohmann::json> messages;
    for (const std::string& line : lines_of(path)) {
        messages.push_back(nlohmann::json::parse(line));
    }
    return Lines::text_of(messages);
}

} // namespace

TEST_CASE("every line is in the file when its call returns") {
    const TemporaryDirectory here;
    eliot::discard_early();
    const auto id = eliot::to_file(here / "a.log");
    for (std::size_t i = 1; i <= 3; ++i) {
        eliot::log_message("m", "i"_f = i);
        CHECK(lines_of(here / "a.log").size() == i);
    }
    eliot::remove_destination(id);
    CHECK(told_by(here / "a.log") == "/1 m {\"i\":1}\n/1 m {\"i\":2}\n/1 m {\"i\":3}\n");
}

TEST_CASE("a file that cannot be opened is told by exception or by error code") {
    const TemporaryDirectory here;
    const std::string path = here / "no/a.log";
    CHECK_THROWS_WITH(eliot::to_file(path), Catch::Matchers::Contains(path));
    CHECK_THROWS_AS(eliot::to_file(path), std::system_error);
    std::error_code error;
    CHECK(eliot::to_file(path, error) == eliot::DestinationId{});
    CHECK(error == std::errc::no_such_file_or_directory);
    const auto id = eliot::to_file(here / "a.log", {.mode = 0600}, error);
    CHECK(!error);
    CHECK(std::filesystem::status(here / "a.log").permissions() == std::filesystem::perms{0600});
    CHECK(eliot::remove_destination(id));
}

TEST_CASE("stdout and stderr take lines") {
    const Child child{[] {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        eliot::to_stdout();
        eliot::to_stderr();
        eliot::log_message("m");
    }};
    CHECK(std::count(child.errors().begin(), child.errors().end(), '\n') == 2);
}

TEST_CASE("lines of many threads are whole") {
    const TemporaryDirectory here;
    eliot::discard_early();
    const auto id = eliot::to_file(here / "a.log");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([i] {
            for (int n = 0; n < 500; ++n) {
                eliot::log_message("m", "i"_f = i, "text"_f = std::string(100, 'x'));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    eliot::remove_destination(id);
    const auto lines = lines_of(here / "a.log");
    CHECK(lines.size() == 2000);
    for (const std::string& line : lines) {
        REQUIRE(nlohmann::json::accept(line));
    }
}

TEST_CASE("a line of 20 MiB is cut at its value, and written whole") {
    const TemporaryDirectory here;
    eliot::discard_early();
    const auto id = eliot::to_file(here / "a.log");
    eliot::log_message("m", "a"_f = 1, "long"_f = std::string(20 << 20, 'x'), "b"_f = 2);
    eliot::log_message("long", "text"_f = std::string(10 << 20, 'x'));
    eliot::remove_destination(id);
    const auto lines = lines_of(here / "a.log");
    REQUIRE(lines.size() == 2);
    CHECK(nlohmann::json::parse(lines[0]).at("long") ==
          "eliot: value cut: the line would be longer than 16 MiB");
    CHECK(nlohmann::json::parse(lines[0]).at("b") == 2);
    CHECK(lines[1].size() > 10 << 20);
}

TEST_CASE("two processes that append to one file do not tear each other's lines") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const auto log_many = [&path](int who) {
        eliot::discard_early();
        eliot::to_file(path);
        for (int n = 0; n < 1000; ++n) {
            eliot::log_message("m", "who"_f = who, "n"_f = n,
                               "text"_f = std::string(static_cast<std::size_t>(n * 7 % 9000), 'x'));
        }
        _exit(0);
    };
    const pid_t other = fork();
    if (other == 0) {
        log_many(1);
    }
    const Child child{[&] { log_many(2); }};
    int status = 1;
    waitpid(other, &status, 0);
    CHECK(status == 0);
    CHECK(child.outcome() == "exit status 0");
    const auto lines = lines_of(path);
    CHECK(lines.size() == 2000);
    for (const std::string& line : lines) {
        REQUIRE(nlohmann::json::accept(line));
    }
}

TEST_CASE(
    "a file that cannot be written is told once on stderr, and in the log when it can again") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const Child child{[&] {
        std::signal(SIGXFSZ, SIG_DFL);
        eliot::discard_early();
        eliot::to_file(path);
        eliot::log_message("before");
        rlimit limit{static_cast<rlim_t>(std::filesystem::file_size(path)) + 10, RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &limit);
        for (int i = 0; i < 20'000; ++i) {
            eliot::log_message("m", "i"_f = i);
        }
        limit.rlim_cur = RLIM_INFINITY;
        setrlimit(RLIMIT_FSIZE, &limit);
        auto action = eliot::start_action("a");
        eliot::log_message("after");
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "eliot: " + path +
                                ": std::system_error: File too large: lines are kept, and dropped "
                                "beyond 1 MiB\n");
    const auto lines = lines_of(path);
    std::vector<nlohmann::json> messages;
    for (const std::string& line : lines) {
        messages.push_back(nlohmann::json::parse(line));
    }
    // before, the kept ones, then the line that found it working, and the report behind that line
    const auto at = std::find_if(messages.begin(), messages.end(), [](const auto& message) {
        return message.value("message_type", "") == "eliot:destination_failure";
    });
    REQUIRE(at != messages.end());
    const auto kept = static_cast<std::size_t>(at - messages.begin()) - 2;
    CHECK(at->at("reason") == "File too large");
    CHECK(at->at("exception") == "std::system_error");
    CHECK(at->at("destination") == path);
    CHECK(at->at("message") == path + " works again");
    CHECK(at->at("lost") == 20'000 - kept);
    CHECK(kept > 5000);
    for (std::size_t i = 0; i < kept; ++i) {
        REQUIRE(messages[i + 1].at("i") == i);
    }
    CHECK(messages.size() == kept + 5);
    CHECK(messages.back().at("action_status") == "succeeded");
}

TEST_CASE("a pipe whose reader has gone does not end the program") {
    const Child child{[] {
        std::signal(SIGPIPE, SIG_DFL);
        int ends[2];
        if (pipe(ends) != 0) {
            _exit(2);
        }
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        eliot::to_stdout();
        for (int i = 0; i < 10; ++i) {
            eliot::log_message("m");
        }
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "eliot: standard output: std::system_error: Broken pipe: lines are "
                            "kept, and dropped beyond 1 MiB\n");
}

TEST_CASE("a full pipe that does not block is waited for") {
    const Child child{[] {
        int ends[2];
        if (pipe(ends) != 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) {
            _exit(2);
        }
        std::string text;
        std::thread reader{[&] {
            usleep(20'000);
            char bytes[4096];
            for (ssize_t size = 0; (size = read(ends[0], bytes, sizeof bytes)) > 0;) {
                text.append(bytes, static_cast<std::size_t>(size));
            }
        }};
        const auto id = eliot::add_destination(eliot::FileDestination{ends[1]});
        for (int i = 0; i < 2000; ++i) {
            eliot::log_message("m", "i"_f = i);
        }
        eliot::remove_destination(id);
        close(ends[1]);
        reader.join();
        _exit(std::count(text.begin(), text.end(), '\n') == 2000 ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "");
}

TEST_CASE("reopen has every file opened anew, also from a signal handler while others log") {
    const TemporaryDirectory here;
    eliot::discard_early();
    struct sigaction action{};
    action.sa_handler = [](int) { eliot::reopen(); };
    struct sigaction before{};
    sigaction(SIGHUP, &action, &before);
    const auto a = eliot::to_file(here / "a.log");
    const auto b = eliot::to_file(here / "b.log");
    std::atomic<bool> stop{false};
    std::atomic<int> logged{0};
    std::thread other{[&] {
        while (!stop) {
            eliot::log_message("m", "n"_f = logged++);
        }
    }};
    for (int i = 0; i < 20; ++i) {
        usleep(500);
        std::filesystem::rename(here / "a.log", here / ("a.log." + std::to_string(i)));
        pthread_kill(i % 2 == 0 ? pthread_self() : other.native_handle(), SIGHUP);
        // Behind a line that this thread logs, nobody writes to the moved file any more.
        eliot::log_message("rotated");
        while (!std::filesystem::exists(here / "a.log")) {
            std::this_thread::yield();
        }
    }
    stop = true;
    other.join();
    eliot::remove_destination(a);
    eliot::remove_destination(b);
    sigaction(SIGHUP, &before, nullptr);
    std::size_t lines = lines_of(here / "a.log").size();
    for (int i = 0; i < 20; ++i) {
        lines += lines_of(here / ("a.log." + std::to_string(i))).size();
    }
    CHECK(lines == static_cast<std::size_t>(logged) + 20);
    CHECK(lines_of(here / "b.log").size() == lines);
}
