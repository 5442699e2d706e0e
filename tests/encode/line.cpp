// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/line.hpp>

#include <eliot/encode/make_view.hpp>

#include "support/catch.hpp"

#include <map>
#include <string>

using namespace eliot::literals;
using namespace eliot::detail;

namespace {

constexpr char prefix[80] =
    R"({"task_uuid":"5c87f5fb-c8d7-4deb-9e31-ecca93436d73","task_level":[2,)";

std::string encode(const Line& line, const EncodedFields* globals = nullptr) {
    char buffer[128];
    eliot::JsonWriter out{buffer, buffer + sizeof buffer};
    FieldFailures failures;
    LineEncoder encoder{out, line, globals, failures};
    encoder.encode(eliot::Timestamp{1'500'000'000});
    return std::string{out.view()};
}

Line line_of(eliot::Kind kind, std::string_view type, const FieldView* fields = nullptr,
             std::size_t count = 0) {
    return {prefix, std::string_view{prefix}.size(), 3, kind, type, fields, count, {}};
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
    Line line{deep.data(), deep.size() - 15, 1, eliot::Kind::message, "", nullptr, 0, {}};
    const std::string type(5000, 't');
    line.type = type;
    const std::string text = encode(line);
    CHECK(text.size() > 8000);
    CHECK_THAT(text, Catch::Matchers::EndsWith(type + "\"}\n"));
}
