// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/field.hpp>

#include <eliot/encode/make_view.hpp>

#include "support/catch.hpp"

#include <memory>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <vector>

using namespace eliot::literals;
using namespace eliot::detail;

namespace {

struct Encoded {
    char buffer[512];
    eliot::JsonWriter out{buffer, buffer + sizeof buffer};
    FieldFailures failures;
    FieldEncoder encoder{out, failures};

    template <class Field>
    std::string operator()(const Field& field) {
        const FieldView view = make_view(field);
        encoder.key(view);
        encoder.value(view);
        return std::string{out.view()};
    }
};

} // namespace

TEST_CASE("a field is a key and a value") {
    CHECK(Encoded{}("count"_f = 3) == ",\"count\":3");
    CHECK(Encoded{}(eliot::named("a\"b", "text")) == ",\"a\\\"b\":\"text\"");
    const char* none = nullptr;
    CHECK(Encoded{}("s"_f = none) == ",\"s\":null");
}

TEST_CASE("what a throwing value had written is taken back") {
    Encoded encoded;
    const auto field = [&encoded] {
        return encoded("v"_f = [] { return std::vector{1, 2, [] { return 3; }()}; });
    };
    CHECK(field() == ",\"v\":[1,2,3]");
    struct Iterator {
        int at = 0;
        int operator*() const { return at < 2 ? at : throw std::runtime_error{"iterator"}; }
        Iterator& operator++() {
            ++at;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at != other.at; }
    };
    struct Range {
        Iterator begin() const { return {}; }
        Iterator end() const { return {5}; }
    };
    Encoded second;
    CHECK(second("r"_f = Range{}) == ",\"r\":\"eliot: serialization failed: iterator\"");
    const std::unique_ptr<FieldFailure> failure{second.failures.take()};
    CHECK(failure->field == "r");
}

TEST_CASE("user code is refused once the thread is being ended") {
    Encoded encoded;
    encoded.encoder.refuse_user_code();
    CHECK(encoded("lazy"_f = [] { return 1; }) ==
          ",\"lazy\":\"eliot: serialization failed: the thread was ended\"");
}

TEST_CASE("a thread is not cancelled while a value is evaluated") {
    int state = PTHREAD_CANCEL_ENABLE;
    Encoded{}("lazy"_f = [&] {
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
        return 1;
    });
    CHECK(state == PTHREAD_CANCEL_DISABLE);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &state);
    CHECK(state == PTHREAD_CANCEL_ENABLE);
}
