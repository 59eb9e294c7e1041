/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A wire with one end. Buffers are in one of three places: on the free list,
 * in the queue of frames that wait to be received, or held by the user. A
 * frame that finds no free buffer is lost.
 */
#include <options.h>

#include <kraft/netdev.h>
#include <kraft/panic.h>
#include <kraft/string.h>

#define MTU 1500u
#define MAX_FRAME (KR_NETDEV_HEADER + 4 + MTU)

struct slot {
    struct kr_netdev_buffer buffer;
    struct slot *next; /* free or waiting */
    bool held;         /* by the user */
    _Alignas(4) uint8_t padding[2];
    uint8_t frame[MAX_FRAME];
};

static struct {
    const struct kr_netdev_user *user; /* NULL until open */
    void *argument;
    bool armed;
    struct slot *free;
    struct slot *first; /* waiting, oldest first */
    struct slot *last;
    struct slot slots[OPT_BUFFERS];
} wire;

int netdev_loopback_start(void);

int netdev_loopback_start(void)
{
    for (unsigned i = 0; i < OPT_BUFFERS; i++) {
        struct slot *slot = &wire.slots[i];
        slot->buffer.data = slot->frame;
        slot->next = wire.free;
        wire.free = slot;
    }
    return 0;
}

static unsigned count(void)
{
    return 1;
}

static void facts(unsigned device, struct kr_netdev_facts *facts_out)
{
    (void)device;
    *facts_out = (struct kr_netdev_facts){
        .mac = {0x02, 0x6b, 0x72, 0, 0, 0},
        .mtu = MTU,
        .flags = KR_NETDEV_SELF | KR_NETDEV_OFFLOAD_SEND | KR_NETDEV_OFFLOAD_RECEIVE,
        .buffers = OPT_BUFFERS,
    };
}

static int open(unsigned device, const struct kr_netdev_user *user, void *argument)
{
    (void)device;
    if (wire.user)
        return -KR_EBUSY;
    wire.user = user;
    wire.argument = argument;
    return 0;
}

static struct kr_netdev_buffer *receive(unsigned device)
{
    (void)device;
    struct slot *slot = wire.first;
    if (!slot)
        return NULL;
    wire.first = slot->next;
    slot->held = true;
    return &slot->buffer;
}

static void release(struct kr_netdev_buffer *buffer)
{
    struct slot *slot = (struct slot *)buffer;
    if (!slot->held)
        kr_panic("netdev-loopback: a buffer was released twice");
    slot->held = false;
    slot->next = wire.free;
    wire.free = slot;
}

static size_t length_of(const struct kr_netdev_frame *frame)
{
    size_t length = 0;
    for (unsigned i = 0; i < frame->count; i++)
        length += frame->segments[i].length;
    return length;
}

static void deliver(const struct kr_netdev_frame *frame, size_t length)
{
    struct slot *slot = wire.free;
    if (!slot)
        return;
    wire.free = slot->next;
    uint8_t *at = slot->frame;
    for (unsigned i = 0; i < frame->count; at += frame->segments[i++].length)
        memcpy(at, frame->segments[i].address, frame->segments[i].length);
    slot->buffer.length = (uint16_t)length;
    /* What asked for a checksum needs none: no wire has changed it. What did
     * not may be anything, so that the receiver checks it. */
    slot->buffer.flags = frame->checksum_start != 0 ? KR_NETDEV_CHECKED : 0;
    slot->next = NULL;
    if (wire.first)
        wire.last->next = slot;
    else
        wire.first = slot;
    wire.last = slot;
}

static int transmit(unsigned device, const struct kr_netdev_frame *frame)
{
    (void)device;
    if (frame->count < 1 || frame->count > KR_NETDEV_SEGMENTS)
        return -KR_EINVAL;
    size_t length = length_of(frame);
    if (length > MAX_FRAME)
        return -KR_EMSGSIZE;
    if (length >= KR_NETDEV_HEADER)
        deliver(frame, length);
    wire.user->sent(wire.argument, frame->cookie);
    if (wire.armed) {
        wire.armed = false;
        wire.user->arrived_isr(wire.argument);
    }
    return 0;
}

static bool arm(unsigned device)
{
    (void)device;
    wire.armed = !wire.first;
    return wire.armed;
}

const struct kr_netdev_driver netdev_loopback_netdev = {
    .name = "netdev-loopback",
    .count = count,
    .facts = facts,
    .open = open,
    .receive = receive,
    .release = release,
    .transmit = transmit,
    .arm = arm,
};
