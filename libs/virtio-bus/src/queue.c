/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Split virtqueues (VIRTIO 1.2, 2.7). Descriptor table and available ring
 * are written here and never read back: which descriptors are free, how a
 * chain goes on and how much of it the device may write stands in slots of
 * our own. The used ring is the only memory that the device writes; an entry
 * is read once, into a local, and checked against the slots.
 *
 * Shared memory is volatile: each access in the source happens, once, as
 * wide as its type. On order see each barrier.
 */
#include "device.h"

#include <kraft/mem.h>
#include <kraft/panic.h>
#include <kraft/print.h>

/* [2.7.5] */
struct kr_virtio_descriptor {
    uint64_t address;
    uint32_t length;
    uint16_t flags;
    uint16_t next;
};
#define NEXT 1u
#define WRITE 2u

/* [2.7.6], [2.7.8]: indices into arrays of 16-bit words */
#define FLAGS 0
#define INDEX 1
#define RING 2
#define NO_INTERRUPT 1u
#define NO_NOTIFY 1u

struct kr_virtio_slot {
    void *cookie;      /* head of a chain in flight; else NULL */
    uint32_t writable; /* head: bytes that the device may write */
    uint16_t next;     /* of the chain, or of the free list */
    uint16_t count;    /* head: descriptors in the chain */
};

_Static_assert(sizeof(struct kr_virtio_descriptor) == 16, "as in 2.7.5");
_Static_assert(sizeof(struct kr_virtio_slot) == 16, "as KR_VIRTIO_QUEUE_MEMORY counts");

static volatile uint16_t *used_event(const struct kr_virtio_queue *queue)
{
    return queue->avail + RING + queue->size;
}

static volatile uint16_t *avail_event(const struct kr_virtio_queue *queue)
{
    return queue->used + RING + 4 * queue->size;
}

/* One ring entry: id, then length, 32 bits each. */
static volatile uint32_t *used_entry(const struct kr_virtio_queue *queue, uint16_t index)
{
    volatile uint16_t *ring = queue->used + RING + 4 * (index & (queue->size - 1));
    return (volatile uint32_t *)(volatile void *)ring;
}

int kr_virtio_queue_start(struct kr_virtio_device *device, unsigned index,
                          struct kr_virtio_queue *queue, void *memory, unsigned size)
{
    unsigned limit = device->transport->queue_limit(device, index);
    if (limit == 0)
        return -KR_ENODEV;
    unsigned n = 1;
    while (2 * n <= size && 2 * n <= limit && n < 32768)
        n *= 2;

    uint8_t *at = memory;
    if ((uintptr_t)at % KR_VIRTIO_QUEUE_ALIGN != 0)
        kr_panic("virtio-bus: %s: queue %u: memory is not aligned", device->name, index);
    for (size_t i = 0; i < KR_VIRTIO_QUEUE_MEMORY(n); i++)
        at[i] = 0;
    *queue = (struct kr_virtio_queue){.device = device, .index = (uint16_t)index};
    queue->descriptors = (void *)at;
    queue->slots = (void *)(at + 16 * n);
    queue->used = (void *)(at + 32 * n);
    queue->avail = (void *)(at + 32 * n + 8 * n + 8);
    queue->size = queue->available = (uint16_t)n;
    for (unsigned i = 0; i < n; i++)
        queue->slots[i].next = (uint16_t)(i + 1);
    queue->event = (device->features & EVENT_IDX) != 0;
    kr_virtio_queue_disarm(queue);
    uint64_t base = kr_mem_physical(memory);
    return device->transport->queue_enable(queue, base, base + 40 * n + 8, base + 32 * n);
}

/* Memory that is cleared when it is touched (mem.h) is, before a device does. */
static void touch(const void *start, size_t length)
{
    const volatile uint8_t *byte = start;

    for (size_t at = 0; at < length; at += KR_MEM_PAGE)
        (void)byte[at];
    if (length != 0)
        (void)byte[length - 1];
}

int kr_virtio_queue_add(struct kr_virtio_queue *queue, const struct kr_virtio_segment *segments,
                        unsigned out, unsigned in, void *cookie)
{
    unsigned count = out + in;
    if (count == 0 || !cookie)
        kr_panic("virtio-bus: %s: queue %u: an empty chain", queue->device->name, queue->index);
    if (count > queue->available)
        return -KR_EAGAIN;
    if (queue->device->stopped)
        return -KR_EIO;
    uint16_t head = queue->free, at = head;
    uint32_t writable = 0;
    for (unsigned i = 0; i < count; i++) {
        volatile struct kr_virtio_descriptor *descriptor = &queue->descriptors[at];
        uint16_t next = queue->slots[at].next;
        bool last = i + 1 == count, written = i >= out;
        touch(segments[i].address, segments[i].length);
        descriptor->address = kr_mem_physical(segments[i].address);
        descriptor->length = segments[i].length;
        descriptor->flags = (uint16_t)((last ? 0 : NEXT) | (written ? WRITE : 0));
        descriptor->next = last ? 0 : next;
        writable += written ? segments[i].length : 0;
        at = next;
    }
    queue->free = at;
    queue->available = (uint16_t)(queue->available - count);
    struct kr_virtio_slot *slot = &queue->slots[head];
    slot->cookie = cookie;
    slot->writable = writable;
    slot->count = (uint16_t)count;
    queue->avail[RING + (queue->added & (queue->size - 1))] = head;
    queue->added++;
    return 0;
}

void kr_virtio_queue_publish(struct kr_virtio_queue *queue)
{
    uint16_t old = queue->published, new = queue->added;
    if (old == new || queue->device->stopped)
        return;
    queue->published = new;
    /* The device must see descriptors and ring entries before the index that
     * makes them its own [2.7.13.2]. */
    __atomic_thread_fence(__ATOMIC_RELEASE);
    queue->avail[INDEX] = new;
    /* We must see a wish for notification that the device wrote before it
     * last looked at the index, or it must see the index [2.7.13.3.1]. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    bool wanted;
    if (queue->event)
        wanted = (uint16_t)(new - *avail_event(queue) - 1) < (uint16_t)(new - old);
    else
        wanted = !(queue->used[FLAGS] & NO_NOTIFY);
    if (wanted)
        queue->device->transport->notify(queue);
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
    /* We must see the index before the entries, and the bytes of their
     * buffers, that it covers [2.7.14]. */
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    if ((uint16_t)(seen - queue->taken) > (uint16_t)(queue->published - queue->taken))
        return broken(queue, "the used index is ahead of what was given");
    volatile uint32_t *entry = used_entry(queue, queue->taken);
    uint32_t id = entry[0], length = entry[1];
    if (id >= queue->size || !queue->slots[id].cookie)
        return broken(queue, "a used id is not in flight");
    struct kr_virtio_slot *slot = &queue->slots[id];
    if (length > slot->writable)
        return broken(queue, "a used length exceeds the buffer");
    queue->taken++;

    void *cookie = slot->cookie;
    slot->cookie = NULL;
    uint16_t last = (uint16_t)id;
    for (unsigned i = 1; i < slot->count; i++)
        last = queue->slots[last].next;
    queue->slots[last].next = queue->free;
    queue->free = (uint16_t)id;
    queue->available = (uint16_t)(queue->available + slot->count);
    *written = length;
    return cookie;
}

bool kr_virtio_queue_arm(struct kr_virtio_queue *queue)
{
    if (queue->event)
        *used_event(queue) = queue->taken;
    else
        queue->avail[FLAGS] = 0;
    /* The device must see that we are armed before it looks whether to
     * interrupt, or we must see the index that it wrote [2.7.10]. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return queue->used[INDEX] == queue->taken || queue->device->stopped;
}

void kr_virtio_queue_disarm(struct kr_virtio_queue *queue)
{
    /* With event index: as far away as it goes. No barrier: one interrupt
     * too many is allowed for. */
    if (queue->event)
        *used_event(queue) = (uint16_t)(queue->taken - 1);
    else
        queue->avail[FLAGS] = NO_INTERRUPT;
}
