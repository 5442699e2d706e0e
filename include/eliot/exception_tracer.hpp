// SPDX-License-Identifier: Apache-2.0
#pragma once

// With this in one source file of a program, plain scopes know the exception that leaves them, and
// eliot:traceback shows the stack of where it was thrown:
//
//     #include <eliot/exception_tracer.hpp>
//
// It defines _Unwind_RaiseException and _Unwind_Resume_or_Rethrow, which then call those of libgcc.
// Linux with libstdc++ and the shared libgcc; with the static one the linker reports them as
// defined twice, and with libc++ exceptions stay unknown. A throw costs about 5 microseconds more.

#include <eliot/config.hpp>

#if ELIOT_HAS_EXCEPTIONS && defined(__linux__)
#    include <eliot/context/exception.hpp>

#    include <cstddef>
#    include <cstdint>
#    include <cstdlib>
#    include <cstring>
#    include <cxxabi.h>
#    include <dlfcn.h>
#    include <exception>
#    include <string>
#    include <unwind.h>

#    if defined(__ARM_EABI_UNWINDER__)
#        error "eliot: <eliot/exception_tracer.hpp> does not know exceptions of this platform"
#    endif

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// The call stack of a throw.
struct ThrownAt {
    static constexpr std::size_t most_frames = 48;

    const void* object = nullptr;
    std::size_t count = 0;
    std::uintptr_t frames[most_frames] = {};
};

/// What this thread has thrown of late. An address may have come to another exception meanwhile
/// that was not thrown here (std::make_exception_ptr): it then shows that stack.
struct ThreadTraces {
    static constexpr std::size_t most_in_flight = 16;
    static constexpr std::size_t most_stacks = 8;

    void* in_flight[most_in_flight] = {}; ///< at [n]: raised when n were in flight, itself included
    ThrownAt stacks[most_stacks] = {};
    std::size_t next = 0; ///< of `stacks`, to be overwritten

    ThrownAt* find(const void* object) noexcept {
        for (ThrownAt& stack : stacks) {
            if (stack.object == object) {
                return &stack;
            }
        }
        return nullptr;
    }
    ThrownAt& place_for(const void* object) noexcept {
        ThrownAt* const same = find(object); // of an exception that is gone
        ThrownAt& place = same != nullptr ? *same : stacks[next++ % most_stacks];
        place.object = object;
        place.count = 0;
        return place;
    }
};

inline constinit thread_local ThreadTraces thread_traces{};

/// The beginning of libstdc++'s __cxa_exception and __cxa_dependent_exception, as the Itanium C++
/// ABI (2.2.1) has it.
struct RaisedHeader {
    void* primary; ///< of a dependent one: the exception that std::rethrow_exception throws again
    void* handlers[3];
    void* next;
    int handler_count;
    int switch_value;
    const unsigned char* places[2];
    std::uintptr_t catch_temp;
    void* adjusted;
    _Unwind_Exception unwind;
};

/// The object that was thrown; null for exceptions of another language or library.
inline void* object_of(_Unwind_Exception& raised) noexcept {
    constexpr std::uint64_t primary = 0x474E5543432B2B00; // "GNUCC++\0"
    constexpr std::uint64_t dependent = primary + 1;
    if (raised.exception_class == primary) {
        return &raised + 1;
    }
    if (raised.exception_class != dependent) {
        return nullptr;
    }
    void* object = nullptr;
    const char* const header =
        reinterpret_cast<const char*>(&raised) - offsetof(RaisedHeader, unwind);
    std::memcpy(&object, header, sizeof object);
    return object;
}

/// libstdc++'s std::exception_ptr is a pointer to the object, which counts those.
inline std::exception_ptr exception_ptr_to(void* object) noexcept {
    static_assert(sizeof(std::exception_ptr) == sizeof object);
    std::exception_ptr uncounted;
    std::memcpy(static_cast<void*>(&uncounted), &object, sizeof object);
    std::exception_ptr counted{uncounted};
    object = nullptr;
    std::memcpy(static_cast<void*>(&uncounted), &object, sizeof object);
    return counted;
}
inline const void* object_of(const std::exception_ptr& exception) noexcept {
    const void* object = nullptr;
    std::memcpy(&object, static_cast<const void*>(&exception), sizeof object);
    return object;
}

inline std::exception_ptr traced_in_flight() {
    const auto level = static_cast<std::size_t>(std::uncaught_exceptions());
    void* const object =
        level < ThreadTraces::most_in_flight ? thread_traces.in_flight[level] : nullptr;
    return object != nullptr ? exception_ptr_to(object) : nullptr;
}

/// "\n  at function(int)+0x1f (program)", or, where there is no symbol, "\n  at program+0x12ab",
/// which addr2line understands.
inline std::string text_of_frame(std::uintptr_t address) {
    char number[2 * sizeof address + 3] = "+0x";
    const auto hex = [&number](std::uintptr_t value) {
        char* end = number + 3;
        for (unsigned shift = 8 * sizeof value; shift != 0;) {
            const std::uintptr_t digit = value >> (shift -= 4) & 0xF;
            if (digit != 0 || end != number + 3 || shift == 0) {
                *end++ = "0123456789abcdef"[digit];
            }
        }
        return std::string{number, end};
    };
    Dl_info info{};
    const void* const inside = reinterpret_cast<void*>(address - 1); // NOLINT: of the call
    if (::dladdr(inside, &info) == 0) {
        return "\n  at " + hex(address).substr(1);
    }
    if (info.dli_sname == nullptr) {
        return "\n  at " + std::string{info.dli_fname} +
               hex(address - reinterpret_cast<std::uintptr_t>(info.dli_fbase));
    }
    return "\n  at " + readable_type_name(info.dli_sname) +
           hex(address - reinterpret_cast<std::uintptr_t>(info.dli_saddr)) + " (" + info.dli_fname +
           ')';
}

inline std::string traced_stack(const std::exception_ptr& exception) {
    const ThrownAt* const stack =
        exception != nullptr ? thread_traces.find(object_of(exception)) : nullptr;
    std::string text;
    for (std::size_t i = 0; stack != nullptr && i < stack->count; ++i) {
        const std::string frame = text_of_frame(stack->frames[i]);
        if (!text.empty() || frame.find("__interceptor") == std::string::npos) { // a sanitizer's
            text += frame;
        }
    }
    return text;
}

inline constexpr ExceptionTracer traced_exceptions{&traced_in_flight, &traced_stack};

/// The frames behind the one that throws, from `caller` on.
struct StackWalk {
    ThrownAt* to;
    std::uintptr_t caller;
    bool has_begun = false;

    static _Unwind_Reason_Code step(_Unwind_Context* context, void* argument) {
        auto& walk = *static_cast<StackWalk*>(argument);
        const std::uintptr_t address = _Unwind_GetIP(context);
        if (walk.has_begun && address != 0 && walk.to->count < ThrownAt::most_frames) {
            walk.to->frames[walk.to->count++] = address;
        }
        walk.has_begun = walk.has_begun || address == walk.caller;
        return _URC_NO_REASON;
    }
};

/// `caller` is in __cxa_throw or the like, whose caller throws.
inline void trace(_Unwind_Exception& raised, bool is_thrown_again, const void* caller) noexcept {
    ThreadTraces& traces = thread_traces;
    void* const object = object_of(raised);
    const auto level = static_cast<std::size_t>(std::uncaught_exceptions());
    if (level < ThreadTraces::most_in_flight) {
        traces.in_flight[level] = object;
    }
    // Thrown again, an exception keeps its first stack, and one of another thread has none.
    if (!is_thrown_again && object == &raised + 1) {
        StackWalk walk{&traces.place_for(object), reinterpret_cast<std::uintptr_t>(caller)};
        _Unwind_Backtrace(&StackWalk::step, &walk);
    }
    exception_tracer->store(&traced_exceptions, MemoryOrder::release);
}

using Raise = _Unwind_Reason_Code (*)(_Unwind_Exception*);

inline Raise next_definition(const char* name) noexcept {
    const auto found = reinterpret_cast<Raise>(::dlsym(RTLD_NEXT, name));
    if (found == nullptr) {
        std::abort(); // no libgcc: nothing could have been thrown
    }
    return found;
}

} // namespace detail
ELIOT_END_NAMESPACE

// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming,
// misc-definitions-in-headers)
extern "C" {
/// AddressSanitizer's, where the program is built with it: frames are about to be left.
[[gnu::weak]] void __asan_handle_no_return();

[[gnu::visibility("default"), gnu::noinline]] _Unwind_Reason_Code
_Unwind_RaiseException(_Unwind_Exception* raised) {
    static const eliot::detail::Raise raise =
        eliot::detail::next_definition("_Unwind_RaiseException");
    eliot::detail::trace(*raised, false, __builtin_return_address(0));
    if (__asan_handle_no_return != nullptr) {
        __asan_handle_no_return();
    }
    return raise(raised);
}
[[gnu::visibility("default"), gnu::noinline]] _Unwind_Reason_Code
_Unwind_Resume_or_Rethrow(_Unwind_Exception* raised) {
    static const eliot::detail::Raise raise =
        eliot::detail::next_definition("_Unwind_Resume_or_Rethrow");
    eliot::detail::trace(*raised, true, __builtin_return_address(0));
    if (__asan_handle_no_return != nullptr) {
        __asan_handle_no_return();
    }
    return raise(raised);
}
}
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming,
// misc-definitions-in-headers)

#endif
