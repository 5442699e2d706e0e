// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/fork.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"
#include "support/sanitizer.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace eliot::literals;

namespace {

int status_of(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

/// True in the child; in the parent, when the child has ended well, which it may not take for ever.
bool forks() {
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        return true;
    }
    if (status_of(child) != 0) {
        _exit(9);
    }
    return false;
}

std::string uuid_of(const std::string& line) { return line.substr(14, 36); }

long count_of(const std::string& path, const std::string& type) {
    long count = 0;
    for (const std::string& line : lines_of(path)) {
        count += line.find("\"message_type\":\"" + type + '"') != std::string::npos ? 1 : 0;
    }
    return count;
}

/// As a process is that has had no destination yet.
void begin_anew() {
    const eliot::detail::Lock lock{eliot::detail::runtime().admin};
    eliot::detail::replace_list(eliot::detail::this_thread(), eliot::detail::runtime().not_yet);
}

} // namespace

TEST_CASE("lines that wait to be written are the parent's; a child's are written at once") {
    const TemporaryDirectory here;
    for (const eliot::Flush flush :
         {eliot::Flush::line, eliot::Flush::task, eliot::Flush::chunk, eliot::Flush::background}) {
        const std::string path = here / (std::to_string(static_cast<int>(flush)) + ".log");
        const Child child{[&] {
            eliot::to_file(path, {.flush = flush, .flush_every_ms = 0});
            eliot::log_message("parent");
            if (forks()) {
                eliot::log_message("child");
                _exit(count_of(path, "child") == 1 ? 0 : 1);
            }
            eliot::log_message("parent");
            std::exit(0);
        }};
        CHECK(child.outcome() == "exit status 0");
        CHECK(count_of(path, "parent") == 2);
        CHECK(count_of(path, "child") == 1);
    }
}

TEST_CASE("parent and child have ids of their own") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log");
        eliot::log_message("a");
        for (int i = 0; i < 3; ++i) {
            if (forks()) {
                eliot::log_message("a");
                _exit(0);
            }
            eliot::log_message("a");
        }
    }};
    std::set<std::string> uuids;
    for (const std::string& line : lines_of(here / "a.log")) {
        uuids.insert(uuid_of(line));
    }
    CHECK(uuids.size() == 7);
}

TEST_CASE("lines that wait for the first destination are the parent's") {
    const TemporaryDirectory here;
    const Child child{[&] {
        begin_anew();
        eliot::log_message("parent");
        if (forks()) {
            eliot::log_message("child");
            eliot::to_file(here / "child.log");
            _exit(0);
        }
        eliot::to_file(here / "parent.log");
        _exit(0);
    }};
    CHECK(count_of(here / "parent.log", "parent") == 1);
    CHECK(lines_of(here / "parent.log").size() == 1);
    CHECK(count_of(here / "child.log", "child") == 1);
    CHECK(lines_of(here / "child.log").size() == 1);
}

TEST_CASE("a file that a child adds itself is written as it asks for, and by threads of its own") {
    if (under_thread_sanitizer) {
        WARN("skipped: ThreadSanitizer ends a child of several threads that makes one");
        return;
    }
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::FileOptions background{.flush = eliot::Flush::background, .flush_every_ms = 5};
        eliot::to_file(here / "a.log", background);
        eliot::log_message("a");
        eliot::flush();
        if (forks()) {
            eliot::to_file(here / "b.log", background);
            eliot::log_message("b");
            const bool waits = lines_of(here / "b.log").empty();
            for (int i = 0; i < 2000 && lines_of(here / "b.log").empty(); ++i) {
                usleep(5000);
            }
            _exit(waits && lines_of(here / "b.log").size() == 1 ? 0 : 1);
        }
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(count_of(here / "a.log", "b") == 1);
}

TEST_CASE("a value that forks: its line is written once, by the parent") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log", {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
        auto action = eliot::start_action("action");
        eliot::log_message(
            "line", "lazy"_f = [] {
                if (forks()) {
                    eliot::to_file("/dev/null",
                                   {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
                    eliot::log_message("child");
                    eliot::log_message("child", "text"_f = std::string(100, 'x'));
                }
                return std::string(200, 'y');
            });
        eliot::log_message("behind");
        action.finish();
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(count_of(here / "a.log", "line") == 1);
    CHECK(count_of(here / "a.log", "child") == 2);
    CHECK(count_of(here / "a.log", "behind") == 2);
    for (const std::string& line : lines_of(here / "a.log")) {
        CHECK(line.starts_with("{\"task_uuid\":\""));
        CHECK(line.ends_with("}"));
    }
}

TEST_CASE("a destination that forks: the other destinations get the line once") {
    const TemporaryDirectory here;
    const Child child{[&] {
        static bool once = true;
        eliot::add_destination([](const eliot::Record&) {
            if (std::exchange(once, false) && forks()) {
                eliot::log_message("child");
            }
        });
        eliot::add_destination([path = here / "b.log"](const eliot::Record& record) {
            eliot::FileDestination{path}.write(record);
        });
        eliot::log_message("line");
        eliot::log_message("both");
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(count_of(here / "b.log", "line") == 1);
    CHECK(count_of(here / "b.log", "child") == 1);
    CHECK(count_of(here / "b.log", "both") == 2);
}

TEST_CASE("lines of other threads stay theirs, whatever these are at when the process forks") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log", {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
        static std::atomic<bool> logged{false};
        static std::atomic<bool> forked{false};
        std::thread other{[] {
            eliot::log_message(
                "thread", "lazy"_f = [] {
                    eliot::log_message("waits");
                    logged = true;
                    while (!forked) {
                        std::this_thread::yield();
                    }
                    return 1;
                });
        }};
        while (!logged) {
            std::this_thread::yield();
        }
        if (forks()) {
            eliot::log_message("child");
            eliot::flush();
            std::exit(0);
        }
        forked = true;
        other.join();
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(count_of(here / "a.log", "thread") == 1);
    CHECK(count_of(here / "a.log", "waits") == 1);
    CHECK(count_of(here / "a.log", "child") == 1);
}

TEST_CASE("a destination that does not return delays a fork, and does not prevent it") {
    const TemporaryDirectory here;
    const Child child{[&] {
        static std::atomic<bool> inside{false};
        static std::atomic<bool> once{true};
        eliot::add_destination([](const eliot::Record&) {
            if (once.exchange(false)) {
                inside = true;
                pause();
            }
        });
        eliot::to_file(here / "a.log");
        std::thread{[] { eliot::log_message("thread"); }}.detach();
        while (!inside) {
            std::this_thread::yield();
        }
        if (forks()) {
            eliot::log_message("child");
            std::exit(0);
        }
        _exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(count_of(here / "a.log", "thread") == 1);
    CHECK(count_of(here / "a.log", "child") == 1);
}

TEST_CASE("handlers of the program's own may log while it forks") {
    const TemporaryDirectory here;
    const Child child{[&] {
        pthread_atfork([] { eliot::log_message("before"); }, [] { eliot::log_message("parent"); },
                       [] { eliot::log_message("too early"); });
        eliot::to_file(here / "a.log"); // the library's come behind
        pthread_atfork([] { eliot::log_message("first"); }, nullptr,
                       [] { eliot::log_message("child"); });
        if (forks()) {
            _exit(0);
        }
        eliot::log_message("last");
        _exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    for (const char* type : {"before", "parent", "first", "child", "last"}) {
        CHECK(count_of(here / "a.log", type) == 1);
    }
    CHECK(count_of(here / "a.log", "too early") == 0);
}

TEST_CASE("a plugin's handlers and the program's are no trouble to each other") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log");
        pthread_atfork(&eliot::detail::before_fork, &eliot::detail::after_fork_in_parent,
                       &eliot::detail::after_fork_in_child);
        alarm(20);
        if (forks()) {
            eliot::log_message("child");
            std::exit(0);
        }
        eliot::log_message("parent");
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(count_of(here / "a.log", "child") == 1);
    CHECK(count_of(here / "a.log", "parent") == 1);
}

TEST_CASE("chunks that survive a kill are no memory that parent and child share") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const Child child{[&] {
        const eliot::FileOptions survive{
            .flush = eliot::Flush::chunk, .flush_every_ms = 0, .survive_kill = true};
        const eliot::DestinationId id = eliot::to_file(path, survive);
        eliot::log_message("early");
        eliot::remove_destination(id); // the chunk stays where it is
        eliot::to_file(path, {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
        eliot::log_message("parent");
        if (forks()) {
            eliot::to_file(here / "b.log", survive);
            for (int i = 0; i < 2000; ++i) {
                eliot::log_message("child");
            }
            std::exit(0);
        }
        eliot::to_file(here / "c.log", survive);
        eliot::log_message("parent");
        if (forks()) {
            eliot::log_message("child of both");
            std::exit(0);
        }
        eliot::log_message("parent");
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(count_of(path, "early") == 1);
    CHECK(count_of(path, "parent") == 3);
    CHECK(count_of(path, "child") == 2000);
    CHECK(count_of(here / "b.log", "child") == 2000);
    CHECK(count_of(path, "child of both") == 1);
    CHECK(count_of(here / "c.log", "parent") == 2);
    CHECK(count_of(here / "c.log", "child of both") == 1);
}

TEST_CASE("a destination is told of the fork in the child") {
    struct Told {
        void write(const eliot::Record&) {}
        void after_fork_in_child() noexcept { (void)!::write(2, "told ", 5); }
    };
    const Child child{[] {
        eliot::add_destination(Told{});
        if (forks()) {
            _exit(0);
        }
        (void)!::write(2, "parent", 6);
    }};
    CHECK(child.errors() == "told parent");
}

TEST_CASE("system and exec leave no line behind") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log", {.flush = eliot::Flush::background, .flush_every_ms = 0});
        auto action = eliot::start_action("a");
        const bool ran = std::system("true") == 0;
        const pid_t other = fork();
        if (other == 0) {
            execl("/bin/true", "true", nullptr);
        }
        action.finish();
        std::exit(ran && status_of(other) == 0 ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(lines_of(here / "a.log").size() == 2);
}
