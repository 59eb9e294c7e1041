/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * hardware: the privileged side of an x86 PC, for drivers that want it bare:
 * ports, model-specific registers, CPUID, and the CPU's own timer.
 *
 * Cardinality: one provider, a platform that runs in ring 0.
 * Context:     any, except where said.
 * Failure:     none; a port where nothing answers reads as all ones.
 * Ownership:   a port or register belongs to whoever drives the device.
 *
 * A lib that needs this interface is thereby tied to the platforms that have
 * it. Section numbers are the Intel SDM's, volumes 2 and 3 (2022).
 */
#ifndef KRAFT_HARDWARE_H
#define KRAFT_HARDWARE_H

#include <kraft/base.h>

static inline uint8_t kr_hardware_in8(uint16_t port)
{
    uint8_t value;
    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline uint16_t kr_hardware_in16(uint16_t port)
{
    uint16_t value;
    __asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline uint32_t kr_hardware_in32(uint16_t port)
{
    uint32_t value;
    __asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline void kr_hardware_out8(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline void kr_hardware_out16(uint16_t port, uint16_t value)
{
    __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

static inline void kr_hardware_out32(uint16_t port, uint32_t value)
{
    __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

/* Writes (length) bytes to (port), in one exit of the machine where it can
 * do that. */
static inline void kr_hardware_out8_many(uint16_t port, const char *bytes, size_t length)
{
    __asm__ volatile("rep outsb" : "+S"(bytes), "+c"(length) : "d"(port) : "memory");
}

struct kr_hardware_cpuid {
    uint32_t eax, ebx, ecx, edx;
};

/* CPUID (volume 2), leaf and sub-leaf. */
static inline struct kr_hardware_cpuid kr_hardware_cpuid(uint32_t leaf, uint32_t part)
{
    struct kr_hardware_cpuid is;
    __asm__ volatile("cpuid"
                     : "=a"(is.eax), "=b"(is.ebx), "=c"(is.ecx), "=d"(is.edx)
                     : "a"(leaf), "c"(part));
    return is;
}

/* RDMSR and WRMSR. A register that the CPU has not is a panic. */
static inline uint64_t kr_hardware_msr(uint32_t which)
{
    uint32_t low, high;
    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(which));
    return (uint64_t)high << 32 | low;
}

static inline void kr_hardware_set_msr(uint32_t which, uint64_t value)
{
    __asm__ volatile("wrmsr"
                     :
                     : "a"((uint32_t)value), "d"((uint32_t)(value >> 32)), "c"(which)
                     : "memory");
}

/* RDTSC (17.17): cheap, and not ordered with what stands around it. */
static inline uint64_t kr_hardware_tsc(void)
{
    uint32_t low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

/* PAUSE: what the body of a loop that polls a device should do. */
static inline void kr_hardware_pause(void)
{
    __asm__ volatile("pause");
}

/*
 * The CPU's own one-shot timer (local APIC, 10.5.4). It counts down from what
 * it is started with to 0, at a frequency that is constant and unknown, and
 * interrupts there. One owner, the provider of `clock`.
 */

/* Makes the timer call (handler_isr) from now on. Thread context. Returns 0,
 * -KR_EBUSY when it has an owner, -KR_ENODEV without a local APIC. */
int kr_hardware_timer_attach(void (*handler_isr)(void *), void *argument);

/* Starts it at (count); 0 stops it. Replaces an earlier start. */
void kr_hardware_timer_start(uint32_t count);

/* What is left of the count. */
uint32_t kr_hardware_timer_left(void);

#endif
