/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory for lwIP's packets and our sockets. Blocks come in a few sizes and
 * go back to a list for their size, newest first, so that a packet's life
 * costs a dozen instructions; each list keeps a bounded number, the rest
 * goes back to `alloc`. Larger blocks pass through.
 */
#include "stack.h"

#include <kraft/alloc.h>
#include <kraft/string.h>

#define KEPT 64u /* blocks in a list at most */

/* Before each block; 16 bytes, so that the block stays aligned. */
struct head {
    _Alignas(16) struct head *next; /* in its list */
    size_t list;                    /* index in lists; LISTS: none */
};

static struct list {
    const size_t size; /* bytes of each block */
    struct head *first;
    unsigned count;
} lists[] = {{.size = 128}, {.size = 256}, {.size = 640}, {.size = 1664}};

#define LISTS (sizeof(lists) / sizeof(lists[0]))

void *netstack_lwip_allocate(size_t size)
{
    size_t i = 0;
    while (i < LISTS && size > lists[i].size)
        i++;
    struct head *head = i < LISTS ? lists[i].first : NULL;
    if (head) {
        lists[i].first = head->next;
        lists[i].count--;
        return head + 1;
    }
    head = kr_alloc_allocate(sizeof(*head) + (i < LISTS ? lists[i].size : size));
    if (!head)
        return NULL;
    head->list = i;
    return head + 1;
}

void *netstack_lwip_allocate_zero(size_t count, size_t size)
{
    void *memory = netstack_lwip_allocate(count * size);
    return memory ? memset(memory, 0, count * size) : NULL;
}

void netstack_lwip_free(void *memory)
{
    struct head *head = (struct head *)memory - 1;
    if (head->list >= LISTS || lists[head->list].count == KEPT) {
        kr_alloc_free(head);
        return;
    }
    struct list *list = &lists[head->list];
    head->next = list->first;
    list->first = head;
    list->count++;
}
