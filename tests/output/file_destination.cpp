// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/file_destination.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"
#include "support/small_disk.hpp"

#include <csignal>
#include <filesystem>
#include <pty.h>
#include <string>

using eliot::FileDestination;
using eliot::Reopen;

namespace {

std::string numbered(int from, int to) {
    std::string lines;
    for (int i = from; i < to; ++i) {
        lines += std::to_string(i) + ": " + std::string(90, 'x') + '\n';
    }
    return lines;
}

} // namespace

TEST_CASE("lines are appended to what a file has") {
    const TemporaryDirectory here;
    write_text(here / "a.log", "before\n");
    FileDestination file{here / "a.log"};
    CHECK(!file.write_lines("one\ntwo\n"));
    CHECK(text_of(here / "a.log") == "before\none\ntwo\n");
    CHECK(file.path() == here / "a.log");
    CHECK(file.name() == here / "a.log");
}

TEST_CASE("a new file has the mode 0640, or the one that is asked for") {
    const TemporaryDirectory here;
    const mode_t before = umask(0);
    const FileDestination usual{here / "a.log"};
    const FileDestination other{here / "b.log", 0600};
    umask(before);
    using std::filesystem::perms;
    CHECK(std::filesystem::status(here / "a.log").permissions() == perms{0640});
    CHECK(std::filesystem::status(here / "b.log").permissions() == perms{0600});
}

TEST_CASE("a file that cannot be opened is an error that names it") {
    const TemporaryDirectory here;
    const std::string path = here / "no/such/directory.log";
    try {
        const FileDestination file{path};
        FAIL("it was opened");
    } catch (const std::system_error& error) {
        CHECK(error.code() == std::errc::no_such_file_or_directory);
        CHECK_THAT(error.what(), Catch::Matchers::Contains("cannot open \"" + path + "\""));
    }
    std::error_code error;
    FileDestination file{path, 0640, Reopen::never, error};
    CHECK(error == std::errc::no_such_file_or_directory);
    CHECK(file.write_lines("lost\n") == std::errc::bad_file_descriptor);

    FileDestination directory{here.path(), 0640, Reopen::never, error};
    CHECK(error == std::errc::is_a_directory);
}

TEST_CASE("a file without permission is an error that names it") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    write_text(path, "");
    chmod(path.c_str(), 0);
    const Child child{[&] {
        if (geteuid() == 0 && seteuid(65534) != 0) { // root may do everything
            _exit(2);
        }
        std::error_code error;
        const FileDestination file{path, 0640, Reopen::never, error};
        _exit(error == std::errc::permission_denied ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("a descriptor stays its owner's") {
    const TemporaryDirectory here;
    const int descriptor = open((here / "a").c_str(), O_WRONLY | O_CREAT, 0600);
    {
        FileDestination file{descriptor};
        CHECK(!file.write_lines("one\n"));
        CHECK(!file.reopen());
        CHECK(file.descriptor() == descriptor);
    }
    CHECK(write(descriptor, "two\n", 4) == 4);
    close(descriptor);
    CHECK(text_of(here / "a") == "one\ntwo\n");
    CHECK(FileDestination{STDOUT_FILENO}.name() == "standard output");
    CHECK(FileDestination{STDERR_FILENO}.name() == "standard error");
    CHECK(FileDestination{77}.name() == "descriptor 77");
}

TEST_CASE("a moved destination writes on, the other one owns nothing") {
    const TemporaryDirectory here;
    FileDestination file{here / "a.log"};
    CHECK(!file.write_lines("one\n"));
    FileDestination second{std::move(file)};
    CHECK(!second.write_lines("two\n"));
    FileDestination third{here / "b.log"};
    third = std::move(second);
    CHECK(!third.write_lines("three\n"));
    CHECK(text_of(here / "a.log") == "one\ntwo\nthree\n");
}

TEST_CASE("what a full disk tore is completed when there is room again") {
    if (!SmallDisk::is_possible()) {
        WARN("skipped: a tmpfs cannot be mounted here");
        return;
    }
    const TemporaryDirectory here;
    const Child child{[&] {
        const SmallDisk disk{here / "disk"};
        FileDestination file{disk / "a.log"};
        (void)file.write_lines(numbered(0, 10));
        disk.fill();
        std::error_code error;
        for (int i = 10; i < 200; ++i) { // some fit into the last page
            error = file.write_lines(numbered(i, i + 1));
        }
        bool right = error == std::errc::no_space_on_device;
        right = right && text_of(disk / "a.log").back() != '\n'; // torn indeed
        disk.free();
        right = right && !file.write_lines(numbered(200, 201)) && file.unwritten() == 0;
        right = right && file.take_lost() == 0 && text_of(disk / "a.log") == numbered(0, 201);
        _exit(right ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("a torn line that others wrote behind is begun again") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const Child child{[&] {
        FileDestination file{path};
        (void)file.write_lines("whole\n");
        limit_file_size(10);
        bool right = file.write_lines("torn line\n") == std::errc::file_too_large;
        limit_file_size(RLIM_INFINITY);
        FileDestination other{path}; // it ends the torn line first
        (void)other.write_lines("other\n");
        right = right && !file.write_lines("last\n");
        _exit(right ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(text_of(path) == "whole\ntorn\nother\ntorn line\nlast\n");
}

TEST_CASE("a line too long for the backlog is given up, and what of it was written is ended") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const Child child{[&] {
        FileDestination file{path};
        limit_file_size(1000);
        const std::string line = std::string(2'000'000, 'x') + '\n';
        bool right = file.write_lines(line) == std::errc::file_too_large;
        right = right && file.write_lines("also lost\n") == std::errc::file_too_large;
        limit_file_size(RLIM_INFINITY);
        right = right && !file.write_lines("good\n") && file.take_lost() == 2;
        _exit(right ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(text_of(path) == std::string(1000, 'x') + "\ngood\n");
}

TEST_CASE("what is dropped for good is counted") {
    FileDestination file{"/dev/full"};
    CHECK(file.write_lines("a\nb\n") == std::errc::no_space_on_device);
    CHECK(file.write_lines("c\n") == std::errc::no_space_on_device);
    CHECK(file.unwritten() == 3);
    CHECK(file.take_lost() == 0); // they may still be written
    CHECK(file.flush() == std::errc::no_space_on_device);
    const std::string lines = numbered(0, 11'000);
    CHECK(file.write_lines(lines) == std::errc::no_space_on_device);
    CHECK(file.unwritten() == 11'003);
}

TEST_CASE("an input or output error is an error") {
    int master = -1;
    int slave = -1;
    REQUIRE(openpty(&master, &slave, nullptr, nullptr, nullptr) == 0);
    close(master);
    FileDestination file{slave};
    CHECK(file.write_lines("a\n") == std::errc::io_error);
    CHECK(file.unwritten() == 1);
    close(slave);
}

TEST_CASE("a descriptor that the program closed is an error, then the file is opened again") {
    const TemporaryDirectory here;
    FileDestination file{here / "a.log"};
    CHECK(!file.write_lines("one\n"));
    close(file.descriptor());
    CHECK(file.write_lines("two\n") == std::errc::bad_file_descriptor);
    const int others = open("/dev/null", O_WRONLY); // takes the number
    CHECK(!file.write_lines("three\n"));
    CHECK(text_of(here / "a.log") == "one\ntwo\nthree\n");
    CHECK(file.descriptor() != others);
    CHECK(fcntl(others, F_GETFD) >= 0); // it was not closed
    close(others);
}

TEST_CASE("a moved file is written on until it is opened anew") {
    const TemporaryDirectory here;
    FileDestination file{here / "a.log"};
    CHECK(!file.write_lines("one\n"));
    std::filesystem::rename(here / "a.log", here / "a.log.1");
    CHECK(!file.write_lines("two\n"));
    CHECK(!file.reopen());
    CHECK(!file.write_lines("three\n"));
    CHECK(text_of(here / "a.log.1") == "one\ntwo\n");
    CHECK(text_of(here / "a.log") == "three\n");
}

TEST_CASE("a request for all files has each opened anew at its next line") {
    const TemporaryDirectory here;
    FileDestination file{here / "a.log"};
    std::filesystem::rename(here / "a.log", here / "a.log.1");
    eliot::detail::reopen_requests->fetch_add(1);
    CHECK(!file.write_lines("one\n"));
    CHECK(text_of(here / "a.log.1").empty());
    CHECK(text_of(here / "a.log") == "one\n");
}

TEST_CASE("a file that follows its path notices that it was moved") {
    const TemporaryDirectory here;
    FileDestination file{here / "a.log", 0640, Reopen::when_moved};
    CHECK(!file.write_lines("one\n"));
    std::filesystem::rename(here / "a.log", here / "a.log.1");
    CHECK(!file.write_lines("two\n"));
    std::filesystem::rename(here / "a.log", here / "a.log.2");
    write_text(here / "a.log", ""); // as logrotate's "create" does
    CHECK(!file.write_lines("three\n"));
    CHECK(text_of(here / "a.log.1") == "one\n");
    CHECK(text_of(here / "a.log.2") == "two\n");
    CHECK(text_of(here / "a.log") == "three\n");
}

TEST_CASE("where a file cannot be opened anew the old one is written on, and that is told once") {
    const TemporaryDirectory here;
    std::filesystem::create_directory(here / "logs");
    std::string told;
    eliot::on_error([&told](const eliot::OutputError& error) {
        told += std::string{error.reason} + ": " + std::string{error.consequence} + '\n';
    });
    FileDestination file{here / "logs/a.log", 0640, Reopen::when_moved};
    CHECK(!file.write_lines("one\n"));
    std::filesystem::rename(here / "logs", here / "old");
    CHECK(!file.write_lines("two\n"));
    CHECK(!file.write_lines("three\n"));
    CHECK(told == "No such file or directory: it cannot be opened anew; the old file is written "
                  "on\n");
    CHECK(text_of(here / "old/a.log") == "one\ntwo\nthree\n");
    std::filesystem::create_directory(here / "logs");
    CHECK(!file.write_lines("four\n"));
    CHECK(text_of(here / "logs/a.log") == "four\n");
    eliot::on_error(nullptr);
}

TEST_CASE("a line torn by a full disk is whole in the file that follows") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const Child child{[&] {
        FileDestination file{path};
        limit_file_size(4);
        bool right = static_cast<bool>(file.write_lines("torn line\n"));
        limit_file_size(RLIM_INFINITY);
        std::filesystem::rename(path, path + ".1");
        right = right && !file.reopen() && !file.flush();
        _exit(right ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(text_of(path + ".1") == "torn");
    CHECK(text_of(path) == "torn line\n");
}

TEST_CASE("a size limit that comes when the file is larger already is an error, not the end") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const std::string many(8000, 'x');
    const Child child{[&] {
        std::signal(SIGXFSZ, SIG_DFL);
        FileDestination file{path};
        bool right = !file.write_lines("first line\n");
        limit_file_size(4);
        right = right && file.write_lines(many + '\n') == std::errc::file_too_large;
        _exit(right ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    const Child flushed{[&] {
        std::signal(SIGXFSZ, SIG_DFL);
        FileDestination file{path};
        limit_file_size(4);
        const bool right = !file.flush();
        _exit(right && file.write_lines("short\n") == std::errc::file_too_large ? 0 : 1);
    }};
    CHECK(flushed.outcome() == "exit status 0");
    const Child at_once{[&] {
        std::signal(SIGXFSZ, SIG_DFL);
        FileDestination file{path};
        limit_file_size(4);
        _exit(file.write_lines("short\n") == std::errc::file_too_large ? 0 : 1);
    }};
    CHECK(at_once.outcome() == "exit status 0");
    CHECK(text_of(path) == "first line\n");
}

TEST_CASE("a child does not write what is its parent's to write") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const Child child{[&] {
        FileDestination file{path};
        limit_file_size(4);
        (void)file.write_lines("torn line\nkept\n");
        limit_file_size(RLIM_INFINITY);
        file.after_fork_in_child();
        _exit(!file.write_lines("child\n") && file.take_lost() == 0 ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(text_of(path) == "torn\nchild\n");
}

TEST_CASE("a record is written as a line, and an error is thrown") {
    const TemporaryDirectory here;
    const eliot::Record record{
        R"({"task_uuid":"00000000-0000-4000-8000-000000000000","task_level":[1],"timestamp":1.000000000,"message_type":"m"})"};
    FileDestination file{here / "a.log"};
    file.write(record);
    CHECK(text_of(here / "a.log") == std::string{record.json()} + '\n');
    FileDestination full{"/dev/full"};
    CHECK_THROWS_WITH(full.write(record),
                      Catch::Matchers::Contains("cannot write to \"/dev/full\""));
}
