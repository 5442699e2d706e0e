// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/validation.hpp>

#include <eliot/types/action_type.hpp>
#include <eliot/types/message_type.hpp>
#include <eliot/types/validated_field.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"
#include "support/validating.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace eliot::literals;
using Failures = std::vector<std::string>;

namespace {

constexpr auto positive = [](int number) {
    if (number <= 0) {
        throw eliot::ValidationError{"not positive"};
    }
};
constexpr auto type = eliot::action_type<"a">(
    eliot::fields(eliot::field<"x", int>("", positive)),
    eliot::fields(eliot::field<"y", int>("", positive), eliot::field<"result", int>("", positive)));

}

TEST_CASE("validation is off unless a test asks for it") {
    CHECK_FALSE(eliot::detail::is_validating());
    const Validating validating;
    CHECK(eliot::detail::is_validating());
}

TEST_CASE("validators run for the start, for added fields and for the result") {
    Lines log;
    Validating validating;
    auto action = type("x"_f = 0);
    action.add_success_fields("y"_f = -1);
    CHECK(action.result(-2) == -2);
    CHECK(validating.failures ==
          Failures{"a x: not positive", "a y: not positive", "a result: not positive"});
}

TEST_CASE("a literal that its field's type cannot hold is written and refused") {
    constexpr auto server =
        eliot::message_type<"server">(eliot::fields(eliot::field<"port", std::uint16_t>()));
    Lines log;
    Validating validating;
    server.log("port"_f = 80);
    server.log("port"_f = -1);
    server.log("port"_f = 65536);
    CHECK(log.text() == "/1 server {\"port\":80}\n/1 server {\"port\":-1}\n"
                        "/1 server {\"port\":65536}\n");
    CHECK(validating.failures ==
          Failures{"server port: -1 is out of range of the field's type",
                   "server port: 65536 is out of range of the field's type"});
}
