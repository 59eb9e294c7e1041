/* SPDX-License-Identifier: BSD-3-Clause */
/* What is left of a device that broke the protocol where `violation` is
 * `stop`, and of frames that hold no frame. */
#include "device.h"

#include <kraft/conformance.h>
#include <kraft/netdev.h>

#include <string.h>

static const struct kr_netdev_driver *driver;
static unsigned sent_count;

static void arrived_isr(void *argument)
{
    (void)argument;
}

static void sent(void *argument, void *cookie)
{
    (void)argument;
    (void)cookie;
    sent_count++;
}

static const struct kr_netdev_user user = {arrived_isr, sent};

static int send(void)
{
    static uint8_t bytes[100];
    const struct kr_netdev_frame frame = {
        .segments = {{bytes, sizeof(bytes)}}, .count = 1, .cookie = bytes};
    return driver->transmit(0, &frame);
}

KR_TEST(a_frame_that_is_none_is_dropped_and_its_buffer_used_again)
{
    static const enum fault faults[] = {TOO_SHORT, NO_FRAME_AT_ALL, SEGMENTED};
    driver = kr_netdev_drivers[0];
    KR_REQUIRE(driver->count() == 1 && driver->open(0, &user, NULL) == 0);
    for (unsigned i = 0; i < 3000; i++) {
        device_break(0, faults[i % 3]);
        KR_CHECK(send() == 0);
        KR_CHECK(driver->receive(0) == NULL);
        (void)driver->arm(0);
    }
    device_break(0, HONEST);
    KR_CHECK(send() == 0);
    struct kr_netdev_buffer *buffer = driver->receive(0);
    KR_REQUIRE(buffer != NULL);
    KR_CHECK(buffer->length == 100);
    driver->release(buffer);
}

KR_TEST(a_device_that_was_stopped_gives_and_takes_nothing)
{
    device_break(0, TOO_LONG);
    KR_CHECK(send() == 0);
    KR_CHECK(driver->receive(0) == NULL);
    KR_CHECK(strchr(device_log(0), 'O') && device_log(0)[strlen(device_log(0)) - 1] == 'R');
    KR_CHECK(send() == -KR_EIO);
    KR_CHECK(driver->receive(0) == NULL);
    KR_CHECK(driver->arm(0));
}

KR_SUITE(&test_a_frame_that_is_none_is_dropped_and_its_buffer_used_again,
         &test_a_device_that_was_stopped_gives_and_takes_nothing)
