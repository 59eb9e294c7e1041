/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * wire: a network device whose other end is the test: it puts frames on the
 * wire and takes off what the stack has sent. No offloads; the stack has
 * 10.0.2.15/24, the test is 10.0.2.2.
 */
#ifndef TEST_NET_WIRE_H
#define TEST_NET_WIRE_H

#include <kraft/netdev.h>

#define WIRE_FRAME 1518u

extern const uint8_t wire_stack_mac[6];
extern const uint8_t wire_test_mac[6];

/* The stack will receive (bytes). False when the pool is exhausted. */
bool wire_put(const void *bytes, unsigned size);

/* The oldest frame that the stack has sent, its size, or 0. */
unsigned wire_take(uint8_t bytes[WIRE_FRAME]);

/* Buffers of the pool that the stack holds. */
unsigned wire_held(void);

/* The next (count) frames to send meet a full device. */
void wire_refuse(unsigned count);

#endif
