// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/line.hpp>

#include <eliot/encode/make_view.hpp>

#include "support/catch.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace eliot::literals;
using namespace eliot::detail;

namespace {

constexpr char prefix[80] =
    R"({"task_uuid":"5c87f5fb-c8d7-4deb-9e31-ecca93436d73","task_level":[2,)";

struct Line : LineContents {
    LinePlace place{prefix, std::string_view{prefix}.size(), 3};
};

constexpr eliot::Timestamp now{1'500'000'000};

/// By the way of most lines; empty if the line must go the other.
std::string encode_plainly(const Line& line) {
    TimestampWriter times;
    const std::unique_ptr<char[]> buffer{new char[PlainLine::least_room]};
    const char* const end = PlainLine{line}.write(
        buffer.get(), buffer.get() + PlainLine::least_room, line.place, now, times);
    return end != nullptr ? std::string{static_cast<const char*>(buffer.get()), end} : "";
}

/// By the way of every line. A plain one is the same either way.
std::string encode(const Line& line, const EncodedFields* globals = nullptr) {
    char buffer[128];
    eliot::JsonWriter out{buffer, buffer + sizeof buffer};
    FieldFailures failures;
    TimestampWriter times;
    LineEncoder encoder{out, line.place, line, globals, failures};
    encoder.encode(now, times);
    const std::string text{out.view()};
    const std::string plain = encode_plainly(line);
    if (globals == nullptr && !plain.empty()) {
        CHECK(plain == text);
    }
    return text;
}

Line line_of(eliot::Kind kind, std::string_view type, const FieldView* fields = nullptr,
             std::size_t count = 0) {
    Line line;
    line.kind = kind;
    line.type = type;
    line.fields = fields;
    line.field_count = count;
    return line;
}

} // namespace

TEST_CASE("a line's framework fields come first, in a fixed order") {
    const std::string head =
        R"({"task_uuid":"5c87f5fb-c8d7-4deb-9e31-ecca93436d73","task_level":[2,3],"timestamp":1.500000000,)";
    CHECK(encode(line_of(eliot::Kind::message, "m")) == head + "\"message_type\":\"m\"}\n");
    CHECK(encode(line_of(eliot::Kind::started, "a")) ==
          head + R"("action_type":"a","action_status":"started"})" + "\n");
    CHECK(encode(line_of(eliot::Kind::succeeded, "a\n")) ==
          head + R"("action_type":"a\n","action_status":"succeeded"})" + "\n");
    CHECK(encode(line_of(eliot::Kind::failed, "")) ==
          head + R"("action_type":"","action_status":"failed"})" + "\n");
}

TEST_CASE("a line's own field wins over a global one, the first of one name over later ones") {
    FieldFailures failures;
    EncodedFields globals;
    globals.add(make_view("process"_f = "client"), failures);
    globals.add(make_view("host"_f = "h"), failures);
    EncodedFields more;
    more.add(make_view("x"_f = 9), failures);
    more.add(make_view("y"_f = 2), failures);
    const FieldView fields[] = {make_view("x"_f = 1), make_view(eliot::named("host", "own"))};
    Line line = line_of(eliot::Kind::message, "m", fields, 2);
    line.encoded[1] = &more;
    CHECK_THAT(encode(line, &globals),
               Catch::Matchers::EndsWith(
                   R"("message_type":"m","x":1,"host":"own","y":2,"process":"client"})"
                   "\n"));
}

TEST_CASE("a prefix of any length, a type of any length") {
    const std::string deep = prefix + std::string(3000, '9') + ",               ";
    Line line = line_of(eliot::Kind::message, "");
    line.place = {deep.data(), deep.size() - 15, 1};
    const std::string type(5000, 't');
    line.type = type;
    const std::string text = encode(line);
    CHECK(text.size() > 8000);
    CHECK_THAT(text, Catch::Matchers::EndsWith(type + "\"}\n"));
}

TEST_CASE("lines of numbers and short texts, and of fields encoded before, are plain") {
    const std::string text(300, 'x');
    const FieldView fields[] = {
        make_view("text"_f = text),
        make_view("escaped"_f = "a \"quote\", \x01, \xC3\xA4 and \xFF"),
        make_view("int"_f = -42),
        make_view("unsigned"_f = 18446744073709551615U),
        make_view("double"_f = 0.1),
        make_view("float"_f = 0.5F),
        make_view("true"_f = true),
        make_view("null"_f = nullptr),
        make_view("a name of more than sixteen characters"_f = 1),
    };
    const Line line = line_of(eliot::Kind::started, "type", fields, 9);
    CHECK(encode_plainly(line) == encode(line));

    FieldFailures failures;
    EncodedFields encoded;
    encoded.add(make_view("a"_f = 1), failures);
    encoded.add(make_view("a name of more than sixteen characters"_f = text), failures);
    encoded.add(make_view("b"_f = "x"), failures);
    Line end = line_of(eliot::Kind::succeeded, "type");
    end.encoded[0] = &encoded;
    CHECK(encode_plainly(end) == encode(end));
    CHECK(end.field_count == 0);
}

TEST_CASE("a line that runs user code, has run-time keys or is long, is not plain") {
    const auto lazy = [] { return 1; };
    const std::string text(5000, 'x');
    const FieldView fields[] = {make_view("a"_f = 1), make_view("lazy"_f = lazy),
                                make_view(eliot::named("key", 1)), make_view("text"_f = text)};
    CHECK(encode_plainly(line_of(eliot::Kind::message, "m", fields, 1)) != "");
    for (std::size_t i = 1; i < 4; ++i) {
        CHECK(encode_plainly(line_of(eliot::Kind::message, "m", fields + i, 1)) == "");
    }
    // Numbers that fill the room that is kept for them, then a text that needs more.
    std::vector<FieldView> full(31, make_view("k"_f = 1));
    full.push_back(make_view("text"_f = std::string_view{text}.substr(0, 400)));
    for (std::size_t i = 0; i < 40; ++i) {
        const Line line = line_of(eliot::Kind::message, "m", full.data(), full.size());
        const std::string plain = encode_plainly(line);
        CHECK((plain.empty() || plain == encode(line)));
        full.insert(full.begin(),
                    make_view("a key of sixty characters, or of nearly so many ......"_f =
                                  18446744073709551615U));
    }
    const FieldView many[60] = {};
    CHECK(encode_plainly(line_of(eliot::Kind::message, "m", many, 60)) == "");
    CHECK(encode_plainly(line_of(eliot::Kind::message, text)) == "");
}
