// SPDX-License-Identifier: Apache-2.0
// Logs what a program can log that has no exceptions, or no RTTI: errors are codes, and an action
// fails because the program says so.

#include <eliot/eliot.hpp>
#include <eliot/filesystem.hpp>
#if __has_include(<nlohmann/json.hpp>)
#    include <eliot/json.hpp>
#endif
#include <eliot/threaded_writer.hpp>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <system_error>

using namespace eliot::literals;

namespace {

inline constexpr auto age = eliot::field<"age", int>("Age in years.");
inline constexpr auto registered =
    eliot::message_type<"user:registered">(eliot::fields(age), "A user has registered.");
inline constexpr auto sign_in = eliot::action_type<"user:sign_in">(
    eliot::fields(eliot::field<"name", std::string>()),
    eliot::fields(eliot::field<"status", int>()), "A user signs in.");

std::error_code connect(bool works) {
    auto action = eliot::start_action("connect");
    if (!works) {
        const std::error_code error{ECONNREFUSED, std::generic_category()};
        action.add_failure_fields("errno"_f = error.value());
        action.fail(error.message());
        return error;
    }
    return {};
}

void log_everything() {
    auto task = eliot::start_task("everything", "lazy"_f = [] { return 3; });
    registered.log("age"_f = 7);
    task.log("path", "path"_f = std::filesystem::path{"/"});
#if __has_include(<nlohmann/json.hpp>)
    task.log("json", "json"_f = nlohmann::json{{"a", 1}});
#endif
    {
        auto action = sign_in("name"_f = "john");
        action.add_success_fields("status"_f = 200);
    }
    (void)connect(true);
    task.add_success_fields("error"_f = connect(false));
    eliot::start_action("run").run([](eliot::Action& action) { action.log("inside"); });
    const auto square = eliot::log_call<"square", "x">([](int x) { return x * x; });
    task.log("squared", "by"_f = square(3));
    eliot::start_action("no exception at hand").fail(std::current_exception());
    eliot::write_traceback();
    const auto remote = eliot::continue_task(task.serialize_task_id());
    eliot::preserve_context([] { eliot::log_message("carried"); })();
}

} // namespace

int main(int, char** argv) {
    std::error_code error;
    eliot::to_file("/nowhere/at/all.log", error);
    if (error != std::errc::no_such_file_or_directory) {
        return EXIT_FAILURE;
    }
    eliot::to_file(argv[1], {.flush = eliot::Flush::chunk}, error);
    if (error) {
        std::fprintf(stderr, "%s: %s\n", argv[1], error.message().c_str());
        return EXIT_FAILURE;
    }
    eliot::on_error([](const eliot::OutputError&) { std::abort(); });
    eliot::flush_on_crash();
    eliot::add_destination(eliot::ThreadedWriter{[](const eliot::Record& record) {
        if (record.json().empty()) {
            std::abort();
        }
    }});
    log_everything();
    return EXIT_SUCCESS;
}
