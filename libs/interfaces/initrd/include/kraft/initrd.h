/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * initrd: the archive of files that an image carries.
 *
 * Cardinality: one provider, who shows the archive's content as files.
 * Context:     any; it is read-only data.
 * Failure:     none. What is in the archive is to be checked by the reader.
 * Ownership:   the image's, for ever.
 *
 * The build packs `rootfs` of the Kraftfile into it: cpio, format "newc"
 * (Linux, Documentation/driver-api/early-userspace/buffer-format.rst), names
 * sorted and without a leading '/', a folder before what is in it, content
 * aligned to 4 bytes. It begins at a multiple of 4,096. Without `rootfs` it
 * has no bytes.
 */
#ifndef KRAFT_INITRD_H
#define KRAFT_INITRD_H

#include <kraft/base.h>

extern const unsigned char kr_initrd_start[]; /* generated */
extern const unsigned char kr_initrd_end[];   /* generated: after its last byte */

#endif
