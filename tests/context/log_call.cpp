// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/log_call.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <memory>
#include <stdexcept>
#include <string>

namespace {

int subtract(int a, int b) { return a - b; }
struct NoEncoding {};

} // namespace

TEST_CASE("a call is an action with its arguments by name and its result") {
    Lines log;
    auto calculate = eliot::log_call<"calculate", "x", "y">([](int x, int y) { return x * y; });
    CHECK(calculate(6, 7) == 42);
    CHECK(log.text() ==
          "/1 calculate started {\"x\":6,\"y\":7}\n/2 calculate succeeded {\"result\":42}\n");
}

TEST_CASE("an exception that leaves the function fails the action and goes on") {
    Lines log;
    const auto f = eliot::log_call<"f">([] { throw std::runtime_error{"no"}; });
    CHECK_THROWS_AS(f(), std::runtime_error);
    CHECK(log.text() == "/1 f started\n"
                        R"(/2 f failed {"exception":"std::runtime_error","reason":"no"})"
                        "\n");
}

TEST_CASE("arguments may be left out, and so may the result") {
    Lines log;
    auto f = eliot::log_call<"f", "x", "">([](int x, const NoEncoding&) { return x; },
                                           {.include_result = false});
    CHECK(f(1, NoEncoding{}) == 1);
    CHECK(log.text() == "/1 f started {\"x\":1}\n/2 f succeeded\n");
}

TEST_CASE("functions, references and what is only movable pass through") {
    Lines log;
    CHECK(eliot::log_call<"subtract", "a", "b">(&subtract)(5, 3) == 2);
    int value = 1;
    eliot::log_call<"reference", "r">([](int& r) -> int& { return r; })(value) = 9;
    CHECK(value == 9);
    auto pass = eliot::log_call<"pass", "p">([](std::unique_ptr<int> p) { return p; });
    CHECK(*pass(std::make_unique<int>(4)) == 4);
    CHECK(log.messages().back().at("result") == 4);
}

TEST_CASE("a result without an encoding is not logged") {
    Lines log;
    eliot::log_call<"f">([] { return NoEncoding{}; })();
    CHECK(log.text() == "/1 f started\n/2 f succeeded\n");
}

TEST_CASE("the function runs inside its action") {
    Lines log;
    auto inner = eliot::log_call<"inner">([] { eliot::current_action()->log("m"); });
    eliot::log_call<"outer">([&] { inner(); })();
    CHECK(log.text() == "/1 outer started\n/2/1 inner started\n/2/2 m\n/2/3 inner succeeded\n"
                        "/3 outer succeeded\n");
}
