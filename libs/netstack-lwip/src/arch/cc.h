/* SPDX-License-Identifier: BSD-3-Clause */
/* What lwIP asks of a compiler and its library; it has none of the library. */
#ifndef NETSTACK_LWIP_ARCH_CC_H
#define NETSTACK_LWIP_ARCH_CC_H

#include <stddef.h>
#include <stdint.h>

#define LWIP_NO_INTTYPES_H 1
#define LWIP_NO_LIMITS_H 1
#define LWIP_NO_UNISTD_H 1
#define LWIP_NO_CTYPE_H 1
#define INT_MAX __INT_MAX__

#define X8_F "02x"
#define U16_F "u"
#define S16_F "d"
#define X16_F "x"
#define U32_F "u"
#define S32_F "d"
#define X32_F "x"
#define SZT_F "zu"

/* Assertions stay: some of them are what stands between a frame and our
 * memory. */
_Noreturn void netstack_lwip_assert(const char *what);
#define LWIP_PLATFORM_ASSERT(what) netstack_lwip_assert(what)
#define LWIP_PLATFORM_DIAG(arguments)

uint32_t netstack_lwip_random(void);
#define LWIP_RAND() netstack_lwip_random()

/* Small copies of a fixed size are a few moves, also without a library. */
#define SMEMCPY(to, from, size) __builtin_memcpy(to, from, size)
#define MEMCPY(to, from, size) __builtin_memcpy(to, from, size)

void *netstack_lwip_allocate(size_t size);
void *netstack_lwip_allocate_zero(size_t count, size_t size);
void netstack_lwip_free(void *memory);

uint16_t netstack_lwip_sum(const void *bytes, int size);

#endif
