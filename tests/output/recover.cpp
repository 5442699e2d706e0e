// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/recover.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

using namespace eliot::literals;
namespace fs = std::filesystem;

namespace {

class Directory {
public:
    Directory() : path_{fs::temp_directory_path() / ("eliot-recover-" + std::to_string(getpid()))} {
        fs::remove_all(path_);
        fs::create_directory(path_);
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    ~Directory() { fs::remove_all(path_); }
    std::string operator/(const char* name) const { return path_ / name; }

private:
    fs::path path_;
};

void append(const std::string& path, const std::string& text) {
    std::ofstream{path, std::ios::binary | std::ios::app} << text;
}
long count_lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

eliot::FileOptions surviving(eliot::Flush flush = eliot::Flush::chunk) {
    eliot::FileOptions options;
    options.flush = flush;
    options.flush_every_ms = 0;
    options.survive_kill = true;
    return options;
}
void log_lines(int count) {
    for (int i = 0; i < count; ++i) {
        eliot::log_message("count", "number"_f = i);
    }
}

/// Runs `f` in a child that then gets SIGKILL.
template <class F>
void killed(F&& f) {
    const pid_t child = fork();
    if (child == 0) {
        f();
        kill(getpid(), SIGKILL);
    }
    waitpid(child, nullptr, 0);
}

/// A log with ten lines written, and five that are only in the chunks.
void leave_five(const std::string& log) {
    killed([&] {
        eliot::to_file(log, surviving());
        log_lines(10);
        eliot::flush();
        log_lines(5);
    });
}

} // namespace

TEST_CASE("what a killed process had logged is added to its log, once") {
    const Directory here;
    const std::string log = here / "a.log";
    leave_five(log);
    CHECK(count_lines(text_of(log)) == 10);
    std::error_code error;
    const eliot::Recovered found = eliot::recover(log, error);
    CHECK_FALSE(error);
    CHECK(found.processes == 1);
    CHECK(found.lines == 5);
    CHECK_FALSE(found.completed_line);
    CHECK(count_lines(text_of(log)) == 15);
    CHECK_FALSE(fs::exists(log + ".chunks"));
    CHECK(eliot::recover(log, error).lines == 0);
    CHECK(count_lines(text_of(log)) == 15);
}

TEST_CASE("lines that are there already are not added again, a torn one is completed") {
    const Directory here;
    const std::string log = here / "a.log";
    leave_five(log);
    fs::copy(log, here / "whole.log");
    fs::copy(log + ".chunks", here / "whole.log.chunks");
    std::error_code error;
    eliot::recover(here / "whole.log", error);
    const std::string whole = text_of(here / "whole.log");
    // The kill came in the middle of a write(2): every length of what it had written.
    const std::string written = text_of(log);
    for (std::size_t size = written.size(); size <= whole.size(); size += 37) {
        const std::string torn = here / "torn.log";
        fs::remove(torn);
        append(torn, whole.substr(0, size));
        fs::copy(log + ".chunks", torn + ".chunks");
        const eliot::Recovered found = eliot::recover(torn, error);
        CHECK(text_of(torn) == whole);
        CHECK(found.completed_line == (whole[size - 1] != '\n'));
    }
}

TEST_CASE("opening the log recovers it first") {
    const Directory here;
    const std::string log = here / "a.log";
    leave_five(log);
    const eliot::DestinationId id = eliot::to_file(log);
    CHECK(count_lines(text_of(log)) == 15);
    eliot::remove_destination(id);
}

TEST_CASE("every log of a process is recovered from its one mapping") {
    const Directory here;
    killed([&] {
        eliot::to_file(here / "a.log", surviving());
        log_lines(3);
        eliot::to_file(here / "b.log", surviving(eliot::Flush::background));
        log_lines(4);
    });
    std::error_code error;
    CHECK(eliot::recover(here / "b.log", error).lines == 4);
    CHECK(eliot::recover(here / "a.log", error).lines <= 7);
    CHECK(count_lines(text_of(here / "a.log")) == 7);
    CHECK(count_lines(text_of(here / "b.log")) == 4);
}

TEST_CASE("the chunks of a process that lives are left alone, and go when it ends") {
    const Directory here;
    const std::string log = here / "a.log";
    int ready[2];
    REQUIRE(pipe(ready) == 0);
    const pid_t child = fork();
    if (child == 0) {
        eliot::to_file(log, surviving());
        log_lines(5);
        (void)!write(ready[1], "x", 1);
        pause();
    }
    char byte = 0;
    (void)!read(ready[0], &byte, 1);
    std::error_code error;
    CHECK(eliot::recover(log, error).processes == 0);
    CHECK(fs::exists(log + ".chunks"));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    CHECK(eliot::recover(log, error).lines == 5);
    close(ready[0]);
    close(ready[1]);

    const eliot::DestinationId id = eliot::to_file(log, surviving());
    CHECK(fs::exists(log + ".chunks"));
    eliot::remove_destination(id);
    CHECK_FALSE(fs::exists(log + ".chunks"));
}

TEST_CASE("logs that survive come and go") {
    const Directory here;
    killed([&] {
        for (int i = 0; i < 20; ++i) {
            const eliot::DestinationId id = eliot::to_file(here / "a.log", surviving());
            const eliot::DestinationId other = eliot::to_file(here / "b.log", surviving());
            log_lines(10);
            eliot::remove_destination(i % 2 == 0 ? id : other);
            log_lines(1);
            eliot::remove_destination(i % 2 == 0 ? other : id);
        }
        eliot::to_file(here / "a.log", surviving());
        log_lines(3);
    });
    std::error_code error;
    CHECK(eliot::recover(here / "b.log", error).lines == 0);
    CHECK(eliot::recover(here / "a.log", error).lines == 3);
    CHECK(count_lines(text_of(here / "a.log")) == 20 * 10 + 10 + 3);
    CHECK(count_lines(text_of(here / "b.log")) == 20 * 10 + 10);
}

TEST_CASE("a directory that holds something else is no reason to fail") {
    const Directory here;
    const std::string log = here / "a.log";
    append(log, "{}\n");
    fs::create_directory(log + ".chunks");
    append(log + ".chunks/1.0", "nonsense");
    std::error_code error;
    const eliot::Recovered found = eliot::recover(log, error);
    CHECK_FALSE(error);
    CHECK(found.processes == 0);
    CHECK(text_of(log) == "{}\n");
}
