/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * base: what every contract is written in: error numbers and attributes.
 *
 * Every lib sees this header; it declares no function. An error is returned
 * as the negative of one of the numbers below. The numbers are Linux's, so
 * that a POSIX layer can hand them on unchanged.
 */
#ifndef KRAFT_BASE_H
#define KRAFT_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KR_ENOENT 2        /* no such thing */
#define KR_EIO 5           /* the device failed */
#define KR_EAGAIN 11       /* nothing to be had now; try again later */
#define KR_ENOMEM 12       /* out of memory */
#define KR_EBUSY 16        /* someone else has it */
#define KR_EEXIST 17       /* it is there already */
#define KR_ENODEV 19       /* no such device in this machine */
#define KR_EINVAL 22       /* an argument that no caller should pass */
#define KR_ENFILE 23       /* a table of fixed size is full */
#define KR_ENOSPC 28       /* no room on the device */
#define KR_EPIPE 32        /* the other side has gone */
#define KR_ENOSYS 38       /* this provider does not do that */
#define KR_EPROTO 71       /* the peer or device broke the protocol */
#define KR_EMSGSIZE 90     /* too long for one message */
#define KR_EOPNOTSUPP 95   /* not for this kind of object */
#define KR_EAFNOSUPPORT 97 /* no such address family */
#define KR_EADDRINUSE 98   /* the address is taken */
#define KR_EADDRNOTAVAIL 99
#define KR_ENETUNREACH 101
#define KR_ECONNABORTED 103
#define KR_ECONNRESET 104
#define KR_EISCONN 106
#define KR_ENOTCONN 107
#define KR_ETIMEDOUT 110
#define KR_ECONNREFUSED 111
#define KR_EHOSTUNREACH 113
#define KR_EALREADY 114
#define KR_EINPROGRESS 115

#define KR_NORETURN _Noreturn
#define KR_PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#define KR_MUST_USE __attribute__((warn_unused_result))

#endif
