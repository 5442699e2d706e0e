// SPDX-License-Identifier: Apache-2.0
// A suite as somebody with Catch2 would write it, for version 2 and 3. The tests tagged [fails] are
// there to fail; what they print is in tests/golden/testing/catch2.txt.

#if !__has_include(<catch2/catch_test_macros.hpp>)
#    define CATCH_CONFIG_MAIN
#endif
#include <eliot/testing/catch2.hpp>

#include "registry.hpp"

using namespace eliot::testing;

TEST_CASE("a registration is logged") {
    Capture log;
    Registry registry;
    registry.register_user("john", 12);
    const auto message =
        log.assert_has_message(user_registered, "username"_f = "john", "age"_f = 12);
    CHECK_THAT(message, ContainsFields({{"age", 12}}));
    CHECK_THAT(log, HasMessage(user_registered, "age"_f = 12) && HasTree("user:registered"));
    log.check();
}

TEST_CASE("signing in is an action with a check and a query") {
    Capture log{this_thread};
    Registry registry;
    registry.register_user("john", 12);
    registry.let_in("john");
    CHECK_THAT(log, HasAction(sign_in, succeeded, expected("username"_f = "john"),
                              expected("status"_f = 200)));
    CHECK_THAT(log, HasTree("signin > [check, query > [row]]"));
    CHECK_THAT(log, !HasAction("signin", failed));
    log.check();
}

TEST_CASE("an unknown user is not let in") {
    capture_logging([](auto&) { Registry{}.let_in("jane"); },
                    [](auto& log) {
                        const auto action = log.assert_has_action("signin", failed);
                        CHECK(action.end_message()["reason"] == "unknown user");
                        CHECK(action.type_tree() ==
                              nlohmann::json::parse(R"({"signin": ["check"]})"));
                    });
}

TEST_CASE("an expected traceback is flushed") {
    Capture log;
    Registry{}.clean_up();
    CHECK(log.flush_tracebacks<std::runtime_error>().size() == 1);
    log.check();
}

TEST_CASE("fails: the age is another one", "[fails]") {
    Capture log;
    Registry registry;
    registry.register_user("jane", 30);
    registry.register_user("john", 12);
    log.assert_has_message(user_registered, "username"_f = "john", "age"_f = 13);
}

TEST_CASE("fails: the user was let in", "[fails]") {
    Capture log;
    Registry registry;
    registry.register_user("john", 12);
    registry.let_in("john");
    CHECK_THAT(log, HasAction(sign_in, failed, expected("username"_f = "john")));
    CHECK_THAT(log, HasTree("signin > [check, query > [row, row]]"));
    CHECK_THAT(log, HasMessage("user:registred"));
    CHECK_THAT(log, !HasMessage("check", "known"_f = true));
}

TEST_CASE("fails: a traceback was not expected", "[fails]") {
    Capture log;
    Registry{}.clean_up();
    log.check();
}

TEST_CASE("fails: nobody asked about the traceback", "[fails]") {
    Capture log;
    Registry{}.clean_up();
}

TEST_CASE("fails: the log is not as its types declare it", "[fails]") {
    Capture log;
    Registry registry;
    registry.register_user("john", -1);
    registry.let_in_silently("john");
    log.check();
}
