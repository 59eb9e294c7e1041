/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * qsort is a heap sort: no recursion, no extra memory, no bad case; about
 * twice the comparisons of a good quick sort. bsearch is as usual.
 */
#include <stdlib.h>

struct array {
    unsigned char *items;
    size_t size; /* bytes of one */
    int (*compare)(const void *, const void *);
};

static void swap(const struct array *a, size_t i, size_t j)
{
    unsigned char *one = a->items + i * a->size, *other = a->items + j * a->size;
    for (size_t k = 0; k < a->size; k++) {
        unsigned char byte = one[k];
        one[k] = other[k];
        other[k] = byte;
    }
}

static int order(const struct array *a, size_t i, size_t j)
{
    return a->compare(a->items + i * a->size, a->items + j * a->size);
}

static void sift_down(const struct array *a, size_t parent, size_t count)
{
    for (;;) {
        size_t child = 2 * parent + 1;
        if (child >= count)
            return;
        if (child + 1 < count && order(a, child, child + 1) < 0)
            child++;
        if (order(a, parent, child) >= 0)
            return;
        swap(a, parent, child);
        parent = child;
    }
}

void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    const struct array a = {items, size, compare};
    if (count < 2 || size == 0)
        return;
    for (size_t i = count / 2; i-- > 0;)
        sift_down(&a, i, count);
    for (size_t last = count - 1; last > 0; last--) {
        swap(&a, 0, last);
        sift_down(&a, 0, last);
    }
}

void *bsearch(const void *key, const void *items, size_t count, size_t size,
              int (*compare)(const void *, const void *))
{
    const unsigned char *first = items;
    while (count > 0) {
        const unsigned char *middle = first + count / 2 * size;
        int sign = compare(key, middle);
        if (sign == 0)
            return (void *)(size_t)middle;
        if (sign > 0) {
            first = middle + size;
            count--;
        }
        count /= 2;
    }
    return NULL;
}
