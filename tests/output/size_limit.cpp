// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/size_limit.hpp>

#include <eliot/output/file_destination.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"

#include <csignal>
#include <new>
#include <string>
#include <unistd.h>

using eliot::FileDestination;
using namespace eliot::detail;

namespace {

const std::string killed_by_limit = "killed by signal " + std::to_string(SIGXFSZ);

} // namespace

TEST_CASE("what the program writes itself beyond a size limit ends it as ever") {
    const TemporaryDirectory here;
    const Child child{[&] {
        std::signal(SIGXFSZ, SIG_DFL);
        FileDestination file{here / "a.log"};
        const FileDestination other{here / "b.log"};
        (void)file.write_lines("before\n");
        limit_file_size(4);
        (void)file.write_lines("beyond\n");
        (void)!write(other.descriptor(), "12345", 5);
        (void)!write(other.descriptor(), "12345", 5);
        _exit(0);
    }};
    CHECK(child.outcome() == killed_by_limit);
    CHECK(text_of(here / "b.log") == "1234");
}

TEST_CASE("the program's own handler is called for the program's own writes") {
    const TemporaryDirectory here;
    const bool has_info = GENERATE(true, false);
    const Child child{[&] {
        new (&size_limit_handler) SizeLimitHandler; // as before the first file
        struct sigaction own{};
        own.sa_handler = [](int) { (void)!write(STDERR_FILENO, "called ", 7); };
        if (has_info) {
            own.sa_sigaction = [](int, siginfo_t*, void*) {
                (void)!write(STDERR_FILENO, "called ", 7);
            };
        }
        own.sa_flags = has_info ? SA_SIGINFO : 0;
        sigaction(SIGXFSZ, &own, nullptr);
        FileDestination file{here / "a.log"};
        const FileDestination other{here / "b.log"};
        (void)file.write_lines("before\n");
        limit_file_size(4);
        (void)!write(other.descriptor(), "1234", 4);
        (void)file.write_lines("beyond\n");
        (void)!write(other.descriptor(), "5", 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "called ");
}

TEST_CASE("a program that is started by exec is ended as ever") {
    const TemporaryDirectory here;
    const Child child{[&] {
        std::signal(SIGXFSZ, SIG_DFL);
        const FileDestination file{here / "a.log"};
        execl("/bin/sh", "sh", "-c", "kill -XFSZ $$", nullptr);
    }};
    CHECK(child.outcome() == killed_by_limit);
}
