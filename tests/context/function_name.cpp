// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/function_name.hpp>

#include "support/catch.hpp"

#include <string>

// What g++ and clang call the same function, side by side.
TEST_CASE("a function has one name on all compilers") {
    struct Case {
        const char* gcc;
        const char* clang;
        const char* name;
    };
    const Case all[] = {
        {"int main()", "int main()", "main"},
        {"static void ns::C::s()", "static void ns::C::s()", "ns::C::s"},
        {"ns::C::C()", "ns::C::C()", "ns::C::C"},
        {"ns::C::~C()", "ns::C::~C()", "ns::C::~C"},
        {"std::map<int, std::__cxx11::basic_string<char> > ns::C::m(int (*)(int), const "
         "std::vector<int>&) const",
         "std::map<int, std::string> ns::C::m(int (*)(int), const std::vector<int> &) const",
         "ns::C::m"},
        {"ns::C::m(int (*)(int), const std::vector<int>&) const::<lambda()>::<lambda(int)>",
         "auto ns::C::m(int (*)(int), const std::vector<int> &)::(anonymous "
         "class)::operator()()::(anonymous class)::operator()(int) const",
         "ns::C::m::(lambda)::(lambda)"},
        {"T* ns::C::t(T) [with T = int]", "T *ns::C::t(T) [T = int]", "ns::C::t"},
        {"bool ns::C::operator==(const ns::C&) const", "bool ns::C::operator==(const C &) const",
         "ns::C::operator=="},
        {"bool ns::C::operator<(const ns::C&) const", "bool ns::C::operator<(const C &) const",
         "ns::C::operator<"},
        {"ns::C* ns::C::operator->()", "C *ns::C::operator->()", "ns::C::operator->"},
        {"void ns::C::operator()(int)", "void ns::C::operator()(int)", "ns::C::operator()"},
        {"ns::C::operator int() const", "int ns::C::operator int() const", "ns::C::operator int"},
        {"void ns::D<T>::E::f() [with T = int]", "void ns::D<int>::E::f() [T = int]",
         "ns::D::E::f"},
        {"ns::D<std::__cxx11::basic_string<char> >::g()::<lambda(auto:11)> [with auto:11 = int]",
         "auto ns::D<std::basic_string<char>>::g()::(anonymous class)::operator()(auto) const [T = "
         "std::basic_string<char>, x:auto = int]",
         "ns::D::g::(lambda)"},
        {"void ns::{anonymous}::anon()::L::q()", "void ns::(anonymous namespace)::anon()::L::q()",
         "ns::(anonymous)::anon::L::q"},
        {"int (* fp(int))(int)", "int (*fp(int))(int)", "fp"},
        {"<lambda(int)>", "auto (anonymous class)::operator()(int) const", "(lambda)"},
    };
    for (const Case& one : all) {
        CHECK(std::string{eliot::detail::function_name(one.gcc).view()} == one.name);
        CHECK(std::string{eliot::detail::function_name(one.clang).view()} == one.name);
    }
}

TEST_CASE("a signature that ends early is no trouble") {
    const std::string signature =
        "void ns::C<int>::f(std::vector<int>&) const::<lambda(int)> [with";
    for (std::size_t size = 0; size <= signature.size(); ++size) {
        CHECK(eliot::detail::function_name(signature.substr(0, size)).size <= size);
    }
    CHECK(eliot::detail::function_name(std::string(1000, 'x')).size == 256);
}
