/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * netdev: devices that carry Ethernet frames.
 *
 * Cardinality: any number of providers; each exports one
 *              `const struct kr_netdev_driver`, which may have several
 *              devices, numbered from 0.
 * Context:     thread context, one thread at a time for each device; calls
 *              of the user's arrived_isr come in interrupt context.
 * Failure:     negative KR_E…. A frame that cannot be carried is lost, as on
 *              a wire.
 * Ownership:   a buffer that was received is the user's until it is
 *              released. A frame's segments are the device's from transmit
 *              until the user's (sent) is called with its cookie.
 *
 * Nothing is copied and nothing is allocated: the device writes into buffers
 * of the provider's pool, which are handed up and released; it reads a frame
 * where it lies.
 *
 * Waiting without losing an arrival: receive until NULL; arm; if that says
 * false, receive again; else sleep until arrived_isr.
 */
#ifndef KRAFT_NETDEV_H
#define KRAFT_NETDEV_H

#include <kraft/base.h>

#define KR_NETDEV_HEADER 14u /* bytes of an Ethernet header */
#define KR_NETDEV_ROOM 64u   /* bytes in a buffer for its holder */
#define KR_NETDEV_SEGMENTS 8u

/* Transport and IP checksums of this frame were checked, or are not needed. */
#define KR_NETDEV_CHECKED 1u

/* A received frame, in a buffer of the provider's pool. */
struct kr_netdev_buffer {
    /* For whoever holds it, for any use; aligned to 16 bytes. */
    _Alignas(16) uint8_t room[KR_NETDEV_ROOM];
    uint8_t *data;   /* first byte of the Ethernet header; writable */
    uint16_t length; /* bytes, KR_NETDEV_HEADER at least, no FCS */
    uint16_t flags;  /* KR_NETDEV_CHECKED, … */
    uint32_t device; /* which device of the driver it is from */
};

struct kr_netdev_segment {
    const void *address;
    uint32_t length; /* bytes, not 0 */
};

/* A frame to send: an Ethernet header and what follows, without FCS. */
struct kr_netdev_frame {
    struct kr_netdev_segment segments[KR_NETDEV_SEGMENTS];
    unsigned count;             /* of segments, 1 to KR_NETDEV_SEGMENTS */
    unsigned headroom;          /* bytes before the first segment that the
                                   device may overwrite: its own header goes
                                   there when it fits, and saves a segment */
    uint16_t checksum_start;    /* not 0: from this byte of the frame on, the */
    uint16_t checksum_position; /* ones' complement sum, stored at start +
                                   position, where the pseudo header's is.
                                   Only where KR_NETDEV_OFFLOAD_SEND is */
    void *cookie;               /* for (sent), not NULL */
};

/* What the device can do. */
#define KR_NETDEV_OFFLOAD_SEND 1u    /* fills in checksums */
#define KR_NETDEV_OFFLOAD_RECEIVE 2u /* may say KR_NETDEV_CHECKED */
#define KR_NETDEV_SELF 4u            /* what is sent comes back: there is
                                        nobody else on this wire */

struct kr_netdev_facts {
    uint8_t mac[6];
    uint16_t mtu;      /* bytes after the Ethernet header, 68 to 65535 */
    uint32_t flags;    /* KR_NETDEV_OFFLOAD_SEND, … */
    uint32_t buffers;  /* in the pool: the most that can be held at once */
    uint32_t headroom; /* bytes before a frame that would be used */
};

/* Who uses a device. Constant, the user's. */
struct kr_netdev_user {
    /* Something has arrived since kr_netdev_driver.arm said true, or room to
     * send came back. At most once for each arm, but for chance. */
    void (*arrived_isr)(void *argument);

    /* The frame with (cookie) is the user's again; it was sent or lost.
     * Called from within receive, transmit and arm. */
    void (*sent)(void *argument, void *cookie);
};

struct kr_netdev_driver {
    const char *name;

    /* Devices that were found; known after the boot step of the provider. */
    unsigned (*count)(void);

    /* What (device) is. Before and after open. */
    void (*facts)(unsigned device, struct kr_netdev_facts *facts);

    /* Begins to receive. Returns 0, -KR_EBUSY when it is open. It stays open
     * as long as the instance lives. */
    int (*open)(unsigned device, const struct kr_netdev_user *user, void *argument);

    /* The oldest frame that has arrived, or NULL. */
    struct kr_netdev_buffer *(*receive)(unsigned device);

    /* Gives a buffer back, in any order. */
    void (*release)(struct kr_netdev_buffer *buffer);

    /*
     * Sends (frame); the struct itself is not needed after the call. Returns
     * 0, and (sent) will be called once; or, and it will not: -KR_EAGAIN
     * when the device has no room now, -KR_EMSGSIZE for a frame longer than
     * the MTU allows, -KR_EINVAL, -KR_EIO when the device has failed.
     */
    int (*transmit)(unsigned device, const struct kr_netdev_frame *frame);

    /* Sends on what transmit and release may have gathered, and asks for one
     * arrived_isr. Returns false when a frame is there to be received, or
     * there is room to send again. */
    bool (*arm)(unsigned device);
};

extern const struct kr_netdev_driver *const kr_netdev_drivers[]; /* generated */
extern const size_t kr_netdev_driver_count;                      /* generated */

#endif
