/* SPDX-License-Identifier: BSD-3-Clause */
/* What the process uses: time, all of which is its own, memory, and the one CPU. */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/string.h>
#include <kraft/syscall-process.h>

#define PROCESS 1
#define THREAD 1
#define CHILDREN (-1)
#define MICROSECOND 1000u
#define TICK (KR_CLOCK_SECOND / 100)

long kr_syscall_getrusage(int who, struct kr_syscall_usage *usage)
{
    if (who != 0 && who != THREAD && who != CHILDREN)
        return -KR_EINVAL;
    *usage = (struct kr_syscall_usage){.user = {0, 0}};
    if (who == CHILDREN)
        return 0;
    struct kr_alloc_figures memory;
    uint64_t now = kr_clock_monotonic();
    kr_alloc_figures(&memory);
    usage->user[0] = (int64_t)(now / KR_CLOCK_SECOND);
    usage->user[1] = (int64_t)(now % KR_CLOCK_SECOND / MICROSECOND);
    usage->most_memory = (int64_t)(memory.used / 1024);
    return 0;
}

long kr_syscall_times(struct kr_syscall_times *used)
{
    int64_t ticks = (int64_t)(kr_clock_monotonic() / TICK);

    if (used != NULL)
        *used = (struct kr_syscall_times){.user = ticks};
    return (long)ticks;
}

long kr_syscall_sysinfo(struct kr_syscall_info *info)
{
    struct kr_alloc_figures memory;

    kr_alloc_figures(&memory);
    *info = (struct kr_syscall_info){
        .uptime = (int64_t)(kr_clock_monotonic() / KR_CLOCK_SECOND),
        .memory = memory.total,
        .free_memory = memory.total - memory.used,
        .processes = 1,
        .unit = 1,
    };
    return 0;
}

long kr_syscall_sched_getaffinity(int thread, size_t size, uint64_t *set)
{
    if (thread < 0 || size < sizeof(*set) || size % sizeof(*set) != 0)
        return thread < 0 ? -KR_ESRCH : -KR_EINVAL;
    *set = 1;
    return sizeof(*set);
}

long kr_syscall_sched_setaffinity(int thread, size_t size, const uint64_t *set)
{
    if (thread < 0)
        return -KR_ESRCH;
    return size >= sizeof(*set) && (*set & 1) != 0 ? 0 : -KR_EINVAL;
}

long kr_syscall_getcpu(unsigned *cpu, unsigned *node)
{
    if (cpu != NULL)
        *cpu = 0;
    if (node != NULL)
        *node = 0;
    return 0;
}
