/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * blkdev-faults: what can go wrong with a disk, on request.
 *
 * Cardinality: one provider, which is also a blkdev of one device.
 * Context:     thread context.
 * Failure:     none but exhausted memory, which ends the program.
 * Ownership:   arguments stay the caller's.
 */
#ifndef KRAFT_BLKDEV_FAULTS_H
#define KRAFT_BLKDEV_FAULTS_H

#include <kraft/base.h>

/* All sectors become 0; nothing fails, nothing is recorded. */
void kr_blkdev_faults_reset(void);

/* The (nth) request of (operation) from now on fails with -KR_EIO, counted
 * from 0, and so do all after it where (lasting). A write that fails has
 * written its first half. */
void kr_blkdev_faults_fail(int operation, unsigned nth, bool lasting);

/* Keeps the history of writes and flushes from now on. */
void kr_blkdev_faults_record(void);

/* How many of them there are. */
unsigned kr_blkdev_faults_recorded(void);

/*
 * Makes the disk what it may be if the power went after the first (count) of
 * them: what it was when recording began, and every write before the last
 * flush among them; of each sector written after that flush, the newest
 * content, or not, as the bits that (seed) makes say: 0 keeps all, 1 loses
 * all, anything else keeps some. The history stays.
 */
void kr_blkdev_faults_cut(unsigned count, uint64_t seed);

/* The content, to look at or to change. */
uint8_t *kr_blkdev_faults_sectors(size_t *size);

#endif
