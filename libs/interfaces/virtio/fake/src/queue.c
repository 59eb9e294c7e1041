/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The driver's side of a split virtqueue (VIRTIO 1.2, 2.7), plainly: a
 * descriptor is free when no chain has it, and the first free ones make the
 * next chain. Device and driver are one thread, so there are no barriers.
 * What the device writes is believed only where the slots say the same.
 */
#include "fake.h"

#include <kraft/panic.h>

struct kr_virtio_slot {
    void *cookie;      /* head of a chain in flight; else NULL */
    uint32_t writable; /* head: bytes that the device may write */
    uint16_t chain;    /* 1 + the head of its chain; 0: free */
    uint16_t unused;
};

_Static_assert(sizeof(struct kr_virtio_slot) == 16, "as KR_VIRTIO_QUEUE_MEMORY counts");

static uint16_t first_free(const struct kr_virtio_queue *queue, unsigned from)
{
    while (queue->slots[from].chain != 0)
        from++;
    return (uint16_t)from;
}

int kr_virtio_queue_add(struct kr_virtio_queue *queue, const struct kr_virtio_segment *segments,
                        unsigned out, unsigned in, void *cookie)
{
    if (out + in == 0 || cookie == NULL)
        kr_panic("virtio-fake: %s: queue %u: an empty chain", queue->device->name, queue->index);
    if (out + in > queue->available)
        return -KR_EAGAIN;
    if (queue->device->stopped)
        return -KR_EIO;
    uint16_t head = first_free(queue, 0);
    uint16_t at = head;

    queue->slots[head].cookie = cookie;
    queue->slots[head].writable = 0;
    for (unsigned i = 0; i < out + in; i++) {
        bool last = i + 1 == out + in;

        queue->slots[at].chain = (uint16_t)(head + 1);
        uint16_t next = last ? 0 : first_free(queue, at);
        volatile struct kr_virtio_descriptor *part = &queue->descriptors[at];

        part->address = (uintptr_t)segments[i].address;
        part->length = segments[i].length;
        part->flags = (uint16_t)((last ? 0 : NEXT) | (i >= out ? WRITE : 0));
        part->next = next;
        queue->slots[head].writable += i >= out ? segments[i].length : 0;
        at = next;
    }
    queue->available = (uint16_t)(queue->available - out - in);
    queue->avail[RING + queue->added % queue->size] = head;
    queue->added++;
    return 0;
}

void kr_virtio_queue_publish(struct kr_virtio_queue *queue)
{
    uint16_t old = queue->published, new = queue->added;

    if (old == new || queue->device->stopped)
        return;
    queue->published = new;
    queue->avail[INDEX] = new;
    if (!queue->event || (uint16_t)(new - *avail_event(queue) - 1) < (uint16_t)(new - old))
        virtio_fake_notified(queue->device, queue->index);
}

static void *broken(struct kr_virtio_queue *queue, const char *what)
{
    kr_virtio_violation(queue->device, what);
    return NULL;
}

void *kr_virtio_queue_take(struct kr_virtio_queue *queue, uint32_t *written)
{
    uint16_t seen = queue->used[INDEX];

    if (seen == queue->taken || queue->device->stopped)
        return NULL;
    if ((uint16_t)(seen - queue->taken) > (uint16_t)(queue->published - queue->taken))
        return broken(queue, "more chains are done than were shown");
    volatile uint32_t *entry = used_entry(queue, queue->taken);
    uint32_t head = entry[0], length = entry[1];

    if (head >= queue->size || queue->slots[head].cookie == NULL)
        return broken(queue, "no chain in flight begins there");
    if (length > queue->slots[head].writable)
        return broken(queue, "more was written than there is room");
    void *cookie = queue->slots[head].cookie;

    for (unsigned i = 0; i < queue->size; i++) {
        if (queue->slots[i].chain != head + 1)
            continue;
        queue->slots[i] = (struct kr_virtio_slot){0};
        queue->available++;
    }
    queue->taken++;
    *written = length;
    return cookie;
}

bool kr_virtio_queue_arm(struct kr_virtio_queue *queue)
{
    if (queue->event)
        *used_event(queue) = queue->taken;
    else
        queue->avail[FLAGS] = 0;
    return queue->used[INDEX] == queue->taken || queue->device->stopped;
}

void kr_virtio_queue_disarm(struct kr_virtio_queue *queue)
{
    if (queue->event)
        *used_event(queue) = (uint16_t)(queue->taken - 1);
    else
        queue->avail[FLAGS] = 1;
}
