/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices, and bringing one to life: what a driver asks of the provider but
 * for its queues. A device of the fake agrees to everything that it offers.
 */
#include "options.h"

#include "fake.h"

#include <kraft/panic.h>

#define VERSION_1 KR_VIRTIO_FEATURE(32) /* [6] */
#define MTU KR_VIRTIO_FEATURE(3)        /* [5.1.3] */
#define MAC KR_VIRTIO_FEATURE(5)

#define TAG KR_VIRTIO_FEATURE(0) /* [5.10.3] */

#define TYPES 3u

static const struct {
    unsigned type;
    const char *name;
    unsigned queues;
    uint64_t features;
    uint8_t config[12]; /* address and MTU of a card [5.1.4]; length of a tag, and it [5.10.4] */
} kinds[TYPES] = {
    {KR_VIRTIO_ENTROPY, "entropy-", 1, EVENT_IDX | VERSION_1, {0}},
    {KR_VIRTIO_NETWORK, "network-", 2, EVENT_IDX | VERSION_1 | MAC | MTU,
     {0x52, 0x54, 0, 1, 2, 3, [10] = 1500 & 0xff, 1500 >> 8}},
    {KR_VIRTIO_9P, "folder-", 1, EVENT_IDX | VERSION_1 | TAG, {4, 0, 'f', 'a', 'k', 'e'}},
};

static struct kr_virtio_device devices[TYPES][OPT_DEVICES];

static unsigned kind_of(unsigned type)
{
    unsigned kind = 0;

    while (kind < TYPES && kinds[kind].type != type)
        kind++;
    return kind;
}

struct kr_virtio_device *kr_virtio_find(unsigned type, unsigned index)
{
    unsigned kind = kind_of(type);

    if (kind == TYPES || index >= OPT_DEVICES)
        return NULL;
    struct kr_virtio_device *device = &devices[kind][index];
    unsigned at = 0;

    device->type = type;
    for (; kinds[kind].name[at] != '\0'; at++)
        device->name[at] = kinds[kind].name[at];
    device->name[at] = (char)('a' + index);
    return device;
}

const char *kr_virtio_name(const struct kr_virtio_device *device)
{
    return device->name;
}

int kr_virtio_begin(struct kr_virtio_device *device, const struct kr_virtio_wants *wants,
                    void *argument, uint64_t *features)
{
    uint64_t offered = kinds[kind_of(device->type)].features;
    uint64_t required = wants->required | VERSION_1;

    if (device->wants != NULL)
        return -KR_EBUSY;
    device->wants = wants;
    device->argument = argument;
    if ((offered & required) != required) {
        device->stopped = true;
        return -KR_EOPNOTSUPP;
    }
    device->features = *features = offered & (required | wants->welcome | EVENT_IDX);
    return 0;
}

void kr_virtio_config(struct kr_virtio_device *device, unsigned offset, void *bytes, size_t size)
{
    const uint8_t *config = kinds[kind_of(device->type)].config;
    uint8_t *to = bytes;

    for (size_t i = 0; i < size; i++)
        to[i] = offset + i < sizeof(kinds[0].config) ? config[offset + i] : 0;
}

void kr_virtio_ready(struct kr_virtio_device *device)
{
    device->ready = true;
}

void kr_virtio_stop(struct kr_virtio_device *device)
{
    device->stopped = true;
    device->ready = false;
}

bool kr_virtio_is_stopped(const struct kr_virtio_device *device)
{
    return device->stopped;
}

void kr_virtio_violation(struct kr_virtio_device *device, const char *what)
{
    kr_panic("virtio-fake: %s: %s", device->name, what);
}

int kr_virtio_queue_start(struct kr_virtio_device *device, unsigned index,
                          struct kr_virtio_queue *queue, void *memory, unsigned size)
{
    uint8_t *at = memory;
    unsigned n = 1;

    if (index >= kinds[kind_of(device->type)].queues || device->rings[index].queue != NULL)
        return -KR_ENODEV;
    while (2 * n <= size && 2 * n <= QUEUE_LIMIT)
        n *= 2;
    if ((uintptr_t)at % KR_VIRTIO_QUEUE_ALIGN != 0)
        kr_panic("virtio-fake: %s: queue %u: memory is not aligned", device->name, index);
    for (size_t i = 0; i < KR_VIRTIO_QUEUE_MEMORY(n); i++)
        at[i] = 0;
    *queue = (struct kr_virtio_queue){
        .device = device,
        .descriptors = (void *)at,
        .slots = (void *)(at + (size_t)16 * n),
        .used = (void *)(at + (size_t)32 * n),
        .avail = (void *)(at + (size_t)40 * n + 8),
        .index = (uint16_t)index,
        .size = (uint16_t)n,
        .available = (uint16_t)n,
        .event = (device->features & EVENT_IDX) != 0,
    };
    device->rings[index] = (struct ring){.queue = queue};
    kr_virtio_queue_disarm(queue);
    return 0;
}
