// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/forked_task.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"
#include "support/lines.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace eliot::literals;

namespace {

/// What `f` logs, as text; its forks see that `f` goes on twice. Ids are replaced by what they are:
/// UUIDs by A, B, … in the order in which they come.
std::string log_of(const std::function<void()>& f) {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log");
        f();
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    std::vector<nlohmann::json> messages;
    std::vector<std::string> uuids;
    for (const std::string& line : lines_of(here / "a.log")) {
        messages.push_back(nlohmann::json::parse(line));
        const std::string uuid = messages.back().at("task_uuid");
        if (std::find(uuids.begin(), uuids.end(), uuid) == uuids.end()) {
            uuids.push_back(uuid);
        }
    }
    std::string text = Lines::text_of(messages);
    for (std::size_t i = 0; i < uuids.size(); ++i) {
        for (std::size_t at = 0; (at = text.find(uuids[i])) != std::string::npos;) {
            text.replace(at, uuids[i].size(), 1, static_cast<char>('A' + i));
        }
    }
    return text;
}

/// True in the child; in the parent when the child is gone.
bool forks() {
    const pid_t child = fork();
    if (child != 0) {
        waitpid(child, nullptr, 0);
    }
    return child == 0;
}

} // namespace

TEST_CASE("what a child logs in an action that began before the fork is a task of its own") {
    const std::string log = log_of([] {
        auto outer = eliot::start_action("outer");
        auto action = eliot::start_action("inner");
        if (forks()) {
            eliot::log_message("in the child", "x"_f = 1);
            auto inner = eliot::start_action("of the child");
            eliot::log_message("inside");
        } else {
            eliot::log_message("in the parent");
        }
    });
    CHECK(log == "/1 outer started\n"
                 "/2/1 inner started\n"
                 "/2/2 in the parent\n"
                 "/2/3 inner succeeded\n"
                 "/3 outer succeeded\n"
                 "/1 eliot:forked_task started {\"parent\":\"A@/2\"}\n"
                 "/2 in the child {\"x\":1}\n"
                 "/3/1 of the child started\n"
                 "/3/2 inside\n"
                 "/3/3 of the child succeeded\n"
                 "/4 eliot:forked_task succeeded\n");
}

TEST_CASE("the forked task ends with the outermost of the actions of before, and as that does") {
    const std::string log = log_of([] {
        try {
            eliot::start_action("a").run([] {
                auto scope = eliot::start_action("b");
                if (forks()) {
                    eliot::log_message("1");
                    scope.finish();
                    eliot::log_message("2");
                    throw std::runtime_error{"broken"};
                }
            });
        } catch (const std::runtime_error&) {
            eliot::log_message("outside");
        }
    });
    CHECK(log == "/1 a started\n"
                 "/2/1 b started\n"
                 "/2/2 b succeeded\n"
                 "/3 a succeeded\n"
                 "/1 eliot:forked_task started {\"parent\":\"A@/2\"}\n"
                 "/2 1\n"
                 "/3 2\n"
                 "/4 eliot:forked_task failed "
                 "{\"exception\":\"std::runtime_error\",\"reason\":\"broken\"}\n"
                 "/1 outside\n");
}

TEST_CASE("it ends with the process, and with its thread") {
    const std::string log = log_of([] {
        std::thread{[] {
            eliot::Action action{"a"};
            const auto in = action.context();
            if (forks()) {
                eliot::log_message("of a thread");
                pthread_exit(nullptr);
            }
            const eliot::ActionScope scope = eliot::start_action("b");
            if (forks()) {
                eliot::log_message("of a process");
                std::exit(0);
            }
        }}.join();
    });
    CHECK(log == "/1 a started\n"
                 "/2/1 b started\n"
                 "/2/2 b succeeded\n"
                 "/1 eliot:forked_task started {\"parent\":\"A@/\"}\n"
                 "/2 of a thread\n"
                 "/3 eliot:forked_task succeeded\n"
                 "/1 eliot:forked_task started {\"parent\":\"A@/2\"}\n"
                 "/2 of a process\n"
                 "/3 eliot:forked_task succeeded\n");
}

TEST_CASE("a child that logs nothing, or only in new tasks, has no forked task") {
    const std::string log = log_of([] {
        auto action = eliot::start_action("a");
        if (forks()) {
            const auto task = eliot::start_task("own");
        }
        if (forks()) {
            action.log("nothing");
            action.add_success_fields("x"_f = 1);
            action.fail("nothing");
            std::exit(0);
        }
        if (forks()) {
            execl("/bin/true", "true", nullptr);
        }
    });
    CHECK(log == "/1 a started\n"
                 "/2 a succeeded\n"
                 "/1 own started\n"
                 "/2 own succeeded\n");
}

TEST_CASE("outside of every action a child logs as if nothing had been") {
    const std::string log = log_of([] {
        if (forks()) {
            eliot::log_message("in the child");
            std::exit(0);
        }
        eliot::log_message("in the parent");
    });
    CHECK(log == "/1 in the child\n/1 in the parent\n");
}

TEST_CASE("a child of a child names the task that it comes from, or the last that was logged") {
    const std::string log = log_of([] {
        auto action = eliot::start_action("a");
        if (forks()) {
            if (forks()) {
                eliot::log_message("1");
                std::exit(0);
            }
            eliot::log_message("2");
            if (forks()) {
                eliot::log_message("3");
                std::exit(0);
            }
            std::exit(0);
        }
    });
    CHECK(log == "/1 a started\n"
                 "/2 a succeeded\n"
                 "/1 eliot:forked_task started {\"parent\":\"A@/\"}\n"
                 "/2 1\n"
                 "/3 eliot:forked_task succeeded\n"
                 "/1 eliot:forked_task started {\"parent\":\"A@/\"}\n"
                 "/2 2\n"
                 "/3 eliot:forked_task succeeded\n"
                 "/1 eliot:forked_task started {\"parent\":\"C@/\"}\n"
                 "/2 3\n"
                 "/3 eliot:forked_task succeeded\n");
}

TEST_CASE("for one tree an id is taken before the fork and continued after it") {
    const std::string log = log_of([] {
        auto action = eliot::start_action("a");
        const std::string id = action.serialize_task_id();
        if (forks()) {
            {
                auto remote = eliot::continue_task(id);
                eliot::log_message("in the child");
            }
            _exit(0);
        }
    });
    CHECK(log == "/1 a started\n"
                 "/2/1 eliot:remote_task started\n"
                 "/2/2 in the child\n"
                 "/2/3 eliot:remote_task succeeded\n"
                 "/3 a succeeded\n");
}

TEST_CASE("a child hands its task on: to threads, and by the actions of before") {
    const std::string log = log_of([] {
        auto action = eliot::start_action("a");
        if (forks()) {
            const bool before = eliot::current_action() == &action;
            auto thread = eliot::preserve_context([] { eliot::log_message("on a thread"); });
            const bool after = eliot::current_action() == &action;
            eliot::log_message("current", "before"_f = before, "after"_f = after);
            thread();
            action.run([] { eliot::log_message("entered again"); });
        }
    });
    CHECK(log == "/1 a started\n"
                 "/2 a succeeded\n"
                 "/1 eliot:forked_task started {\"parent\":\"A@/\"}\n"
                 "/2/1 eliot:remote_task started\n"
                 "/2/2 on a thread\n"
                 "/2/3 eliot:remote_task succeeded\n"
                 "/3 current {\"after\":true,\"before\":true}\n"
                 "/4 entered again\n"
                 "/5 eliot:forked_task succeeded\n");
}

TEST_CASE("an action that was silent before the fork is silent after it") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::discard_early();
        auto action = eliot::start_action("a");
        if (forks()) {
            eliot::to_file(here / "a.log");
            eliot::log_message("in the child");
            std::exit(0);
        }
    }};
    CHECK(text_of(here / "a.log").empty());
}
