// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/change_list.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/lines.hpp"

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

using namespace eliot::literals;

namespace {

/// Threads that log numbered lines as fast as they can: `{"from":2,"n":17}`.
class Loggers {
public:
    explicit Loggers(int count) {
        for (int i = 0; i < count; ++i) {
            threads_.emplace_back([this, i] {
                for (int n = 0; !stop_; ++n) {
                    eliot::log_message("line", "from"_f = i, "n"_f = n);
                    ++logged_[static_cast<std::size_t>(i)];
                }
            });
        }
        for (int i = 0; i < count; ++i) {
            while (logged(i) == 0) {
                std::this_thread::yield();
            }
        }
    }
    Loggers(const Loggers&) = delete;
    Loggers& operator=(const Loggers&) = delete;
    ~Loggers() { stop(); }

    void stop() {
        stop_ = true;
        for (std::thread& thread : threads_) {
            thread.join();
        }
        threads_.clear();
    }
    int logged(int thread) const { return logged_[static_cast<std::size_t>(thread)]; }

private:
    std::atomic<bool> stop_{false};
    std::array<std::atomic<int>, 8> logged_{};
    std::vector<std::thread> threads_;
};

/// What a destination got of each thread, in the order that it got it.
struct Numbers {
    void operator()(const eliot::Record& record) const {
        const auto line = nlohmann::json::parse(record.json());
        if (line.contains("n")) {
            (*numbers)[line.at("from").get<int>()].push_back(line.at("n").get<int>());
        }
    }
    std::map<int, std::vector<int>>* numbers;
};

/// "" if each thread's numbers rise by one from the first to the last.
std::string gaps(const std::map<int, std::vector<int>>& numbers) {
    for (const auto& [thread, list] : numbers) {
        for (std::size_t i = 1; i < list.size(); ++i) {
            if (list[i] != list[i - 1] + 1) {
                return std::to_string(list[i]) + " follows " + std::to_string(list[i - 1]);
            }
        }
    }
    return "";
}

} // namespace

TEST_CASE("each of many destinations that come and go gets whole stretches of what is logged") {
    Lines log;
    std::vector<std::map<int, std::vector<int>>> got(40);
    {
        Loggers loggers{3};
        for (auto& numbers : got) {
            const auto id = eliot::add_destination(Numbers{&numbers});
            usleep(500);
            eliot::remove_destination(id);
        }
    }
    for (const auto& numbers : got) {
        CHECK(gaps(numbers) == "");
    }
}

TEST_CASE("where one destination takes the place of another, every line goes to one of them") {
    const Child child{[] {
        Lines{}.stop();
        std::vector<std::map<int, std::vector<int>>> got(41);
        auto id = eliot::add_destination(Numbers{&got[0]});
        auto loggers = std::make_unique<Loggers>(3);
        for (std::size_t i = 1; i < got.size(); ++i) {
            usleep(300);
            const auto next = eliot::add_destination(Numbers{&got[i]});
            eliot::remove_destination(id);
            id = next;
        }
        loggers.reset();
        eliot::remove_destination(id);
        std::map<int, std::map<int, int>> times; // both have what was logged in between
        for (const auto& numbers : got) {
            for (const auto& [thread, list] : numbers) {
                for (const int n : list) {
                    ++times[thread][n];
                }
            }
        }
        for (const auto& [thread, counts] : times) {
            if (counts.rbegin()->first + 1 != static_cast<int>(counts.size())) {
                _exit(1);
            }
        }
        _exit(times.size() == 3 ? 0 : 2);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("early lines and those that follow reach the first destination in order, with globals") {
    const Child child{[] {
        eliot::add_global_fields("g"_f = 1);
        std::map<int, std::vector<int>> numbers;
        int without = 0;
        int lazy = 0;
        Loggers loggers{2};
        std::thread slow{[] { // goes the long way: a value runs code, so the line stays open
            for (int n = 0; n < 2000; ++n) {
                eliot::log_message("line", "from"_f = 7, "n"_f = [n] { return n; });
            }
        }};
        while (loggers.logged(0) < 100 || loggers.logged(1) < 100) {
            std::this_thread::yield();
        }
        eliot::add_destination([&](const eliot::Record& record) {
            Numbers{&numbers}(record);
            without += record.json().find("\"g\":1}") == std::string_view::npos ? 1 : 0;
            lazy += record.json().find("\"from\":7") != std::string_view::npos ? 1 : 0;
        });
        usleep(5000);
        slow.join();
        loggers.stop();
        _exit(without != 0 ? 1 : gaps(numbers) != "" ? 2 : 0);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("global fields are added while others log and destinations are called") {
    const Child child{[] { // a deadlock here is a test that does not end
        Lines log;
        eliot::add_destination(
            [](const eliot::Record&) { eliot::add_global_fields("inside"_f = 1); });
        Loggers loggers{2};
        for (int i = 0; i < 50; ++i) {
            eliot::add_global_fields("g"_f = i);
            eliot::remove_destination(eliot::add_destination([](const eliot::Record&) {}));
        }
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("failing, logging and self-removing destinations come and go while others log") {
    eliot::on_error([](const eliot::OutputError&) {});
    Lines log;
    std::map<int, std::vector<int>> numbers;
    const auto all = eliot::add_destination(Numbers{&numbers});
    {
        Loggers loggers{3};
        for (int i = 0; i < 30; ++i) {
            const auto throws = eliot::add_destination([](const eliot::Record& record) {
                if (record.type() == "line") {
                    throw std::runtime_error{"no"};
                }
            });
            const auto logs = eliot::add_destination([](const eliot::Record& record) {
                if (record.type() == "line") {
                    eliot::log_message("echo");
                }
            });
            auto own = std::make_shared<std::atomic<std::uint64_t>>(0);
            *own = eliot::add_destination([own](const eliot::Record&) {
                       eliot::remove_destination(eliot::DestinationId{*own});
                   }).value();
            eliot::flush();
            eliot::remove_destination(logs);
            eliot::remove_destination(throws);
            eliot::remove_destination(eliot::DestinationId{*own});
        }
    }
    eliot::remove_destination(all);
    eliot::on_error(nullptr);
    CHECK(numbers.size() == 3);
    CHECK(gaps(numbers) == "");
}

TEST_CASE("a thread that is cancelled while it removes a destination flushes it to the end") {
    struct Flushed {
        void write(const eliot::Record&) {}
        void flush() {
            pthread_testcancel();
            ++*flushes;
        }
        int* flushes;
    };
    eliot::discard_early();
    int flushes = 0;
    const auto id = eliot::add_destination(Flushed{&flushes});
    std::thread{[id] {
        pthread_cancel(pthread_self());
        eliot::remove_destination(id);
        pthread_testcancel();
    }}.join();
    CHECK(flushes == 1);
    CHECK(!eliot::remove_destination(id));
}

TEST_CASE("a thread that ends leaves nothing behind, and the next one begins afresh") {
    Lines log;
    std::vector<std::unique_ptr<eliot::Action>> left_open;
    std::vector<std::unique_ptr<eliot::ContextScope>> entered;
    for (int i = 0; i < 50; ++i) {
        std::thread{[&] {
            left_open.push_back(std::make_unique<eliot::Action>("a"));
            entered.emplace_back(new eliot::ContextScope{left_open.back()->context()});
            eliot::log_message("inside");
        }}.join();
        std::thread{[] { eliot::log_message("alone"); }}.join();
    }
    for (const auto& message : log.messages()) {
        if (message.value("message_type", "") == "alone") {
            CHECK(message.at("task_level") == nlohmann::json{1});
        }
    }
    CHECK(log.raw().size() == 150);
}

TEST_CASE("a thousand threads need as many records as live at once") {
    Lines log;
    const auto count = [] {
        int records = 0;
        for (auto* thread = eliot::detail::runtime().threads.load(); thread != nullptr;
             thread = thread->next) {
            ++records;
        }
        return records;
    };
    std::thread{[] { eliot::log_message("first"); }}.join();
    const int before = count();
    for (int i = 0; i < 1000; ++i) {
        std::thread{[] { eliot::log_message("x"); }}.join();
    }
    CHECK(count() == before);
    CHECK(log.raw().size() == 1001);
}

TEST_CASE("the lowest free bit is taken; files are called first") {
    using namespace eliot::detail;
    const auto function = [](const eliot::Record&) {};
    DestinationModel<decltype(function)> plain{function};
    DestinationModel<eliot::FileDestination> file{eliot::FileDestination{STDOUT_FILENO}};
    const DestinationList none;
    plain.slot = free_slot(none);
    CHECK(plain.slot == 1);
    const DestinationList& one = *copy_list(none, &plain, nullptr);
    file.slot = free_slot(one);
    CHECK(file.slot == 2);
    const DestinationList& two = *copy_list(one, &file, nullptr);
    REQUIRE(two.count == 2);
    CHECK(two.entries[0] == &file);
    const DestinationList& left = *copy_list(two, nullptr, &plain);
    CHECK(free_slot(left) == 1);
    for (const DestinationList* list : {&one, &two, &left}) {
        free_list(list);
    }
}
