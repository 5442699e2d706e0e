// SPDX-License-Identifier: Apache-2.0

// Exceptions: what the log tells of them, and how your own types tell more.

#include <eliot/eliot.hpp>

#include <exception>
#include <stdexcept>
#include <string>
#include <system_error>

using namespace eliot::literals;

namespace bank {

class Declined : public std::runtime_error {
public:
    Declined(const std::string& what, int code) : std::runtime_error{what}, code_{code} {}
    int code() const noexcept { return code_; }

private:
    int code_;
};

void charge(double amount) { throw Declined{"insufficient funds", amount > 100 ? 51 : 54}; }

} // namespace bank

void pay(double amount) {
    eliot::start_action("pay", "amount"_f = amount).run([&] { bank::charge(amount); });
}

void print_receipt() {
    eliot::start_action("print_receipt").run([] {
        throw std::system_error{std::make_error_code(std::errc::no_such_device), "printer"};
    });
}

void order() {
    try {
        pay(155.0);
    } catch (const bank::Declined&) {
        std::throw_with_nested(std::runtime_error{"the order was cancelled"});
    }
}

template <class F>
void attempt(F f) {
    try {
        f();
    } catch (const std::exception&) {
        eliot::write_traceback(); // a message; the action that it stands in may still succeed
    }
}

int main() {
    eliot::to_file("exceptions.log");
    eliot::register_exception_extractor<bank::Declined>([](const bank::Declined& declined) {
        return eliot::extracted("code"_f = declined.code());
    });

    auto day = eliot::start_task("day");
    attempt(order);
    attempt(print_receipt); // std::system_error has an extractor already: errno, category
}
