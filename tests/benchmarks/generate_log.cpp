// SPDX-License-Identifier: Apache-2.0

// Writes a log for measuring readers, the same bytes every time:
//
//     generate_log small|deep|huge LINES > run.log
//
// small: tasks of 14 lines, the pizza deliveries of the other benchmarks
// deep:  tasks that are one action in the other, 200 levels down
// huge:  one task with all the lines, four messages to an action

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

class Log {
public:
    explicit Log(std::uint64_t lines) : left_(lines) {}

    bool is_full() const { return left_ == 0; }

    void begin_task() {
        ++task_;
        char text[64];
        std::snprintf(text, sizeof text, "%08x-%04x-4%03x-8%03x-%012llx",
                      static_cast<unsigned>(next()), static_cast<unsigned>(next() & 0xFFFF),
                      static_cast<unsigned>(next() & 0xFFF), static_cast<unsigned>(next() & 0xFFF),
                      static_cast<unsigned long long>(task_));
        uuid_ = text;
    }

    void line(const std::string& level, std::string_view rest) {
        if (is_full()) {
            return;
        }
        --left_;
        clock_ += 1000 + next() % 100'000;
        std::printf("{\"task_uuid\":\"%s\",\"task_level\":[%s],\"timestamp\":%llu.%09llu,%.*s}\n",
                    uuid_.c_str(), level.c_str(), clock_ / 1'000'000'000, clock_ % 1'000'000'000,
                    static_cast<int>(rest.size()), rest.data());
    }

    void start(const std::string& level, std::string_view type, std::string_view fields) {
        line(level + ",1", action(type, "started", fields));
    }

    void end(const std::string& level, int number, std::string_view type, std::string_view fields) {
        line(level + ',' + std::to_string(number), action(type, "succeeded", fields));
    }

    static std::string action(std::string_view type, std::string_view status,
                              std::string_view fields) {
        std::string text = "\"action_type\":\"";
        text += type;
        text += "\",\"action_status\":\"";
        text += status;
        text += "\",";
        return text += fields;
    }

    void step(const std::string& level, int number) {
        char fields[160];
        std::snprintf(fields, sizeof fields,
                      "\"message_type\":\"pizza:step\",\"name\":\"knead-%06d\",\"count\":%d,"
                      "\"ratio\":0.%03d",
                      number, number * 7, 1 + static_cast<int>(next() % 999));
        line(level + ',' + std::to_string(number), fields);
    }

    std::uint64_t next() {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return state_ >> 33U;
    }

private:
    std::uint64_t left_;
    std::uint64_t task_ = 0;
    std::uint64_t state_ = 42;
    unsigned long long clock_ = 1'795'238'936'000'000'000;
    std::string uuid_;
};

void bake(Log& log, const std::string& level) {
    log.start(level, "pizza:bake", "\"oven\":3");
    for (int number = 2; number <= 5; ++number) {
        log.step(level, number);
    }
    log.end(level, 6, "pizza:bake", "\"temperature\":287.5");
}

void write_small(Log& log) {
    while (!log.is_full()) {
        log.begin_task();
        log.line("1", Log::action("pizza:deliver", "started",
                                  "\"order_id\":1234567,\"customer\":\"Ada B. Lovelace.\""));
        bake(log, "2");
        bake(log, "3");
        log.line("4", Log::action("pizza:deliver", "succeeded", "\"total\":23.5"));
    }
}

void write_deep(Log& log) {
    while (!log.is_full()) {
        log.begin_task();
        std::string level;
        log.line("1", Log::action("descend", "started", "\"depth\":0"));
        for (int depth = 1; depth < 200; ++depth) {
            level += depth == 1 ? "2" : ",2";
            log.start(level, "descend", "\"depth\":" + std::to_string(depth));
        }
        for (; !level.empty(); level.erase(level.size() < 2 ? 0 : level.size() - 2)) {
            log.end(level, level.size() == 397 ? 2 : 3, "descend", "\"ok\":true");
        }
        log.line("3", Log::action("descend", "succeeded", "\"ok\":true"));
    }
}

void write_huge(Log& log) {
    log.begin_task();
    log.line("1", Log::action("pizza:day", "started", "\"shop\":\"Centrale\""));
    for (int number = 2; !log.is_full(); ++number) {
        bake(log, std::to_string(number));
    }
}

}

int main(int count, char** arguments) {
    const std::string_view shape = count == 3 ? arguments[1] : "";
    Log log{count == 3 ? std::strtoull(arguments[2], nullptr, 10) : 0};
    if (log.is_full()) {
        std::fputs("usage: generate_log small|deep|huge LINES\n", stderr);
        return 2;
    }
    if (shape == "deep") {
        write_deep(log);
    } else if (shape == "huge") {
        write_huge(log);
    } else {
        write_small(log);
    }
    return 0;
}
