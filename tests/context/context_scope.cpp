// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/context_scope.hpp>

#include <eliot/context/action.hpp>
#include <eliot/context/message.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <memory>
#include <thread>

namespace {

std::unique_ptr<eliot::ContextScope> enter(eliot::Action& action) {
    return std::unique_ptr<eliot::ContextScope>{new eliot::ContextScope{action.context()}};
}

} // namespace

TEST_CASE("an action is entered on another thread, with its own thread undisturbed") {
    Lines log;
    eliot::Action action{"a"};
    std::thread{[&] {
        auto in = action.context();
        CHECK(eliot::current_action() == &action);
        eliot::log_message("over there");
    }}.join();
    CHECK(eliot::current_action() == nullptr);
    action.finish();
    CHECK(log.text() == "/1 a started\n/2 over there\n/3 a succeeded\n");
}

TEST_CASE("context scopes may end in any order, and on another thread") {
    Lines log;
    eliot::Action first{"first"};
    eliot::Action second{"second"};
    auto in_first = enter(first);
    auto in_second = enter(second);
    in_first.reset();
    CHECK(eliot::current_action() == &second);
    std::thread{[&] { in_second.reset(); }}.join();
    CHECK(eliot::current_action() == nullptr);
}

TEST_CASE("a context scope that outlives its action is harmless") {
    Lines log;
    for (int i = 0; i < 3; ++i) {
        auto action = std::make_unique<eliot::Action>("a");
        auto in = enter(*action);
        action.reset();
        in.reset();
        CHECK(eliot::current_action() == nullptr);
    }
}
