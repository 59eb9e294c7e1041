/* SPDX-License-Identifier: BSD-3-Clause */
/* White box: each block is aligned to its own size, and costs no more. */
#include <kraft/alloc.h>
#include <kraft/conformance.h>

KR_TEST(a_block_is_aligned_to_its_size)
{
    for (size_t size = 64; size <= 32768; size *= 2) {
        struct kr_alloc_figures before;
        struct kr_alloc_figures after;
        kr_alloc_figures(&before);
        void *memory = kr_alloc_allocate(size);
        kr_alloc_figures(&after);
        KR_REQUIRE(memory != NULL);
        KR_CHECK((uintptr_t)memory % size == 0);
        KR_CHECK(after.used - before.used == size);
        kr_alloc_free(memory);
    }
}

KR_TEST(resize_stays_in_place_while_the_buddy_is_free)
{
    void *memory = kr_alloc_allocate_aligned(4096, 4096);

    KR_REQUIRE(memory != NULL);
    KR_CHECK(kr_alloc_resize(memory, 100) == memory);
    KR_CHECK(kr_alloc_size(memory) == 128);
    KR_CHECK(kr_alloc_resize(memory, 4096) == memory);
    kr_alloc_free(memory);
}

KR_SUITE(&test_a_block_is_aligned_to_its_size, &test_resize_stays_in_place_while_the_buddy_is_free)
