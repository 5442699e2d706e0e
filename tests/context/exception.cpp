// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/exception.hpp>

#include <eliot/context/action.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <stdexcept>
#include <string>
#include <system_error>

using namespace eliot::literals;

namespace {

struct DbError : std::runtime_error {
    DbError(std::string what, int code) : std::runtime_error{std::move(what)}, code_{code} {}
    int code() const { return code_; }
    int code_;
};
struct Deadlock : DbError {
    using DbError::DbError;
};
struct Timeout : DbError {
    using DbError::DbError;
};
struct Versioned : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct Sick : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct OwnSystemError : std::system_error {
    using std::system_error::system_error;
};

template <class E>
nlohmann::json failure_of(E exception) {
    Lines log;
    try {
        eliot::Action{"a"}.run([&] { throw exception; });
    } catch (const E&) {
    }
    return log.messages().back();
}

} // namespace

TEST_CASE("an extractor's fields stand on the failure line of its exception") {
    eliot::register_exception_extractor<DbError>(
        [](const DbError& e) { return eliot::extracted("code"_f = e.code()); });
    const auto failure = failure_of(DbError{"locked", 7});
    CHECK(failure.at("code") == 7);
    CHECK(failure.at("reason") == "locked");
}

TEST_CASE("the most derived registered type is asked, and only that") {
    eliot::register_exception_extractor<Deadlock>(
        [](const Deadlock&) { return eliot::extracted("who"_f = "deadlock"); });
    eliot::register_exception_extractor<DbError>(
        [](const DbError& e) { return eliot::extracted("code"_f = e.code()); });
    static bool answers = true; // the other tests of this program throw as well
    eliot::register_exception_extractor<std::exception>([](const std::exception&) {
        return answers ? eliot::extracted("who"_f = "std::exception") : eliot::extracted();
    });
    CHECK(failure_of(Deadlock{"d", 1}).at("who") == "deadlock");
    CHECK_FALSE(failure_of(Deadlock{"d", 1}).contains("code"));
    CHECK(failure_of(Timeout{"t", 2}).at("code") == 2);
    CHECK(failure_of(std::logic_error{"l"}).at("who") == "std::exception");
    CHECK(failure_of(std::system_error{2, std::generic_category()}).at("errno") == 2);
    answers = false;
}

TEST_CASE("registering a type again replaces") {
    eliot::register_exception_extractor<Versioned>(
        [](const Versioned&) { return eliot::extracted("version"_f = 1); });
    eliot::register_exception_extractor<Versioned>(
        [](const Versioned&) { return eliot::extracted("version"_f = 2); });
    CHECK(failure_of(Versioned{"v"}).at("version") == 2);
}

TEST_CASE("a system error tells its number and category, also as a base") {
    const auto failure = failure_of(OwnSystemError{2, std::generic_category(), "open"});
    CHECK(failure.at("errno") == 2);
    CHECK(failure.at("category") == "generic");
    CHECK(failure.at("reason") == "open: No such file or directory");
}

TEST_CASE("an extractor that throws is told by a traceback, and the line goes without its fields") {
    eliot::register_exception_extractor<Sick>(
        [](const Sick&) -> eliot::ExtractedFields { throw std::logic_error{"extractor broke"}; });
    Lines log;
    eliot::Action parent{"parent"};
    {
        auto in = parent.context();
        CHECK_THROWS_AS(eliot::Action{"child"}.run([] { throw Sick{"sick"}; }), Sick);
    }
    parent.finish();
    const std::string text = log.text();
    CHECK_THAT(text, Catch::Matchers::Contains("/3 eliot:traceback"));
    CHECK_THAT(text, Catch::Matchers::Contains("extractor broke"));
    CHECK_THAT(text, Catch::Matchers::Contains(
                         R"(/2/2 child failed {"exception":"(anonymous namespace)::Sick",)"));
}

TEST_CASE("an extractor cannot displace the exception and the reason") {
    struct Clash : std::runtime_error {
        using std::runtime_error::runtime_error;
    };
    eliot::register_exception_extractor<Clash>([](const Clash&) {
        return eliot::extracted("reason"_f = "mine", "extra"_f = 1,
                                eliot::named("action_status", "odd"));
    });
    const auto failure = failure_of(Clash{"the reason"});
    CHECK(failure.at("reason") == "the reason");
    CHECK(failure.at("extra") == 1);
    CHECK(failure.at("action_status") == "failed");
}
