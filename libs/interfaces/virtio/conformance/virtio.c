/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What every provider of virtio owes a driver. It drives sources of entropy,
 * of which there have to be two; the first is begun once, by the first test
 * that needs it, and stopped by the last.
 */
#include <kraft/conformance.h>
#include <kraft/irq.h>
#include <kraft/string.h>
#include <kraft/virtio.h>

#define SIZE 8u
#define PARTS 3u
#define ROOM 64u
#define ROUNDS 9000u /* of SIZE chains each: the indices wrap */

static struct {
    struct kr_virtio_device *device;
    struct kr_virtio_queue queue;
    _Alignas(KR_VIRTIO_QUEUE_ALIGN) uint8_t memory[KR_VIRTIO_QUEUE_MEMORY(SIZE)];
    uint8_t bytes[SIZE][PARTS][ROOM];
} driver;

static volatile unsigned interrupts;

static void changed_isr(void *argument)
{
    KR_CHECK(argument == &driver);
    interrupts++;
}

static const struct kr_virtio_wants wants = {.changed_isr = changed_isr};

static struct kr_virtio_queue *queue(void)
{
    return &driver.queue;
}

/* Waits for the next chain to come back. */
static void *take(uint32_t *written)
{
    bool enabled = kr_irq_disable();
    void *cookie;

    while ((cookie = kr_virtio_queue_take(queue(), written)) == NULL)
        if (kr_virtio_queue_arm(queue()))
            kr_irq_wait();
    kr_irq_restore(enabled);
    kr_virtio_queue_disarm(queue());
    return cookie;
}

/* Adds chain (index) of (count) parts of (length) bytes. */
static int add(unsigned index, unsigned count, uint32_t length)
{
    struct kr_virtio_segment parts[PARTS];

    for (unsigned i = 0; i < count; i++)
        parts[i] = (struct kr_virtio_segment){driver.bytes[index][i], length};
    return kr_virtio_queue_add(queue(), parts, 0, count, driver.bytes[index]);
}

KR_TEST(devices_are_found_by_type_and_number)
{
    struct kr_virtio_device *one = kr_virtio_find(KR_VIRTIO_ENTROPY, 0);
    struct kr_virtio_device *other = kr_virtio_find(KR_VIRTIO_ENTROPY, 1);

    KR_REQUIRE(one != NULL && other != NULL);
    KR_CHECK(one != other && one == kr_virtio_find(KR_VIRTIO_ENTROPY, 0));
    KR_CHECK(kr_virtio_find(KR_VIRTIO_ENTROPY, 1000) == NULL);
    KR_CHECK(kr_virtio_find(63, 0) == NULL);
    KR_CHECK(kr_virtio_name(one)[0] != '\0');
}

KR_TEST(a_device_without_what_is_required_is_refused)
{
    static const struct kr_virtio_wants more = {.required = KR_VIRTIO_FEATURE(23)};
    struct kr_virtio_device *device = kr_virtio_find(KR_VIRTIO_ENTROPY, 1);
    uint64_t features;

    KR_CHECK(kr_virtio_begin(device, &more, NULL, &features) == -KR_EOPNOTSUPP);
    KR_CHECK(kr_virtio_begin(device, &wants, NULL, &features) == -KR_EBUSY);
}

KR_TEST(a_device_is_brought_up_once)
{
    uint64_t features = 0;
    uint64_t own = KR_VIRTIO_FEATURE(41) - KR_VIRTIO_FEATURE(24);

    driver.device = kr_virtio_find(KR_VIRTIO_ENTROPY, 0);
    KR_REQUIRE(kr_virtio_begin(driver.device, &wants, &driver, &features) == 0);
    KR_CHECK((features & KR_VIRTIO_FEATURE(32)) != 0);
    KR_CHECK((features & ~own) == 0); /* nothing that nobody asked for */
    KR_CHECK(kr_virtio_begin(driver.device, &wants, NULL, &features) == -KR_EBUSY);
    KR_CHECK(!kr_virtio_is_stopped(driver.device));
}

KR_TEST(a_queue_is_a_power_of_two_and_no_larger_than_asked_for)
{
    KR_CHECK(kr_virtio_queue_start(driver.device, 9, queue(), driver.memory, SIZE) ==
             -KR_ENODEV);
    KR_REQUIRE(kr_virtio_queue_start(driver.device, 0, queue(), driver.memory, SIZE + 7) == 0);
    KR_CHECK(queue()->size == SIZE);
    KR_CHECK(queue()->available == SIZE);
    kr_virtio_ready(driver.device);
}

KR_TEST(what_is_added_is_shown_only_when_it_is_published)
{
    uint32_t written = 0;

    KR_REQUIRE(add(0, 1, ROOM) == 0);
    for (unsigned turn = 0; turn < 10000; turn++)
        KR_REQUIRE(kr_virtio_queue_take(queue(), &written) == NULL);
    KR_CHECK(interrupts == 0); /* disarmed from the beginning */
    kr_virtio_queue_publish(queue());
    KR_CHECK(take(&written) == driver.bytes[0]);
    KR_CHECK(written >= 1 && written <= ROOM);
    KR_CHECK(kr_virtio_queue_take(queue(), &written) == NULL);
}

KR_TEST(a_full_queue_says_so_and_every_chain_comes_back_once)
{
    unsigned back = 0;
    uint32_t written;

    for (unsigned i = 0; i < SIZE; i++)
        KR_CHECK(add(i, 1, 4) == 0);
    KR_CHECK(queue()->available == 0);
    KR_CHECK(add(0, 1, 4) == -KR_EAGAIN);
    kr_virtio_queue_publish(queue());
    for (unsigned i = 0; i < SIZE; i++) {
        const uint8_t *cookie = take(&written);
        unsigned index = (unsigned)((size_t)(cookie - (uint8_t *)driver.bytes) / (PARTS * ROOM));

        back |= 1u << index;
    }
    KR_CHECK(back == (1u << SIZE) - 1);
    KR_CHECK(queue()->available == SIZE);
    KR_CHECK(add(0, 1, 4) == 0 && add(1, 3, 4) == 0 && add(2, 3, 4) == 0);
    KR_CHECK(add(3, 2, 4) == -KR_EAGAIN); /* one is free, two are wanted */
    KR_CHECK(add(3, 1, 4) == 0);
    kr_virtio_queue_publish(queue());
    for (unsigned i = 0; i < 4; i++)
        KR_CHECK(take(&written) != NULL);
}

/* Whether bytes past the (count) parts of (length) bytes are as they were. */
static bool is_untouched(unsigned index, unsigned count, uint32_t length)
{
    for (unsigned part = 0; part < PARTS; part++)
        for (unsigned at = part < count ? length : 0; at < ROOM; at++)
            if (driver.bytes[index][part][at] != 0x5a)
                return false;
    return true;
}

KR_TEST(a_device_writes_where_it_was_told_to_and_nowhere_else)
{
    for (unsigned round = 0; round < ROUNDS; round++) {
        unsigned count = 1 + round % PARTS;
        uint32_t length = 1 + kr_conformance_random() % 15;
        uint32_t written;

        for (unsigned i = 0; i < PARTS; i++)
            memset(driver.bytes[0][i], 0x5a, ROOM);
        if (!KR_CHECK(add(0, count, length) == 0))
            return;
        kr_virtio_queue_publish(queue());
        if (!KR_CHECK(take(&written) == driver.bytes[0]))
            return;
        KR_CHECK(written >= 1 && written <= count * length);
        KR_CHECK(is_untouched(0, count, length));
    }
    KR_CHECK(queue()->available == SIZE);
}

KR_TEST(chains_come_back_while_the_indices_wrap)
{
    uint32_t written;

    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < SIZE; i++)
            if (!KR_CHECK(add(i, 1, 1) == 0))
                return;
        kr_virtio_queue_publish(queue());
        for (unsigned i = 0; i < SIZE; i++)
            KR_CHECK(take(&written) != NULL);
    }
    KR_CHECK(queue()->available == SIZE);
}

KR_TEST(arming_tells_of_what_is_there_already)
{
    uint32_t written;

    KR_CHECK(kr_virtio_queue_arm(queue()));
    kr_virtio_queue_disarm(queue());
    KR_REQUIRE(add(0, 1, 4) == 0);
    kr_virtio_queue_publish(queue());
    while (kr_virtio_queue_arm(queue()))
        ;
    KR_CHECK(kr_virtio_queue_take(queue(), &written) == driver.bytes[0]);
    kr_virtio_queue_disarm(queue());
}

KR_TEST(an_armed_queue_interrupts)
{
    unsigned before = interrupts;
    uint32_t written;

    KR_CHECK(kr_virtio_queue_arm(queue()));
    KR_REQUIRE(add(0, 1, 4) == 0);
    bool enabled = kr_irq_disable();
    kr_virtio_queue_publish(queue());
    while (interrupts == before)
        kr_irq_wait();
    kr_irq_restore(enabled);
    KR_CHECK(kr_virtio_queue_take(queue(), &written) == driver.bytes[0]);
}

static void complain(void *device)
{
    kr_virtio_violation(device, "it hums");
}

KR_TEST(a_violation_names_the_device_and_what_it_did)
{
    KR_CHECK_PANICS(complain, driver.device, kr_virtio_name(driver.device));
    KR_CHECK_PANICS(complain, driver.device, ": it hums");
}

KR_TEST(a_device_that_is_stopped_takes_and_gives_nothing)
{
    uint32_t written;

    KR_REQUIRE(add(0, 1, 4) == 0);
    kr_virtio_stop(driver.device);
    kr_virtio_queue_publish(queue());
    KR_CHECK(kr_virtio_is_stopped(driver.device));
    KR_CHECK(add(1, 1, 4) == -KR_EIO);
    KR_CHECK(kr_virtio_queue_take(queue(), &written) == NULL);
}

KR_SUITE(&test_devices_are_found_by_type_and_number,
         &test_a_device_without_what_is_required_is_refused, &test_a_device_is_brought_up_once,
         &test_a_queue_is_a_power_of_two_and_no_larger_than_asked_for,
         &test_what_is_added_is_shown_only_when_it_is_published,
         &test_a_full_queue_says_so_and_every_chain_comes_back_once,
         &test_a_device_writes_where_it_was_told_to_and_nowhere_else,
         &test_chains_come_back_while_the_indices_wrap, &test_arming_tells_of_what_is_there_already,
         &test_an_armed_queue_interrupts, &test_a_violation_names_the_device_and_what_it_did,
         &test_a_device_that_is_stopped_takes_and_gives_nothing)
