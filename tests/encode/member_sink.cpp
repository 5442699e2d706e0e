// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/member_sink.hpp>

#include <eliot/encode/encoded_fields.hpp>
#include <eliot/encode/make_view.hpp>

#include "support/catch.hpp"

#include <string>

using namespace eliot::detail;

namespace {

struct TwoMembers {
    FieldView view() const {
        FieldView view{};
        view.kind = ValueKind::members;
        view.members = {this, [](MemberSink& sink, const void*) {
                            for (int i = 1; i <= 2; ++i) {
                                const std::string name = "m" + std::to_string(i);
                                sink.member(name, &encode_object<int>, &i);
                            }
                        }};
        return view;
    }
};

} // namespace

TEST_CASE("an object hands over its members one by one, with names that need not last") {
    EncodedFields fields;
    FieldFailures failures;
    fields.add(make_view(TwoMembers{}), failures);
    CHECK(fields.find(",\"m1\":") == "1");
    CHECK(fields.find(",\"m2\":") == "2");
}
