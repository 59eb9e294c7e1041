/* SPDX-License-Identifier: BSD-3-Clause */
/* Devices that break the protocol, one after another, and one that keeps it. */
#include "device.h"

#include <kraft/conformance.h>

#include <string.h>

#define SIZE 8u

static const struct kr_virtio_wants wants = {.required = KR_VIRTIO_FEATURE(5),
                                             .welcome = KR_VIRTIO_FEATURE(3) | KR_VIRTIO_FEATURE(0)};

struct driver {
    struct kr_virtio_device *device;
    struct kr_virtio_queue receive, send;
    _Alignas(16) uint8_t receive_memory[KR_VIRTIO_QUEUE_MEMORY(SIZE)];
    _Alignas(16) uint8_t send_memory[KR_VIRTIO_QUEUE_MEMORY(SIZE)];
    uint8_t buffer[2048], frame[100];
};

static struct driver drivers[DEVICES];

/* Brings up device (index), with one buffer to receive in. */
static struct driver *begin(unsigned index, enum fault fault)
{
    struct driver *driver = &drivers[index];
    uint64_t features;
    device_break(index, fault);
    driver->device = kr_virtio_find(KR_VIRTIO_NETWORK, index);
    KR_CHECK(kr_virtio_begin(driver->device, &wants, NULL, &features) == 0);
    KR_CHECK(kr_virtio_queue_start(driver->device, 0, &driver->receive, driver->receive_memory,
                                   SIZE) == 0);
    KR_CHECK(kr_virtio_queue_start(driver->device, 1, &driver->send, driver->send_memory, SIZE) ==
             0);
    kr_virtio_ready(driver->device);
    const struct kr_virtio_segment parts[] = {{driver->buffer, 1000}, {driver->buffer + 1000, 1000}};
    KR_CHECK(kr_virtio_queue_add(&driver->receive, parts, 0, 2, driver->buffer) == 0);
    kr_virtio_queue_publish(&driver->receive);
    const struct kr_virtio_segment whole = {driver->frame, sizeof(driver->frame)};
    KR_CHECK(kr_virtio_queue_add(&driver->send, &whole, 1, 0, driver->frame) == 0);
    kr_virtio_queue_publish(&driver->send);
    return driver;
}

static void take(void *argument)
{
    struct driver *driver = argument;
    uint32_t written;
    while (kr_virtio_queue_take(&driver->receive, &written))
        ;
}

KR_TEST(a_device_is_brought_up_in_the_order_of_the_specification)
{
    uint64_t features = 0;
    struct driver *driver = begin(0, HONEST);
    /* Bit 29, the event index, and 32, version 1, are virtio-bus's own. */
    KR_CHECK(strcmp(device_log(0), "RADfwFqO") == 0);
    KR_CHECK(kr_virtio_begin(driver->device, &wants, NULL, &features) == -KR_EBUSY);
    KR_CHECK(driver->send.event);
    KR_CHECK(kr_virtio_find(KR_VIRTIO_BLOCK, 0) == NULL);
}

KR_TEST(what_was_given_comes_back_however_chains_are_cut)
{
    struct driver *driver = begin(1, HONEST);
    uint32_t written;
    KR_CHECK(kr_virtio_queue_take(&driver->receive, &written) == driver->buffer);
    KR_CHECK(written == 100);
    KR_CHECK(kr_virtio_queue_take(&driver->receive, &written) == NULL);
    for (unsigned round = 0; round < 70000; round++) { /* the index wraps */
        struct kr_virtio_segment parts[3];
        unsigned count = 1 + round % 3;
        for (unsigned i = 0; i < count; i++)
            parts[i] = (struct kr_virtio_segment){driver->frame + i, 4};
        if (!KR_CHECK(kr_virtio_queue_add(&driver->send, parts, count, 0, &parts) == 0))
            return;
        kr_virtio_queue_publish(&driver->send);
        while (kr_virtio_queue_take(&driver->send, &written))
            KR_CHECK(written == 0);
    }
    KR_CHECK(driver->send.available == SIZE);
}

KR_TEST(a_full_queue_says_so)
{
    struct driver *driver = begin(2, HONEST);
    struct kr_virtio_segment part = {driver->buffer, 8};
    unsigned room = driver->receive.available;
    while (room-- > 0)
        KR_CHECK(kr_virtio_queue_add(&driver->receive, &part, 0, 1, &part) == 0);
    KR_CHECK(kr_virtio_queue_add(&driver->receive, &part, 0, 1, &part) == -KR_EAGAIN);
}

KR_TEST(arming_tells_of_what_is_there_already)
{
    struct driver *driver = begin(3, HONEST);
    unsigned before = device_interrupts(3);
    KR_CHECK(before == 0); /* disarmed from the beginning */
    KR_CHECK(!kr_virtio_queue_arm(&driver->receive));
    take(driver);
    KR_CHECK(kr_virtio_queue_arm(&driver->receive));
}

KR_TEST(a_device_that_cannot_be_driven_is_refused)
{
    static const enum fault faults[] = {NEVER_RESETS, NO_VERSION_1, REFUSES_FEATURES};
    uint64_t features;
    for (unsigned i = 0; i < 3; i++) {
        device_break(4 + i, faults[i]);
        struct kr_virtio_device *device = kr_virtio_find(KR_VIRTIO_NETWORK, 4 + i);
        KR_CHECK(kr_virtio_begin(device, &wants, NULL, &features) == -KR_EOPNOTSUPP);
    }
    static const struct kr_virtio_wants more = {.required = KR_VIRTIO_FEATURE(7)};
    struct kr_virtio_device *device = kr_virtio_find(KR_VIRTIO_NETWORK, 7);
    KR_CHECK(kr_virtio_begin(device, &more, NULL, &features) == -KR_EOPNOTSUPP);
    device_break(8, NO_QUEUES);
    device = kr_virtio_find(KR_VIRTIO_NETWORK, 8);
    KR_CHECK(kr_virtio_begin(device, &wants, NULL, &features) == 0);
    struct driver *driver = &drivers[8];
    KR_CHECK(kr_virtio_queue_start(device, 0, &driver->receive, driver->receive_memory, SIZE) ==
             -KR_ENODEV);
}

static void read_config(void *device)
{
    uint16_t mtu;
    kr_virtio_config(device, 10, &mtu, sizeof(mtu));
}

KR_TEST(a_configuration_is_read_whole)
{
    uint16_t mtu = 0;
    struct kr_virtio_device *device = begin(9, HONEST)->device;
    kr_virtio_config(device, 10, &mtu, sizeof(mtu));
    KR_CHECK(mtu == 1500);
    device_break(9, RESTLESS);
    KR_CHECK_PANICS(read_config, device, "virtio-bus: fake: the configuration never rests");
}

KR_TEST(a_violation_of_the_ring_is_named)
{
    static const struct {
        enum fault fault;
        const char *words;
    } rows[] = {
        {USED_AHEAD, "virtio-bus: fake: the used index is ahead of what was given"},
        {UNKNOWN_ID, "virtio-bus: fake: a used id is not in flight"},
        {FOREIGN_ID, "virtio-bus: fake: a used id is not in flight"},
        {SAME_ID_TWICE, "virtio-bus: fake: the used index is ahead of what was given"},
        {TOO_LONG, "virtio-bus: fake: a used length exceeds the buffer"},
    };
    for (unsigned i = 0; i < 5; i++)
        KR_CHECK_PANICS(take, begin(10 + i, rows[i].fault), rows[i].words);
}

KR_SUITE(&test_a_device_is_brought_up_in_the_order_of_the_specification,
         &test_what_was_given_comes_back_however_chains_are_cut, &test_a_full_queue_says_so,
         &test_arming_tells_of_what_is_there_already,
         &test_a_device_that_cannot_be_driven_is_refused, &test_a_configuration_is_read_whole,
         &test_a_violation_of_the_ring_is_named)
