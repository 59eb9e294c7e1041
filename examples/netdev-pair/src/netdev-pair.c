/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A wire within the image: what one end sends arrives at the other. Each end
 * has buffers of its own, which are on its free list, in its queue of frames
 * that wait to be received, or held by its user. A frame that finds no free
 * buffer, or nobody who has opened the other end, is lost.
 */
#include <options.h>

#include <kraft/netdev.h>
#include <kraft/panic.h>
#include <kraft/string.h>

#define ENDS 2u
#define MTU 1500u
#define MAX_FRAME (KR_NETDEV_HEADER + 4 + MTU)

struct slot {
    struct kr_netdev_buffer buffer;
    struct slot *next; /* free or waiting */
    bool held;         /* by the user */
    _Alignas(4) uint8_t padding[2];
    uint8_t frame[MAX_FRAME];
};

static struct end {
    const struct kr_netdev_user *user; /* NULL until open */
    void *argument;
    bool armed;
    struct slot *free;
    struct slot *first; /* waiting, oldest first */
    struct slot *last;
    struct slot slots[OPT_BUFFERS];
} ends[ENDS];

int netdev_pair_start(void);

int netdev_pair_start(void)
{
    for (unsigned device = 0; device < ENDS; device++)
        for (unsigned i = 0; i < OPT_BUFFERS; i++) {
            struct slot *slot = &ends[device].slots[i];
            slot->buffer.data = slot->frame;
            slot->buffer.device = device;
            slot->next = ends[device].free;
            ends[device].free = slot;
        }
    return 0;
}

static unsigned count(void)
{
    return ENDS;
}

static void facts(unsigned device, struct kr_netdev_facts *facts_out)
{
    *facts_out = (struct kr_netdev_facts){
        .mac = {0x02, 0x6b, 0x72, 0, 0, (uint8_t)(device + 1)},
        .mtu = MTU,
        .flags = KR_NETDEV_OFFLOAD_SEND | KR_NETDEV_OFFLOAD_RECEIVE,
        .buffers = OPT_BUFFERS,
    };
}

static int open(unsigned device, const struct kr_netdev_user *user, void *argument)
{
    if (ends[device].user != NULL)
        return -KR_EBUSY;
    ends[device].user = user;
    ends[device].argument = argument;
    return 0;
}

static struct kr_netdev_buffer *receive(unsigned device)
{
    struct slot *slot = ends[device].first;

    if (slot == NULL)
        return NULL;
    ends[device].first = slot->next;
    slot->held = true;
    return &slot->buffer;
}

static void release(struct kr_netdev_buffer *buffer)
{
    struct slot *slot = (struct slot *)buffer;
    struct end *end = &ends[buffer->device];

    if (!slot->held)
        kr_panic("netdev-pair: a buffer was released twice");
    slot->held = false;
    slot->next = end->free;
    end->free = slot;
}

static size_t length_of(const struct kr_netdev_frame *frame)
{
    size_t length = 0;

    for (unsigned i = 0; i < frame->count; i++)
        length += frame->segments[i].length;
    return length;
}

static void deliver(struct end *end, const struct kr_netdev_frame *frame, size_t length)
{
    struct slot *slot = end->free;

    if (slot == NULL || end->user == NULL)
        return;
    end->free = slot->next;
    uint8_t *at = slot->frame;

    for (unsigned i = 0; i < frame->count; at += frame->segments[i++].length)
        memcpy(at, frame->segments[i].address, frame->segments[i].length);
    slot->buffer.length = (uint16_t)length;
    /* What asked for a checksum needs none: no wire has changed it. */
    slot->buffer.flags = frame->checksum_start != 0 ? KR_NETDEV_CHECKED : 0;
    slot->next = NULL;
    if (end->first != NULL)
        end->last->next = slot;
    else
        end->first = slot;
    end->last = slot;
    if (end->armed) {
        end->armed = false;
        end->user->arrived_isr(end->argument);
    }
}

static int transmit(unsigned device, const struct kr_netdev_frame *frame)
{
    if (frame->count < 1 || frame->count > KR_NETDEV_SEGMENTS)
        return -KR_EINVAL;
    size_t length = length_of(frame);

    if (length > MAX_FRAME)
        return -KR_EMSGSIZE;
    if (length >= KR_NETDEV_HEADER)
        deliver(&ends[1 - device], frame, length);
    ends[device].user->sent(ends[device].argument, frame->cookie);
    return 0;
}

static bool arm(unsigned device)
{
    ends[device].armed = ends[device].first == NULL;
    return ends[device].armed;
}

extern const struct kr_netdev_driver netdev_pair_netdev;
const struct kr_netdev_driver netdev_pair_netdev = {
    .name = "netdev-pair",
    .count = count,
    .facts = facts,
    .open = open,
    .receive = receive,
    .release = release,
    .transmit = transmit,
    .arm = arm,
};
