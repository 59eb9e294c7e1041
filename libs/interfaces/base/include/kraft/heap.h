/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What comes soonest: a pairing heap (Fredman, Sedgewick, Sleator, Tarjan:
 * "The pairing heap: a new form of self-adjusting heap", Algorithmica 1,
 * 1986), which lies in what it holds. Inserting takes constant time, removing
 * any of n amortised O(log n). Zero is a node that is in no heap, and NULL an
 * empty heap.
 */
#ifndef KRAFT_HEAP_H
#define KRAFT_HEAP_H

#include <kraft/base.h>

struct kr_heap_node {
    uint64_t key;                 /* the least is the root */
    struct kr_heap_node *child;   /* first of those that are not less */
    struct kr_heap_node *sibling; /* next child of the same parent */
    struct kr_heap_node **link;   /* what points here; NULL: in no heap */
};

/* One heap of two; either may be NULL. Equal keys keep (one) ahead. */
static inline struct kr_heap_node *kr_heap_meld(struct kr_heap_node *one, struct kr_heap_node *other)
{
    if (one == NULL)
        return other;
    if (other == NULL)
        return one;
    if (other->key < one->key) {
        struct kr_heap_node *swap = one;
        one = other;
        other = swap;
    }
    other->sibling = one->child;
    if (other->sibling != NULL)
        other->sibling->link = &other->sibling;
    one->child = other;
    other->link = &one->child;
    one->sibling = NULL;
    return one;
}

/* The two passes: pairs from left to right, then all from right to left. */
static inline struct kr_heap_node *kr_heap_meld_siblings(struct kr_heap_node *first)
{
    struct kr_heap_node *pairs = NULL;
    struct kr_heap_node *all = NULL;

    while (first != NULL) {
        struct kr_heap_node *second = first->sibling;
        struct kr_heap_node *rest = second == NULL ? NULL : second->sibling;
        first->sibling = NULL;
        struct kr_heap_node *pair = kr_heap_meld(first, second);
        pair->sibling = pairs;
        pairs = pair;
        first = rest;
    }
    while (pairs != NULL) {
        struct kr_heap_node *rest = pairs->sibling;
        pairs->sibling = NULL;
        all = kr_heap_meld(pairs, all);
        pairs = rest;
    }
    return all;
}

static inline void kr_heap_set_root(struct kr_heap_node **heap, struct kr_heap_node *root)
{
    *heap = root;
    if (root != NULL)
        root->link = heap;
}

/* Inserts (node), which is in no heap. */
static inline void kr_heap_insert(struct kr_heap_node **heap, struct kr_heap_node *node, uint64_t key)
{
    node->key = key;
    node->child = NULL;
    node->sibling = NULL;
    kr_heap_set_root(heap, kr_heap_meld(*heap, node));
}

/* Removes (node), which is in (heap). */
static inline void kr_heap_remove(struct kr_heap_node **heap, struct kr_heap_node *node)
{
    struct kr_heap_node *children = kr_heap_meld_siblings(node->child);

    if (node == *heap) {
        kr_heap_set_root(heap, children);
    } else {
        *node->link = node->sibling;
        if (node->sibling != NULL)
            node->sibling->link = node->link;
        kr_heap_set_root(heap, kr_heap_meld(*heap, children));
    }
    node->link = NULL;
}

#endif
