/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lists of address ranges, a few dozen at most, kept sorted and apart: enough
 * to turn a firmware's memory map into what is free. What does not fit into
 * the list is memory that stays unused, never memory used twice: a removal
 * that would split the last range drops its upper part.
 */
#include "kvm.h"

static void insert(struct kvm_ranges *ranges, unsigned index, struct kvm_range one)
{
    if (ranges->count == KVM_RANGES)
        ranges->count--;
    if (index > ranges->count)
        return;
    for (unsigned to = ranges->count; to > index; to--)
        ranges->at[to] = ranges->at[to - 1];
    ranges->at[index] = one;
    ranges->count++;
}

static void delete(struct kvm_ranges *ranges, unsigned index)
{
    ranges->count--;
    for (unsigned to = index; to < ranges->count; to++)
        ranges->at[to] = ranges->at[to + 1];
}

/* Adds (one), joined with whatever it touches. */
void kvm_ranges_add(struct kvm_ranges *ranges, struct kvm_range one)
{
    unsigned index = 0;

    if (one.start >= one.end)
        return;
    while (index < ranges->count && ranges->at[index].end < one.start)
        index++;
    while (index < ranges->count && ranges->at[index].start <= one.end) {
        if (ranges->at[index].start < one.start)
            one.start = ranges->at[index].start;
        if (ranges->at[index].end > one.end)
            one.end = ranges->at[index].end;
        delete(ranges, index);
    }
    insert(ranges, index, one);
}

/* Takes (one) away from whatever overlaps it. */
void kvm_ranges_remove(struct kvm_ranges *ranges, struct kvm_range one)
{
    if (one.start >= one.end)
        return;
    for (unsigned index = 0; index < ranges->count;) {
        struct kvm_range *range = &ranges->at[index];
        struct kvm_range above = {one.end, range->end};

        if (range->end <= one.start || range->start >= one.end) {
            index++;
            continue;
        }
        if (range->start < one.start) {
            range->end = one.start;
            index++;
        } else {
            delete(ranges, index);
        }
        if (above.start < above.end) {
            insert(ranges, index, above);
            index++;
        }
    }
}
