// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/write.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <string>
#include <thread>

using eliot::detail::may_raise_signals;
using eliot::detail::write_all;

namespace {

struct Pipe {
    Pipe() { REQUIRE(pipe(ends) == 0); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_reader();
        close(ends[1]);
    }
    void close_reader() {
        if (ends[0] >= 0) {
            close(ends[0]);
            ends[0] = -1;
        }
    }
    std::string read_all(std::size_t size) const {
        std::string text;
        char bytes[4096];
        while (text.size() < size) {
            const ssize_t count = read(ends[0], bytes, sizeof bytes);
            REQUIRE(count > 0);
            text.append(bytes, static_cast<std::size_t>(count));
        }
        return text;
    }

    int ends[2] = {-1, -1};
};

std::string long_text() {
    std::string text;
    for (int i = 0; text.size() < 300'000; ++i) {
        text += "line " + std::to_string(i) + '\n';
    }
    return text;
}

bool is_pending(int signal) {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, signal) == 1;
}

} // namespace

TEST_CASE("a pipe that takes little at a time gets everything") {
    const Pipe pipe;
    const std::string text = long_text();
    const bool blocks = GENERATE(true, false);
    if (!blocks) {
        REQUIRE(fcntl(pipe.ends[1], F_SETFL, O_NONBLOCK) == 0); // EAGAIN when it is full
    }
    eliot::detail::Written done;
    std::thread writer{[&] { done = write_all(pipe.ends[1], text, true); }};
    const std::string read = pipe.read_all(text.size());
    writer.join();
    CHECK(read == text);
    CHECK(done.size == text.size());
    CHECK(!done.error);
}

TEST_CASE("a write that signals interrupt goes on") {
    struct sigaction action{};
    action.sa_handler = [](int) {}; // without SA_RESTART
    struct sigaction before{};
    sigaction(SIGUSR1, &action, &before);
    const Pipe pipe;
    const std::string text = long_text();
    eliot::detail::Written done;
    std::thread writer{[&] { done = write_all(pipe.ends[1], text, false); }};
    for (int i = 0; i < 20; ++i) {
        usleep(1000);
        pthread_kill(writer.native_handle(), SIGUSR1);
    }
    const std::string read = pipe.read_all(text.size());
    writer.join();
    sigaction(SIGUSR1, &before, nullptr);
    CHECK(read == text);
    CHECK(!done.error);
}

TEST_CASE("a closed pipe is an error, and no signal comes of it") {
    const Child child{[] {
        std::signal(SIGPIPE, SIG_DFL);
        Pipe pipe;
        pipe.close_reader();
        const auto done = write_all(pipe.ends[1], "x\n", may_raise_signals(pipe.ends[1]));
        const bool right = done.error == std::errc::broken_pipe && done.size == 0;
        _exit(right && !is_pending(SIGPIPE) ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("a signal that the program holds back itself stays pending") {
    const Child child{[] {
        sigset_t held;
        sigemptyset(&held);
        sigaddset(&held, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &held, nullptr);
        raise(SIGPIPE);
        Pipe pipe;
        pipe.close_reader();
        (void)write_all(pipe.ends[1], "x\n", true);
        _exit(is_pending(SIGPIPE) ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("a size limit is an error, and no signal comes of it") {
    const TemporaryDirectory here;
    const std::string path = here / "a";
    const bool limit_is_known = GENERATE(true, false);
    const Child child{[&] {
        std::signal(SIGXFSZ, SIG_DFL);
        const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        const bool before = may_raise_signals(file);
        const rlimit limit{100, 100};
        setrlimit(RLIMIT_FSIZE, &limit);
        const std::string text(300, 'x');
        const auto done = write_all(file, text, limit_is_known && may_raise_signals(file));
        const bool right = done.error == std::errc::file_too_large && done.size == 100;
        _exit(right && !before && !is_pending(SIGXFSZ) ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(text_of(path).size() == 100);
}

TEST_CASE("where no signal can come of it, none is held back") {
    const TemporaryDirectory here;
    const int file = open((here / "a").c_str(), O_WRONLY | O_CREAT, 0600);
    const int null = open("/dev/null", O_WRONLY);
    const Pipe pipe;
    CHECK(!may_raise_signals(file));
    CHECK(!may_raise_signals(null));
    CHECK(may_raise_signals(pipe.ends[1]));
    CHECK(may_raise_signals(-1));
    close(file);
    close(null);
}

TEST_CASE("a full device is an error that says so") {
    const int full = open("/dev/full", O_WRONLY);
    const auto done = write_all(full, "x\n", false);
    close(full);
    CHECK(done.error == std::errc::no_space_on_device);
    CHECK(done.size == 0);
}
