/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where memory is, and how much of it (man 5 proc): the program's text, and a
 * heap for each region, in which all else lies. What has been taken of the heap
 * counts as written to; which of it lies in which region nobody knows, so the
 * lower ones are told to be the fuller.
 */
#include <kraft/alloc.h>
#include <kraft/boot.h>
#include <kraft/mem.h>

#include "proc.h"

#define PAGE ((uintptr_t)4096)
#define NAME_AT 73 /* column */

struct area {
    uintptr_t from, to;
    const char *access;
    const char *label; /* NULL: it is the program's text */
    unsigned long clean, dirty; /* kB in memory, as they were in the image or not */
};

/* The area with the number (index), 0 the text; of the heap (left) bytes are
 * still to be told of. False past the last. */
static bool area_at(unsigned index, size_t *left, struct area *area)
{
    struct kr_mem_region region;

    if (index == 0) {
        uintptr_t from = (uintptr_t)kr_text_start & ~(PAGE - 1);
        uintptr_t to = ((uintptr_t)kr_text_end + PAGE - 1) & ~(PAGE - 1);

        *area = (struct area){.from = from, .to = to, .access = "r-xp"};
        area->clean = (unsigned long)(to - from) / 1024;
        return true;
    }
    if (!kr_mem_region(index - 1, &region))
        return false;
    size_t here = region.size < *left ? region.size : *left;
    *left -= here;
    *area = (struct area){region.start, region.start + region.size, "rw-p", "[heap]", 0, 0};
    area->dirty = (unsigned long)(here / 1024);
    return true;
}

static size_t used(void)
{
    struct kr_alloc_figures figures;

    kr_alloc_figures(&figures);
    return figures.used;
}

static void put_line(struct text *text, const struct area *area)
{
    char range[64];
    struct text line = {range, sizeof(range), 0};

    proc_format(&line, "%08lx-%08lx %s 00000000 00:00 0 ", (unsigned long)area->from,
                (unsigned long)area->to, area->access);
    int length = (int)(line.at - range);
    proc_format(text, "%.*s%*s%s%.100s\n", length, range, NAME_AT - length, "",
                area->label == NULL ? "/" : area->label, area->label == NULL ? proc_name() : "");
}

static void put(struct text *text, const char *name, unsigned long kilobytes)
{
    proc_format(text, "%-16s%8lu kB\n", name, kilobytes);
}

static void put_figures(struct text *text, unsigned long clean, unsigned long dirty)
{
    static const char *const none[] = {"LazyFree:",       "AnonHugePages:",  "ShmemPmdMapped:", "FilePmdMapped:",
                                       "Shared_Hugetlb:", "Private_Hugetlb:", "Swap:",          "SwapPss:"};

    put(text, "Rss:", clean + dirty);
    put(text, "Pss:", clean + dirty);
    put(text, "Pss_Dirty:", dirty);
    put(text, "Shared_Clean:", 0);
    put(text, "Shared_Dirty:", 0);
    put(text, "Private_Clean:", clean);
    put(text, "Private_Dirty:", dirty);
    put(text, "Referenced:", clean + dirty);
    put(text, "Anonymous:", dirty);
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        put(text, none[i], 0);
    put(text, "Locked:", clean + dirty); /* there is no swap */
}

void proc_maps(struct text *text)
{
    struct area area;
    size_t left = used();

    for (unsigned i = 0; area_at(i, &left, &area); i++)
        put_line(text, &area);
}

void proc_smaps(struct text *text)
{
    struct area area;
    size_t left = used();

    for (unsigned i = 0; area_at(i, &left, &area); i++) {
        put_line(text, &area);
        put(text, "Size:", (unsigned long)(area.to - area.from) / 1024);
        put(text, "KernelPageSize:", PAGE / 1024);
        put(text, "MMUPageSize:", PAGE / 1024);
        put_figures(text, area.clean, area.dirty);
        proc_format(text, "THPeligible:           0\nVmFlags: rd %s mr mw me \n", area.label == NULL ? "ex" : "wr");
    }
}

void proc_smaps_rollup(struct text *text)
{
    struct area area, all = {UINTPTR_MAX, 0, "---p", "[rollup]", 0, 0};
    size_t left = used();

    for (unsigned i = 0; area_at(i, &left, &area); i++) {
        all.clean += area.clean;
        all.dirty += area.dirty;
        all.from = area.from < all.from ? area.from : all.from;
        all.to = area.to > all.to ? area.to : all.to;
    }
    put_line(text, &all);
    put_figures(text, all.clean, all.dirty);
}
