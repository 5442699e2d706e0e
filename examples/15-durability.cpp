// SPDX-License-Identifier: Apache-2.0

// Output that is slow, full, moved away or not there at all.

#include <eliot/eliot.hpp>
#include <eliot/threaded_writer.hpp>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <system_error>
#include <thread>

using namespace eliot::literals;

// A destination that takes its time: failures go to somebody's mailbox.
class Mail {
public:
    void write(const eliot::Record& record) {
        if (record.kind() == eliot::Kind::failed) {
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
            std::cout << "mail: " << record.type() << " failed\n";
        }
    }
};

int main() {
    eliot::on_error([](const eliot::OutputError& error) {
        std::cout << error.destination << ": " << error.reason << ": " << error.consequence << '\n';
    });

    std::error_code error;
    eliot::to_file("/no/such/directory/run.log", error);
    std::cout << "no log there: " << error.message() << '\n';

    eliot::to_file("today.log",
                   {.flush = eliot::Flush::chunk, .reopen = eliot::Reopen::when_moved});
    eliot::flush_on_crash();
    eliot::to_file("/dev/full");

    const auto mail = eliot::add_destination(eliot::ThreadedWriter{
        Mail{}, {.capacity = 1000, .when_full = eliot::WhenFull::drop_newest}});
    {
        auto order = eliot::start_task("order", "id"_f = 17);
        eliot::start_action("charge").fail("the card has expired"); // waits for nobody
    }
    eliot::remove_destination(mail); // when all is sent

    eliot::flush();
    std::rename("today.log", "yesterday.log"); // as logrotate does
    eliot::log_message("closed");
}
