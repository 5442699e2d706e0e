// SPDX-License-Identifier: Apache-2.0
#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

using namespace eliot::literals;

TEST_CASE("one header has everything that logs") {
    Lines log;
    eliot::add_global_fields("process"_f = "test");
    {
        auto action = eliot::start_action("a", "x"_f = 1);
        eliot::preserve_context([] { eliot::log_message("m"); })();
        action.add_success_fields("process"_f = "own");
    }
    CHECK(log.text() == R"(/1 a started {"process":"test","x":1}
/2/1 eliot:remote_task started {"process":"test"}
/2/2 m {"process":"test"}
/2/3 eliot:remote_task succeeded {"process":"test"}
/3 a succeeded {"process":"own"}
)");
}
