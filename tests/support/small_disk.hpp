// SPDX-License-Identifier: Apache-2.0
#pragma once

// A file system that is soon full: a tmpfs of 64 KiB, seen by the calling process alone.
//
//     if (!SmallDisk::is_possible()) { WARN("skipped: …"); return; }
//     const SmallDisk disk{here / "disk"};  disk.fill();  …  disk.free();

#include <cerrno>
#include <fcntl.h>
#include <sched.h>
#include <stdexcept>
#include <string>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

class SmallDisk {
public:
    /// Needs the right to mount (root in a container that allows it).
    static bool is_possible() {
        const pid_t pid = fork();
        if (pid == 0) {
            _exit(mount_at("/tmp") ? 0 : 1);
        }
        int status = 1;
        waitpid(pid, &status, 0);
        return status == 0;
    }

    explicit SmallDisk(std::string path) : path_{std::move(path)} {
        mkdir(path_.c_str(), 0700);
        if (!mount_at(path_.c_str())) {
            throw std::runtime_error{"cannot mount a tmpfs"};
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() { umount2(path_.c_str(), MNT_DETACH); }

    void fill() const {
        const int file = open(ballast().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        const std::string page(4096, 'x');
        while (write(file, page.data(), page.size()) > 0) {
        }
        close(file);
    }
    void free() const { unlink(ballast().c_str()); }
    std::string operator/(const std::string& name) const { return path_ + '/' + name; }

private:
    static bool mount_at(const char* path) {
        return unshare(CLONE_NEWNS) == 0 &&
               mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
               mount("tmpfs", path, "tmpfs", 0, "size=64k") == 0;
    }
    std::string ballast() const { return path_ + "/ballast"; }

    std::string path_;
};
