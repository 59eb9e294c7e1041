/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What every provider of alloc promises: memory that is aligned, large
 * enough, apart from all other live memory, and kept as it was written. Sizes
 * and orders come from a fixed sequence, the figures from the provider.
 */
#include <kraft/alloc.h>
#include <kraft/conformance.h>

#define SLOTS 128
#define LARGE (64u * 1024)

static struct {
    unsigned char *memory;
    size_t size;
    unsigned char mark;
} slots[SLOTS];

static void fill(void *memory, size_t size, unsigned char mark)
{
    for (size_t i = 0; i < size; i++)
        ((volatile unsigned char *)memory)[i] = (unsigned char)(mark + i);
}

static bool is_filled(const void *memory, size_t size, unsigned char mark)
{
    for (size_t i = 0; i < size; i++)
        if (((const unsigned char *)memory)[i] != (unsigned char)(mark + i))
            return false;
    return true;
}

static bool is_aligned(const void *memory, size_t alignment)
{
    return (uintptr_t)memory % alignment == 0;
}

static size_t used(void)
{
    struct kr_alloc_figures figures;

    kr_alloc_figures(&figures);
    KR_CHECK(figures.used <= figures.total);
    return figures.used;
}

KR_TEST(every_size_is_aligned_and_writable)
{
    for (size_t size = 0; size <= 600; size++) {
        void *memory = kr_alloc_allocate(size);
        KR_REQUIRE(memory != NULL);
        KR_CHECK(is_aligned(memory, KR_ALLOC_ALIGN));
        KR_CHECK(kr_alloc_size(memory) >= size);
        fill(memory, kr_alloc_size(memory), (unsigned char)size);
        kr_alloc_free(memory);
    }
}

KR_TEST(nothing_asked_for_is_still_unlike_the_rest)
{
    void *one = kr_alloc_allocate(0);
    void *other = kr_alloc_allocate(0);

    KR_REQUIRE(one != NULL && other != NULL);
    KR_CHECK(one != other);
    kr_alloc_free(one);
    kr_alloc_free(other);
}

KR_TEST(free_takes_null)
{
    size_t before = used();

    kr_alloc_free(NULL);
    KR_CHECK(used() == before);
}

KR_TEST(alignment_is_kept_up_to_2_mib)
{
    for (size_t alignment = 1; alignment <= 64u * 1024; alignment *= 2) {
        void *first = kr_alloc_allocate_aligned(alignment, alignment / 2 + 1);
        void *second = kr_alloc_allocate_aligned(alignment, 24);
        KR_REQUIRE(first != NULL && second != NULL);
        KR_CHECK(is_aligned(first, alignment) && is_aligned(second, alignment));
        KR_CHECK(is_aligned(second, KR_ALLOC_ALIGN));
        fill(first, alignment / 2 + 1, 1);
        fill(second, 24, 2);
        KR_CHECK(is_filled(first, alignment / 2 + 1, 1));
        kr_alloc_free(second);
        kr_alloc_free(first);
    }
    /* There may be no such place in a small machine; if there is, it is one. */
    void *large = kr_alloc_allocate_aligned(2u << 20, 1);

    KR_CHECK(large == NULL || is_aligned(large, 2u << 20));
    kr_alloc_free(large);
}

KR_TEST(resize_keeps_the_content)
{
    static const size_t sizes[] = {1, 15, 16, 17, 100, 1000, 999, 5000, 40, 64, 20000, 3};
    unsigned char *memory = kr_alloc_resize(NULL, 1);
    size_t had = 1;

    KR_REQUIRE(memory != NULL);
    fill(memory, had, 7);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        size_t keep = had < sizes[i] ? had : sizes[i];
        void *wall = kr_alloc_allocate(24); /* so that some have to move */
        memory = kr_alloc_resize(memory, sizes[i]);
        KR_REQUIRE(memory != NULL && wall != NULL);
        KR_CHECK(is_aligned(memory, KR_ALLOC_ALIGN));
        KR_CHECK(kr_alloc_size(memory) >= sizes[i]);
        KR_CHECK(is_filled(memory, keep, 7));
        had = sizes[i];
        fill(memory, had, 7);
        kr_alloc_free(wall);
    }
    kr_alloc_free(memory);
}

KR_TEST(resize_that_cannot_be_leaves_all_as_it_was)
{
    unsigned char *memory = kr_alloc_allocate(100);

    KR_REQUIRE(memory != NULL);
    fill(memory, 100, 9);
    KR_CHECK(kr_alloc_resize(memory, SIZE_MAX / 2) == NULL);
    KR_CHECK(is_filled(memory, 100, 9));
    kr_alloc_free(memory);
}

KR_TEST(sizes_beyond_all_memory_are_null)
{
    static const size_t sizes[] = {SIZE_MAX,          SIZE_MAX - 1,  SIZE_MAX - 15, SIZE_MAX - 16,
                                   SIZE_MAX - 0xfff,  SIZE_MAX / 2,  SIZE_MAX / 16, SIZE_MAX / 16 + 1,
                                   (size_t)1 << 63,   (size_t)1 << 48};

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        KR_CHECK(kr_alloc_allocate(sizes[i]) == NULL);
        KR_CHECK(kr_alloc_allocate_aligned(4096, sizes[i]) == NULL);
        KR_CHECK(kr_alloc_resize(NULL, sizes[i]) == NULL);
    }
}

/* Puts memory of a random size, alignment and mark into slot (i). */
static void occupy(unsigned i)
{
    uint32_t random = kr_conformance_random();
    size_t size = random % 8 == 0 ? random / 64 % 3000 : random / 64 % 200;

    if (random % 32 == 1)
        slots[i].memory = kr_alloc_allocate_aligned((size_t)32 << random / 64 % 5, size);
    else
        slots[i].memory = kr_alloc_allocate(size);
    slots[i].size = size;
    slots[i].mark = (unsigned char)(random >> 24);
    if (slots[i].memory != NULL)
        fill(slots[i].memory, size, slots[i].mark);
}

static void vacate(unsigned i)
{
    if (slots[i].memory == NULL)
        return;
    KR_CHECK(is_filled(slots[i].memory, slots[i].size, slots[i].mark));
    kr_alloc_free(slots[i].memory);
    slots[i].memory = NULL;
}

static void resize(unsigned i)
{
    size_t size = kr_conformance_random() % 600;
    unsigned char *memory = kr_alloc_resize(slots[i].memory, size);

    if (memory == NULL)
        return;
    KR_CHECK(is_filled(memory, size < slots[i].size ? size : slots[i].size, slots[i].mark));
    slots[i].memory = memory;
    slots[i].size = size;
    fill(memory, size, slots[i].mark);
}

KR_TEST(live_memory_never_overlaps)
{
    for (unsigned step = 0; step < 20000; step++) {
        unsigned i = kr_conformance_random() % SLOTS;
        if (slots[i].memory == NULL)
            occupy(i);
        else if (kr_conformance_random() % 4 == 0)
            resize(i);
        else
            vacate(i);
    }
    for (unsigned i = 0; i < SLOTS; i++)
        if (slots[i].memory != NULL)
            vacate(i);
}

/* Whether memory that was freed is ever handed out again. */
static bool reuses(void)
{
    size_t before = used();

    kr_alloc_free(kr_alloc_allocate(100));
    return used() == before;
}

KR_TEST(figures_return_when_all_is_freed)
{
    size_t before = used();

    for (unsigned i = 0; i < SLOTS; i++)
        occupy(i);
    KR_CHECK(used() > before);
    for (unsigned i = 0; i < SLOTS; i += 2)
        vacate(i);
    for (unsigned i = 1; i < SLOTS; i += 2)
        vacate(i);
    KR_CHECK(used() == before || !reuses());
}

/* A chain of blocks, each pointing at the one before: needs no array. */
static void **take_all(size_t size, unsigned *count)
{
    void **last = NULL;

    for (*count = 0;; (*count)++) {
        void **next = kr_alloc_allocate(size);
        if (next == NULL)
            return last;
        *next = last;
        last = next;
    }
}

static void free_all(void **last)
{
    while (last != NULL) {
        void **before = *last;
        kr_alloc_free(last);
        last = before;
    }
}

KR_TEST(exhaustion_is_null_and_ends_when_memory_is_freed)
{
    unsigned first_count;
    unsigned second_count;
    size_t before = used();

    if (!reuses())
        return;
    free_all(take_all(1000, &first_count));
    KR_CHECK(first_count > 8);
    KR_CHECK(used() == before);
    free_all(take_all(LARGE / 16, &second_count));
    KR_CHECK(second_count > 1);
    void **all = take_all(1000, &second_count);
    KR_CHECK(second_count >= first_count);
    KR_CHECK(kr_alloc_allocate(1000) == NULL);
    KR_CHECK(kr_alloc_resize(all, LARGE) == NULL);
    free_all(all);
    KR_CHECK(used() == before);
}

KR_TEST(fragments_join_again)
{
    unsigned count;
    size_t before = used();

    if (!reuses())
        return;
    void *large = kr_alloc_allocate(LARGE);

    KR_REQUIRE(large != NULL);
    kr_alloc_free(large);
    void **all = take_all(48, &count);
    void **kept = NULL;

    /* First every other one, then the rest. */
    while (all != NULL) {
        void **next = *all;
        kr_alloc_free(all);
        if (next != NULL) {
            all = *next;
            *next = kept;
            kept = next;
        } else {
            all = NULL;
        }
    }
    free_all(kept);
    large = kr_alloc_allocate(LARGE);
    KR_CHECK(large != NULL);
    kr_alloc_free(large);
    KR_CHECK(used() == before);
}

KR_SUITE(&test_every_size_is_aligned_and_writable, &test_nothing_asked_for_is_still_unlike_the_rest,
         &test_free_takes_null, &test_alignment_is_kept_up_to_2_mib,
         &test_resize_keeps_the_content, &test_resize_that_cannot_be_leaves_all_as_it_was,
         &test_sizes_beyond_all_memory_are_null, &test_live_memory_never_overlaps,
         &test_figures_return_when_all_is_freed,
         &test_exhaustion_is_null_and_ends_when_memory_is_freed, &test_fragments_join_again)
