// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/json_writer.hpp>

#include "support/catch.hpp"

#include <cstdlib>
#include <string>

using eliot::JsonWriter;

TEST_CASE("a line that outgrows its buffer moves to the heap with all its bytes") {
    for (const std::size_t size : {0U, 1U, 7U, 63U, 64U}) {
        char buffer[64];
        JsonWriter out{buffer, buffer + size};
        std::string expected;
        for (int i = 0; i < 20'000; ++i) {
            out.raw("abc");
            out.put('-');
            expected += "abc-";
        }
        CHECK(out.on_heap());
        const bool same = out.view() == expected;
        CHECK(same);
    }
}

TEST_CASE("without a buffer everything is on the heap, and can be taken from there") {
    JsonWriter out{nullptr, nullptr};
    out.text("x");
    char* bytes = out.release_heap();
    CHECK(std::string{bytes, 3} == "\"x\"");
    std::free(bytes);
    CHECK(out.size() == 0);
}

TEST_CASE("long text is written in pieces that tear no character") {
    for (std::size_t lead = 505; lead < 516; ++lead) {
        std::string text(lead, 'a');
        for (int i = 0; i < 300; ++i) {
            text += "\xf0\x9f\x98\x80"; // four bytes each
        }
        char buffer[16];
        JsonWriter out{buffer, buffer + sizeof buffer};
        out.text(text);
        const bool same = out.view() == '"' + text + '"';
        CHECK(same);
    }
}

TEST_CASE("text is taken back, and put before other text") {
    char buffer[256];
    JsonWriter out{buffer, buffer + sizeof buffer};
    out.raw("[1,2]");
    out.raw({}); // of null
    out.insert(0, "{\"a\":");
    CHECK(out.view() == "{\"a\":[1,2]");
    out.rewind(5);
    CHECK(out.view() == "{\"a\":");
    CHECK(out.view(1) == "\"a\":");
}

TEST_CASE("a marked value that crosses the limit is taken back to the mark") {
    char buffer[256];
    JsonWriter out{buffer, buffer + sizeof buffer};
    out.raw("before");
    out.mark();
    const std::string piece(4096, 'x');
    for (std::size_t i = 0; i < JsonWriter::line_limit / 4096 + 2 && !out.cut(); ++i) {
        out.raw(piece);
    }
    CHECK(out.cut());
    out.rewind(6);
    out.unmark();
    CHECK_FALSE(out.cut());
    CHECK(out.view() == "before");
}
