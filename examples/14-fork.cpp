// SPDX-License-Identifier: Apache-2.0

// fork: what a child logs is told apart from what its parent logs, and leads back to it.

#include <eliot/eliot.hpp>

#include <cstdlib>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

using namespace eliot::literals;

/// Runs `work` in a child, and waits for it.
template <class Work>
void in_a_child(Work work) {
    const pid_t child = fork();
    if (child == 0) {
        work();
        std::exit(0);
    }
    waitpid(child, nullptr, 0);
}

int main() {
    eliot::to_file("fork.log");
    auto backup = eliot::start_action("backup", "disk"_f = "sda");

    // A task of its own, which names the action that it was forked in.
    in_a_child([] {
        eliot::log_message("copied", "files"_f = 4711);
        auto check = eliot::start_action("check");
    });

    // One tree: an id that is taken before the fork is a place for the child to go on at.
    const std::string id = backup.serialize_task_id();
    in_a_child([&] {
        auto index = eliot::continue_task(id, "index");
        eliot::log_message("indexed", "words"_f = 81);
    });

    eliot::log_message("children_done");
}
