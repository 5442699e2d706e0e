// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the program writes to: a terminal has a width and colours and may not know UTF-8, a pipe may
// be closed by whoever reads it.

#include <eliot/read/text_output.hpp>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <langinfo.h>
#include <locale.h>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace tool {

enum class Colours { automatic, always, never };

/// How a command ends; the exit status of the program.
enum Status : int { all_well = 0, found_something = 1, unusable = 2 };

inline bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

inline std::size_t terminal_width() {
    winsize size{};
    return is_terminal(1) && ::ioctl(1, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

inline bool is_set(const char* variable) {
    const char* const value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

inline bool wants_colours(Colours colours) {
    const char* const terminal = std::getenv("TERM");
    const bool dumb = terminal != nullptr && std::strcmp(terminal, "dumb") == 0;
    return colours == Colours::always ||
           (colours == Colours::automatic && is_terminal(1) && !dumb && !is_set("NO_COLOR"));
}

/// Whether the terminal's character set is UTF-8. A pipe takes what it is given.
inline bool takes_utf8() {
    if (!is_terminal(1)) {
        return true;
    }
    const locale_t locale = ::newlocale(LC_CTYPE_MASK, "", nullptr);
    if (locale == nullptr) {
        return false;
    }
    const bool utf8 = std::strcmp(::nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
    ::freelocale(locale);
    return utf8;
}

/// Everything but ASCII as an escape, for a terminal that knows no better.
inline std::string ascii_only(std::string_view text) {
    std::string out;
    for (const char *at = text.data(), *end = at + text.size(); at != end;) {
        const char32_t code = eliot::detail::decode_utf8(at, end);
        if (code < 0x80) {
            out += static_cast<char>(code);
        } else {
            eliot::detail::append_code_escape(out, code == eliot::detail::bad_utf8 ? 0xFFFD : code);
        }
    }
    return out;
}

/// A reader that has seen enough closes the pipe: no reason for a message.
[[noreturn]] inline void stop_writing(int error) {
    if (error != EPIPE) {
        std::fprintf(stderr, "eliot: cannot write: %s\n", std::strerror(error));
        std::_Exit(unusable);
    }
    std::_Exit(all_well);
}

inline void write_out(std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(1, text.data(), text.size());
        if (count < 0 && errno != EINTR && errno != EAGAIN) {
            stop_writing(errno);
        }
        text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
}

inline eliot::TextOutput::Write writer() {
    if (takes_utf8()) {
        return write_out;
    }
    return [](std::string_view text) { write_out(ascii_only(text)); };
}

inline void complain(const std::string& text) {
    std::fprintf(stderr, "eliot: %s\n", eliot::detail::visible(text).c_str());
}

}
