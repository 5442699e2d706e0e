// SPDX-License-Identifier: Apache-2.0
// logging ROUNDS DIRECTORY: nanoseconds a line, of this library and of its peers, as JSON.
//
// All write the same work, tests/cost/workload.hpp, as lines of about 180 bytes: to /dev/null,
// which shows what the library costs, and to a file.
#include "../cost/workload.hpp"
#include "harness.hpp"
#include "latency.hpp"
#include "peers.hpp"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace eliot::literals;

namespace {

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

#ifdef HAS_GLOG
/// The same bytes as the others: no prefix, the file's buffer.
void use_glog(const std::string& path) {
    FLAGS_log_prefix = false;
    FLAGS_timestamp_in_logfile_name = false;
    FLAGS_logbuflevel = google::GLOG_INFO;
    FLAGS_stderrthreshold = google::NUM_SEVERITIES;
    google::SetLogDestination(google::GLOG_INFO, (path + ".glog").c_str());
    google::SetLogSymlink(google::GLOG_INFO, "");
    google::InitGoogleLogging("benchmark");
}
#endif

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
#ifdef HAS_SPDLOG
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
#ifdef HAS_BOOST
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
#ifdef HAS_GLOG
    if (path != "/dev/null") { // it locks its file
        auto* glog = new Glog;
        use_glog(path);
        harness.add(named("glog"), workload::lines_of_pizza, [=](int tasks) {
            run_peer(*glog, tasks);
            google::FlushLogFiles(google::GLOG_INFO);
        });
    }
#endif
}

/// What a caller waits for one message, by sampling.
void add_latencies(Latency& latency, const std::string& path) {
    const auto step = [](int i) {
        eliot::log_message("pizza:step", "name"_f = "stepnumber12", "count"_f = i,
                           "ratio"_f = i % 1000 / 1000.0);
    };
    const auto add_mode = [&](const char* name, eliot::Flush flush) {
        auto* id = new eliot::DestinationId;
        latency.add(
            name, step, [=] { *id = eliot::to_file(path, {.flush = flush}); },
            [=] { eliot::remove_destination(*id); });
    };
    latency.add("nothing", [](int) {});
    add_mode("eliot chunk", eliot::Flush::chunk);
    add_mode("eliot background", eliot::Flush::background);
    add_mode("eliot line", eliot::Flush::line);
#ifdef HAS_SPDLOG
    const auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    auto* spdlog = new Spdlog{std::make_shared<spdlog::logger>("latency", sink)};
    spdlog->log->set_pattern("%v");
    latency.add("spdlog", [=](int i) { spdlog->step(2, 2, i, i % 1000 / 1000.0); });
#endif
}

/// So many that starting a thread does not count.
constexpr int messages_of_task = 20'000;

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

constexpr auto log_1_int = [](int i) { eliot::log_message("m", "a"_f = i); };
constexpr auto log_16_ints = [](int i) {
    eliot::log_message("m", "a"_f = i, "b"_f = i, "c"_f = i, "d"_f = i, "e"_f = i, "f"_f = i,
                       "g"_f = i, "h"_f = i, "i"_f = i, "j"_f = i, "k"_f = i, "l"_f = i, "m"_f = i,
                       "n"_f = i, "o"_f = i, "p"_f = i);
};

/// Messages of one action.
template <class F>
void add_in_action(Harness& harness, const std::string& name, F log) {
    auto* id = new eliot::DestinationId;
    harness.add(
        name, 1,
        [=](int messages) {
            const auto action = eliot::start_action("level");
            for (int i = 0; i < messages; ++i) {
                log(i);
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
    add_messages(harness, "message, 1 int", log_1_int);
    add_messages(harness, "message, 16 ints", log_16_ints);
    add_messages(harness, "message, 2 threads", log_1_int, 2);
    add_in_action(harness, "message in an action, 1 int", log_1_int);
    add_in_action(harness, "message in an action, 16 ints", log_16_ints);
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
    add_scaling(harness); // before the kernel has files to write
    add_to(harness, "file", file);
    Latency latency{std::atoi(argv[1])};
    add_latencies(latency, file);
    std::puts("{");
    harness.run();
    std::puts(",");
    latency.run();
    std::puts("}");
    ::unlink(file.c_str());
    ::unlink((file + ".glog").c_str());
    std::fflush(stdout);
    _exit(0);
}
