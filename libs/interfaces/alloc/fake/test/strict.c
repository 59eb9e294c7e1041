/* SPDX-License-Identifier: BSD-3-Clause */
/* White box: a single byte too many is told when the block is freed. */
#include <kraft/alloc.h>
#include <kraft/conformance.h>

static void give_back(void *memory)
{
    kr_alloc_free(memory);
}

KR_TEST(one_byte_too_many_is_told)
{
    for (size_t size = 0; size < 40; size++) {
        char *memory = kr_alloc_allocate(size);
        KR_REQUIRE(memory != NULL);
        memory[size] = 0;
        KR_CHECK_PANICS(give_back, memory, "past the end");
    }
}

KR_TEST(new_memory_is_not_zero)
{
    const char *memory = kr_alloc_allocate(10);

    KR_REQUIRE(memory != NULL);
    KR_CHECK(memory[0] == 0x5a && memory[9] == 0x5a);
}

KR_SUITE(&test_one_byte_too_many_is_told, &test_new_memory_is_not_zero)
