/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * brk(2). Pages behind the break have to be its own, for memory lies where it
 * is (docs/adr/0018): once the break is moved, it holds a piece of the heap into
 * which it can grow, and gives that back when it returns to its start. Without
 * a piece, the start is only a place where one was free; somebody else may
 * have it by the time that the break is moved, and then that fails.
 */
#include "pages.h"

#include <kraft/alloc.h>
#include <kraft/mem.h>
#include <kraft/string.h>
#include <kraft/syscall-memory.h>

#include "options.h"

static struct {
    uintptr_t start, now;  /* 0: nobody has asked */
    struct mapping *piece; /* NULL: the break is at its start */
} brk;

static uintptr_t page_after(uintptr_t address)
{
    return (address + PAGE - 1) & ~(PAGE - 1);
}

/* A piece of which nothing is mapped, of (least) bytes or more, or NULL. Half of what is free stays free. */
static struct mapping *take_piece(size_t least)
{
    struct mapping *piece = NULL;
    struct kr_alloc_figures heap;

    kr_alloc_figures(&heap);
    for (size_t size = OPT_BREAK; piece == NULL && size >= least; size /= 2)
        if (size <= (heap.total - heap.used) / 2 || size / 2 < least)
            piece = mapping_add((size + PAGE - 1) / PAGE);
    if (piece == NULL)
        return NULL;
    piece->live++;
    mapping_mark(piece, piece->start, piece->start + piece->pages * PAGE, false);
    return piece;
}

static void choose_start(void)
{
    struct mapping *piece = take_piece(PAGE);

    if (piece == NULL)
        return;
    brk.start = brk.now = piece->start;
    mapping_drop(piece);
}

/* A piece from the start on, for a break at (wish). */
static bool hold_piece(uintptr_t wish)
{
    brk.piece = take_piece(wish - brk.start);
    if (brk.piece == NULL || brk.piece->start == brk.start)
        return brk.piece != NULL;
    mapping_drop(brk.piece);
    brk.piece = NULL;
    return false;
}

/* Pages that were left are writable again, and zero. */
static void grow(uintptr_t wish)
{
    void *fresh = (void *)page_after(brk.now); // NOLINT(performance-no-int-to-ptr)
    size_t size = page_after(wish) - page_after(brk.now);

    if (brk.piece->guarded && size > 0 && kr_mem_protect(fresh, size, KR_MEM_WRITE) < 0)
        return;
    if (size > 0 && kr_mem_clear(fresh, size) < 0)
        memset(fresh, 0, size);
    mapping_mark(brk.piece, page_after(brk.now), page_after(wish), true);
    brk.now = wish;
}

static void shrink(uintptr_t wish)
{
    mapping_mark(brk.piece, page_after(wish), page_after(brk.now), false);
    brk.now = wish;
    if (wish > brk.start)
        return;
    mapping_drop(brk.piece);
    brk.piece = NULL;
}

long kr_syscall_brk(void *address)
{
    uintptr_t wish = (uintptr_t)address;

    if (brk.piece == NULL && (brk.start == 0 || address == NULL))
        choose_start();
    if (brk.start == 0 || wish < brk.start || (wish == brk.start && brk.piece == NULL))
        return (long)brk.now;
    if (brk.piece == NULL && !hold_piece(wish))
        return (long)brk.now;
    if (wish <= brk.now)
        shrink(wish);
    else if (wish <= brk.start + brk.piece->pages * PAGE)
        grow(wish);
    return (long)brk.now;
}
