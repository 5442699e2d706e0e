// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything logged while it lives, from any thread, as text to compare whole:
//
//     Lines log;  eliot::log_message("info", "x"_f = 1);
//     CHECK(log.text() == "/1 info {\"x\":1}\n");

#include <eliot/context/message.hpp>
#include <eliot/output/destinations.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

class Lines {
public:
    Lines() {
        eliot::discard_early();
        id_ = eliot::add_destination([this](const eliot::Record& record) {
            const std::lock_guard lock{mutex_};
            raw_.emplace_back(record.json());
        });
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    ~Lines() { stop(); }

    /// Nothing more is taken.
    void stop() { eliot::remove_destination(id_); }

    std::vector<std::string> raw() const {
        const std::lock_guard lock{mutex_};
        return raw_;
    }
    std::vector<nlohmann::json> messages() const {
        std::vector<nlohmann::json> all;
        for (const std::string& line : raw()) {
            all.push_back(nlohmann::json::parse(line));
        }
        return all;
    }
    /// One line each, `/level type status {fields}`: tasks in the order of their first line, each
    /// task in the order of its levels.
    std::string text() const { return text_of(messages()); }

    static std::string text_of(const std::vector<nlohmann::json>& messages) {
        std::vector<std::string> order;
        std::map<std::string, std::vector<nlohmann::json>> tasks;
        for (const nlohmann::json& message : messages) {
            const std::string uuid = message.at("task_uuid");
            if (tasks[uuid].empty()) {
                order.push_back(uuid);
            }
            tasks[uuid].push_back(message);
        }
        std::string text;
        for (const std::string& uuid : order) {
            auto& task = tasks[uuid];
            std::stable_sort(task.begin(), task.end(), [](const auto& a, const auto& b) {
                return a.at("task_level") < b.at("task_level");
            });
            for (const nlohmann::json& message : task) {
                text += line_of(message);
            }
        }
        return text;
    }

private:
    static std::string line_of(nlohmann::json message) {
        std::string line;
        for (const nlohmann::json& number : message.at("task_level")) {
            line += "/" + number.dump();
        }
        for (const char* key : {"message_type", "action_type", "action_status"}) {
            if (message.contains(key)) {
                line += " " + message.at(key).get<std::string>();
            }
        }
        for (const char* key : {"task_uuid", "task_level", "timestamp", "message_type",
                                "action_type", "action_status"}) {
            message.erase(key);
        }
        return line + (message.empty() ? "" : " " + message.dump()) + "\n";
    }

    mutable std::mutex mutex_;
    std::vector<std::string> raw_;
    eliot::DestinationId id_;
};
