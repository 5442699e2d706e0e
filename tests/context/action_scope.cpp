// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/action_scope.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

using namespace eliot::literals;

TEST_CASE("everything in an action takes its number from one counter") {
    Lines log;
    {
        auto outer = eliot::start_action("outer", "x"_f = 1);
        outer.log("m", "k"_f = "v");
        {
            auto inner = eliot::start_action("inner");
            eliot::log_message("n");
        }
        CHECK(outer.serialize_task_id().ends_with("@/4"));
        eliot::log_message("after_serialize");
        outer.add_success_fields("result"_f = 3);
    }
    CHECK(log.text() == R"(/1 outer started {"x":1}
/2 m {"k":"v"}
/3/1 inner started
/3/2 n
/3/3 inner succeeded
/5 after_serialize
/6 outer succeeded {"result":3}
)");
}

TEST_CASE("a task is a new root, whatever is current") {
    Lines log;
    {
        auto action = eliot::start_action("action");
        auto task = eliot::start_task("task");
        CHECK(task.task_uuid() != action.task_uuid());
        CHECK(task.task_level() == eliot::TaskLevel{});
    }
    CHECK(log.text() ==
          "/1 action started\n/2 action succeeded\n/1 task started\n/2 task succeeded\n");
}

TEST_CASE("a scope that an exception leaves fails, and says that it cannot know which") {
    Lines log;
    try {
        auto action = eliot::start_action("broken");
        throw std::runtime_error{"why"};
    } catch (const std::runtime_error&) {
    }
    CHECK(log.text() ==
          "/1 broken started\n"
          R"(/2 broken failed {"exception":"unknown","reason":"an exception left the scope"})"
          "\n");
}

TEST_CASE("a scope inside a destructor during unwinding succeeds when it ends normally") {
    struct LogsInDestructor {
        ~LogsInDestructor() { auto action = eliot::start_action("cleanup"); }
    };
    Lines log;
    try {
        const LogsInDestructor logs;
        throw 1;
    } catch (int) {
    }
    CHECK(log.text() == "/1 cleanup started\n/2 cleanup succeeded\n");
}

TEST_CASE("a scope that ends normally inside a catch block succeeds") {
    Lines log;
    try {
        throw std::runtime_error{"handled"};
    } catch (const std::runtime_error&) {
        auto action = eliot::start_action("recovery");
    }
    CHECK(log.text() == "/1 recovery started\n/2 recovery succeeded\n");
}

TEST_CASE("scopes may end out of order") {
    Lines log;
    {
        auto outer = std::make_unique<eliot::ActionScope>(eliot::detail::child_scope, "outer");
        auto inner = std::make_unique<eliot::ActionScope>(eliot::detail::child_scope, "inner");
        outer.reset();
        CHECK(eliot::current_action() == inner.get());
        eliot::log_message("in inner");
        inner.reset();
        CHECK(eliot::current_action() == nullptr);
    }
    CHECK(log.text() == R"(/1 outer started
/2/1 inner started
/2/2 in inner
/2/3 inner succeeded
/3 outer succeeded
)");
}

TEST_CASE(
    "a scope destroyed on another thread was abandoned, and its own thread goes on below it") {
    Lines log;
    {
        auto outer = eliot::start_action("outer");
        auto moved = std::make_unique<eliot::ActionScope>(eliot::detail::child_scope, "moved");
        std::thread{[&] { moved.reset(); }}.join();
        CHECK(eliot::current_action() == &outer);
        eliot::log_message("in outer");
    }
    CHECK(log.text() == "/1 outer started\n"
                        "/2/1 moved started\n"
                        R"(/2/2 moved failed {"exception":"eliot::Abandoned",)"
                        R"("reason":"the scope was destroyed while it was not current"})"
                        "\n"
                        "/3 in outer\n"
                        "/4 outer succeeded\n");
}

TEST_CASE("a scope that outlives its thread fails as abandoned") {
    Lines log;
    std::unique_ptr<eliot::ActionScope> scope;
    std::thread{[&] {
        scope = std::make_unique<eliot::ActionScope>(eliot::detail::child_scope, "left behind");
    }}.join();
    std::thread{[&] { CHECK(eliot::current_action() == nullptr); }}.join();
    scope.reset();
    CHECK(log.messages().back().at("exception") == "eliot::Abandoned");
}

TEST_CASE("many scopes that end on other threads are recycled by their own") {
    Lines log;
    for (int i = 0; i < 100; ++i) {
        auto scope = std::make_unique<eliot::ActionScope>(eliot::detail::child_scope, "moved");
        std::thread{[&] { scope.reset(); }}.join();
        auto action = eliot::start_action("own");
    }
    CHECK(log.raw().size() == 400);
    CHECK(eliot::current_action() == nullptr);
}

TEST_CASE("an end comes once: every later one is without effect") {
    Lines log;
    {
        auto action = eliot::start_action("once");
        action.finish();
        action.fail("too late");
        action.finish();
    }
    CHECK(log.text() == "/1 once started\n/2 once succeeded\n");
}

TEST_CASE("after its end a scope is not current, and nothing is added to the action") {
    Lines log;
    {
        auto outer = eliot::start_action("outer");
        auto inner = eliot::start_action("inner");
        inner.finish();
        CHECK(eliot::current_action() == &outer);
        inner.log("late");
        eliot::log_message("later");
    }
    CHECK(log.text() == R"(/1 outer started
/2/1 inner started
/2/2 inner succeeded
/3 late
/4 later
/5 outer succeeded
)");
}

TEST_CASE("a deep chain of actions keeps every level") {
    Lines log;
    std::string expected;
    {
        std::vector<std::unique_ptr<eliot::ActionScope>> scopes;
        for (int i = 0; i < 200; ++i) {
            scopes.push_back(std::make_unique<eliot::ActionScope>(eliot::detail::child_scope, "a"));
        }
        CHECK(scopes.back()->task_level().size() == 199);
        while (!scopes.empty()) {
            scopes.pop_back();
        }
    }
    CHECK(log.raw().size() == 400);
    CHECK(log.messages()[199].at("task_level").size() == 200);
}

TEST_CASE("a long action type is kept for the end line") {
    const std::string type(500, 'x');
    Lines log;
    {
        std::string copy = type;
        auto action = eliot::start_action(copy);
        copy.assign(500, 'y');
    }
    CHECK(log.text() == "/1 " + type + " started\n/2 " + type + " succeeded\n");
}

TEST_CASE("an action that started while nobody listened stays silent with everything below it") {
    eliot::discard_early();
    std::string text;
    {
        auto silent = eliot::start_action(
            "silent", "lazy"_f = [&]() -> int {
                FAIL("a lazy value was evaluated for nobody");
                return 0;
            });
        Lines log;
        {
            auto below = eliot::start_action("below");
            eliot::log_message("below too");
            below.log("and this");
            auto task = eliot::start_task("a task is heard");
        }
        silent.add_success_fields("x"_f = 1);
        silent.finish();
        text = log.text();
    }
    CHECK(text == "/1 a task is heard started\n/2 a task is heard succeeded\n");
}

TEST_CASE("a silent action has an identity when it is asked for") {
    eliot::discard_early();
    auto silent = eliot::start_action("silent");
    CHECK(eliot::TaskUuid::parse(silent.task_uuid()).has_value());
    CHECK(silent.task_uuid() == silent.task_uuid());
    CHECK(silent.task_level() == eliot::TaskLevel{});
    CHECK(silent.serialize_task_id().size() > 36);
}
