/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * linux: system calls of the Linux that the image is a process of.
 *
 * Cardinality: one provider, a platform whose images are processes.
 * Context:     any, but a call that blocks keeps every thread waiting.
 * Failure:     as the kernel tells: a result from -4095 to -1 is a negative
 *              error number, which KR_E… numbers agree with.
 * Ownership:   as the kernel's manual (man 2) says.
 *
 * Numbers and registers are x86_64's (syscall(2), "Architecture calling
 * conventions").
 */
#ifndef KRAFT_LINUX_H
#define KRAFT_LINUX_H

#include <kraft/base.h>

#define KR_LINUX_READ 0
#define KR_LINUX_WRITE 1
#define KR_LINUX_POLL 7
#define KR_LINUX_MMAP 9
#define KR_LINUX_MPROTECT 10
#define KR_LINUX_RT_SIGACTION 13
#define KR_LINUX_RT_SIGPROCMASK 14
#define KR_LINUX_RT_SIGRETURN 15
#define KR_LINUX_IOCTL 16
#define KR_LINUX_RT_SIGSUSPEND 130
#define KR_LINUX_SIGALTSTACK 131
#define KR_LINUX_TIMER_CREATE 222
#define KR_LINUX_TIMER_SETTIME 223
#define KR_LINUX_CLOCK_GETTIME 228
#define KR_LINUX_EXIT_GROUP 231
#define KR_LINUX_GETRANDOM 318

/* struct timespec. */
struct kr_linux_time {
    int64_t seconds;
    int64_t nanoseconds;
};

static inline long kr_linux_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d,
                                 uintptr_t e, uintptr_t f)
{
    register uintptr_t r10 __asm__("r10") = d;
    register uintptr_t r8 __asm__("r8") = e;
    register uintptr_t r9 __asm__("r9") = f;
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static inline long kr_linux_call3(long number, uintptr_t a, uintptr_t b, uintptr_t c)
{
    return kr_linux_call(number, a, b, c, 0, 0, 0);
}

/* All of (bytes) to a file: a pipe may take less at once, and a signal may come between. What nobody reads is lost. */
static inline void kr_linux_write_all(unsigned file, const char *bytes, size_t length)
{
    while (length > 0) {
        long written = kr_linux_call3(KR_LINUX_WRITE, file, (uintptr_t)bytes, length);
        if (written == -KR_EINTR || written == -KR_EAGAIN)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

#endif
