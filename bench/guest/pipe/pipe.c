/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a byte through a pipe costs, written and read, in ticks of the TSC,
 * which counts instructions where QEMU runs with -icount; and a wait of epoll
 * with one file ready, of few and of many that are watched.
 */
#include <kraft/clock.h>
#include <kraft/print.h>
#include <kraft/syscall-files.h>
#include <kraft/syscall-polling.h>

#define TURNS 10000u
#define MANY 900u
#define ADD 1
#define IN 1
#define EDGES (UINT32_C(1) << 31)

static void print(const char *name, uint64_t total)
{
    uint64_t tenths = (total * 10 + TURNS / 2) / TURNS;

    kr_print_format("figure %s %lu.%lu\n", name, (unsigned long)(tenths / 10),
                    (unsigned long)(tenths % 10));
}

static long watch(long set, long file)
{
    const struct kr_syscall_epoll_event event = {IN | EDGES, (uint64_t)file};

    return kr_syscall_epoll_ctl((int)set, ADD, (int)file, &event);
}

/* A write to (file), which makes (set) ready, and the wait for it. */
static uint64_t wait_for(long set, long file)
{
    struct kr_syscall_epoll_event found;
    uint64_t one = 1;
    uint64_t start = kr_clock_ticks();

    for (unsigned i = 0; i < TURNS; i++) {
        kr_syscall_write((int)file, &one, sizeof(one));
        kr_syscall_epoll_pwait((int)set, &found, 1, -1, NULL, 0);
    }
    return kr_clock_ticks() - start;
}

int main(void)
{
    int ends[2];
    char byte = 'x';

    if (kr_syscall_pipe(ends, 0) < 0)
        return 1;
    uint64_t start = kr_clock_ticks();
    for (unsigned i = 0; i < TURNS; i++) {
        kr_syscall_write(ends[1], &byte, 1);
        kr_syscall_read(ends[0], &byte, 1);
    }
    print("pipe", kr_clock_ticks() - start);

    long set = kr_syscall_epoll_create(0);
    long event = kr_syscall_eventfd(0, 0);
    if (watch(set, event) < 0)
        return 1;
    print("epoll-1", wait_for(set, event));
    for (unsigned i = 0; i < MANY; i++)
        if (watch(set, kr_syscall_eventfd(0, 0)) < 0)
            return 1;
    print("epoll-901", wait_for(set, event));
    return 0;
}
