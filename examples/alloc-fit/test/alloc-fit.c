/* SPDX-License-Identifier: BSD-3-Clause */
/* What alloc-fit does with its blocks, beside the contract. */
#include <options.h>

#include <kraft/alloc.h>
#include <kraft/conformance.h>

KR_TEST(a_freed_block_is_the_next_to_be_taken)
{
    void *memory = kr_alloc_allocate(100);

    KR_REQUIRE(memory != NULL);
    kr_alloc_free(memory);
    KR_CHECK(kr_alloc_allocate(100) == memory);
    kr_alloc_free(memory);
}

KR_TEST(neighbours_join)
{
    char *first = kr_alloc_allocate(64);
    char *second = kr_alloc_allocate(64);
    char *wall = kr_alloc_allocate(64);

    KR_REQUIRE(first != NULL && second != NULL && wall != NULL);
    kr_alloc_free(first);
    kr_alloc_free(second);
    char *both = kr_alloc_allocate(128);

    KR_CHECK(both == first || both == second || OPT_FIT == OPT_FIT_FIRST);
    kr_alloc_free(both);
    kr_alloc_free(wall);
}

KR_SUITE(&test_a_freed_block_is_the_next_to_be_taken, &test_neighbours_join)
