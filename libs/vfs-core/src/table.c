/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Descriptors: an array, and two bitmaps. A bit is set for each descriptor
 * that is open, and above, for each word of those that is full, so that the
 * lowest free one is found in a few words.
 */
#include <kraft/alloc.h>

#include "core.h"
#include "options.h"

#define COUNT ((unsigned)OPT_DESCRIPTORS)
#define WORDS ((COUNT + 63) / 64)
#define FULL UINT64_MAX

static struct {
    struct description *of[COUNT];
    uint64_t open[WORDS];
    uint64_t full[(WORDS + 63) / 64];
    uint64_t close_on_exec[WORDS];
    unsigned most; /* none from here on is given out */
} table = {.most = COUNT};

void kr_vfs_limit_descriptors(uint64_t count)
{
    table.most = count < COUNT ? (unsigned)count : COUNT;
}

struct description *vfs_core_describe(void)
{
    struct description *description = kr_alloc_allocate(sizeof(*description));

    if (description != NULL)
        *description = (struct description){.references = 1};
    return description;
}

/* The lowest free descriptor from (least) on; COUNT: none. */
static unsigned lowest(unsigned least)
{
    unsigned word = least / 64;

    if (word >= WORDS)
        return COUNT;
    uint64_t free = ~table.open[word] & FULL << least % 64;
    if (free == 0) {
        unsigned group = ++word / 64;
        uint64_t words = group * 64 < WORDS ? ~table.full[group] & FULL << word % 64 : 0;

        while (words == 0) {
            if (++group * 64 >= WORDS)
                return COUNT;
            words = ~table.full[group];
        }
        word = group * 64 + (unsigned)__builtin_ctzll(words);
        if (word >= WORDS)
            return COUNT;
        free = ~table.open[word];
    }
    unsigned file = word * 64 + (unsigned)__builtin_ctzll(free);
    return file < COUNT ? file : COUNT;
}

static bool is_open(int file)
{
    return (unsigned)file < COUNT && table.of[file] != NULL;
}

void vfs_core_close_on_exec(int file, bool does)
{
    uint64_t bit = UINT64_C(1) << (unsigned)file % 64;

    if (does)
        table.close_on_exec[(unsigned)file / 64] |= bit;
    else
        table.close_on_exec[(unsigned)file / 64] &= ~bit;
}

bool vfs_core_closes_on_exec(int file)
{
    return (table.close_on_exec[(unsigned)file / 64] >> (unsigned)file % 64 & 1) != 0;
}

void vfs_core_put(int file, struct description *description, bool close_on_exec)
{
    unsigned word = (unsigned)file / 64;

    table.of[file] = description;
    table.open[word] |= UINT64_C(1) << (unsigned)file % 64;
    if (table.open[word] == FULL)
        table.full[word / 64] |= UINT64_C(1) << word % 64;
    vfs_core_close_on_exec(file, close_on_exec);
}

int vfs_core_enter(struct description *description, int least, bool close_on_exec)
{
    unsigned file = lowest((unsigned)least);

    if (file >= table.most)
        return -KR_EMFILE;
    vfs_core_put((int)file, description, close_on_exec);
    return (int)file;
}

struct description *vfs_core_get(int file)
{
    return is_open(file) ? table.of[file] : NULL;
}

struct description *vfs_core_take(int file)
{
    if (!is_open(file))
        return NULL;
    struct description *description = table.of[file];
    unsigned word = (unsigned)file / 64;

    table.of[file] = NULL;
    table.open[word] &= ~(UINT64_C(1) << (unsigned)file % 64);
    table.full[word / 64] &= ~(UINT64_C(1) << word % 64);
    return description;
}

void vfs_core_release(struct description *description)
{
    if (--description->references > 0)
        return;
    if (description->node != NULL) {
        if (description->node->locks != NULL)
            vfs_core_unlock(description);
        drop(description->node);
    } else {
        vfs_core_unwatch_all(description);
        if (description->operations->close != NULL)
            description->operations->close(description->state);
    }
    kr_alloc_free(description);
}

bool vfs_core_in_range(int file)
{
    return (unsigned)file < table.most;
}

void *kr_vfs_hold(int file)
{
    struct description *description = vfs_core_get(file);

    if (description != NULL)
        description->references++;
    return description;
}

int kr_vfs_give(void *held, int flags)
{
    struct description *description = held;
    int file = vfs_core_enter(description, 0, (flags & KR_VFS_CLOSE_ON_EXEC) != 0);

    if (file >= 0)
        description->references++;
    return file;
}

void kr_vfs_let_go(void *held)
{
    vfs_core_release(held);
}
