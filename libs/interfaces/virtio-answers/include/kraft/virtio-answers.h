/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * virtio-answers: what a device in software answers, on request.
 *
 * Cardinality: one provider, which is also a provider of virtio.
 * Context:     thread context; (answer) is called while the driver notifies.
 * Failure:     none.
 * Ownership:   the bytes are the provider's, for as long as (answer) runs.
 */
#ifndef KRAFT_VIRTIO_ANSWERS_H
#define KRAFT_VIRTIO_ANSWERS_H

#include <kraft/base.h>

/*
 * From now on (answer) answers what the devices of type 9P (VIRTIO 1.2, 5.10) are
 * asked: it fills in up to (room) bytes of (reply), and returns how many the
 * device says that it wrote, which MAY be a lie. Their mount tag is "fake".
 */
void kr_virtio_answers(uint32_t (*answer)(const uint8_t *request, uint32_t length, uint8_t *reply,
                                          uint32_t room));

#endif
