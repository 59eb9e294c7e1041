/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A device that lies. The device is real, but never told DRIVER_OK, so that
 * it does nothing; the suite plays it, and writes into the memory that it
 * shares with the driver (VIRTIO 1.2, 2.7.6 and 2.7.8). Needs a provider that
 * panics at a violation. After each lie the ring is put right again: what was
 * refused must not have counted.
 */
#include <kraft/conformance.h>
#include <kraft/virtio.h>

#define SIZE 8u
#define ROOM 16u /* bytes of a segment */

#define INDEX 1u
#define RING 2u

static const struct kr_virtio_wants wants = {.required = 0};

static struct {
    struct kr_virtio_device *device;
    struct kr_virtio_queue queue;
    _Alignas(KR_VIRTIO_QUEUE_ALIGN) uint8_t memory[KR_VIRTIO_QUEUE_MEMORY(SIZE)];
    uint8_t bytes[SIZE][ROOM];
    uint16_t added, done; /* chains, modulo 2^16 */
} driver;

/* As the device: says that chain (head) is done, (length) bytes of it. */
static void done(uint32_t head, uint32_t length)
{
    volatile uint16_t *ring = driver.queue.used + RING + 4u * (driver.done % SIZE);
    volatile uint32_t *entry = (volatile uint32_t *)(volatile void *)ring;

    entry[0] = head;
    entry[1] = length;
    driver.queue.used[INDEX] = (uint16_t)(driver.done + 1);
}

/* As the device: takes back what it said last. */
static void unsay(void)
{
    driver.queue.used[INDEX] = driver.done;
}

/* Shows the device a chain of (out) and (in) segments; returns its head. */
static uint16_t show(unsigned out, unsigned in, void *cookie)
{
    struct kr_virtio_segment parts[SIZE];

    for (unsigned i = 0; i < out + in; i++)
        parts[i] = (struct kr_virtio_segment){driver.bytes[i], ROOM};
    KR_CHECK(kr_virtio_queue_add(&driver.queue, parts, out, in, cookie) == 0);
    kr_virtio_queue_publish(&driver.queue);
    return driver.queue.avail[RING + driver.added++ % SIZE];
}

static void *take(uint32_t *written)
{
    void *cookie = kr_virtio_queue_take(&driver.queue, written);

    driver.done += cookie != NULL;
    return cookie;
}

/* Honestly: chain (head) is done, and (cookie) comes back. */
static void settle(uint16_t head, uint32_t length, void *cookie)
{
    uint32_t written = ~length;

    done(head, length);
    KR_CHECK(take(&written) == cookie);
    KR_CHECK(written == length);
}

static void try_to_take(void *argument)
{
    uint32_t written;

    (void)argument;
    kr_virtio_queue_take(&driver.queue, &written);
}

/* What was just said is a lie, and is found out. */
static bool is_refused(void)
{
    bool found = KR_CHECK_PANICS(try_to_take, NULL, kr_virtio_name(driver.device));

    unsay();
    return found;
}

KR_TEST(the_suite_can_play_the_device)
{
    uint64_t features;

    driver.device = kr_virtio_find(KR_VIRTIO_ENTROPY, 0);
    KR_REQUIRE(driver.device != NULL);
    KR_REQUIRE(kr_virtio_begin(driver.device, &wants, NULL, &features) == 0);
    KR_REQUIRE(kr_virtio_queue_start(driver.device, 0, &driver.queue, driver.memory, SIZE) == 0);
    settle(show(0, 1, &driver), ROOM, &driver);
    settle(show(0, 2, &driver), 1, &driver);
    settle(show(2, 1, &driver), 0, &driver);
    KR_CHECK(driver.queue.available == SIZE);
}

KR_TEST(an_index_that_is_ahead_is_refused)
{
    static const uint16_t ahead[] = {2, 3, SIZE, SIZE + 1, 300, 0x7fff, 0x8000, 0xffff};
    uint16_t head = show(0, 1, &driver);

    for (unsigned i = 0; i < sizeof(ahead) / sizeof(ahead[0]); i++) {
        done(head, 1);
        driver.queue.used[INDEX] = (uint16_t)(driver.done + ahead[i]);
        if (!is_refused())
            return;
    }
    settle(head, 1, &driver);
}

KR_TEST(a_chain_that_is_not_in_flight_is_refused)
{
    static const uint32_t nobody[] = {SIZE, SIZE + 1, 60000, 0x7fffffff, 0x80000000, 0xffffffff};
    uint16_t head = show(0, 3, &driver);
    uint16_t other = show(0, 1, &driver.bytes);

    for (unsigned i = 0; i < sizeof(nobody) / sizeof(nobody[0]); i++) {
        done(nobody[i], 1);
        if (!is_refused())
            return;
    }
    for (uint32_t id = 0; id < SIZE; id++) { /* the middle of a chain, or free */
        if (id == head || id == other)
            continue;
        done(id, 1);
        if (!is_refused())
            return;
    }
    done(head | 0x10000, 1); /* 32 bits are read, not 16 */
    is_refused();
    settle(head, 1, &driver);
    done(head, 1); /* again */
    is_refused();
    settle(other, 1, &driver.bytes);
    KR_CHECK(driver.queue.available == SIZE);
}

KR_TEST(more_than_the_buffer_holds_is_refused)
{
    static const uint32_t lengths[] = {2 * ROOM + 1, 4 * ROOM, 0x80000000, 0xffffffff};
    uint16_t head = show(2, 2, &driver);
    uint16_t other = show(1, 0, &driver.bytes);

    for (unsigned i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        done(head, lengths[i]);
        if (!is_refused())
            return;
    }
    settle(head, 2 * ROOM, &driver);
    done(other, 1); /* of a chain that is only read */
    is_refused();
    settle(other, 0, &driver.bytes);
}

/* As the device: writes where only the driver should. */
static void scribble(void)
{
    volatile uint8_t *descriptors = (volatile uint8_t *)driver.queue.descriptors;
    volatile uint8_t *avail = (volatile uint8_t *)driver.queue.avail;

    for (unsigned i = 0; i < 16 * SIZE; i++)
        descriptors[i] = (uint8_t)kr_conformance_random();
    for (unsigned i = 0; i < 2 * (RING + SIZE); i++)
        avail[i] = (uint8_t)kr_conformance_random();
}

KR_TEST(what_the_driver_wrote_is_never_read_back)
{
    for (unsigned round = 0; round < 200; round++) {
        unsigned count = 1 + kr_conformance_random() % 4;
        uint16_t head = show(0, count, &driver);
        uint16_t other = show(1, 1, &driver.bytes);

        scribble();
        settle(other, ROOM, &driver.bytes);
        settle(head, count * ROOM, &driver);
        if (!KR_CHECK(driver.queue.available == SIZE))
            return;
    }
}

/* One word of the device's, true or not, and what has to come of it. */
static bool says_anything(uint16_t heads[2], void *cookies[2])
{
    uint32_t random = kr_conformance_random();
    uint32_t id = random & 1 ? kr_conformance_random() % (2 * SIZE) : kr_conformance_random();
    uint32_t length = random & 2 ? kr_conformance_random() % (2 * ROOM) : kr_conformance_random();
    uint16_t ahead = random & 4 ? (uint16_t)(random >> 8 & 3) : (uint16_t)(random >> 8);
    unsigned flying = (cookies[0] != NULL) + (cookies[1] != NULL);
    unsigned which = cookies[0] != NULL && id == heads[0] ? 0 : 1;
    bool known = cookies[which] != NULL && id == heads[which];
    uint32_t written;

    done(id, length);
    driver.queue.used[INDEX] = (uint16_t)(driver.done + ahead);
    if (ahead == 0)
        return KR_CHECK(take(&written) == NULL);
    if (ahead > flying || !known || length > ROOM)
        return is_refused();
    bool good = KR_CHECK(take(&written) == cookies[which] && written == length);

    unsay();
    cookies[which] = NULL;
    return good;
}

KR_TEST(whatever_a_device_says_only_the_truth_counts)
{
    uint16_t heads[2] = {0, 0};
    void *cookies[2] = {NULL, NULL};

    for (unsigned round = 0; round < 20000; round++) {
        for (unsigned i = 0; i < 2; i++) {
            if (cookies[i] != NULL)
                continue;
            cookies[i] = i == 0 ? (void *)&driver : (void *)driver.bytes;
            heads[i] = show(0, 1, cookies[i]);
        }
        if (!says_anything(heads, cookies))
            return;
    }
    for (unsigned i = 0; i < 2; i++)
        settle(heads[i], 1, cookies[i]);
    KR_CHECK(driver.queue.available == SIZE);
}

KR_SUITE(&test_the_suite_can_play_the_device, &test_an_index_that_is_ahead_is_refused,
         &test_a_chain_that_is_not_in_flight_is_refused,
         &test_more_than_the_buffer_holds_is_refused,
         &test_what_the_driver_wrote_is_never_read_back,
         &test_whatever_a_device_says_only_the_truth_counts)
