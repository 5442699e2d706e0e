// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/traceback.hpp>

#include <eliot/context/action.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <exception>
#include <stdexcept>
#include <system_error>

using namespace eliot::literals;

TEST_CASE("a traceback is a message of the current action, which may still succeed") {
    Lines log;
    {
        eliot::Action action{"a"};
        auto in = action.context();
        try {
            throw std::runtime_error{"handled here"};
        } catch (...) {
            eliot::write_traceback();
        }
        action.finish();
    }
    CHECK(log.text() ==
          R"(/1 a started
/2 eliot:traceback {"exception":"std::runtime_error","reason":"handled here","traceback":"std::runtime_error: handled here"}
/3 a succeeded
)");
}

TEST_CASE("nested exceptions are joined") {
    Lines log;
    try {
        try {
            try {
                throw std::logic_error{"innermost"};
            } catch (...) {
                std::throw_with_nested(std::runtime_error{"middle"});
            }
        } catch (...) {
            std::throw_with_nested(std::runtime_error{"outer"});
        }
    } catch (...) {
        eliot::write_traceback();
    }
    const auto message = log.messages().at(0);
    CHECK(message.at("reason") == "outer: middle: innermost");
    const std::string traceback = message.at("traceback");
    CHECK_THAT(traceback, Catch::Matchers::Contains("caused by std::logic_error: innermost"));
}

TEST_CASE("a traceback has the extracted fields") {
    Lines log;
    try {
        throw std::system_error{13, std::generic_category(), "open"};
    } catch (...) {
        eliot::write_traceback();
    }
    CHECK(log.messages().at(0).at("errno") == 13);
}

TEST_CASE("without an exception a traceback says that it is unknown") {
    Lines log;
    eliot::write_traceback();
    CHECK(log.messages().at(0).at("exception") == "unknown");
}

TEST_CASE("an exception that was kept is written later") {
    Lines log;
    std::exception_ptr kept;
    try {
        throw std::runtime_error{"kept"};
    } catch (...) {
        kept = std::current_exception();
    }
    eliot::write_traceback(kept);
    CHECK(log.messages().at(0).at("reason") == "kept");
}
