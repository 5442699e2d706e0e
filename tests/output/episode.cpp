// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/episode.hpp>

#include "support/catch.hpp"

#include <memory>
#include <stdexcept>
#include <string>

using namespace eliot::detail;

namespace {

struct Failing final : Destination {
    std::error_code deliver(std::string_view, const eliot::Schema*) override { return {}; }
    std::error_code flush() override { return {}; }
    std::error_code reopen() override { return {}; }
    bool takes_bytes() const noexcept override { return false; }
    bool keeps_lines() const noexcept override { return keeps; }
    std::uint64_t take_lost() noexcept override { return std::exchange(lost, 0); }
    std::uint64_t unwritten() const noexcept override { return 0; }
    std::string name() const override { return "it"; }
    int descriptor() const noexcept override { return -1; }
    bool keeps = false;
    std::uint64_t lost = 0;
};

const std::error_code io_error{EIO, std::generic_category()};

struct Told {
    Told() {
        eliot::on_error([this](const eliot::OutputError& error) {
            text += std::string{error.destination} + ' ' + std::string{error.exception} + ' ' +
                    std::string{error.reason} + '\n';
        });
    }
    Told(const Told&) = delete;
    Told& operator=(const Told&) = delete;
    ~Told() { eliot::on_error(nullptr); }
    std::string text;
};

std::string failures_of(Thread& self) {
    std::string text;
    while (DeliveryFailure* failure = self.failures.pop()) {
        text += failure->exception + ": " + failure->reason + ": " + failure->lines +
                (failure->is_over ? " over, lost " + std::to_string(failure->lost) : "") + '\n';
        delete failure;
    }
    return text;
}

void call(Thread& self, Destination& destination, std::error_code result) {
    call_destination(self, destination, "one\ntwo\n", [&] { return result; });
}

} // namespace

TEST_CASE("the program is told once an episode, the log of every failure") {
    const Told told;
    const auto self = std::make_unique<Thread>();
    Failing destination;
    call(*self, destination, io_error);
    call(*self, destination, io_error);
    call(*self, destination, {});
    CHECK(told.text == "it std::system_error Input/output error\n");
    CHECK(failures_of(*self) == "std::system_error: Input/output error: one\n"
                                "std::system_error: Input/output error: one\n");
    call(*self, destination, io_error); // another episode
    CHECK(told.text.size() == 80);
    failures_of(*self);
}

TEST_CASE("of a destination that keeps lines the log is told when it works again") {
    const Told told;
    const auto self = std::make_unique<Thread>();
    Failing destination;
    destination.keeps = true;
    destination.lost = 7;
    call(*self, destination, io_error);
    CHECK(failures_of(*self) == "");
    call(*self, destination, {});
    call(*self, destination, {});
    CHECK(failures_of(*self) == "std::system_error: Input/output error:  over, lost 7\n");
}

TEST_CASE("whatever is thrown is a failure") {
    const Told told;
    const auto self = std::make_unique<Thread>();
    Failing destination;
    const auto throwing = [&](auto value) {
        call_destination(*self, destination, "line\n", [&]() -> std::error_code { throw value; });
    };
    throwing(std::runtime_error{"no"});
    throwing(42);
    throwing(std::string{"text"});
    CHECK(failures_of(*self) == "std::runtime_error: no: line\nint: : line\nstd::string: : line\n");
}

TEST_CASE("while a failure is being logged, another is not remembered") {
    const Told told;
    const auto self = std::make_unique<Thread>();
    Failing destination;
    self->reporting = true;
    call(*self, destination, io_error);
    CHECK(failures_of(*self) == "");
    CHECK(!told.text.empty());
}

TEST_CASE("a failure shows the beginning of a long line") {
    CHECK(first_line("one\ntwo\n") == "one");
    CHECK(first_line("") == "");
    CHECK(first_line(std::string(1'000'000, 'x') + '\n').size() == 4096);
}
