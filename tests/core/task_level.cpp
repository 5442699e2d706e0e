// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/task_level.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

using eliot::TaskLevel;

TEST_CASE("the root has no numbers") {
    const TaskLevel root;
    CHECK(root.is_root());
    CHECK(root.empty());
    CHECK(root.size() == 0);
    CHECK(root.begin() == root.end());
    CHECK(root.to_string() == "/");
    CHECK(TaskLevel::parse("/") == root);
}

TEST_CASE("a level gives its numbers, outermost first") {
    const TaskLevel level{2, 3, 4294967295};
    CHECK(level.size() == 3);
    CHECK_FALSE(level.is_root());
    CHECK(level[0] == 2);
    CHECK(level.back() == 4294967295);
    CHECK(std::vector<std::uint32_t>(level.begin(), level.end()) ==
          std::vector<std::uint32_t>{2, 3, 4294967295});
    auto it = level.begin();
    CHECK(*it++ == 2);
    CHECK(*it == 3);
}

TEST_CASE("a level is written as its numbers behind slashes") {
    CHECK(TaskLevel{1}.to_string() == "/1");
    CHECK(TaskLevel{2, 3}.to_string() == "/2/3");
    CHECK(TaskLevel{4294967295, 10, 1}.to_string() == "/4294967295/10/1");
}

TEST_CASE("a level's text is parsed to the same level") {
    std::mt19937 random{3};
    for (int i = 0; i < 1000; ++i) {
        TaskLevel level;
        for (auto left = random() % 30; left != 0; --left) {
            level.push_back(std::max(1U, static_cast<std::uint32_t>(random() >> random() % 32)));
        }
        CHECK(TaskLevel::parse(level.to_string()) == level);
    }
}

TEST_CASE("texts that are no level are refused") {
    for (const char* text : {"",
                             "2",
                             "2/3",
                             "//",
                             "///",
                             "/2/",
                             "/2//3",
                             "/0",
                             "/2/0",
                             "/+2",
                             "/-2",
                             "/ 2",
                             "/2 ",
                             "/2\n",
                             "/02",
                             "/0x2",
                             "/2.0",
                             "/2e1",
                             "/4294967296",
                             "/4294967297",
                             "/9999999999",
                             "/99999999999",
                             "/18446744073709551617",
                             "/340282366920938463463374607431768211457",
                             "\\2",
                             "/a",
                             "/2/b",
                             "/\xD9\xA2",
                             "@/2"}) {
        INFO(text);
        CHECK_FALSE(TaskLevel::parse(text));
    }
    CHECK_FALSE(TaskLevel::parse(std::string_view{"/2\0", 3}));
    CHECK_FALSE(TaskLevel::parse(std::string_view{"/\0", 2}));
    CHECK_FALSE(TaskLevel::parse("/" + std::string(1'000'000, '9')));
    CHECK_FALSE(TaskLevel::parse("/" + std::string(1'000'000, '0') + "1"));
}

TEST_CASE("a text with more numbers than a task can be deep is refused") {
    std::string text;
    for (std::size_t i = 0; i < TaskLevel::max_size; ++i) {
        text += "/1";
    }
    const auto deepest = TaskLevel::parse(text);
    REQUIRE(deepest);
    CHECK(deepest->size() == TaskLevel::max_size);
    CHECK_FALSE(TaskLevel::parse(text + "/1"));
}

TEST_CASE("a child stands one level deeper") {
    CHECK(TaskLevel{}.child() == TaskLevel{1});
    CHECK(TaskLevel{2}.child() == TaskLevel{2, 1});
    CHECK(TaskLevel{2}.child(7) == TaskLevel{2, 7});
}

TEST_CASE("the next level stands beside") {
    CHECK(TaskLevel{1}.next() == TaskLevel{2});
    CHECK(TaskLevel{2, 3}.next() == TaskLevel{2, 4});
}

TEST_CASE("what has nothing beside it is its own next level") {
    CHECK(TaskLevel{}.next() == TaskLevel{});
    CHECK(TaskLevel{2, 4294967295}.next() == TaskLevel{2, 4294967295});
}

TEST_CASE("the parent stands one level higher, and the root is its own") {
    CHECK(TaskLevel{2, 3}.parent() == TaskLevel{2});
    CHECK(TaskLevel{2}.parent() == TaskLevel{});
    CHECK(TaskLevel{}.parent() == TaskLevel{});
}

TEST_CASE("levels are sorted as lists of numbers") {
    const std::vector<TaskLevel> sorted{{},      {1}, {2},  {2, 1},   {2, 1, 5},   {2, 2},
                                        {2, 10}, {9}, {10}, {300, 1}, {4294967295}};
    auto shuffled = sorted;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937{4});
    std::sort(shuffled.begin(), shuffled.end());
    CHECK(shuffled == sorted);
    CHECK((TaskLevel{2} <=> TaskLevel{2}) == std::strong_ordering::equal);
}
