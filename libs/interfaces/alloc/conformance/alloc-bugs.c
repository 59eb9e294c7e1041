/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The bugs of a caller that a hardened provider notices: each is a panic that
 * says which. Providers that keep no headers (alloc-bump) do not take part.
 */
#include <kraft/alloc.h>
#include <kraft/conformance.h>

static void give_back(void *memory)
{
    kr_alloc_free(memory);
}

static void grow(void *memory)
{
    kr_alloc_resize(memory, 5000);
}

KR_TEST(a_double_free_is_told)
{
    for (size_t size = 1; size < 5000; size = size * 3 + 8) {
        void *wall = kr_alloc_allocate(size);
        void *memory = kr_alloc_allocate(size);
        void *other = kr_alloc_allocate(size);
        KR_REQUIRE(wall != NULL && memory != NULL && other != NULL);
        kr_alloc_free(memory);
        KR_CHECK_PANICS(give_back, memory, "double free");
        kr_alloc_free(other);
        KR_CHECK_PANICS(give_back, memory, "double free"); /* also when joined with others */
        KR_CHECK_PANICS(give_back, other, "double free");
        KR_CHECK_PANICS(grow, memory, "double free");
        kr_alloc_free(wall);
    }
}

KR_TEST(a_foreign_pointer_is_told)
{
    static _Alignas(64) char other[256];
    char *memory = kr_alloc_allocate(200);

    KR_REQUIRE(memory != NULL);
    for (unsigned i = 0; i < 200; i++)
        memory[i] = (char)i;
    KR_CHECK_PANICS(give_back, other + 128, "foreign pointer");
    KR_CHECK_PANICS(give_back, memory + 64, "foreign pointer");
    KR_CHECK_PANICS(give_back, memory + 3, "foreign pointer");
    kr_alloc_free(memory);
}

KR_SUITE(&test_a_double_free_is_told, &test_a_foreign_pointer_is_told)
