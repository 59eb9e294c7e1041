/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What every provider of netdev owes its user. What the first device of the
 * first driver sends has to come back: to itself, where it says that it hears
 * itself or is the only device (its peer echoes), else to the second device.
 */
#include <kraft/conformance.h>
#include <kraft/netdev.h>
#include <kraft/string.h>

#define DEVICE 0u
#define FRAME 200u

static const struct kr_netdev_driver *driver;
static unsigned far; /* the device that hears DEVICE */
static unsigned arrivals;
static unsigned sent_count;
static void *sent_last;

static void arrived_isr(void *argument)
{
    KR_CHECK(argument == &arrivals);
    arrivals++;
}

static void sent(void *argument, void *cookie)
{
    KR_CHECK(argument == &arrivals);
    sent_count++;
    sent_last = cookie;
}

static const struct kr_netdev_user user = {arrived_isr, sent};

static void fill(uint8_t *bytes, size_t size, uint8_t seed)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(seed + i * 7);
    memset(bytes, 0xff, 6); /* to all */
    bytes[12] = 0x88;       /* an EtherType for experiments, 0x88b5 */
    bytes[13] = 0xb5;
}

static int send(const uint8_t *bytes, uint32_t size)
{
    static uint8_t cookie;
    const struct kr_netdev_frame frame = {.segments = {{bytes, size}}, .count = 1, .cookie = &cookie};
    return driver->transmit(DEVICE, &frame);
}

static void drain(void)
{
    struct kr_netdev_buffer *buffer;
    while ((buffer = driver->receive(far)))
        driver->release(buffer);
}

KR_TEST(a_device_is_there_and_says_what_it_is)
{
    KR_REQUIRE(kr_netdev_driver_count >= 1);
    driver = kr_netdev_drivers[0];
    KR_CHECK(driver->name && driver->name[0] != '\0');
    KR_REQUIRE(driver->count() >= 1);
    struct kr_netdev_facts facts;
    driver->facts(DEVICE, &facts);
    far = (facts.flags & KR_NETDEV_SELF) != 0 || driver->count() == 1 ? DEVICE : 1;
    KR_REQUIRE(far < driver->count());
    KR_CHECK(facts.mtu >= 68);
    KR_CHECK((facts.mac[0] & 1) == 0);
    KR_CHECK(facts.buffers >= 4);
}

KR_TEST(it_is_opened_once)
{
    KR_CHECK(driver->open(DEVICE, &user, &arrivals) == 0);
    KR_CHECK(driver->open(DEVICE, &user, &arrivals) == -KR_EBUSY);
    KR_CHECK(far == DEVICE || driver->open(far, &user, &arrivals) == 0);
    KR_CHECK(driver->receive(far) == NULL);
}

KR_TEST(a_gathered_frame_comes_back_whole)
{
    static uint8_t bytes[FRAME];
    fill(bytes, sizeof(bytes), 1);
    unsigned before = sent_count;
    const struct kr_netdev_frame frame = {
        .segments = {{bytes, 14}, {bytes + 14, 1}, {bytes + 15, FRAME - 15}},
        .count = 3,
        .cookie = bytes,
    };
    KR_REQUIRE(driver->transmit(DEVICE, &frame) == 0);
    struct kr_netdev_buffer *buffer = driver->receive(far);
    KR_REQUIRE(buffer != NULL);
    KR_CHECK(buffer->length == FRAME);
    KR_CHECK(memcmp(buffer->data, bytes, FRAME) == 0);
    KR_CHECK((uintptr_t)buffer->room % 16 == 0);
    driver->release(buffer);
    (void)driver->arm(DEVICE);
    KR_CHECK(sent_count == before + 1);
    KR_CHECK(sent_last == bytes);
}

KR_TEST(headroom_may_be_overwritten_and_nothing_else)
{
    static uint8_t bytes[64 + FRAME];
    memset(bytes, 0xee, 64);
    fill(bytes + 64, FRAME, 2);
    const struct kr_netdev_frame frame = {
        .segments = {{bytes + 64, FRAME}}, .count = 1, .headroom = 32, .cookie = bytes};
    KR_REQUIRE(driver->transmit(DEVICE, &frame) == 0);
    struct kr_netdev_buffer *buffer = driver->receive(far);
    KR_REQUIRE(buffer != NULL);
    KR_CHECK(buffer->length == FRAME);
    KR_CHECK(memcmp(buffer->data, bytes + 64, FRAME) == 0);
    for (unsigned i = 0; i < 32; i++)
        KR_CHECK(bytes[i] == 0xee);
    driver->release(buffer);
    (void)driver->arm(DEVICE);
}

KR_TEST(what_cannot_be_sent_is_refused_and_not_counted)
{
    static uint8_t bytes[4096];
    struct kr_netdev_facts facts;
    driver->facts(DEVICE, &facts);
    unsigned before = sent_count;
    KR_CHECK(send(bytes, sizeof(bytes)) == (facts.mtu < 4000 ? -KR_EMSGSIZE : 0));
    const struct kr_netdev_frame none = {.count = 0, .cookie = bytes};
    KR_CHECK(driver->transmit(DEVICE, &none) == -KR_EINVAL);
    drain();
    (void)driver->arm(DEVICE);
    KR_CHECK(sent_count <= before + 1);
}

KR_TEST(the_longest_frame_fits)
{
    static uint8_t bytes[65536];
    struct kr_netdev_facts facts;
    driver->facts(DEVICE, &facts);
    uint32_t size = KR_NETDEV_HEADER + facts.mtu;
    fill(bytes, size, 3);
    KR_REQUIRE(send(bytes, size) == 0);
    struct kr_netdev_buffer *buffer = driver->receive(far);
    KR_REQUIRE(buffer != NULL);
    KR_CHECK(buffer->length == size);
    KR_CHECK(memcmp(buffer->data, bytes, size) == 0);
    driver->release(buffer);
}

KR_TEST(frames_come_in_order_and_buffers_go_back_in_any)
{
    static uint8_t bytes[4][FRAME];
    struct kr_netdev_facts facts;
    driver->facts(far, &facts);
    /* Three times as often as the pool has buffers: none may be lost. */
    for (unsigned round = 0; round < facts.buffers; round++) {
        struct kr_netdev_buffer *held[3];
        for (unsigned i = 0; i < 3; i++) {
            fill(bytes[i], FRAME, (uint8_t)(round * 3 + i));
            KR_REQUIRE(send(bytes[i], FRAME) == 0);
        }
        for (unsigned i = 0; i < 3; i++) {
            held[i] = driver->receive(far);
            KR_REQUIRE(held[i] != NULL);
            KR_CHECK(memcmp(held[i]->data, bytes[i], FRAME) == 0);
            memset(held[i]->room, 0xa5, KR_NETDEV_ROOM);
        }
        driver->release(held[1]);
        driver->release(held[2]);
        driver->release(held[0]);
        (void)driver->arm(DEVICE);
    }
    KR_CHECK(driver->receive(far) == NULL);
}

KR_TEST(an_exhausted_pool_loses_frames_and_recovers)
{
    static uint8_t bytes[FRAME];
    static struct kr_netdev_buffer *held[4096];
    struct kr_netdev_facts facts;
    driver->facts(far, &facts);
    fill(bytes, FRAME, 9);
    unsigned count = 0;
    for (unsigned i = 0; i < facts.buffers + 8; i++) {
        KR_CHECK(send(bytes, FRAME) == 0);
        struct kr_netdev_buffer *buffer = driver->receive(far);
        if (buffer)
            held[count++] = buffer;
    }
    KR_CHECK(count == facts.buffers);
    while (count > 0)
        driver->release(held[--count]);
    (void)driver->arm(DEVICE);
    drain();
    KR_CHECK(send(bytes, FRAME) == 0);
    struct kr_netdev_buffer *buffer = driver->receive(far);
    KR_REQUIRE(buffer != NULL);
    driver->release(buffer);
}

KR_TEST(an_armed_device_tells_of_an_arrival_once)
{
    static uint8_t bytes[FRAME];
    fill(bytes, FRAME, 4);
    drain();
    KR_REQUIRE(driver->arm(far));
    unsigned before = arrivals;
    KR_CHECK(send(bytes, FRAME) == 0);
    KR_CHECK(arrivals == before + 1);
    KR_CHECK(send(bytes, FRAME) == 0);
    KR_CHECK(arrivals == before + 1);
    KR_CHECK(!driver->arm(far)); /* there is something to receive */
    drain();
    KR_CHECK(driver->arm(far));
    drain();
}

KR_SUITE(&test_a_device_is_there_and_says_what_it_is, &test_it_is_opened_once,
         &test_a_gathered_frame_comes_back_whole,
         &test_headroom_may_be_overwritten_and_nothing_else,
         &test_what_cannot_be_sent_is_refused_and_not_counted, &test_the_longest_frame_fits,
         &test_frames_come_in_order_and_buffers_go_back_in_any,
         &test_an_exhausted_pool_loses_frames_and_recovers,
         &test_an_armed_device_tells_of_an_arrival_once)
