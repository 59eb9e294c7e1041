/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is on the other side of the rings (VIRTIO 1.2, 2.7, 5.1, 5.4, 5.10). A
 * chain is gone through in one go: bytes are copied out of it or into it, its
 * head goes to the used ring, and the driver is interrupted if it asked for
 * that.
 */
#include "fake.h"

#include <kraft/irq.h>
#include <kraft/virtio-answers.h>

#define RECEIVE 0u
#define SEND 1u
#define HEADER 12u /* bytes before a frame [5.1.6] */
#define FRAME_LIMIT 2048u

static uint32_t random = 2463534242u; /* Marsaglia, "Xorshift RNGs", 2003 */

static uint8_t next_random(void)
{
    random ^= random << 13;
    random ^= random >> 17;
    random ^= random << 5;
    return (uint8_t)random;
}

/* The head of the next chain that the driver has shown. */
static bool next_chain(struct ring *ring, uint16_t *head)
{
    struct kr_virtio_queue *queue = ring->queue;

    if (queue == NULL || ring->seen == queue->avail[INDEX])
        return false;
    *head = queue->avail[RING + ring->seen % queue->size];
    ring->seen++;
    *avail_event(queue) = ring->seen;
    return true;
}

static void interrupt(struct kr_virtio_device *device)
{
    bool enabled = kr_irq_disable();

    if (device->wants->changed_isr != NULL)
        device->wants->changed_isr(device->argument);
    kr_irq_restore(enabled);
}

static void finish(struct kr_virtio_device *device, struct ring *ring, uint16_t head,
                   uint32_t length)
{
    struct kr_virtio_queue *queue = ring->queue;
    volatile uint32_t *entry = used_entry(queue, ring->done);
    uint16_t old = ring->done++;

    entry[0] = head;
    entry[1] = length;
    queue->used[INDEX] = ring->done;
    if (queue->event ? *used_event(queue) == old : !(queue->avail[FLAGS] & 1u))
        interrupt(device);
}

/* Goes through a chain from (head), and makes (each) of the bytes of those
 * segments that the device reads, or of those that it writes, until that
 * returns false. */
static void walk(struct kr_virtio_queue *queue, uint16_t head, unsigned kind,
                 bool (*each)(uint8_t *byte, void *argument), void *argument)
{
    for (uint16_t at = head;; at = queue->descriptors[at].next) {
        volatile struct kr_virtio_descriptor *part = &queue->descriptors[at];
        uint8_t *bytes = (uint8_t *)(uintptr_t)part->address;

        if ((part->flags & WRITE) == kind)
            for (uint32_t i = 0; i < part->length; i++)
                if (!each(&bytes[i], argument))
                    return;
        if (!(part->flags & NEXT))
            return;
    }
}

/* A frame with its header, as long as it is on its way. */
struct frame {
    uint32_t size, at;
    uint8_t bytes[HEADER + FRAME_LIMIT];
};

static bool take_byte(uint8_t *byte, void *argument)
{
    struct frame *frame = argument;

    if (frame->size == sizeof(frame->bytes))
        return false;
    frame->bytes[frame->size++] = *byte;
    return true;
}

static bool give_byte(uint8_t *byte, void *argument)
{
    struct frame *frame = argument;

    if (frame->at == frame->size)
        return false;
    *byte = frame->bytes[frame->at++];
    return true;
}

static bool give_random(uint8_t *byte, void *argument)
{
    uint32_t *count = argument;

    *byte = next_random();
    ++*count;
    return true;
}

/* A frame for which there is no buffer is lost, as on a wire. */
static void bring_back(struct kr_virtio_device *device, struct frame *frame)
{
    struct ring *ring = &device->rings[RECEIVE];
    uint16_t head;

    if (frame->size <= HEADER || !next_chain(ring, &head))
        return;
    for (unsigned i = 0; i < HEADER; i++)
        frame->bytes[i] = 0;
    walk(ring->queue, head, WRITE, give_byte, frame);
    finish(device, ring, head, frame->at);
}

static void network(struct kr_virtio_device *device)
{
    static struct frame frame;
    uint16_t head;

    while (next_chain(&device->rings[SEND], &head)) {
        frame.size = frame.at = 0;
        walk(device->rings[SEND].queue, head, 0, take_byte, &frame);
        finish(device, &device->rings[SEND], head, 0);
        bring_back(device, &frame);
    }
}

static void entropy(struct kr_virtio_device *device)
{
    uint16_t head;

    while (next_chain(&device->rings[0], &head)) {
        uint32_t count = 0;

        walk(device->rings[0].queue, head, WRITE, give_random, &count);
        finish(device, &device->rings[0], head, count);
    }
}

/* A message, as long as it is on its way. */
struct message {
    uint32_t size, at, room;
    uint8_t bytes[1u << 17];
};

static bool ask_byte(uint8_t *byte, void *argument)
{
    struct message *message = argument;

    if (message->size == sizeof(message->bytes))
        return false;
    message->bytes[message->size++] = *byte;
    return true;
}

static bool count_byte(uint8_t *byte, void *argument)
{
    struct message *message = argument;

    (void)byte;
    return ++message->room < sizeof(message->bytes);
}

static bool answer_byte(uint8_t *byte, void *argument)
{
    struct message *message = argument;

    if (message->at == message->size)
        return false;
    *byte = message->bytes[message->at++];
    return true;
}

static uint32_t (*answer)(const uint8_t *request, uint32_t length, uint8_t *reply, uint32_t room);

void kr_virtio_answers(uint32_t (*from_now)(const uint8_t *request, uint32_t length,
                                            uint8_t *reply, uint32_t room))
{
    answer = from_now;
}

static void folder(struct kr_virtio_device *device)
{
    static struct message request, reply;
    struct kr_virtio_queue *queue = device->rings[0].queue;
    uint16_t head;

    while (answer != NULL && next_chain(&device->rings[0], &head)) {
        request.size = reply.at = reply.room = 0;
        walk(queue, head, 0, ask_byte, &request);
        walk(queue, head, WRITE, count_byte, &reply);
        uint32_t said = answer(request.bytes, request.size, reply.bytes, reply.room);

        reply.size = said < reply.room ? said : reply.room;
        walk(queue, head, WRITE, answer_byte, &reply);
        finish(device, &device->rings[0], head, said);
    }
}

void virtio_fake_notified(struct kr_virtio_device *device, unsigned index)
{
    if (!device->ready)
        return;
    if (device->type == KR_VIRTIO_ENTROPY)
        entropy(device);
    else if (device->type == KR_VIRTIO_9P)
        folder(device);
    else if (index == SEND)
        network(device);
}
