// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/line_file.hpp>

#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace eliot;
using Event = FollowedFile::Event;

namespace {

/// A directory that is gone in the end.
struct Scratch {
    std::filesystem::path directory;

    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "eliot-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        directory = name;
    }
    ~Scratch() { std::filesystem::remove_all(directory); }

    std::string write(const std::string& name, const std::string& text,
                      std::ios::openmode mode = std::ios::out) const {
        std::ofstream{directory / name, mode | std::ios::binary} << text;
        return (directory / name).string();
    }
};

std::vector<std::string> lines_of(const std::string& path) {
    LineFile file{path};
    std::vector<std::string> lines;
    for (std::string_view line; file.next(&line);) {
        lines.emplace_back(line);
    }
    return lines;
}

/// New lines until there is none; "new file" between them.
std::vector<std::string> news(FollowedFile& file) {
    std::vector<std::string> found;
    for (std::string_view line;;) {
        switch (file.next(&line)) {
        case Event::line:
            found.emplace_back(line);
            break;
        case Event::new_file:
            found.emplace_back("new file");
            break;
        case Event::nothing_new:
            return found;
        }
    }
}

using Lines = std::vector<std::string>;

}

TEST_CASE("a file is read line by line, the last one may lack its end") {
    const Scratch scratch;
    CHECK(lines_of(scratch.write("a", "one\n\ntwo\r\nthree")) ==
          Lines{"one", "", "two\r", "three"});
    CHECK(lines_of(scratch.write("b", "")).empty());
    CHECK(lines_of(scratch.write("c", "\n")) == Lines{""});
    CHECK(lines_of(scratch.write("d", std::string("a\0b\n", 4))) == Lines{std::string("a\0b", 3)});
}

TEST_CASE("lines may be longer than what is read at once") {
    const Scratch scratch;
    const std::string large(1'000'000, 'x');
    CHECK(lines_of(scratch.write("a", "one\n" + large + "\ntwo\n" + large)) ==
          Lines{"one", large, "two", large});
}

TEST_CASE("many lines across the pieces that are read stay whole") {
    const Scratch scratch;
    std::string text;
    Lines expected;
    for (int i = 0; i < 100'000; ++i) {
        expected.push_back("line " + std::to_string(i));
        text += expected.back() + '\n';
    }
    const std::string path = scratch.write("a", text);
    CHECK(lines_of(path) == expected);
    LineFile file{path};
    std::string_view line;
    CHECK(file.next(&line));
    CHECK(file.size() == text.size());
    CHECK(file.bytes_read() > 0);
}

TEST_CASE("a file that cannot be read is an error with its name") {
    const Scratch scratch;
    const auto message = [](const std::string& path) {
        try {
            LineFile file{path};
        } catch (const std::system_error& error) {
            return std::string{error.what()};
        }
        return std::string{};
    };
    CHECK(message(scratch.directory / "none") ==
          (scratch.directory / "none").string() + ": No such file or directory");
    CHECK(message(scratch.directory) == scratch.directory.string() + ": Is a directory");
}

TEST_CASE("a followed file gives whole lines as they are written") {
    const Scratch scratch;
    const std::string path = scratch.write("a", "one\ntw");
    FollowedFile file{path};
    CHECK(news(file) == Lines{"one"});
    CHECK(news(file).empty());
    scratch.write("a", "o\nthree\n", std::ios::app);
    CHECK(news(file) == Lines{"two", "three"});
    scratch.write("a", "rest", std::ios::app);
    CHECK(news(file).empty());
    std::string_view line;
    REQUIRE(file.take_rest(&line));
    CHECK(line == "rest");
}

TEST_CASE("a followed file that is moved away is read to its end, then the new one") {
    const Scratch scratch;
    const std::string path = scratch.write("a", "one\n");
    FollowedFile file{path};
    CHECK(news(file) == Lines{"one"});
    std::filesystem::rename(path, scratch.directory / "b");
    CHECK(news(file).empty());
    scratch.write("b", "two\nthree", std::ios::app);
    scratch.write("a", "four\n");
    CHECK(news(file) == Lines{"two", "three", "new file", "four"});
}

TEST_CASE("of a followed file that is cut in the middle of a line that line is kept as well") {
    const Scratch scratch;
    const std::string path = scratch.write("a", "one\ntw");
    FollowedFile file{path};
    CHECK(news(file) == Lines{"one"});
    scratch.write("a", "3\n");
    CHECK(news(file) == Lines{"tw", "new file", "3"});
    CHECK_FALSE(file.has_ended());
}

TEST_CASE("a followed file that is cut is read anew") {
    const Scratch scratch;
    const std::string path = scratch.write("a", "one\ntwo\n");
    FollowedFile file{path};
    CHECK(news(file) == Lines{"one", "two"});
    scratch.write("a", "3\n");
    CHECK(news(file) == Lines{"new file", "3"});
}
