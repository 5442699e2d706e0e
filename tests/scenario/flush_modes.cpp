// SPDX-License-Identifier: Apache-2.0
// When a file's lines reach the kernel, in each mode: the promises of the guide's chapter on
// output.
#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/files.hpp"

#include <chrono>
#include <thread>

using namespace eliot::literals;

namespace {

class LogFile {
public:
    explicit LogFile(eliot::FileOptions options) {
        eliot::discard_early();
        id_ = eliot::to_file(here_ / "a.log", options);
    }
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;
    ~LogFile() { eliot::remove_destination(id_); }

    std::size_t lines() const { return lines_of(here_ / "a.log").size(); }
    bool has_within_two_seconds(std::size_t wanted) const {
        for (int i = 0; i < 2000 && lines() != wanted; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        return lines() == wanted;
    }

private:
    TemporaryDirectory here_;
    eliot::DestinationId id_;
};

} // namespace

TEST_CASE("in Flush::task lines are in the file when the outermost action has ended") {
    const LogFile file{{.flush = eliot::Flush::task, .flush_every_ms = 0}};
    {
        auto outer = eliot::start_action("outer");
        {
            auto inner = eliot::start_action("inner");
        }
        CHECK(file.lines() == 0);
    }
    CHECK(file.lines() == 4);
}

TEST_CASE("in Flush::chunk lines are in the file when there are 32 KiB of them") {
    const LogFile file{{.flush = eliot::Flush::chunk, .flush_every_ms = 0}};
    const std::string text(1000, 'x');
    for (int i = 0; i < 20; ++i) {
        eliot::log_message("line", "text"_f = text);
    }
    CHECK(file.lines() == 0);
    for (int i = 0; i < 20; ++i) {
        eliot::log_message("line", "text"_f = text);
    }
    CHECK(file.lines() > 20);
    eliot::flush();
    CHECK(file.lines() == 40);
}

TEST_CASE("or after 100 ms, also of a thread that logs no more") {
    for (const auto flush : {eliot::Flush::task, eliot::Flush::chunk, eliot::Flush::background}) {
        const LogFile file{{.flush = flush}};
        auto action = eliot::start_action("waits");
        CHECK(file.has_within_two_seconds(1));
    }
}

TEST_CASE("or when a task fails") {
    const LogFile file{{.flush = eliot::Flush::chunk, .flush_every_ms = 0}};
    {
        auto task = eliot::start_task("task");
        eliot::start_action("inner").fail("on its own");
        CHECK(file.lines() == 0);
        task.fail("as a whole");
    }
    CHECK(file.lines() == 4);
}
