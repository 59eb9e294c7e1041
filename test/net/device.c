/* SPDX-License-Identifier: BSD-3-Clause */
#include "device.h"

#include "../../libs/virtio-bus/src/device.h"

#include <string.h>

#define QUEUES 2u
#define RECEIVE 0u
#define SEND 1u
#define HEADER 12u
#define QUEUE_LIMIT 256u

struct descriptor {
    uint64_t address;
    uint32_t length;
    uint16_t flags;
    uint16_t next;
};

struct ring {
    uint16_t size; /* 0: not set up */
    volatile struct descriptor *descriptors;
    volatile uint16_t *avail;
    volatile uint16_t *used;
    uint16_t seen; /* avail */
    uint16_t done; /* used */
};

static struct device {
    struct kr_virtio_device *bus;
    enum fault fault;
    uint8_t status;
    uint32_t generation;
    uint64_t accepted;
    char log[64];
    unsigned bells, interrupts;
    struct ring rings[QUEUES];
} devices[DEVICES];

static struct device *of(struct kr_virtio_device *bus)
{
    for (unsigned i = 0; i < DEVICES; i++)
        if (devices[i].bus == bus)
            return &devices[i];
    return NULL;
}

static void note(struct device *device, char step)
{
    size_t length = strlen(device->log);
    if (length + 1 < sizeof(device->log) && (length == 0 || device->log[length - 1] != step))
        device->log[length] = step;
}

void device_break(unsigned index, enum fault fault)
{
    devices[index].fault = fault;
}

const char *device_log(unsigned index)
{
    return devices[index].log;
}

unsigned device_bells(unsigned index)
{
    return devices[index].bells;
}

unsigned device_interrupts(unsigned index)
{
    return devices[index].interrupts;
}

static uint32_t features(struct kr_virtio_device *bus, unsigned half)
{
    struct device *device = of(bus);
    note(device, 'f');
    if (half == 1)
        return device->fault == NO_VERSION_1 ? 0 : 1;
    return 1u << 29 | 1u << 28 | 1u << 5 | 1u << 3;
}

static void accept(struct kr_virtio_device *bus, unsigned half, uint32_t bits)
{
    note(of(bus), 'w');
    of(bus)->accepted |= (uint64_t)bits << 32 * half;
}

static uint8_t status(struct kr_virtio_device *bus)
{
    return of(bus)->status;
}

static void set_status(struct kr_virtio_device *bus, uint8_t value)
{
    struct device *device = of(bus);
    uint8_t new = value & (uint8_t)~device->status;
    note(device, value == 0 ? 'R' : new & 1 ? 'A' : new & 2 ? 'D' : new & 8 ? 'F' : 'O');
    device->status = value;
    if (value == 0)
        memset(device->rings, 0, sizeof(device->rings));
    if (value == 0 && device->fault == NEVER_RESETS)
        device->status = 1;
    if (device->fault == REFUSES_FEATURES)
        device->status &= (uint8_t)~8u;
}

static int attach(struct kr_virtio_device *bus)
{
    (void)bus;
    return 0;
}

static unsigned queue_limit(struct kr_virtio_device *bus, unsigned index)
{
    if (of(bus)->fault == NO_QUEUES || index >= QUEUES || of(bus)->rings[index].size)
        return 0;
    return QUEUE_LIMIT;
}

static int queue_enable(struct kr_virtio_queue *queue, uint64_t descriptors, uint64_t avail,
                        uint64_t used)
{
    struct ring *ring = &of(queue->device)->rings[queue->index];
    note(of(queue->device), 'q');
    ring->descriptors = (void *)(uintptr_t)descriptors;
    ring->avail = (void *)(uintptr_t)avail;
    ring->used = (void *)(uintptr_t)used;
    ring->size = queue->size;
    return 0;
}

static bool next(struct ring *ring, uint16_t *head)
{
    if (ring->size == 0 || ring->seen == ring->avail[1])
        return false;
    *head = ring->avail[2 + ring->seen % ring->size];
    ring->seen++;
    ring->used[2 + 4 * ring->size] = ring->seen; /* notify for the next, too */
    return true;
}

static void finish(struct device *device, struct ring *ring, uint16_t head, uint32_t length)
{
    uint32_t id = head;
    bool faulty = ring == &device->rings[RECEIVE];
    enum fault fault = faulty ? device->fault : HONEST;
    if (fault == UNKNOWN_ID)
        id = 60000;
    if (fault == FOREIGN_ID)
        id = (uint32_t)(head + 1) % ring->size;
    if (fault == TOO_LONG)
        length = 1u << 20;
    if (fault == TOO_SHORT)
        length = HEADER + 3;
    if (fault == NO_FRAME_AT_ALL)
        length = 0;
    unsigned times = fault == SAME_ID_TWICE ? 2 : 1;
    uint16_t old = ring->done;
    for (unsigned i = 0; i < times; i++) {
        volatile uint16_t *entry = ring->used + 2 + 4 * (ring->done % ring->size);
        *(volatile uint32_t *)(volatile void *)entry = id;
        *(volatile uint32_t *)(volatile void *)(entry + 2) = length;
        ring->done++;
    }
    if (fault == USED_AHEAD)
        ring->done = (uint16_t)(ring->done + 300);
    ring->used[1] = ring->done;
    uint16_t event = ring->avail[2 + ring->size];
    if ((uint16_t)(ring->done - event - 1) < (uint16_t)(ring->done - old)) {
        device->interrupts++;
        if (device->bus->wants->changed_isr)
            device->bus->wants->changed_isr(device->bus->argument);
    }
}

static void bring_back(struct device *device, const uint8_t *frame, uint32_t size)
{
    struct ring *ring = &device->rings[RECEIVE];
    uint16_t head;
    if (!next(ring, &head))
        return; /* lost */
    volatile struct descriptor *at = &ring->descriptors[head];
    uint8_t *to = (uint8_t *)(uintptr_t)at->address;
    if (HEADER + size > at->length)
        size = at->length - HEADER;
    memset(to, 0, HEADER);
    to[1] = device->fault == SEGMENTED ? 1 : 0;
    memcpy(to + HEADER, frame, size);
    finish(device, ring, head, HEADER + size);
}

static void notify(struct kr_virtio_queue *queue)
{
    struct device *device = of(queue->device);
    struct ring *ring = &device->rings[SEND];
    device->bells++;
    uint16_t head;
    while (queue->index == SEND && next(ring, &head)) {
        uint8_t bytes[4096];
        uint32_t size = 0;
        for (uint16_t i = head;; i = ring->descriptors[i].next) {
            volatile struct descriptor *at = &ring->descriptors[i];
            memcpy(bytes + size, (const void *)(uintptr_t)at->address, at->length);
            size += at->length;
            if (!(at->flags & 1))
                break;
        }
        finish(device, ring, head, 0);
        if (size > HEADER)
            bring_back(device, bytes + HEADER, size - HEADER);
    }
}

static uint32_t generation(struct kr_virtio_device *bus)
{
    struct device *device = of(bus);
    return device->fault == RESTLESS ? device->generation++ : 0;
}

static uint32_t field(struct kr_virtio_device *bus, unsigned offset, unsigned width)
{
    static const uint8_t config[12] = {0x52, 0x54, 0, 1, 2, 3, [10] = 1500 & 0xff, 1500 >> 8};
    uint32_t value = 0;
    (void)bus;
    for (unsigned i = 0; i < width && offset + i < sizeof(config); i++)
        value |= (uint32_t)config[offset + i] << 8 * i;
    return value;
}

static const struct transport transport = {features,    accept,       status,
                                           set_status,  attach,       queue_limit,
                                           queue_enable, notify,      generation, field};

void virtio_bus_find_mmio(void)
{
    for (unsigned i = 0; i < DEVICES; i++) {
        struct kr_virtio_device *bus = virtio_bus_slot();
        if (!bus)
            return;
        memcpy(bus->name, "fake", 5);
        bus->transport = &transport;
        bus->type = KR_VIRTIO_NETWORK;
        devices[i].bus = bus;
    }
}

void virtio_bus_find_pci(void)
{
}
