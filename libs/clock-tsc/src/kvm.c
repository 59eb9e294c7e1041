/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * KVM's paravirtual clock (Linux, Documentation/virt/kvm/x86/msr.rst): the
 * host writes into a page of ours how ticks become nanoseconds, and when the
 * guest was started. A version that is odd or changes means a write under
 * way. The page is switched off again once it has been read.
 */
#include "tsc.h"

#include <kraft/clock.h>
#include <kraft/hardware.h>
#include <kraft/mem.h>

#define FEATURES 0x40000001u
#define FEATURE_CLOCK (1u << 3)
#define MSR_WALL 0x4b564d00u
#define MSR_SYSTEM 0x4b564d01u
#define ENABLE 1u
#define TRIES 1000u
#define SHIFT_LIMIT 31

struct system_time {
    uint32_t version;
    uint32_t padding;
    uint64_t ticks;       /* of the TSC, when it was... */
    uint64_t nanoseconds; /* ...this long since the start */
    uint32_t multiplier;  /* nanoseconds per shifted tick, times 2^32 */
    int8_t shift;
    uint8_t flags;
    uint8_t padding_too[2];
};
_Static_assert(sizeof(struct system_time) == 32, "pvclock_vcpu_time_info");

struct wall_time {
    uint32_t version;
    uint32_t seconds; /* since 1970, at the start */
    uint32_t nanoseconds;
};

static bool has_clock(void)
{
    uint32_t last;

    return tsc_hypervisor_is("KVMKVMKVM", &last) &&
           kr_hardware_cpuid(FEATURES, 0).eax & FEATURE_CLOCK;
}

static bool read_system_time(struct system_time *copy)
{
    static volatile struct system_time shared __attribute__((aligned(64)));
    bool whole = false;

    kr_hardware_set_msr(MSR_SYSTEM,
                        kr_mem_physical((const void *)(uintptr_t)&shared) | ENABLE);
    for (unsigned turn = 0; turn < TRIES && !whole; turn++) {
        copy->version = shared.version;
        copy->ticks = shared.ticks;
        copy->nanoseconds = shared.nanoseconds;
        copy->multiplier = shared.multiplier;
        copy->shift = shared.shift;
        whole = copy->version != 0 && copy->version % 2 == 0 && shared.version == copy->version;
    }
    kr_hardware_set_msr(MSR_SYSTEM, 0);
    return whole && copy->multiplier != 0 && copy->shift >= -SHIFT_LIMIT &&
           copy->shift <= SHIFT_LIMIT;
}

static rate rate_of(const struct system_time *time)
{
    uint64_t multiplier = time->multiplier;

    return time->shift < 0 ? multiplier >> -time->shift : multiplier << time->shift;
}

bool tsc_kvm_rate(rate *nanoseconds_per_tick)
{
    struct system_time time;

    if (!has_clock() || !read_system_time(&time))
        return false;
    *nanoseconds_per_tick = rate_of(&time);
    return true;
}

bool tsc_kvm_wall(uint64_t *nanoseconds)
{
    static volatile struct wall_time shared __attribute__((aligned(16)));
    struct system_time time;

    if (!has_clock() || !read_system_time(&time))
        return false;
    kr_hardware_set_msr(MSR_WALL, kr_mem_physical((const void *)(uintptr_t)&shared));
    if (shared.version == 0)
        return false;
    *nanoseconds = shared.seconds * KR_CLOCK_SECOND + shared.nanoseconds + time.nanoseconds +
                   tsc_scale(kr_hardware_tsc() - time.ticks, rate_of(&time));
    return true;
}
