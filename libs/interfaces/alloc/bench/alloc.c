/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What an allocator costs, in ticks of the TSC, which counts instructions
 * where QEMU runs with -icount. The mix: a thousand slots, each turn empties a
 * full one or fills an empty one with 16 to 1,024 bytes, small ones more often.
 * The turns without the calls are measured too, and subtracted.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/print.h>

#define SLOTS 1000u
#define TURNS 200000u

static void *slots[SLOTS];
static uint32_t state;

static uint32_t next(void)
{
    state ^= state << 13; /* Marsaglia, "Xorshift RNGs", 2003 */
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static size_t size_of(uint32_t random)
{
    return 16 + (random >> 8) % ((size_t)16 << random % 7);
}

/* Called through pointers, so that the empty ones cost what a call costs. */
static void *(*volatile take)(size_t size);
static void (*volatile give)(void *memory);

static void *take_nothing(size_t size)
{
    return (void *)size;
}

static void give_nothing(void *memory)
{
    (void)memory;
}

static uint64_t turns(void)
{
    state = 2463534242;
    for (unsigned i = 0; i < SLOTS; i++)
        slots[i] = NULL;
    uint64_t start = 0;

    for (unsigned i = 0; i < TURNS + 2 * SLOTS; i++) {
        if (i == 2 * SLOTS) /* half full by now */
            start = kr_clock_ticks();
        uint32_t random = next();
        void **slot = &slots[random % SLOTS];
        if (*slot == NULL) {
            *slot = take(size_of(next()));
        } else {
            give(*slot);
            *slot = NULL;
        }
    }
    return kr_clock_ticks() - start;
}

static void print(const char *name, uint64_t total, uint64_t count)
{
    uint64_t tenths = (total * 10 + count / 2) / count;

    kr_print_format("figure %s %lu.%lu\n", name, (unsigned long)(tenths / 10),
                    (unsigned long)(tenths % 10));
}

static size_t used(void)
{
    struct kr_alloc_figures figures;

    kr_alloc_figures(&figures);
    return figures.used;
}

int main(void)
{
    size_t before = used();

    for (unsigned i = 0; i < SLOTS; i++)
        slots[i] = kr_alloc_allocate(64);
    print("live-64", used() - before, SLOTS);
    for (unsigned i = 0; i < SLOTS; i++)
        kr_alloc_free(slots[i]);

    take = take_nothing;
    give = give_nothing;
    uint64_t empty = turns();

    take = kr_alloc_allocate;
    give = kr_alloc_free;
    print("mix", turns() - empty, TURNS);
    return 0;
}
