/* SPDX-License-Identifier: BSD-3-Clause */
/* Regions as promised, and pages that keep what they hold. That protection
 * protects is what the images that must crash are for. */
#include <kraft/conformance.h>
#include <kraft/mem.h>

static struct kr_mem_region first(void)
{
    struct kr_mem_region region = {0, 0};

    KR_CHECK(kr_mem_region(0, &region));
    return region;
}

KR_TEST(regions_are_pages_in_ascending_order)
{
    struct kr_mem_region region;
    uintptr_t end = 0;
    unsigned count = 0;

    for (; kr_mem_region(count, &region); count++) {
        KR_CHECK(region.start % KR_MEM_PAGE == 0 && region.size % KR_MEM_PAGE == 0);
        KR_CHECK(region.size > 0 && region.start >= end && region.start >= KR_MEM_PAGE);
        end = region.start + region.size;
    }
    KR_CHECK(count >= 1);
    KR_CHECK(!kr_mem_region(count + 1000, &region));
}

KR_TEST(regions_hold_neither_the_image_nor_the_stack)
{
    struct kr_mem_region region;
    uintptr_t mine[] = {(uintptr_t)first, (uintptr_t)&region, (uintptr_t)"rodata"};

    for (unsigned index = 0; kr_mem_region(index, &region); index++) {
        for (unsigned which = 0; which < sizeof(mine) / sizeof(mine[0]); which++)
            KR_CHECK(mine[which] < region.start || mine[which] >= region.start + region.size);
    }
}

KR_TEST(both_ends_of_a_region_can_be_written)
{
    struct kr_mem_region region;

    for (unsigned index = 0; kr_mem_region(index, &region); index++) {
        volatile unsigned char *low = (volatile unsigned char *)region.start;
        volatile unsigned char *high = low + region.size - 1;

        *low = 0x12;
        *high = 0x34;
        KR_CHECK(*low == 0x12 && *high == 0x34);
    }
}

KR_TEST(pages_keep_what_they_hold)
{
    struct kr_mem_region region = first();
    void *page = (void *)(region.start + region.size - KR_MEM_PAGE);
    volatile unsigned char *byte = page;

    *byte = 0x56;
    KR_CHECK(kr_mem_protect(page, KR_MEM_PAGE, KR_MEM_READ) == 0);
    KR_CHECK(*byte == 0x56);
    KR_CHECK(kr_mem_protect(page, KR_MEM_PAGE, KR_MEM_NONE) == 0);
    KR_CHECK(kr_mem_protect(page, KR_MEM_PAGE, KR_MEM_WRITE) == 0);
    KR_CHECK(*byte == 0x56);
    KR_CHECK(kr_mem_guard(page, KR_MEM_PAGE, "page of a test") == 0);
    KR_CHECK(kr_mem_protect(page, KR_MEM_PAGE, KR_MEM_WRITE) == 0);
    *byte = 0x78;
    KR_CHECK(*byte == 0x78);
}

#define CLEARED ((size_t)3 << 20) /* more than a large page, and parts of others */

static bool is_zero(const volatile unsigned char *start, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (start[i] != 0)
            return false;
    return true;
}

/* The last of the largest region: nobody has begun to use it. */
static volatile unsigned char *unused(size_t size)
{
    struct kr_mem_region region, largest = first();

    for (unsigned index = 0; kr_mem_region(index, &region); index++)
        if (region.size > largest.size)
            largest = region;
    return (volatile unsigned char *)(largest.start + largest.size - size);
}

KR_TEST(pages_that_are_cleared_hold_zeros_and_keep_what_is_written)
{
    volatile unsigned char *start = unused(CLEARED + KR_MEM_PAGE);

    for (unsigned round = 0; round < 2; round++) {
        for (size_t at = 0; at < CLEARED; at += 512)
            start[at] = 0x9a;
        KR_REQUIRE(kr_mem_clear((void *)(uintptr_t)start, CLEARED) == 0);
        start[CLEARED / 2 + 5] = 0x12;
        KR_CHECK(start[CLEARED / 2 + 5] == 0x12);
        KR_CHECK(is_zero(start, CLEARED / 2 + 5));
        KR_CHECK(is_zero(start + CLEARED / 2 + 6, CLEARED / 2 - 6));
    }
}

KR_TEST(pages_that_are_cleared_and_protected_hold_zeros)
{
    volatile unsigned char *start = unused(CLEARED + KR_MEM_PAGE);
    void *page = (void *)(uintptr_t)(start + KR_MEM_PAGE);

    for (size_t at = 0; at < 4 * (size_t)KR_MEM_PAGE; at++)
        start[at] = 0x9a;
    KR_REQUIRE(kr_mem_clear((void *)(uintptr_t)start, 4 * KR_MEM_PAGE) == 0);
    KR_CHECK(kr_mem_protect(page, KR_MEM_PAGE, KR_MEM_READ) == 0);
    KR_CHECK(is_zero(start, 4 * KR_MEM_PAGE));
    KR_REQUIRE(kr_mem_clear((void *)(uintptr_t)start, 4 * KR_MEM_PAGE) == 0);
    KR_CHECK(kr_mem_protect(page, KR_MEM_PAGE, KR_MEM_NONE) == 0);
    KR_CHECK(kr_mem_protect(page, KR_MEM_PAGE, KR_MEM_WRITE) == 0);
    KR_CHECK(is_zero(start, 4 * KR_MEM_PAGE));
    start[KR_MEM_PAGE] = 0x34;
    KR_CHECK(start[KR_MEM_PAGE] == 0x34 && start[2 * KR_MEM_PAGE] == 0);
    KR_CHECK(kr_mem_clear((void *)(uintptr_t)(start + 1), KR_MEM_PAGE) == -KR_EINVAL);
    KR_CHECK(kr_mem_clear(NULL, KR_MEM_PAGE) == -KR_EINVAL);
}

KR_TEST(pages_that_are_not_in_one_region_are_refused)
{
    struct kr_mem_region region = first();
    char *start = (char *)region.start;

    KR_CHECK(kr_mem_protect(start + 1, KR_MEM_PAGE, KR_MEM_WRITE) == -KR_EINVAL);
    KR_CHECK(kr_mem_protect(start, KR_MEM_PAGE - 1, KR_MEM_WRITE) == -KR_EINVAL);
    KR_CHECK(kr_mem_protect(start, region.size + KR_MEM_PAGE, KR_MEM_WRITE) == -KR_EINVAL);
    KR_CHECK(kr_mem_protect(start, SIZE_MAX - KR_MEM_PAGE + 1, KR_MEM_WRITE) == -KR_EINVAL);
    KR_CHECK(kr_mem_protect(NULL, KR_MEM_PAGE, KR_MEM_WRITE) == -KR_EINVAL);
    KR_CHECK(kr_mem_guard(NULL, KR_MEM_PAGE, "nothing") == -KR_EINVAL);
}

KR_TEST(physical_addresses_are_as_far_apart_within_a_page)
{
    struct kr_mem_region region = first();
    const char *start = (const char *)region.start;

    KR_CHECK(kr_mem_physical(start + 100) == kr_mem_physical(start) + 100);
}

KR_SUITE(&test_regions_are_pages_in_ascending_order,
         &test_regions_hold_neither_the_image_nor_the_stack,
         &test_both_ends_of_a_region_can_be_written, &test_pages_keep_what_they_hold,
         &test_pages_that_are_cleared_hold_zeros_and_keep_what_is_written,
         &test_pages_that_are_cleared_and_protected_hold_zeros,
         &test_pages_that_are_not_in_one_region_are_refused,
         &test_physical_addresses_are_as_far_apart_within_a_page)
