/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * virtio: devices that the host plays, and the queues between them and us
 * (Virtual I/O Device (VIRTIO) Version 1.2; numbers in brackets are its
 * sections).
 *
 * Cardinality: one provider.
 * Context:     boot and thread context, except where a name ends in _isr;
 *              the functions of one queue from one thread at a time.
 * Failure:     negative KR_E…. What a device writes is hostile input: it is
 *              checked before it is used. A device that breaks the protocol
 *              is a violation: one line `virtio-…: device: what`, then the
 *              provider panics or stops the device, as it is configured.
 *              A stopped device takes and gives nothing more (-KR_EIO, NULL).
 * Ownership:   a device belongs to the driver that began it, for ever.
 *              Queue, its memory, and segments belong to the driver; between
 *              add and take a segment's bytes are the device's.
 *
 * Memory that a device reads or writes MUST be of the image or of `alloc`:
 * each range is then contiguous for the device too.
 */
#ifndef KRAFT_VIRTIO_H
#define KRAFT_VIRTIO_H

#include <kraft/base.h>

/* Device types [5]. */
#define KR_VIRTIO_NETWORK 1u
#define KR_VIRTIO_BLOCK 2u
#define KR_VIRTIO_ENTROPY 4u
#define KR_VIRTIO_9P 9u

/* A feature bit as a mask. The provider itself negotiates those of queues
 * and transport, 24 to 40 [2.2]; a driver asks for its device's own. */
#define KR_VIRTIO_FEATURE(bit) (UINT64_C(1) << (bit))

struct kr_virtio_device; /* the provider's */

/* The (index)th device of (type) in this machine, counted from 0, or NULL. */
struct kr_virtio_device *kr_virtio_find(unsigned type, unsigned index);

/* Where it sits, for messages: "mmio@feb00e00", "pci@00:02.0". */
const char *kr_virtio_name(const struct kr_virtio_device *device);

/* What a driver wants of a device. Constant, the driver's. */
struct kr_virtio_wants {
    uint64_t required; /* feature bits without which it cannot work */
    uint64_t welcome;  /* those that it can use */
    /* Called, in interrupt context, after a queue that is armed has got a
     * used buffer, or the configuration has changed. May be NULL, and MAY be
     * called for no reason. */
    void (*changed_isr)(void *argument);
};

/*
 * The first six steps of initialisation [3.1.1]: reset, ACKNOWLEDGE, DRIVER,
 * read the features, accept those that are offered and wanted, FEATURES_OK.
 * VERSION_1 is required always. (features) becomes what both sides have.
 * Returns 0, -KR_EBUSY when another driver has it, -KR_EOPNOTSUPP when a
 * required feature is missing or the device refuses the set, -KR_ENFILE when
 * no interrupt is left.
 */
int kr_virtio_begin(struct kr_virtio_device *device, const struct kr_virtio_wants *wants,
                    void *argument, uint64_t *features);

/* Copies (size) bytes at (offset) of the configuration space [2.5], such
 * that they are of one generation. Little-endian, as the device has it.
 * After kr_virtio_begin. */
void kr_virtio_config(struct kr_virtio_device *device, unsigned offset, void *bytes, size_t size);

struct kr_virtio_descriptor; /* [2.7.5] */
struct kr_virtio_slot;       /* the provider's: one chain in flight */

/* A split virtqueue [2.7]. Zero before it is started; then only the provider
 * reads and writes its fields, but (available), which anyone may read. */
struct kr_virtio_queue {
    struct kr_virtio_device *device;
    volatile struct kr_virtio_descriptor *descriptors; /* shared, we write */
    volatile uint16_t *avail;      /* shared, we write */
    volatile uint16_t *used;       /* shared, the device writes */
    struct kr_virtio_slot *slots;  /* private, one per descriptor */
    volatile void *bell;           /* the register that notifies */
    uint32_t bell_value;           /* what is written there */
    uint16_t index;                /* its number in the device */
    uint16_t size;                 /* descriptors, a power of two */
    uint16_t available;            /* descriptors that are free */
    uint16_t free;                 /* first of them */
    uint16_t added;                /* chains ever added, modulo 2^16 */
    uint16_t published;            /* of those, shown to the device */
    uint16_t taken;                /* chains ever taken, modulo 2^16 */
    bool event;                    /* VIRTIO_F_EVENT_IDX is negotiated */
};

/* Bytes of memory that a queue of (size) descriptors needs, aligned to
 * KR_VIRTIO_QUEUE_ALIGN. */
#define KR_VIRTIO_QUEUE_ALIGN 16u
#define KR_VIRTIO_QUEUE_MEMORY(size) ((size_t)(size) * (16 + 2 + 8 + 16) + 32)

/*
 * Part of the seventh step: sets up queue (index). Its size is the largest
 * power of two that neither (size) nor the device exceeds; (memory) is of
 * KR_VIRTIO_QUEUE_MEMORY(size) bytes. It starts disarmed. Returns 0,
 * -KR_ENODEV when the device has no such queue.
 */
int kr_virtio_queue_start(struct kr_virtio_device *device, unsigned index,
                          struct kr_virtio_queue *queue, void *memory, unsigned size);

/* The eighth step: DRIVER_OK. The device is live. */
void kr_virtio_ready(struct kr_virtio_device *device);

/* Resets the device and leaves it so: it touches our memory no more. */
void kr_virtio_stop(struct kr_virtio_device *device);

/* Whether the device was stopped: by its driver, or for a violation. Who waits
 * for a chain waits no longer then. */
bool kr_virtio_is_stopped(const struct kr_virtio_device *device);

/* Reports that the device broke the protocol of its type, as the provider
 * reports what breaks the queue's: the line ends in (what). May not return. */
void kr_virtio_violation(struct kr_virtio_device *device, const char *what);

/* A range of memory for the device. */
struct kr_virtio_segment {
    void *address;
    uint32_t length; /* bytes, not 0 */
};

/*
 * Adds a chain to (queue): (out) segments that the device reads, then (in)
 * that it writes. The device may see it only after kr_virtio_queue_publish.
 * (cookie), not NULL, comes back from kr_virtio_queue_take. Returns 0,
 * -KR_EAGAIN when fewer than (out) + (in) descriptors are free, -KR_EIO.
 */
int kr_virtio_queue_add(struct kr_virtio_queue *queue, const struct kr_virtio_segment *segments,
                        unsigned out, unsigned in, void *cookie);

/* Shows the device all that was added, and notifies it if it wants that. */
void kr_virtio_queue_publish(struct kr_virtio_queue *queue);

/*
 * Takes a chain that the device is done with: returns its cookie, and in
 * (written) how many bytes the device says it wrote, never more than the
 * chain's (in) segments hold. NULL when there is none.
 */
void *kr_virtio_queue_take(struct kr_virtio_queue *queue, uint32_t *written);

/*
 * Asks for one interrupt when the device is next done with a chain. Returns
 * true if it is armed; false if there is a chain to take already, and an
 * interrupt may not come for it.
 */
bool kr_virtio_queue_arm(struct kr_virtio_queue *queue);

/* Asks for no interrupts; one may still come. */
void kr_virtio_queue_disarm(struct kr_virtio_queue *queue);

#endif
