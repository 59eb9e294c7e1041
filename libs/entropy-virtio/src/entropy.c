/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio entropy device (VIRTIO 1.2, 5.4): one queue; the device fills the
 * buffers in it with random bytes, one byte at least. One buffer is in
 * flight at a time, and none while nobody waits.
 */
#include <options.h>

#include <kraft/entropy.h>
#include <kraft/irq.h>
#include <kraft/virtio.h>

#define QUEUE 0u
#define QUEUE_SIZE 2u

static struct {
    struct kr_virtio_device *device;
    struct kr_virtio_queue queue;
    uint32_t left; /* bytes at the beginning of (pool) that are unused */
    uint8_t pool[OPT_POOL];
    _Alignas(KR_VIRTIO_QUEUE_ALIGN) uint8_t memory[KR_VIRTIO_QUEUE_MEMORY(QUEUE_SIZE)];
} source;

int entropy_virtio_start(void);

int entropy_virtio_start(void)
{
    /* The interrupt has only to end the halt. */
    static const struct kr_virtio_wants wants = {.required = 0};
    uint64_t features;
    source.device = kr_virtio_find(KR_VIRTIO_ENTROPY, 0);
    if (!source.device)
        return -KR_ENODEV;
    int error = kr_virtio_begin(source.device, &wants, NULL, &features);
    if (!error)
        error = kr_virtio_queue_start(source.device, QUEUE, &source.queue, source.memory,
                                      QUEUE_SIZE);
    if (!error)
        kr_virtio_ready(source.device);
    return error;
}

/* Waits for the buffer in flight. Disarmed or woken too early, it looks
 * again; with interrupts disabled between look and halt, none is missed. */
static void await(void)
{
    bool enabled = kr_irq_disable();
    while (!kr_virtio_queue_take(&source.queue, &source.left) &&
           !kr_virtio_is_stopped(source.device))
        if (kr_virtio_queue_arm(&source.queue))
            kr_irq_wait();
    kr_irq_restore(enabled);
}

static int refill(void)
{
    const struct kr_virtio_segment segment = {source.pool, sizeof(source.pool)};
    if (kr_virtio_queue_add(&source.queue, &segment, 0, 1, &source))
        return -KR_EIO;
    kr_virtio_queue_publish(&source.queue);
    await();
    return source.left > 0 ? 0 : -KR_EIO;
}

int kr_entropy_fill(void *buffer, size_t size)
{
    uint8_t *at = buffer;
    for (size_t done = 0; done < size; done++) {
        int error = source.left > 0 ? 0 : refill();
        if (error) {
            for (size_t i = 0; i < size; i++)
                at[i] = 0;
            return error;
        }
        at[done] = source.pool[--source.left];
        source.pool[source.left] = 0; /* nobody gets it again */
    }
    return 0;
}
