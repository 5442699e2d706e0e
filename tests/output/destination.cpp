// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/destination.hpp>

#include "support/catch.hpp"

#include <string>

using namespace eliot::detail;

namespace {

struct Bytes {
    std::error_code write_lines(std::string_view lines) {
        *text += lines;
        return {};
    }
    std::string* text;
};
struct Object {
    void write(const eliot::Record& record) { *text += record.type(); }
    std::error_code flush() {
        *text += "|flushed";
        return std::make_error_code(std::errc::io_error);
    }
    std::string name() const { return "mine"; }
    std::string* text;
};
struct File {
    std::error_code write_lines(std::string_view) { return {}; }
    int descriptor() const { return 7; }
};

static_assert(eliot::DestinationLike<Bytes> && eliot::ByteDestination<Bytes>);
static_assert(eliot::DestinationLike<Object> && eliot::RecordDestination<Object>);
static_assert(eliot::DestinationLike<void (*)(const eliot::Record&)>);
static_assert(!eliot::DestinationLike<int> && !eliot::DestinationLike<void (*)(int)>);

std::string line(const std::string& type) {
    return R"({"task_uuid":"00000000-0000-4000-8000-000000000000","task_level":[1],)"
           R"("timestamp":1.000000000,"message_type":")" +
           type + "\"}\n";
}

} // namespace

TEST_CASE("a function gets each line as a record") {
    std::string text;
    const auto function = [&text](const eliot::Record& record) {
        text += std::string{record.type()} + ' ' + std::to_string(record.json().size()) + '\n';
    };
    DestinationModel<decltype(function)> model{function};
    CHECK(!model.deliver(line("a") + line("bc"), nullptr));
    const auto size = line("a").size() - 1; // without \n
    CHECK(text == "a " + std::to_string(size) + "\nbc " + std::to_string(size + 1) + '\n');
    CHECK(!model.takes_bytes());
    CHECK(!model.file);
    CHECK(model.descriptor() == -1);
    CHECK(model.unwritten() == 0);
    CHECK(!model.keeps_lines());
    model.id = eliot::DestinationId{3};
    CHECK(model.name() == "destination 3");
    CHECK(!model.flush());
    CHECK(!model.reopen());
}

TEST_CASE("an object's own functions are called where it has them") {
    std::string text;
    DestinationModel<Object> model{Object{&text}};
    CHECK(!model.deliver(line("a"), nullptr));
    CHECK(model.flush() == std::errc::io_error);
    CHECK(text == "a|flushed");
    CHECK(model.name() == "mine");
}

TEST_CASE("an object that takes bytes gets spans of whole lines") {
    std::string text;
    DestinationModel<Bytes> model{Bytes{&text}};
    CHECK(!model.deliver("one\ntwo\n", nullptr));
    CHECK(text == "one\ntwo\n");
    CHECK(model.takes_bytes());
    CHECK(!model.file);
}

TEST_CASE("bytes that go to a descriptor make a file") {
    const DestinationModel<File> model{File{}};
    CHECK(model.file);
    CHECK(model.descriptor() == 7);
}

TEST_CASE("an id names one destination, the default one none") {
    CHECK(eliot::DestinationId{} == eliot::DestinationId{0});
    CHECK(eliot::DestinationId{1} != eliot::DestinationId{2});
    CHECK(eliot::DestinationId{2}.value() == 2);
}
