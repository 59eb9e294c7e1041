/* SPDX-License-Identifier: BSD-3-Clause */
/* What can be seen of randomness from outside: little, but enough to catch a
 * source that repeats itself, or fills the wrong bytes. */
#include <kraft/conformance.h>
#include <kraft/entropy.h>

#define SIZE 256u

static unsigned char one[SIZE], other[SIZE];

KR_TEST(only_the_buffer_is_filled)
{
    unsigned char bytes[24];

    for (unsigned size = 0; size <= 17; size++) {
        for (unsigned at = 0; at < sizeof(bytes); at++)
            bytes[at] = 0x5a;
        KR_REQUIRE(kr_entropy_fill(bytes + 3, size) == 0);
        for (unsigned at = 0; at < sizeof(bytes); at++)
            KR_CHECK((at >= 3 && at < 3 + size) || bytes[at] == 0x5a);
    }
}

KR_TEST(no_two_fills_are_alike)
{
    unsigned equal = 0;

    KR_REQUIRE(kr_entropy_fill(one, SIZE) == 0);
    KR_REQUIRE(kr_entropy_fill(other, SIZE) == 0);
    for (unsigned at = 0; at < SIZE; at++)
        equal += one[at] == other[at];
    KR_CHECK(equal < 16); /* 1 is likely, 16 happens once in 10^14 */
}

KR_TEST(every_bit_of_every_byte_changes)
{
    unsigned char ever_set[8] = {0}, ever_clear[8] = {0};

    for (unsigned turn = 0; turn < 100; turn++) {
        KR_REQUIRE(kr_entropy_fill(one, 8) == 0);
        for (unsigned at = 0; at < 8; at++) {
            ever_set[at] |= one[at];
            ever_clear[at] |= (unsigned char)~one[at];
        }
    }
    for (unsigned at = 0; at < 8; at++)
        KR_CHECK(ever_set[at] == 0xff && ever_clear[at] == 0xff);
}

KR_SUITE(&test_only_the_buffer_is_filled, &test_no_two_fills_are_alike,
         &test_every_bit_of_every_byte_changes)
