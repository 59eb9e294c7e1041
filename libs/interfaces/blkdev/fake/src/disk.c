/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A disk in memory, and its history: the content when recording began, and
 * each write and flush since. A cut plays the history again, up to a moment,
 * and leaves out what a real disk could have lost.
 */
#include <kraft/alloc.h>
#include <kraft/blkdev-faults.h>
#include <kraft/blkdev.h>
#include <kraft/string.h>

#include "options.h"

#define SIZE ((size_t)OPT_SECTORS * OPT_SECTOR_SIZE)
#define OPERATIONS 4

struct event {
    struct event *next;
    uint64_t sector;
    uint32_t count; /* 0: a flush */
    uint8_t bytes[];
};

static struct {
    uint8_t now[SIZE];
    uint8_t then[SIZE]; /* when recording began */
    struct event *first, **last;
    unsigned recorded;
    bool records;
    struct {
        unsigned left; /* requests that still succeed */
        bool armed, lasting;
    } faults[OPERATIONS];
} disk;

static void forget_history(void)
{
    while (disk.first != NULL) {
        struct event *event = disk.first;

        disk.first = event->next;
        kr_alloc_free(event);
    }
    disk.last = &disk.first;
    disk.recorded = 0;
}

void kr_blkdev_faults_reset(void)
{
    memset(disk.now, 0, SIZE);
    memset(disk.faults, 0, sizeof(disk.faults));
    forget_history();
    disk.records = false;
}

void kr_blkdev_faults_fail(int operation, unsigned nth, bool lasting)
{
    disk.faults[operation].left = nth;
    disk.faults[operation].armed = true;
    disk.faults[operation].lasting = lasting;
}

void kr_blkdev_faults_record(void)
{
    forget_history();
    memcpy(disk.then, disk.now, SIZE);
    disk.records = true;
}

unsigned kr_blkdev_faults_recorded(void)
{
    return disk.recorded;
}

uint8_t *kr_blkdev_faults_sectors(size_t *size)
{
    *size = SIZE;
    return disk.now;
}

static uint64_t mixed(uint64_t value)
{
    value ^= value >> 30;
    value *= UINT64_C(0xbf58476d1ce4e5b9);
    value ^= value >> 27;
    value *= UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

static bool is_kept(uint64_t seed, uint64_t sector, unsigned number)
{
    if (seed < 2)
        return seed == 0;
    return (mixed(seed ^ mixed(sector) ^ (uint64_t)number << 40) & 1) != 0;
}

void kr_blkdev_faults_cut(unsigned count, uint64_t seed)
{
    unsigned flushed = 0;
    unsigned number = 0;

    for (const struct event *event = disk.first; event != NULL && number++ < count;
         event = event->next)
        if (event->count == 0)
            flushed = number;
    memcpy(disk.now, disk.then, SIZE);
    number = 0;
    for (const struct event *event = disk.first; event != NULL && number++ < count;
         event = event->next)
        for (uint32_t i = 0; i < event->count; i++)
            if (number <= flushed || is_kept(seed, event->sector + i, number))
                memcpy(disk.now + (event->sector + i) * OPT_SECTOR_SIZE,
                       event->bytes + (size_t)i * OPT_SECTOR_SIZE, OPT_SECTOR_SIZE);
    disk.records = false;
    memset(disk.faults, 0, sizeof(disk.faults));
}

static void record(const struct kr_blkdev_request *request, uint32_t count)
{
    size_t size = (size_t)count * OPT_SECTOR_SIZE;
    struct event *event = kr_alloc_allocate(sizeof(*event) + size);

    if (event == NULL)
        __builtin_trap();
    event->next = NULL;
    event->sector = request->sector;
    event->count = count;
    if (size > 0)
        memcpy(event->bytes, request->bytes, size);
    *disk.last = event;
    disk.last = &event->next;
    disk.recorded++;
}

static bool fails(int operation)
{
    if (!disk.faults[operation].armed)
        return false;
    if (disk.faults[operation].left > 0) {
        disk.faults[operation].left--;
        return false;
    }
    disk.faults[operation].armed = disk.faults[operation].lasting;
    return true;
}

static unsigned fake_count(void)
{
    return 1;
}

static void fake_facts(unsigned index, struct kr_blkdev_facts *facts)
{
    (void)index;
    *facts = (struct kr_blkdev_facts){.sectors = OPT_SECTORS,
                                      .sector_size = OPT_SECTOR_SIZE,
                                      .most = 256,
                                      .requests = 8,
                                      .identity = "fake",
                                      .discards = true};
}

static void move(const struct kr_blkdev_request *request, uint32_t count)
{
    uint8_t *at = disk.now + request->sector * OPT_SECTOR_SIZE;
    size_t size = (size_t)count * OPT_SECTOR_SIZE;

    if (request->operation == KR_BLKDEV_READ)
        memcpy(request->bytes, at, size);
    else if (request->operation == KR_BLKDEV_WRITE)
        memcpy(at, request->bytes, size);
    else if (request->operation == KR_BLKDEV_DISCARD)
        memset(at, 0xdd, size); /* whoever reads it shall see it */
    bool changes = request->operation == KR_BLKDEV_WRITE || request->operation == KR_BLKDEV_FLUSH;
    if (disk.records && changes && (count > 0 || request->operation == KR_BLKDEV_FLUSH))
        record(request, count);
}

static int fake_submit(unsigned index, struct kr_blkdev_request *request)
{
    bool has_sectors = request->operation != KR_BLKDEV_FLUSH;

    (void)index;
    if (request->operation < 0 || request->operation >= OPERATIONS)
        return -KR_EINVAL;
    if (has_sectors && (request->count == 0 || request->count > 256 ||
                        request->sector >= OPT_SECTORS ||
                        request->count > OPT_SECTORS - request->sector))
        return -KR_EINVAL;
    bool bad = fails(request->operation);
    request->result = bad ? -KR_EIO : 0;
    request->done = true;
    if (!bad)
        move(request, has_sectors ? request->count : 0);
    else if (request->operation == KR_BLKDEV_WRITE)
        move(request, request->count / 2);
    return 0;
}

static int fake_wait(unsigned index, struct kr_blkdev_request *request)
{
    (void)index;
    return request->result;
}

extern const struct kr_blkdev_driver blkdev_fake_blkdev;
const struct kr_blkdev_driver blkdev_fake_blkdev = {
    .name = "blkdev-fake",
    .count = fake_count,
    .facts = fake_facts,
    .submit = fake_submit,
    .wait = fake_wait,
};
