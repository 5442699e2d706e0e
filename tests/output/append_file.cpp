// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/append_file.hpp>

#include "support/catch.hpp"
#include "support/files.hpp"

#include <chrono>
#include <thread>

using eliot::detail::AppendFile;

TEST_CASE("a last line that has no end gets one when the file is opened") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    const auto [before, after] =
        GENERATE(table<std::string, std::string>({{"", ""}, {"a\n", "a\n"}, {"a\nb", "a\nb\n"}}));
    write_text(path, before);
    std::error_code error;
    AppendFile file = AppendFile::open(path.c_str(), 0640, error);
    CHECK(!error);
    CHECK(text_of(path) == after);
    CHECK(file.size() == static_cast<std::int64_t>(after.size()));
    file.close();
    CHECK(file.descriptor() == -1);
}

TEST_CASE("a line that another process is in the middle of is left to it") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    write_text(path, "begun");
    bool good = true;
    std::thread other{[&] {
        const int file = ::open(path.c_str(), O_WRONLY | O_APPEND);
        const auto begin = std::chrono::steady_clock::now();
        while (std::chrono::steady_clock::now() - begin < std::chrono::milliseconds{70}) {
            good = good && write(file, "x", 1) == 1;
        }
        good = good && write(file, "\n", 1) == 1;
        close(file);
    }};
    std::error_code error;
    AppendFile file = AppendFile::open(path.c_str(), 0640, error);
    other.join();
    CHECK(good);
    file.close();
    CHECK(lines_of(path).size() == 1);
}

TEST_CASE("a file knows whether a path still names it") {
    const TemporaryDirectory here;
    const std::string path = here / "a.log";
    std::error_code error;
    AppendFile file = AppendFile::open(path.c_str(), 0640, error);
    CHECK(file.is_at(path.c_str()));
    std::filesystem::rename(path, here / "a.log.1");
    CHECK(!file.is_at(path.c_str()));
    write_text(path, "");
    CHECK(!file.is_at(path.c_str()));
    CHECK(file.is_at((here / "a.log.1").c_str()));
    file.close();
}

TEST_CASE("what is no regular file has no size and no last line") {
    std::error_code error;
    AppendFile file = AppendFile::open("/dev/null", 0640, error);
    CHECK(!error);
    CHECK(file.size() == -1);
    CHECK(!file.complete_last_line());
    file.close();
}

TEST_CASE("what cannot be opened is an error") {
    std::error_code error;
    CHECK(AppendFile::open("/nonexistent/a.log", 0640, error).descriptor() == -1);
    CHECK(error == std::errc::no_such_file_or_directory);
}
