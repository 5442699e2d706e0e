// SPDX-License-Identifier: Apache-2.0
// A program with plugins:  host LOG [PLUGIN local|global attach|alone]...
// Each logs into the program's action; then each is closed, after it has added a destination, and
// the program logs on.

#include <eliot/eliot.hpp>

#include "common.hpp"
#include "errors.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <thread>
#include <vector>

using namespace eliot::literals;

namespace {

template <class F>
F function(void* plugin, const char* name) {
    void* address = ::dlsym(plugin, name);
    if (address == nullptr) {
        std::fprintf(stderr, "%s\n", ::dlerror());
        std::exit(EXIT_FAILURE);
    }
    return reinterpret_cast<F>(address);
}

void* load(const char* path, bool global) {
    void* plugin = ::dlopen(path, RTLD_NOW | (global ? RTLD_GLOBAL : RTLD_LOCAL));
    if (plugin == nullptr) {
        std::fprintf(stderr, "%s\n", ::dlerror());
        std::exit(EXIT_FAILURE);
    }
    return plugin;
}

void use(void* plugin, bool attaches) {
    if (attaches && !function<Attach>(plugin, "plugin_attach")(eliot::runtime_handle())) {
        std::exit(EXIT_FAILURE);
    }
    function<Work>(plugin, "plugin_work")();
    std::thread{[plugin] {
        auto action = eliot::start_task("thread");
        function<Work>(plugin, "plugin_work")();
    }}.join();
}

} // namespace

int main(int argc, char** argv) {
    eliot::to_file(argv[1]);
    eliot::register_exception_extractor<SharedError>(
        [](const SharedError& error) { return eliot::extracted("code"_f = error.code()); });
    {
        auto action = eliot::start_action("host");
        library_work();
        std::vector<void*> plugins;
        for (int i = 2; i + 2 < argc; i += 3) {
            void* plugin = load(argv[i], std::strcmp(argv[i + 1], "global") == 0);
            use(plugin, std::strcmp(argv[i + 2], "attach") == 0);
            function<Work>(plugin, "plugin_listen")();
            plugins.push_back(plugin);
        }
        for (void* plugin : plugins) {
            ::dlclose(plugin);
        }
        eliot::log_message("closed");
    }
    return EXIT_SUCCESS;
}
