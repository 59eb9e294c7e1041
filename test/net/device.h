/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * device: virtio network devices in software, behind virtio-bus's own queue
 * code. What is sent comes back. Each may be told to break the protocol.
 */
#ifndef TEST_NET_DEVICE_H
#define TEST_NET_DEVICE_H

#include <kraft/virtio.h>

enum fault {
    HONEST,
    NEVER_RESETS,
    NO_VERSION_1,
    REFUSES_FEATURES,
    NO_QUEUES,
    RESTLESS,       /* the configuration's generation */
    USED_AHEAD,     /* the used index counts what was never given */
    UNKNOWN_ID,     /* beyond the queue */
    FOREIGN_ID,     /* a descriptor that is not the head of a chain */
    SAME_ID_TWICE,
    TOO_LONG,       /* a used length beyond the buffer */
    TOO_SHORT,      /* a used length that holds no frame */
    NO_FRAME_AT_ALL, /* a used length of 0 */
    SEGMENTED,      /* a segmentation type that was not negotiated */
};

#define DEVICES 24u

/* Of device (index), counted as kr_virtio_find counts. */
void device_break(unsigned index, enum fault fault);

/* The steps that its driver took: R reset, A acknowledge, D driver, f the
 * features read, w written, F features ok, q a queue, O driver ok. */
const char *device_log(unsigned index);

/* How often its driver notified it, and it interrupted. */
unsigned device_bells(unsigned index);
unsigned device_interrupts(unsigned index);

#endif
