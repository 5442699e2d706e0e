// SPDX-License-Identifier: Apache-2.0
#pragma once

// The other libraries, each writing the lines of tests/cost/workload.hpp, and the least that
// anybody can do. Those that know neither tasks nor JSON are handed the task's name and level ready
// made, and escape nothing.
//
//     run_peer(peer, tasks);

#include <eliot/core/clock.hpp>
#include <eliot/core/digits.hpp>
#include <eliot/encode/numbers.hpp>

#include "../cost/workload.hpp"

#include <nlohmann/json.hpp>

#include <cstring>
#include <fcntl.h>
#include <memory>
#include <string>
#include <time.h>
#include <unistd.h>
#include <utility>
#ifdef HAS_SPDLOG
#    include <spdlog/async.h>
#    include <spdlog/sinks/basic_file_sink.h>
#    include <spdlog/spdlog.h>
#endif
#ifdef HAS_BOOST
#    include <boost/log/core.hpp>
#    include <boost/log/sinks.hpp>
#    include <boost/log/sources/logger.hpp>
#    include <boost/log/sources/record_ostream.hpp>
#    include <boost/make_shared.hpp>
#    include <fstream>
#endif
#ifdef HAS_GLOG
#    define GLOG_NO_ABBREVIATED_SEVERITIES
#    include <glog/logging.h>
#endif

inline constexpr const char* uuid = "b458a4c6-b439-4c02-8261-46f5fd3dc5c3";

inline double now() {
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

#ifdef HAS_SPDLOG
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

#if defined(HAS_BOOST) || defined(HAS_GLOG)
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

#ifdef HAS_BOOST
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

#ifdef HAS_GLOG
struct Glog : Streaming<Glog> {
    template <class F>
    void write(F&& f) {
        f(LOG(INFO));
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
