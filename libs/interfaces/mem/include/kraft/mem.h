/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * mem: the machine's memory, by pages of 4096 bytes.
 *
 * Cardinality: one provider.
 * Context:     thread context, and boot.
 * Failure:     negative KR_E…; NULL from kr_mem_device on exhaustion.
 * Ownership:   a region belongs to whoever kr_mem_region hands it to: the
 *              provider of `alloc`, which is the only one to take regions.
 *
 * All memory of a region is readable and writable, never executable.
 */
#ifndef KRAFT_MEM_H
#define KRAFT_MEM_H

#include <kraft/base.h>

#define KR_MEM_PAGE 4096u

struct kr_mem_region {
    uintptr_t start; /* first byte, page-aligned */
    size_t size;     /* bytes, a multiple of KR_MEM_PAGE, never 0 */
};

/* Free memory: the (index)th region, in ascending order of address; false
 * past the last. Regions do not overlap, and exclude image and page tables. */
bool kr_mem_region(unsigned index, struct kr_mem_region *region);

enum kr_mem_access {
    KR_MEM_NONE,  /* any access panics: a guard page */
    KR_MEM_READ,
    KR_MEM_WRITE, /* read and write */
};

/*
 * Changes what may be done with the pages [start, start + size), which lie
 * in a region. Both are page-aligned. What the pages hold stays as it is.
 * Returns 0, -KR_EINVAL for pages that are not all in one region, -KR_ENOMEM
 * when a large page had to be split and no page table was left; some of the
 * pages may then have changed.
 */
int kr_mem_protect(void *start, size_t size, enum kr_mem_access access);

/* Makes [start, start + size) known as (what), for example "stack of thread
 * main", in the panic that an access to it causes after KR_MEM_NONE.
 * (what) lives as long as the pages stay protected. As kr_mem_protect, but
 * pages that were to be cleared may hold anything afterwards. */
int kr_mem_guard(void *start, size_t size, const char *what);

/*
 * Makes [start, start + size) hold zeros from now on, at a cost that falls due
 * when they are first touched, page by page; until then they are written to
 * by nobody but the CPU: whoever lets a device at them touches them before.
 * All of it is writable afterwards. Errors as of kr_mem_protect, but that
 * nothing has changed after -KR_ENOMEM; the caller then clears it himself.
 * To touch such a page needs no memory and does not fail, in any context.
 */
int kr_mem_clear(void *start, size_t size);

/* The address at which a device reads and writes the memory at (address). */
uint64_t kr_mem_physical(const void *address);

/*
 * Device registers: [physical, physical + size) mapped uncached, readable,
 * writable, not executable. Returns NULL when page tables run out.
 * Providers without devices return NULL.
 */
void *kr_mem_device(uint64_t physical, size_t size);

#endif
