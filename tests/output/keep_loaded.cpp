// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/keep_loaded.hpp>

#include "support/catch.hpp"

#include <link.h>
#include <string>

namespace {

/// A module that nothing in this program uses.
class Unused {
public:
    Unused() {
        for (const char* name : {"libBrokenLocale.so.1", "libnss_hesiod.so.2", "libresolv.so.2"}) {
            if (handle_ == nullptr && dlopen(name, RTLD_NOLOAD | RTLD_LAZY) == nullptr) {
                handle_ = dlopen(name, RTLD_LAZY);
                name_ = name;
            }
        }
    }
    explicit operator bool() const { return handle_ != nullptr; }
    const void* address() const {
        link_map* map = nullptr;
        dlinfo(handle_, RTLD_DI_LINKMAP, &map);
        return map->l_ld;
    }
    void close() const { dlclose(handle_); }
    bool is_loaded() const { return dlopen(name_.c_str(), RTLD_NOLOAD | RTLD_LAZY) != nullptr; }

private:
    void* handle_ = nullptr;
    std::string name_;
};

} // namespace

TEST_CASE("a module that the library may call stays when it is closed") {
    const Unused module;
    if (!module) {
        WARN("no module to load");
        return;
    }
    eliot::detail::keep_module_loaded(module.address());
    module.close();
    CHECK(module.is_loaded());
}
