// SPDX-License-Identifier: Apache-2.0
#pragma once

// A mutex that is constant-initialised, never destroyed, and can be made anew in a child after
// fork. <mutex> costs more to include than all of it.
//
//     Lock lock{mutex};

#include <eliot/config.hpp>

#include <pthread.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

class Mutex {
public:
    constexpr Mutex() noexcept = default;
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;

    void lock() noexcept { pthread_mutex_lock(&mutex_); }
    bool try_lock() noexcept { return pthread_mutex_trylock(&mutex_) == 0; }
    void unlock() noexcept { pthread_mutex_unlock(&mutex_); }
    pthread_mutex_t* native() noexcept { return &mutex_; }
    /// In a child after fork only, where nobody else can hold it.
    void make_anew() noexcept {
        const pthread_mutex_t fresh = PTHREAD_MUTEX_INITIALIZER;
        mutex_ = fresh;
    }

private:
    pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
};

class [[nodiscard]] Lock {
public:
    explicit Lock(Mutex& mutex) noexcept : mutex_{mutex} { mutex_.lock(); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() { mutex_.unlock(); }

private:
    Mutex& mutex_;
};

} // namespace detail
ELIOT_END_NAMESPACE
