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

#define KR_EPERM 1         /* nobody may do that */
#define KR_ENOENT 2        /* no such thing */
#define KR_ESRCH 3         /* no such process or thread */
#define KR_EINTR 4         /* a signal came first */
#define KR_EIO 5           /* the device failed */
#define KR_ENXIO 6         /* nobody at the other end */
#define KR_EBADF 9         /* not a file that is open */
#define KR_ECHILD 10       /* no such child */
#define KR_EAGAIN 11       /* nothing to be had now; try again later */
#define KR_ENOMEM 12       /* out of memory */
#define KR_EACCES 13       /* not with these rights */
#define KR_EFAULT 14       /* an address that is no memory */
#define KR_EBUSY 16        /* someone else has it */
#define KR_EEXIST 17       /* it is there already */
#define KR_EXDEV 18        /* on another file system */
#define KR_ENODEV 19       /* no such device in this machine */
#define KR_ENOTDIR 20      /* not a folder */
#define KR_EISDIR 21       /* a folder */
#define KR_EINVAL 22       /* an argument that no caller should pass */
#define KR_ENFILE 23       /* a table of fixed size is full */
#define KR_EMFILE 24       /* too many open files */
#define KR_ENOTTY 25       /* not for this kind of file */
#define KR_EFBIG 27        /* larger than files can be */
#define KR_ENOSPC 28       /* no room on the device */
#define KR_ESPIPE 29       /* a file without positions */
#define KR_EROFS 30        /* nothing can be written there */
#define KR_EMLINK 31       /* too many names */
#define KR_EPIPE 32        /* the other side has gone */
#define KR_EDOM 33         /* not a number that there can be */
#define KR_ERANGE 34       /* does not fit where it is to go */
#define KR_EDEADLK 35      /* would wait for ever */
#define KR_ENAMETOOLONG 36 /* a name or path is too long */
#define KR_ENOLCK 37       /* too many locks */
#define KR_ENOSYS 38       /* this provider does not do that */
#define KR_ENOTEMPTY 39    /* a folder with something in it */
#define KR_ELOOP 40        /* too many symbolic links */
#define KR_EPROTO 71       /* the peer or device broke the protocol */
#define KR_EOVERFLOW 75    /* too large for its type */
#define KR_ENOTSOCK 88     /* not a socket */
#define KR_EDESTADDRREQ 89 /* a datagram to nobody */
#define KR_EMSGSIZE 90     /* too long for one message */
#define KR_EPROTOTYPE 91   /* the peer is of another type */
#define KR_ENOPROTOOPT 92  /* no such option */
#define KR_EPROTONOSUPPORT 93
#define KR_ESOCKTNOSUPPORT 94
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

#define KR_NORETURN __attribute__((noreturn))
#define KR_PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#define KR_MUST_USE __attribute__((warn_unused_result))

#endif
