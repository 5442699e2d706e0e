// SPDX-License-Identifier: Apache-2.0
// logging ROUNDS DIRECTORY: nanoseconds a line, of this library and of its peers, as JSON.
//
// All write the same work, tests/cost/workload.hpp, as lines of about 180 bytes: to /dev/null,
// which shows what the library costs, and to a file. Peers that know neither tasks nor JSON are
// handed the task's name and level ready made, and escape nothing.
#include "../cost/workload.hpp"
#include "harness.hpp"

#include <nlohmann/json.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <thread>
#include <unistd.h>
#if __has_include(<spdlog/spdlog.h>)
#    define HAS_SPDLOG 1
#    include <spdlog/async.h>
#    include <spdlog/sinks/basic_file_sink.h>
#    include <spdlog/spdlog.h>
#endif
#if __has_include(<boost/log/core.hpp>)
#    define HAS_BOOST 1
#    include <boost/log/core.hpp>
#    include <boost/log/sinks.hpp>
#    include <boost/log/sources/logger.hpp>
#    include <boost/log/sources/record_ostream.hpp>
#    include <boost/make_shared.hpp>
#    include <fstream>
#endif

using namespace eliot::literals;

namespace {

constexpr const char* uuid = "b458a4c6-b439-4c02-8261-46f5fd3dc5c3";

double now() {
    timespec time{};
    clock_gettime(CLOCK_REALTIME, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// The lines of one task, each as a call of `start`, `step` or `end` of the peer's.
template <class Peer>
void pizza_by(Peer& peer, int number) {
    const long order = 100'000 + number;
    peer.deliver(order);
    for (int oven = 0; oven < 2; ++oven) {
        peer.bake(oven);
        for (int step = 0; step < 4; ++step) {
            peer.step(oven + 2, step + 2, order + step, (number % 1000 + 1000 * step) / 1000.0);
        }
        peer.baked(oven, 220.5 + oven);
    }
    peer.delivered(12.75 + number % 10);
}
template <class Peer>
void run_peer(Peer& peer, int tasks) {
    for (int i = 0; i < tasks; ++i) {
        pizza_by(peer, i);
    }
}

#if HAS_SPDLOG
struct Spdlog {
    std::shared_ptr<spdlog::logger> log;

    void deliver(long order) {
        log->info(
            R"({{"task_uuid":"{}","task_level":[1],"timestamp":{:.9f},"action_type":"pizza:deliver","action_status":"started","order_id":{},"customer":"{}"}})",
            uuid, now(), order, "customer number1");
    }
    void bake(int oven) {
        log->info(
            R"({{"task_uuid":"{}","task_level":[{},1],"timestamp":{:.9f},"action_type":"pizza:bake","action_status":"started","oven":{}}})",
            uuid, oven + 2, now(), oven);
    }
    void step(int level, int number, long count, double ratio) {
        log->info(
            R"({{"task_uuid":"{}","task_level":[{},{}],"timestamp":{:.9f},"message_type":"pizza:step","name":"{}","count":{},"ratio":{}}})",
            uuid, level, number, now(), "stepnumber12", count, ratio);
    }
    void baked(int oven, double temperature) {
        log->info(
            R"({{"task_uuid":"{}","task_level":[{},6],"timestamp":{:.9f},"action_type":"pizza:bake","action_status":"succeeded","temperature":{}}})",
            uuid, oven + 2, now(), temperature);
    }
    void delivered(double total) {
        log->info(
            R"({{"task_uuid":"{}","task_level":[4],"timestamp":{:.9f},"action_type":"pizza:deliver","action_status":"succeeded","total":{}}})",
            uuid, now(), total);
    }
};
#endif

/// A nlohmann object for each line, dumped into a buffer: what one would write without a library.
struct Nlohmann {
    int descriptor;
    std::string buffer;

    void write(const nlohmann::json& line) {
        buffer += line.dump();
        buffer += '\n';
        if (buffer.size() > 65536) {
            (void)!::write(descriptor, buffer.data(), buffer.size());
            buffer.clear();
        }
    }
    nlohmann::json line(nlohmann::json level, const char* kind, const char* type) const {
        return {{"task_uuid", uuid},
                {"task_level", std::move(level)},
                {"timestamp", now()},
                {kind, type}};
    }
    void deliver(long order) {
        auto json = line({1}, "action_type", "pizza:deliver");
        json["action_status"] = "started";
        json["order_id"] = order;
        json["customer"] = "customer number1";
        write(json);
    }
    void bake(int oven) {
        auto json = line({oven + 2, 1}, "action_type", "pizza:bake");
        json["action_status"] = "started";
        json["oven"] = oven;
        write(json);
    }
    void step(int level, int number, long count, double ratio) {
        auto json = line({level, number}, "message_type", "pizza:step");
        json["name"] = "stepnumber12";
        json["count"] = count;
        json["ratio"] = ratio;
        write(json);
    }
    void baked(int oven, double temperature) {
        auto json = line({oven + 2, 6}, "action_type", "pizza:bake");
        json["action_status"] = "succeeded";
        json["temperature"] = temperature;
        write(json);
    }
    void delivered(double total) {
        auto json = line({4}, "action_type", "pizza:deliver");
        json["action_status"] = "succeeded";
        json["total"] = total;
        write(json);
    }
};

#if HAS_BOOST
/// Streams, into which `Derived::write(text)` puts a line.
template <class Derived>
struct Streaming {
    template <class... Parts>
    void put(const Parts&... parts) {
        static_cast<Derived*>(this)->write([&](auto& out) { (out << ... << parts); });
    }
    void deliver(long order) {
        put("{\"task_uuid\":\"", uuid, "\",\"task_level\":[1],\"timestamp\":", now(),
            ",\"action_type\":\"pizza:deliver\",\"action_status\":\"started\",\"order_id\":", order,
            ",\"customer\":\"customer number1\"}");
    }
    void bake(int oven) {
        put("{\"task_uuid\":\"", uuid, "\",\"task_level\":[", oven + 2, ",1],\"timestamp\":", now(),
            ",\"action_type\":\"pizza:bake\",\"action_status\":\"started\",\"oven\":", oven, '}');
    }
    void step(int level, int number, long count, double ratio) {
        put("{\"task_uuid\":\"", uuid, "\",\"task_level\":[", level, ',', number,
            "],\"timestamp\":", now(),
            ",\"message_type\":\"pizza:step\",\"name\":\"stepnumber12\",\"count\":", count,
            ",\"ratio\":", ratio, '}');
    }
    void baked(int oven, double temperature) {
        put("{\"task_uuid\":\"", uuid, "\",\"task_level\":[", oven + 2, ",6],\"timestamp\":", now(),
            ",\"action_type\":\"pizza:bake\",\"action_status\":\"succeeded\",\"temperature\":",
            temperature, '}');
    }
    void delivered(double total) {
        put("{\"task_uuid\":\"", uuid, "\",\"task_level\":[4],\"timestamp\":", now(),
            ",\"action_type\":\"pizza:deliver\",\"action_status\":\"succeeded\",\"total\":", total,
            '}');
    }
};
#endif
#if HAS_BOOST
struct Boost : Streaming<Boost> {
    boost::log::sources::logger log;

    template <class F>
    void write(F&& f) {
        if (boost::log::record record = log.open_record()) {
            boost::log::record_ostream out{record};
            f(out);
            out.flush();
            log.push_record(std::move(record));
        }
    }
};
#endif
/// The least that anybody can do: a copy, the counter, some digits, one write(2) for 64 KiB.
class HandBuilt {
public:
    explicit HandBuilt(const char* path)
        : descriptor_{::open(path, O_WRONLY | O_APPEND | O_CREAT, 0640)},
          buffer_(65536 + 512, ' ') {}
    HandBuilt(const HandBuilt&) = delete;
    HandBuilt& operator=(const HandBuilt&) = delete;
    ~HandBuilt() { ::close(descriptor_); }

    void task(int number) {
        for (int line = 0; line < workload::lines_of_pizza; ++line) {
            char* out = buffer_.data() + size_;
            std::memcpy(out, text, 179);
            out = times_.write(out + 80, eliot::detail::now(clock_));
            out = eliot::detail::write_unsigned(out + 1, static_cast<unsigned>(line));
            out = eliot::detail::write_unsigned(out + 1, 100'000U + static_cast<unsigned>(number));
            eliot::detail::write_double(out + 1, (number % 1000 + 1000 * line) / 1000.0);
            size_ += 179;
            if (size_ > 65536) {
                (void)!::write(descriptor_, buffer_.data(), size_);
                size_ = 0;
            }
        }
    }
    void task_line_by_line() const {
        for (int line = 0; line < workload::lines_of_pizza; ++line) {
            (void)!::write(descriptor_, text, 179);
        }
    }

private:
    static inline char text[192] =
        "{\"task_uuid\":\"b458a4c6-b439-4c02-8261-46f5fd3dc5c3\",\"task_level\":[2,3],"
        "\"timestamp\":1795238505.458876123,\"message_type\":\"pizza:step\","
        "\"name\":\"stepnumber12\",\"count\":100002,\"ratio\":1.002}\n";

    int descriptor_;
    std::string buffer_;
    std::size_t size_ = 0;
    eliot::detail::TimestampWriter times_;
    eliot::detail::CounterClock clock_;
};

/// One of our modes: adds its file before a round and removes it afterwards.
void add_ours(Harness& harness, const std::string& name, const std::string& path,
              eliot::FileOptions options, int files = 1) {
    auto* ids = new std::vector<eliot::DestinationId>;
    harness.add(
        name, workload::lines_of_pizza,
        [](int tasks) {
            for (int i = 0; i < tasks; ++i) {
                workload::pizza(i);
            }
            eliot::flush();
        },
        [=] {
            for (int i = 0; i < files; ++i) {
                ids->push_back(eliot::to_file(path, options));
            }
        },
        [=] {
            for (const eliot::DestinationId id : *ids) {
                eliot::remove_destination(id);
            }
            ids->clear();
        });
}

void add_to(Harness& harness, const std::string& where, const std::string& path) {
    const auto named = [&](const char* name) { return std::string{name} + " | " + where; };
    using eliot::Flush;
    add_ours(harness, named("eliot chunk"), path, {.flush = Flush::chunk});
    add_ours(harness, named("eliot background"), path, {.flush = Flush::background});
    add_ours(harness, named("eliot task"), path, {.flush = Flush::task});
    add_ours(harness, named("eliot line"), path, {.flush = Flush::line});
    add_ours(harness, named("eliot chunk, 2 files"), path, {.flush = Flush::chunk}, 2);
    auto* limit = new HandBuilt{path.c_str()};
    harness.add(named("limit"), workload::lines_of_pizza, [=](int tasks) {
        for (int i = 0; i < tasks; ++i) {
            limit->task(i);
        }
    });
    harness.add(named("write(2) a line"), workload::lines_of_pizza, [=](int tasks) {
        for (int i = 0; i < tasks; ++i) {
            limit->task_line_by_line();
        }
    });
    auto* json = new Nlohmann{::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT, 0640), {}};
    harness.add(named("nlohmann object"), workload::lines_of_pizza,
                [=](int tasks) { run_peer(*json, tasks); });
#if HAS_SPDLOG
    const auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    const auto quiet = [](std::shared_ptr<spdlog::logger> logger) {
        logger->set_pattern("%v");
        return new Spdlog{std::move(logger)};
    };
    auto* sync = quiet(std::make_shared<spdlog::logger>("sync", sink));
    harness.add(named("spdlog"), workload::lines_of_pizza, [=](int tasks) {
        run_peer(*sync, tasks);
        sync->log->flush();
    });
    auto* flushing = quiet(std::make_shared<spdlog::logger>("flushing", sink));
    flushing->log->flush_on(spdlog::level::info);
    harness.add(named("spdlog, flush a line"), workload::lines_of_pizza,
                [=](int tasks) { run_peer(*flushing, tasks); });
    auto* async = new Spdlog{};
    harness.add(
        named("spdlog async"), workload::lines_of_pizza,
        [=](int tasks) {
            run_peer(*async, tasks);
            async->log.reset(); // waits until all is written
            spdlog::shutdown();
        },
        [=] {
            spdlog::init_thread_pool(8192, 1);
            async->log = std::make_shared<spdlog::async_logger>(
                "async", sink, spdlog::thread_pool(), spdlog::async_overflow_policy::block);
            async->log->set_pattern("%v");
        });
#endif
#if HAS_BOOST
    auto* boost_file = new std::ofstream{path, std::ios::app};
    auto backend = boost::make_shared<boost::log::sinks::text_ostream_backend>();
    backend->add_stream(boost::shared_ptr<std::ostream>{boost_file});
    const auto front = boost::make_shared<
        boost::log::sinks::synchronous_sink<boost::log::sinks::text_ostream_backend>>(backend);
    auto* boost_peer = new Boost;
    harness.add(
        named("Boost.Log"), workload::lines_of_pizza,
        [=](int tasks) {
            run_peer(*boost_peer, tasks);
            front->flush();
        },
        [=] { boost::log::core::get()->add_sink(front); },
        [=] { boost::log::core::get()->remove_sink(front); });
#endif
}

/// So many that starting a thread does not count.
constexpr int messages_of_task = 100'000;

/// Messages of our own, for what depends on what.
template <class F>
void add_messages(Harness& harness, const std::string& name, F log, int threads = 1) {
    auto* id = new eliot::DestinationId;
    harness.add(
        name, messages_of_task,
        [=](int tasks) {
            std::vector<std::thread> others;
            const auto work = [=] {
                for (int i = 0; i < tasks * messages_of_task / threads; ++i) {
                    log(i);
                }
            };
            for (int i = 1; i < threads; ++i) {
                others.emplace_back(work);
            }
            work();
            for (std::thread& other : others) {
                other.join();
            }
        },
        [=] { *id = eliot::to_file("/dev/null", {.flush = eliot::Flush::chunk}); },
        [=] { eliot::remove_destination(*id); });
}

void log_at_depth(int levels, int messages) {
    auto action = eliot::start_action("level");
    if (levels > 1) {
        log_at_depth(levels - 1, messages);
        return;
    }
    for (int i = 0; i < messages; ++i) {
        eliot::log_message("m", "i"_f = i);
    }
}

void add_scaling(Harness& harness) {
    add_messages(harness, "message, 1 int", [](int i) { eliot::log_message("m", "a"_f = i); });
    add_messages(harness, "message, 16 ints", [](int i) {
        eliot::log_message("m", "a"_f = i, "b"_f = i, "c"_f = i, "d"_f = i, "e"_f = i, "f"_f = i,
                           "g"_f = i, "h"_f = i, "i"_f = i, "j"_f = i, "k"_f = i, "l"_f = i,
                           "m"_f = i, "n"_f = i, "o"_f = i, "p"_f = i);
    });
    add_messages(
        harness, "message, 2 threads", [](int i) { eliot::log_message("m", "a"_f = i); }, 2);
    for (const int levels : {1, 64}) {
        auto* id = new eliot::DestinationId;
        harness.add(
            "message at depth " + std::to_string(levels), 1,
            [=](int messages) { log_at_depth(levels, messages); },
            [=] { *id = eliot::to_file("/dev/null", {.flush = eliot::Flush::chunk}); },
            [=] { eliot::remove_destination(*id); });
    }
    harness.add("nobody listens: message", 1, [](int tasks) {
        for (int i = 0; i < tasks; ++i) {
            eliot::log_message("m", "a"_f = i);
            asm volatile("" : : : "memory");
        }
    });
    harness.add("nobody listens: action", 1, [](int tasks) {
        for (int i = 0; i < tasks; ++i) {
            auto action = eliot::start_action("a", "a"_f = i);
            asm volatile("" : : : "memory");
        }
    });
    harness.add("empty loop", 1, [](int tasks) {
        for (int i = 0; i < tasks; ++i) {
            asm volatile("" : : "r"(i) : "memory");
        }
    });
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: logging ROUNDS DIRECTORY\n", stderr);
        return 2;
    }
    const std::string file = std::string{argv[2]} + "/benchmark.log";
    eliot::discard_early();
    Harness harness{std::atoi(argv[1])};
    add_to(harness, "/dev/null", "/dev/null");
    add_to(harness, "file", file);
    add_scaling(harness);
    harness.run();
    ::unlink(file.c_str());
    std::fflush(stdout);
    _exit(0);
}
