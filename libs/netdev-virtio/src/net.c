/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio network device (VIRTIO 1.2, 5.1): receive queue 0, transmit queue 1.
 *
 * Every buffer of the pool is either in the receive queue or held by the
 * user; nothing else is allocated. Frames go out where they lie, behind the
 * device's header: in the frame's headroom when it has any, else in a slot
 * of a table of headers. Limits: one queue pair, no segmentation offload, no
 * merged buffers.
 */
#include <options.h>

#include <kraft/netdev.h>
#include <kraft/panic.h>
#include <kraft/virtio.h>

/* Feature bits [5.1.3] */
#define CSUM KR_VIRTIO_FEATURE(0)
#define GUEST_CSUM KR_VIRTIO_FEATURE(1)
#define MTU KR_VIRTIO_FEATURE(3)
#define MAC KR_VIRTIO_FEATURE(5)

/* struct virtio_net_config [5.1.4] */
#define CONFIG_MAC 0
#define CONFIG_MTU 10

/* struct virtio_net_hdr [5.1.6]; as of VERSION_1 it has num_buffers always. */
struct header {
    uint8_t flags;
    uint8_t gso_type;
    uint16_t hdr_len;
    uint16_t gso_size;
    uint16_t csum_start;
    uint16_t csum_offset;
    uint16_t num_buffers;
};
#define NEEDS_CSUM 1u
#define DATA_VALID 2u
#define GSO_NONE 0u
_Static_assert(sizeof(struct header) == 12, "as in 5.1.6");

#define MAX_MTU 1500u
#define MAX_FRAME (KR_NETDEV_HEADER + 4 + MAX_MTU) /* 4: a VLAN tag */

/* The frame is 4-byte aligned behind its Ethernet header: the IP header
 * then is, too. */
struct slot {
    struct kr_netdev_buffer buffer;
    uint8_t padding[2];
    _Alignas(2) struct header header; /* the device writes from here */
    uint8_t frame[MAX_FRAME];
};
_Static_assert((offsetof(struct slot, frame) + KR_NETDEV_HEADER) % 4 == 0, "an aligned IP header");
_Static_assert(offsetof(struct slot, frame) == offsetof(struct slot, header) + 12, "no gap");

#define RECEIVE 0u
#define SEND 1u
#define REFILL (OPT_RECEIVE_BUFFERS / 4) /* released buffers that are worth a
                                            notification */

static struct device {
    struct kr_virtio_device *virtio;
    const struct kr_netdev_user *user; /* NULL until open */
    void *argument;                    /* the user's */
    struct kr_virtio_queue receive;
    struct kr_virtio_queue send;
    struct kr_netdev_facts facts;
    struct header header; /* for frames that ask for nothing: constant zero,
                             shared by all that are in flight */
    struct header headers[OPT_SEND_QUEUE]; /* for those that want a checksum,
                                              in turn */
    unsigned next_header;
    bool want_room; /* transmit said -KR_EAGAIN since the last arm */
    _Alignas(KR_VIRTIO_QUEUE_ALIGN) uint8_t
        receive_memory[KR_VIRTIO_QUEUE_MEMORY(OPT_RECEIVE_BUFFERS)];
    _Alignas(KR_VIRTIO_QUEUE_ALIGN) uint8_t send_memory[KR_VIRTIO_QUEUE_MEMORY(OPT_SEND_QUEUE)];
    struct slot slots[OPT_RECEIVE_BUFFERS];
} devices[OPT_DEVICES];

static unsigned found;

int netdev_virtio_start(void);

/* Interrupt context: the user wakes whoever polls. */
static void changed_isr(void *argument)
{
    struct device *device = argument;
    if (device->user)
        device->user->arrived_isr(device->argument);
}

static const struct kr_virtio_wants wants = {
    .required = 0,
    .welcome = MAC | MTU | (OPT_CHECKSUM_OFFLOAD ? CSUM | GUEST_CSUM : 0),
    .changed_isr = changed_isr,
};

static void give(struct device *device, struct slot *slot)
{
    const struct kr_virtio_segment segment = {&slot->header,
                                              sizeof(slot->header) + sizeof(slot->frame)};
    if (kr_virtio_queue_add(&device->receive, &segment, 0, 1, slot) == -KR_EAGAIN)
        kr_panic("netdev-virtio: a buffer was released twice");
}

static void read_facts(struct device *device, uint64_t features)
{
    struct kr_netdev_facts *facts = &device->facts;
    uint16_t mtu = MAX_MTU;
    if (features & MTU)
        kr_virtio_config(device->virtio, CONFIG_MTU, &mtu, sizeof(mtu));
    facts->mtu = mtu < 68 || mtu > MAX_MTU ? MAX_MTU : mtu;
    /* Without MAC the driver chooses one [5.1.5]: locally administered. */
    static const uint8_t own[6] = {0x02, 0x6b, 0x72, 0, 0, 1};
    for (unsigned i = 0; i < sizeof(own); i++)
        facts->mac[i] = own[i];
    if (features & MAC)
        kr_virtio_config(device->virtio, CONFIG_MAC, facts->mac, sizeof(facts->mac));
    facts->flags = (features & CSUM ? KR_NETDEV_OFFLOAD_SEND : 0) |
                   (features & GUEST_CSUM ? KR_NETDEV_OFFLOAD_RECEIVE : 0);
    facts->headroom = sizeof(struct header);
}

/* [5.1.5] */
static int begin(struct device *device)
{
    uint64_t features;
    int error = kr_virtio_begin(device->virtio, &wants, device, &features);
    if (error)
        return error;
    read_facts(device, features);
    error = kr_virtio_queue_start(device->virtio, RECEIVE, &device->receive,
                                  device->receive_memory, OPT_RECEIVE_BUFFERS);
    if (error)
        return error;
    error = kr_virtio_queue_start(device->virtio, SEND, &device->send, device->send_memory,
                                  OPT_SEND_QUEUE);
    if (error)
        return error;
    device->facts.buffers = device->receive.size;
    return 0;
}

int netdev_virtio_start(void)
{
    while (found < OPT_DEVICES) {
        struct device *device = &devices[found];
        device->virtio = kr_virtio_find(KR_VIRTIO_NETWORK, found);
        if (!device->virtio)
            break;
        int error = begin(device);
        if (error)
            return error;
        found++;
    }
    return 0;
}

static unsigned count(void)
{
    return found;
}

static void facts(unsigned index, struct kr_netdev_facts *facts_out)
{
    *facts_out = devices[index].facts;
}

static int open(unsigned index, const struct kr_netdev_user *user, void *argument)
{
    struct device *device = &devices[index];
    if (device->user)
        return -KR_EBUSY;
    device->argument = argument;
    device->user = user;
    for (unsigned i = 0; i < device->receive.size; i++) {
        struct slot *slot = &device->slots[i];
        slot->buffer.data = slot->frame;
        slot->buffer.device = index;
        give(device, slot);
    }
    kr_virtio_ready(device->virtio);
    kr_virtio_queue_publish(&device->receive);
    return 0;
}

/* Gives back the frames that the device has sent. */
static void collect(struct device *device)
{
    uint32_t written;
    void *cookie;
    while ((cookie = kr_virtio_queue_take(&device->send, &written)))
        device->user->sent(device->argument, cookie);
}

static struct kr_netdev_buffer *receive(unsigned index)
{
    struct device *device = &devices[index];
    uint32_t written;
    struct slot *slot;
    while ((slot = kr_virtio_queue_take(&device->receive, &written))) {
        const struct header header = slot->header;
        uint32_t length = written - (uint32_t)sizeof(header);
        if (written >= sizeof(header) + KR_NETDEV_HEADER && header.gso_type == GSO_NONE) {
            bool checked = header.flags & (NEEDS_CSUM | DATA_VALID);
            checked = checked && device->facts.flags & KR_NETDEV_OFFLOAD_RECEIVE;
            slot->buffer.length = (uint16_t)length;
            slot->buffer.flags = checked ? KR_NETDEV_CHECKED : 0;
            return &slot->buffer;
        }
        give(device, slot);
    }
    return NULL;
}

static void release(struct kr_netdev_buffer *buffer)
{
    struct device *device = &devices[buffer->device];
    give(device, (struct slot *)buffer);
    if ((uint16_t)(device->receive.added - device->receive.published) >= REFILL)
        kr_virtio_queue_publish(&device->receive);
}

/* The device's header for (frame): NULL when it goes into the headroom. */
static struct header *header_for(struct device *device, const struct kr_netdev_frame *frame)
{
    bool sum = frame->checksum_start != 0;
    if (!sum)
        return &device->header;
    struct header *header = &device->headers[device->next_header++ % OPT_SEND_QUEUE];
    header->flags = NEEDS_CSUM;
    header->csum_start = frame->checksum_start;
    header->csum_offset = frame->checksum_position;
    return header;
}

static int transmit(unsigned index, const struct kr_netdev_frame *frame)
{
    struct device *device = &devices[index];
    struct kr_virtio_segment segments[1 + KR_NETDEV_SEGMENTS];
    unsigned n = 1;
    uint32_t length = 0;
    if (frame->count < 1 || frame->count > KR_NETDEV_SEGMENTS)
        return -KR_EINVAL;
    collect(device);
    for (unsigned i = 0; i < frame->count; i++, n++) {
        segments[n].address = (void *)(uintptr_t)frame->segments[i].address;
        segments[n].length = frame->segments[i].length;
        length += segments[n].length;
    }
    if (length > KR_NETDEV_HEADER + 4 + device->facts.mtu)
        return -KR_EMSGSIZE;
    struct kr_virtio_segment *first = segments;
    if (frame->headroom >= sizeof(struct header)) {
        /* [5.1.6.2]: one descriptor holds the header and what follows. */
        first = &segments[1];
        n--;
        first->address = (uint8_t *)first->address - sizeof(struct header);
        first->length += (uint32_t)sizeof(struct header);
        bool sum = frame->checksum_start != 0;
        *(struct header *)first->address = (struct header){
            .flags = sum ? NEEDS_CSUM : 0,
            .csum_start = frame->checksum_start,
            .csum_offset = frame->checksum_position,
        };
    } else {
        segments[0].address = header_for(device, frame);
        segments[0].length = sizeof(struct header);
    }
    int error = kr_virtio_queue_add(&device->send, first, n, 0, frame->cookie);
    device->want_room = error == -KR_EAGAIN;
    if (error)
        return error;
    kr_virtio_queue_publish(&device->send);
    return 0;
}

static bool arm(unsigned index)
{
    struct device *device = &devices[index];
    collect(device);
    kr_virtio_queue_publish(&device->receive);
    if (!device->want_room) {
        kr_virtio_queue_disarm(&device->send);
    } else if (!kr_virtio_queue_arm(&device->send)) {
        device->want_room = false;
        return false;
    }
    return kr_virtio_queue_arm(&device->receive);
}

const struct kr_netdev_driver netdev_virtio_netdev = {
    .name = "netdev-virtio",
    .count = count,
    .facts = facts,
    .open = open,
    .receive = receive,
    .release = release,
    .transmit = transmit,
    .arm = arm,
};
