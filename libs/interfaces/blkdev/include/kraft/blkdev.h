/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * blkdev: devices that keep sectors.
 *
 * Cardinality: any number of providers; each exports one
 *              `const struct kr_blkdev_driver`, which has any number of
 *              devices, numbered from 0.
 * Context:     thread context and boot. submit never waits, wait does.
 * Failure:     negative KR_E…, of the call or in the request's result.
 * Ownership:   a request and its bytes are the driver's from submit until
 *              done is true; then the caller's again.
 *
 * Requests under way have no order among each other; two of them MUST NOT
 * touch the same sectors if one of them writes.
 *
 * What survives when the power goes: a write whose result was 0 before a
 * flush was submitted whose result was 0 is kept. Any other write may be
 * kept, lost, or kept for some of its sectors; a sector is the old one or the
 * new one, whole. A request that failed may have done any part of its work.
 */
#ifndef KRAFT_BLKDEV_H
#define KRAFT_BLKDEV_H

#include <kraft/base.h>

#define KR_BLKDEV_READ 0
#define KR_BLKDEV_WRITE 1
#define KR_BLKDEV_FLUSH 2   /* no sectors, no bytes */
#define KR_BLKDEV_DISCARD 3 /* no bytes: what the sectors hold is not wanted
                               any more, and undefined until written */

struct kr_blkdev_facts {
    uint64_t sectors;     /* of the device */
    uint32_t sector_size; /* bytes, a power of two from 512 to 4096 */
    uint32_t most;        /* sectors of one request, at least 8 */
    uint32_t requests;    /* that can be under way at once, at least 1 */
    bool read_only;
    char identity[21];    /* what its owner calls it, ends in NUL; or empty */
    bool discards;        /* else KR_BLKDEV_DISCARD is -KR_EOPNOTSUPP */
};

struct kr_blkdev_request {
    int operation;           /* KR_BLKDEV_READ, … */
    uint32_t count;          /* sectors, not 0 where there are any */
    uint64_t sector;         /* the first */
    void *bytes;             /* of the image or of alloc, aligned to 16 */
    int result;              /* once done: 0, -KR_EIO, -KR_EOPNOTSUPP */
    bool done;
    uint64_t provider[8];    /* the driver's */
};

struct kr_blkdev_driver {
    const char *name; /* "blkdev-virtio", for messages */

    unsigned (*count)(void);
    void (*facts)(unsigned index, struct kr_blkdev_facts *facts);

    /* Begins (request), whose done becomes false. 0; -KR_EAGAIN while too
     * many are under way; -KR_EINVAL for sectors that the device has not, or
     * more of them than it takes at once; -KR_EROFS. */
    int (*submit)(unsigned index, struct kr_blkdev_request *request);

    /* Waits until (request), which was submitted, is done; other threads go
     * on meanwhile. Returns its result. */
    int (*wait)(unsigned index, struct kr_blkdev_request *request);
};

extern const struct kr_blkdev_driver *const kr_blkdev_drivers[]; /* generated */
extern const size_t kr_blkdev_driver_count;                      /* generated */

#endif
