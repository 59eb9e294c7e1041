/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef VIRTIO_FAKE_H
#define VIRTIO_FAKE_H

#include <kraft/virtio.h>

#define QUEUES 2u
#define QUEUE_LIMIT 256u
#define EVENT_IDX KR_VIRTIO_FEATURE(29) /* [6] */

struct kr_virtio_descriptor { /* [2.7.5] */
    uint64_t address;
    uint32_t length;
    uint16_t flags;
    uint16_t next;
};
#define NEXT 1u
#define WRITE 2u

/* One queue as the device sees it. */
struct ring {
    struct kr_virtio_queue *queue; /* NULL: not set up */
    uint16_t seen;                 /* chains, modulo 2^16 */
    uint16_t done;                 /* chains, modulo 2^16 */
};

struct kr_virtio_device {
    unsigned type;
    char name[16];
    const struct kr_virtio_wants *wants; /* NULL until a driver began it */
    void *argument;                      /* the driver's */
    uint64_t features;                   /* that both sides have */
    bool ready, stopped;
    struct ring rings[QUEUES];
};

/* The areas of a queue: 16-bit words of flags and index, then the ring
 * [2.7.6], [2.7.8]. After the ring: when the other side wants to be told. */
#define FLAGS 0u
#define INDEX 1u
#define RING 2u

static inline volatile uint32_t *used_entry(const struct kr_virtio_queue *queue, uint16_t index)
{
    volatile uint16_t *entry = queue->used + RING + 4u * (index % queue->size);
    return (volatile uint32_t *)(volatile void *)entry;
}

static inline volatile uint16_t *used_event(const struct kr_virtio_queue *queue)
{
    return queue->avail + RING + queue->size;
}

static inline volatile uint16_t *avail_event(const struct kr_virtio_queue *queue)
{
    return queue->used + RING + 4u * queue->size;
}

/* The device's side of a notification: works through all that it was shown. */
void virtio_fake_notified(struct kr_virtio_device *device, unsigned index);

#endif
