/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Random bytes from the CPU (Intel SDM 1, 7.3.17): RDSEED where it exists,
 * else RDRAND, each tried as often as Intel's guide says before it counts as
 * broken. What it fills is for keys, so a failure wipes the buffer.
 */
#include <kraft/entropy.h>
#include <kraft/hardware.h>
#include <kraft/string.h>

#define CPUID_FEATURES 1u
#define CPUID_RDRAND (1u << 30) /* ecx */
#define CPUID_MORE_FEATURES 7u
#define CPUID_RDSEED (1u << 18) /* ebx */
#define SEED_TRIES 1000u        /* RDSEED runs dry in normal use */
#define RANDOM_TRIES 10u

static struct {
    bool seed, random; /* the CPU has RDSEED, RDRAND */
} cpu;

static bool seed(uint64_t *word)
{
    bool done = false;

    for (unsigned turn = 0; turn < SEED_TRIES && !done; turn++) {
        __asm__ volatile("rdseed %0" : "=r"(*word), "=@ccc"(done));
        if (!done)
            kr_hardware_pause();
    }
    return done;
}

static bool random(uint64_t *word)
{
    bool done = false;

    for (unsigned turn = 0; turn < RANDOM_TRIES && !done; turn++)
        __asm__ volatile("rdrand %0" : "=r"(*word), "=@ccc"(done));
    return done;
}

int kr_entropy_fill(void *buffer, size_t size)
{
    unsigned char *to = buffer;

    for (size_t at = 0; at < size;) {
        uint64_t word = 0;
        size_t some = size - at < sizeof(word) ? size - at : sizeof(word);

        if (!(cpu.seed && seed(&word)) && !(cpu.random && random(&word))) {
            memset(buffer, 0, size);
            return -KR_EIO;
        }
        memcpy(to + at, &word, some);
        at += some;
    }
    return 0;
}

int entropy_cpu_start(void);
int entropy_cpu_start(void)
{
    cpu.random = kr_hardware_cpuid(CPUID_FEATURES, 0).ecx & CPUID_RDRAND;
    if (kr_hardware_cpuid(0, 0).eax >= CPUID_MORE_FEATURES)
        cpu.seed = kr_hardware_cpuid(CPUID_MORE_FEATURES, 0).ebx & CPUID_RDSEED;
    return cpu.seed || cpu.random ? 0 : -KR_ENODEV;
}
