/* SPDX-License-Identifier: BSD-3-Clause */
/* Which pages are mapped. */
#ifndef PAGES_H
#define PAGES_H

#include <kraft/base.h>

#define PAGE ((uintptr_t)4096)

struct mapping {
    struct mapping *next; /* in its bucket */
    uintptr_t start;
    size_t pages;
    size_t live;       /* pages that are mapped, and 1 for the break's; never 0 */
    bool guarded;      /* some page has been less than writable */
    uint64_t mapped[]; /* a bit for each page */
};

/* A mapping of (pages) pages of any content, or NULL. */
struct mapping *mapping_add(size_t pages);

/* The mapping in whose block (address) lies, or NULL. */
struct mapping *mapping_find(uintptr_t address);

/* Whether [start, end) is all in (mapping), which MAY be NULL, and mapped. */
bool mapping_has(struct mapping *mapping, uintptr_t start, uintptr_t end);

/* Unmaps what lies of [start, end) in (mapping), in which (start) lies; returns where that ends. */
uintptr_t mapping_remove(struct mapping *mapping, uintptr_t start, uintptr_t end);

/* Whether the pages of [start, end), which lie in (mapping), are mapped from now on. */
void mapping_mark(struct mapping *mapping, uintptr_t start, uintptr_t end, bool mapped);

/* Gives all of (mapping) back. */
void mapping_drop(struct mapping *mapping);

/* Where the first mapping behind (address) starts, UINTPTR_MAX where there is none. */
uintptr_t mapping_after(uintptr_t address);

#endif
