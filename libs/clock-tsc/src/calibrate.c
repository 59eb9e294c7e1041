/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How fast the TSC runs. Whoever knows is asked first: the CPU (Intel SDM 3,
 * 18.7.3), then the hypervisor. Otherwise it is measured against channel 0 of
 * the PIT (Intel 8254), which every machine here has; its interrupt is masked.
 * Two short measurements, of which the quicker counts, because all that can
 * happen to one is that it takes longer: a host that is busy may stop the
 * guest at any instruction. One that was over before it was looked at says
 * nothing, and is taken again.
 */
#include "tsc.h"

#include <kraft/clock.h>
#include <kraft/hardware.h>
#include <kraft/panic.h>

#define CPUID_FEATURES 1u
#define CPUID_HYPERVISOR (1u << 31)
#define CPUID_TSC 0x15u
#define CPUID_HYPERVISOR_NAME 0x40000000u
#define CPUID_HYPERVISOR_TSC 0x40000010u

#define PIT_HZ 1193182u
#define PIT_COUNTER 0x40
#define PIT_CONTROL 0x43
#define PIT_ONE_SHOT 0x30u   /* channel 0, both bytes, mode 0 */
#define PIT_READ_STATUS 0xe2u /* channel 0 */
#define PIT_OUT 0x80u
#define PIT_MODE 0x3fu /* of the status: as it was set; all ones without a PIT */
#define PIT_COUNT 540u /* 0.45 ms */
#define PIT_TURNS 100000u
#define ATTEMPTS 64u

bool tsc_hypervisor_is(const char *twelve, uint32_t *last_leaf)
{
    struct kr_hardware_cpuid is;
    uint32_t name[3];
    const char *bytes = (const char *)name;

    if (!(kr_hardware_cpuid(CPUID_FEATURES, 0).ecx & CPUID_HYPERVISOR))
        return false;
    is = kr_hardware_cpuid(CPUID_HYPERVISOR_NAME, 0);
    *last_leaf = is.eax;
    name[0] = is.ebx;
    name[1] = is.ecx;
    name[2] = is.edx;
    for (unsigned index = 0; twelve[index] != '\0'; index++) {
        if (bytes[index] != twelve[index])
            return false;
    }
    return true;
}

/* What the CPU or the hypervisor says; 0: nothing. */
static uint64_t told_hz(void)
{
    struct kr_hardware_cpuid is;
    uint32_t last;

    if (kr_hardware_cpuid(0, 0).eax >= CPUID_TSC) {
        is = kr_hardware_cpuid(CPUID_TSC, 0);
        if (is.eax != 0 && is.ebx != 0 && is.ecx != 0)
            return (uint64_t)is.ecx * is.ebx / is.eax;
    }
    if (tsc_hypervisor_is("", &last) && last >= CPUID_HYPERVISOR_TSC)
        return (uint64_t)kr_hardware_cpuid(CPUID_HYPERVISOR_TSC, 0).eax * 1000;
    return 0;
}

static uint8_t pit_status(void)
{
    kr_hardware_out8(PIT_CONTROL, PIT_READ_STATUS);
    return kr_hardware_in8(PIT_COUNTER);
}

/* Starts the PIT, at (begin) of the TSC; false where there is none. */
static bool pit_starts(uint64_t *begin)
{
    kr_hardware_out8(PIT_CONTROL, PIT_ONE_SHOT);
    kr_hardware_out8(PIT_COUNTER, PIT_COUNT & 0xff);
    kr_hardware_out8(PIT_COUNTER, PIT_COUNT >> 8);
    *begin = kr_hardware_tsc();
    return (pit_status() & PIT_MODE) == PIT_ONE_SHOT;
}

/* Ticks of the TSC in PIT_COUNT of the PIT's; 0: there is no PIT. */
static uint64_t measure(void)
{
    uint64_t begin, before, now;

    for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (!pit_starts(&begin))
            return 0;
        now = begin;
        if (pit_status() & PIT_OUT)
            continue;
        for (unsigned turn = 0; turn < PIT_TURNS; turn++) {
            before = now;
            now = kr_hardware_tsc();
            if (pit_status() & PIT_OUT)
                return (before + now) / 2 - begin;
        }
    }
    return 0;
}

rate tsc_calibrate(void)
{
    uint64_t hz = told_hz();
    uint64_t one, other;
    rate known;

    if (hz != 0)
        return tsc_rate((uint32_t)KR_CLOCK_SECOND, hz);
    if (tsc_kvm_rate(&known))
        return known;
    one = measure();
    other = measure();
    if (one == 0 || other == 0)
        kr_panic("clock-tsc: this machine has neither a TSC of known frequency nor a PIT");
    if (other < one)
        one = other;
    return tsc_rate((uint32_t)(KR_CLOCK_SECOND * PIT_COUNT / PIT_HZ), one);
}
