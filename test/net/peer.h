/* SPDX-License-Identifier: BSD-3-Clause */
/* The other end of the wire: makes frames, reads what the stack sends. */
#ifndef TEST_NET_PEER_H
#define TEST_NET_PEER_H

#include "wire.h"

#define FIN 1u
#define SYN 2u
#define RST 4u
#define PSH 8u
#define ACK 16u

struct frame {
    unsigned size;
    uint8_t bytes[WIRE_FRAME];
};

struct segment {
    uint16_t from, to; /* ports; from the sender's view */
    uint32_t sequence, acknowledged;
    uint8_t flags;
    const char *text; /* NULL: none */
    uint16_t length;  /* of text */
};

/* Frames to the stack, complete and right. */
struct frame frame_arp(bool reply);
struct frame frame_tcp(struct segment segment);
struct frame frame_udp(uint16_t from, uint16_t to, const void *payload, unsigned size);
struct frame frame_ping(unsigned size);
struct frame frame_ping6(void);

/* Makes the checksums of (frame) right again, as far as it has any. */
void frame_mend(struct frame *frame);

void peer_put(const struct frame *frame);

/* Lets the stack work for (milliseconds) of its own time. */
void peer_wait(unsigned milliseconds);

/* The next TCP segment that the stack sent, other frames are answered (ARP)
 * or passed over. False when there is none. */
bool peer_take(struct segment *segment);

/* Opens a connection from port (from) to (to) with initial sequence number
 * (sequence); returns the stack's, in (theirs). */
bool peer_open(uint16_t from, uint16_t to, uint32_t sequence, uint32_t *theirs);

/* Forgets what the stack has sent. */
void peer_drain(void);

#endif
