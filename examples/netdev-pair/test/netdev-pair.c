/* SPDX-License-Identifier: BSD-3-Clause */
/* What is special about two ends of one wire, beside the contract of netdev. */
#include <kraft/conformance.h>
#include <kraft/netdev.h>

extern const struct kr_netdev_driver netdev_pair_netdev;

static void arrived_isr(void *argument)
{
    (void)argument;
}

static void sent(void *argument, void *cookie)
{
    *(void **)argument = cookie;
}

static const struct kr_netdev_user user = {arrived_isr, sent};
static void *cookies[2];
static uint8_t bytes[60];

static const struct kr_netdev_frame frame = {.segments = {{bytes, sizeof(bytes)}}, .count = 1, .cookie = bytes};

KR_TEST(a_frame_to_an_end_that_nobody_has_opened_is_lost)
{
    KR_REQUIRE(netdev_pair_netdev.open(0, &user, &cookies[0]) == 0);
    KR_CHECK(netdev_pair_netdev.transmit(0, &frame) == 0);
    KR_CHECK(cookies[0] == bytes);
    KR_REQUIRE(netdev_pair_netdev.open(1, &user, &cookies[1]) == 0);
    KR_CHECK(netdev_pair_netdev.receive(1) == NULL);
}

KR_TEST(each_end_hears_the_other_and_not_itself)
{
    for (unsigned device = 0; device < 2; device++) {
        KR_CHECK(netdev_pair_netdev.transmit(device, &frame) == 0);
        KR_CHECK(netdev_pair_netdev.receive(device) == NULL);
        struct kr_netdev_buffer *buffer = netdev_pair_netdev.receive(1 - device);
        KR_REQUIRE(buffer != NULL);
        KR_CHECK(buffer->device == 1 - device && buffer->length == sizeof(bytes));
        netdev_pair_netdev.release(buffer);
    }
}

KR_SUITE(&test_a_frame_to_an_end_that_nobody_has_opened_is_lost,
         &test_each_end_hears_the_other_and_not_itself)
