/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * White box: what lies before and in a block, overwritten from outside, is
 * noticed by the next call that reads it.
 */
#include <kraft/alloc.h>
#include <kraft/conformance.h>

#include <string.h>

#define SIZE 656       /* not kept; and the least of its list, so that it is found again */
#define SMALL_SIZE 240 /* kept */

static void give_back(void *memory)
{
    kr_alloc_free(memory);
}

static void take(void *size)
{
    kr_alloc_allocate(*(size_t *)size);
}

/* Three neighbours; the outer two keep the middle one from joining others. */
static char *block[3];

static bool make(size_t size)
{
    for (unsigned i = 0; i < 3; i++)
        block[i] = kr_alloc_allocate(size);
    if (block[2] < block[1]) { /* the second and third of a small size are made together */
        char *later = block[1];

        block[1] = block[2];
        block[2] = later;
    }
    return KR_CHECK(block[1] == block[0] + size + 16) && KR_CHECK(block[2] == block[1] + size + 16);
}

KR_TEST(one_byte_too_many_is_told_by_either_neighbour)
{
    for (unsigned i = 0; i < 16; i++) {
        if (!make(SIZE))
            return;
        block[0][SIZE + i] ^= 0x10;
        KR_CHECK_PANICS(give_back, block[1], "overwritten header");
        KR_CHECK_PANICS(give_back, block[0], "overwritten header");
    }
}

KR_TEST(a_header_is_good_at_its_own_address_only)
{
    if (!make(SIZE))
        return;
    memcpy(block[1] + 16, block[1] - 16, 16);
    KR_CHECK_PANICS(give_back, block[1] + 32, "foreign pointer");
}

/* What these two break stays broken; hence a size for each. */
KR_TEST(a_write_after_free_is_told_when_a_neighbour_joins)
{
    static _Alignas(16) char elsewhere[64];
    const char *links[2] = {elsewhere, elsewhere};

    if (!make(2 * SIZE))
        return;
    kr_alloc_free(block[1]);
    memcpy(block[1], links, sizeof(links));
    KR_CHECK_PANICS(give_back, block[0], "after it was freed");
}

KR_TEST(a_write_after_free_is_told_when_the_memory_is_used_again)
{
    size_t size = 3 * SIZE;

    if (!make(size))
        return;
    kr_alloc_free(block[1]);
    memset(block[1] - 16, 0, 16);
    KR_CHECK_PANICS(take, &size, "overwritten header");
}

KR_TEST(a_kept_block_is_the_next_of_its_size)
{
    if (!make(SMALL_SIZE))
        return;
    kr_alloc_free(block[1]);
    kr_alloc_free(block[0]);
    KR_CHECK(kr_alloc_allocate(SMALL_SIZE) == block[0]);
    KR_CHECK(kr_alloc_allocate(SMALL_SIZE - 15) == block[1]);
    kr_alloc_free(block[1]);
    KR_CHECK_PANICS(give_back, block[1], "double free");
    KR_CHECK(kr_alloc_allocate(SMALL_SIZE) == block[1]);
}

KR_TEST(a_write_after_free_is_told_when_a_kept_block_is_used_again)
{
    size_t size = SMALL_SIZE + 32; /* of which nothing is kept yet */

    if (!make(size))
        return;
    kr_alloc_free(block[1]);
    block[1][3] ^= 1;
    KR_CHECK_PANICS(take, &size, "after it was freed");
    block[1][3] ^= 1;
    block[1][-1] ^= 1;
    KR_CHECK_PANICS(take, &size, "overwritten header");
    block[1][-1] ^= 1;
    KR_CHECK(kr_alloc_allocate(size) == block[1]);
}

KR_TEST(what_is_made_in_advance_counts_as_free_and_is_given_back)
{
    enum { SMALL = 400, MANY = 64 };
    static void *blocks[MANY];
    struct kr_alloc_figures before;
    struct kr_alloc_figures after;

    kr_alloc_figures(&before);
    for (unsigned i = 0; i < MANY; i++) {
        blocks[i] = kr_alloc_allocate(SMALL);
        KR_REQUIRE(blocks[i] != NULL);
        memset(blocks[i], (int)i, SMALL);
    }
    kr_alloc_figures(&after);
    KR_CHECK(after.used - before.used == MANY * (SMALL + 16));
    for (unsigned i = 0; i < MANY; i++) {
        KR_CHECK(((char *)blocks[i])[0] == (char)i && ((char *)blocks[i])[SMALL - 1] == (char)i);
        kr_alloc_free(blocks[i]);
    }
    kr_alloc_figures(&after);
    KR_CHECK(after.used == before.used);
}

KR_TEST(a_64_byte_block_costs_80)
{
    struct kr_alloc_figures before;
    struct kr_alloc_figures after;

    kr_alloc_figures(&before);
    KR_CHECK(kr_alloc_allocate(64) != NULL);
    kr_alloc_figures(&after);
    KR_CHECK(after.used - before.used == 80);
}

KR_TEST(resize_grows_in_place_into_a_free_neighbour)
{
    if (!make(SIZE))
        return;
    kr_alloc_free(block[1]);
    KR_CHECK(kr_alloc_resize(block[0], 2 * SIZE) == block[0]);
    KR_CHECK(kr_alloc_resize(block[0], SIZE) == block[0]);
    KR_CHECK(kr_alloc_allocate(SIZE) == block[1]);
}

KR_SUITE(&test_what_is_made_in_advance_counts_as_free_and_is_given_back,
         &test_a_64_byte_block_costs_80, &test_a_kept_block_is_the_next_of_its_size,
         &test_a_write_after_free_is_told_when_a_kept_block_is_used_again,
         &test_resize_grows_in_place_into_a_free_neighbour,
         &test_a_header_is_good_at_its_own_address_only,
         &test_one_byte_too_many_is_told_by_either_neighbour,
         &test_a_write_after_free_is_told_when_a_neighbour_joins,
         &test_a_write_after_free_is_told_when_the_memory_is_used_again)
