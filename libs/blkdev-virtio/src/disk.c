/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio block device (VIRTIO 1.2, 5.2): one queue. A request is a header
 * that the device reads, the bytes, and a status that it writes; header and
 * status lie in a slot of ours, of which there is one for each request that
 * can be under way. Sectors are of 512 bytes always, as the device counts
 * them. Limits: one queue of several, no sizes of blocks beyond that.
 */
#include <options.h>

#include <kraft/blkdev.h>
#include <kraft/clock.h>
#include <kraft/irq.h>
#include <kraft/sched.h>
#include <kraft/virtio.h>

/* Feature bits [5.2.3] */
#define READ_ONLY KR_VIRTIO_FEATURE(5)
#define FLUSH KR_VIRTIO_FEATURE(9)
#define DISCARD KR_VIRTIO_FEATURE(13)

/* struct virtio_blk_config [5.2.4] */
#define CONFIG_CAPACITY 0u
#define CONFIG_DISCARD_SECTORS 36u

/* Types of requests and states [5.2.6] */
#define TYPE_IN 0u
#define TYPE_OUT 1u
#define TYPE_FLUSH 4u
#define TYPE_GET_ID 8u
#define TYPE_DISCARD 11u
#define STATUS_OK 0u
#define STATUS_UNSUPPORTED 2u
#define STATUS_NONE 0xffu

#define SECTOR 512u
#define MOST 2048u /* sectors of one request */
#define IDENTITY 20u
#define QUEUE 0u

/* [5.2.6]: struct virtio_blk_req without its data, and what a discard says */
struct header {
    uint32_t type, reserved;
    uint64_t sector;
};
struct discard {
    uint64_t sector;
    uint32_t count, flags;
};

struct slot {
    struct header header;
    struct discard discard;
    struct kr_blkdev_request *request; /* NULL: free */
    volatile uint8_t status;           /* the device writes it */
};

static struct device {
    struct kr_virtio_device *virtio;
    struct kr_virtio_queue queue;
    struct kr_sched_queue answers;
    struct kr_blkdev_facts facts;
    bool flushes;
    struct slot slots[OPT_REQUESTS];
    _Alignas(KR_VIRTIO_QUEUE_ALIGN) uint8_t memory[KR_VIRTIO_QUEUE_MEMORY(4 * OPT_REQUESTS)];
} devices[OPT_DEVICES];

static unsigned found;

int blkdev_virtio_start(void);

/* Interrupt context: whoever waits looks whether it was for him. */
static void changed_isr(void *argument)
{
    struct device *device = argument;

    kr_sched_wake_all_isr(&device->answers);
}

static const struct kr_virtio_wants wants = {
    .welcome = READ_ONLY | FLUSH | DISCARD,
    .changed_isr = changed_isr,
};

static void end(struct kr_blkdev_request *request, int result)
{
    request->result = result;
    request->done = true;
}

/* Ends the requests that the device is done with; of a device that was
 * stopped, all. */
static void collect(struct device *device)
{
    struct slot *slot;
    uint32_t written;

    while ((slot = kr_virtio_queue_take(&device->queue, &written)) != NULL) {
        uint8_t status = slot->status;
        int result = status == STATUS_OK            ? 0
                     : status == STATUS_UNSUPPORTED ? -KR_EOPNOTSUPP
                                                    : -KR_EIO;

        end(slot->request, written == 0 ? -KR_EIO : result);
        slot->request = NULL;
    }
    if (!kr_virtio_is_stopped(device->virtio))
        return;
    for (unsigned i = 0; i < OPT_REQUESTS; i++)
        if (device->slots[i].request != NULL) {
            end(device->slots[i].request, -KR_EIO);
            device->slots[i].request = NULL;
        }
}

static struct slot *free_slot(struct device *device)
{
    for (unsigned i = 0; i < OPT_REQUESTS; i++)
        if (device->slots[i].request == NULL)
            return &device->slots[i];
    return NULL;
}

/* Hands (request) to the device; (length) of its bytes, to be written by it
 * where (in). */
static int give(struct device *device, struct kr_blkdev_request *request, uint32_t type,
                struct kr_virtio_segment data, bool in)
{
    struct kr_virtio_segment segments[3];
    unsigned out = 1;
    unsigned count = 1;
    struct slot *slot;

    collect(device);
    slot = free_slot(device);
    if (slot == NULL)
        return -KR_EAGAIN;
    slot->header = (struct header){.type = type, .sector = type == TYPE_IN || type == TYPE_OUT
                                                               ? request->sector
                                                               : 0};
    slot->status = STATUS_NONE;
    segments[0] = (struct kr_virtio_segment){&slot->header, sizeof(slot->header)};
    if (type == TYPE_DISCARD) {
        slot->discard = (struct discard){.sector = request->sector, .count = request->count};
        data = (struct kr_virtio_segment){&slot->discard, sizeof(slot->discard)};
    }
    if (data.length > 0)
        segments[count++] = data;
    out = in ? 1 : count;
    segments[count] = (struct kr_virtio_segment){(void *)(uintptr_t)&slot->status, 1};
    int error = kr_virtio_queue_add(&device->queue, segments, out, count + 1 - out, slot);
    if (error != 0)
        return error;
    slot->request = request;
    request->done = false;
    kr_virtio_queue_publish(&device->queue);
    return 0;
}

/* Disarmed or woken for another's answer, it looks again; with interrupts
 * disabled between look and wait, none is missed. */
static int await(struct device *device, struct kr_blkdev_request *request)
{
    bool enabled = kr_irq_disable();

    for (collect(device); !request->done; collect(device))
        if (kr_virtio_queue_arm(&device->queue))
            kr_sched_wait(&device->answers, KR_CLOCK_NEVER);
    kr_irq_restore(enabled);
    return request->result;
}

/* What its owner calls it [5.2.6.1]: 20 bytes, or fewer and NUL. */
static void ask_identity(struct device *device)
{
    static _Alignas(16) char identity[IDENTITY];
    struct kr_blkdev_request request = {.bytes = identity};
    const struct kr_virtio_segment data = {identity, IDENTITY};

    if (give(device, &request, TYPE_GET_ID, data, true) != 0 || await(device, &request) != 0)
        return;
    for (unsigned i = 0; i < IDENTITY; i++)
        device->facts.identity[i] = identity[i];
}

/* [5.2.5] */
static int begin(struct device *device)
{
    uint32_t discarded = 0;
    uint64_t features;
    int error = kr_virtio_begin(device->virtio, &wants, device, &features);

    if (error == 0)
        error = kr_virtio_queue_start(device->virtio, QUEUE, &device->queue, device->memory,
                                      4 * OPT_REQUESTS);
    if (error != 0)
        return error;
    device->facts = (struct kr_blkdev_facts){.sector_size = SECTOR,
                                             .most = MOST,
                                             .requests = OPT_REQUESTS,
                                             .read_only = (features & READ_ONLY) != 0};
    kr_virtio_config(device->virtio, CONFIG_CAPACITY, &device->facts.sectors, 8);
    if ((features & DISCARD) != 0)
        kr_virtio_config(device->virtio, CONFIG_DISCARD_SECTORS, &discarded, 4);
    device->facts.discards = discarded >= MOST;
    device->flushes = (features & FLUSH) != 0;
    if (device->queue.size / 3 < OPT_REQUESTS)
        device->facts.requests = device->queue.size / 3;
    kr_virtio_ready(device->virtio);
    ask_identity(device);
    return 0;
}

int blkdev_virtio_start(void)
{
    while (found < OPT_DEVICES) {
        struct device *device = &devices[found];

        device->virtio = kr_virtio_find(KR_VIRTIO_BLOCK, found);
        if (device->virtio == NULL)
            break;
        int error = begin(device);
        if (error != 0)
            return error;
        found++;
    }
    return 0;
}

static unsigned count_devices(void)
{
    return found;
}

static void tell_facts(unsigned index, struct kr_blkdev_facts *facts)
{
    *facts = devices[index].facts;
}

static bool is_inside(const struct device *device, const struct kr_blkdev_request *request)
{
    return request->count > 0 && request->count <= MOST &&
           request->sector < device->facts.sectors &&
           request->count <= device->facts.sectors - request->sector;
}

static int submit(unsigned index, struct kr_blkdev_request *request)
{
    struct device *device = &devices[index];
    const struct kr_virtio_segment none = {NULL, 0};
    const struct kr_virtio_segment data = {request->bytes, request->count * SECTOR};
    bool reads = request->operation == KR_BLKDEV_READ;

    if (request->operation < 0 || request->operation > KR_BLKDEV_DISCARD ||
        (request->operation != KR_BLKDEV_FLUSH && !is_inside(device, request)))
        return -KR_EINVAL;
    if (!reads && device->facts.read_only)
        return -KR_EROFS;
    switch (request->operation) {
    case KR_BLKDEV_FLUSH:
        if (device->flushes)
            return give(device, request, TYPE_FLUSH, none, false);
        end(request, 0); /* what was written is kept already */
        return 0;
    case KR_BLKDEV_DISCARD:
        if (device->facts.discards)
            return give(device, request, TYPE_DISCARD, none, false);
        end(request, -KR_EOPNOTSUPP);
        return 0;
    default:
        return give(device, request, reads ? TYPE_IN : TYPE_OUT, data, reads);
    }
}

static int wait(unsigned index, struct kr_blkdev_request *request)
{
    return request->done ? request->result : await(&devices[index], request);
}

extern const struct kr_blkdev_driver blkdev_virtio_blkdev;
const struct kr_blkdev_driver blkdev_virtio_blkdev = {
    .name = "blkdev-virtio",
    .count = count_devices,
    .facts = tell_facts,
    .submit = submit,
    .wait = wait,
};
