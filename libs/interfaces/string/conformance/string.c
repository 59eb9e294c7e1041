/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What C17 7.24 says of the four memory functions, for every size up to where
 * an implementation changes its way of working, and every alignment.
 */
#include <kraft/conformance.h>
#include <kraft/string.h>

#define SIZES 200u
#define ROOM (SIZES + 64u)
#define MARGIN 16u

static unsigned char one[ROOM], other[ROOM], expected[ROOM];

static void fill(unsigned char *bytes, unsigned seed)
{
    for (unsigned index = 0; index < ROOM; index++)
        bytes[index] = (unsigned char)(seed + index * 7);
}

static bool same(const unsigned char *a, const unsigned char *b)
{
    for (unsigned index = 0; index < ROOM; index++) {
        if (a[index] != b[index])
            return false;
    }
    return true;
}

KR_TEST(memcpy_copies_just_that_much)
{
    for (unsigned size = 0; size <= SIZES; size++) {
        unsigned to = MARGIN + size % 8;
        unsigned from = MARGIN + size / 8 % 8;

        fill(one, 1);
        fill(expected, 1);
        fill(other, 99);
        for (unsigned index = 0; index < size; index++)
            expected[to + index] = other[from + index];
        KR_REQUIRE(memcpy(one + to, other + from, size) == one + to);
        KR_REQUIRE(same(one, expected));
    }
}

static void move(unsigned to, unsigned from, unsigned size)
{
    unsigned char copy[SIZES];

    fill(one, 5);
    fill(expected, 5);
    for (unsigned index = 0; index < size; index++)
        copy[index] = expected[from + index];
    for (unsigned index = 0; index < size; index++)
        expected[to + index] = copy[index];
    KR_REQUIRE(memmove(one + to, one + from, size) == one + to);
    KR_CHECK(same(one, expected));
}

KR_TEST(memmove_copies_between_overlapping_places)
{
    for (unsigned size = 0; size <= SIZES; size++) {
        for (unsigned distance = 0; distance < 40; distance += 1 + distance / 9) {
            move(MARGIN, MARGIN + distance, size);
            move(MARGIN + distance, MARGIN, size);
        }
    }
}

KR_TEST(memset_sets_just_that_much)
{
    for (unsigned size = 0; size <= SIZES; size++) {
        unsigned at = MARGIN + size % 16;

        fill(one, 3);
        fill(expected, 3);
        for (unsigned index = 0; index < size; index++)
            expected[at + index] = 0xa5;
        KR_REQUIRE(memset(one + at, 0x1a5, size) == one + at);
        KR_REQUIRE(same(one, expected));
    }
}

KR_TEST(memcmp_compares_as_unsigned_bytes)
{
    fill(one, 8);
    fill(other, 8);
    for (unsigned size = 1; size <= SIZES; size++) {
        unsigned last = MARGIN + size - 1;
        unsigned char kept = other[last];

        KR_REQUIRE(memcmp(one + MARGIN, other + MARGIN, size) == 0);
        other[last] = 0xff;
        one[last] = 0x7f;
        KR_REQUIRE(memcmp(one + MARGIN, other + MARGIN, size) < 0);
        KR_REQUIRE(memcmp(other + MARGIN, one + MARGIN, size) > 0);
        KR_REQUIRE(memcmp(one + MARGIN, other + MARGIN, size - 1) == 0);
        one[last] = other[last] = kept;
    }
}

KR_TEST(memcmp_decides_by_the_first_difference)
{
    fill(one, 8);
    fill(other, 8);
    one[MARGIN + 2] = 1;
    other[MARGIN + 2] = 2;
    one[MARGIN + 5] = 2;
    other[MARGIN + 5] = 1;
    KR_CHECK(memcmp(one + MARGIN, other + MARGIN, 8) < 0);
    KR_CHECK(memcmp(one + MARGIN, other + MARGIN, 64) < 0);
}

KR_SUITE(&test_memcpy_copies_just_that_much, &test_memmove_copies_between_overlapping_places,
         &test_memset_sets_just_that_much, &test_memcmp_compares_as_unsigned_bytes,
         &test_memcmp_decides_by_the_first_difference)
