/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The names in a folder: a hash table of chains, and an array of slots in
 * which an entry keeps its number for its whole life, so that an iteration is
 * a number and nothing that comes or goes moves the rest. A hole is taken by
 * the next that comes. Both arrays are one allocation, which doubles.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "ram.h"

#define LEAST 8u
#define MOST (UINT32_C(1) << 30)

uint32_t fs_ram_hash(struct kr_fs_name name)
{
    uint32_t hash = 2166136261; /* FNV-1a: Fowler, Noll, Vo */

    for (size_t i = 0; i < name.length; i++)
        hash = (hash ^ (unsigned char)name.text[i]) * 16777619;
    return hash ^ hash >> 15;
}

struct entry *fs_ram_find(const struct entries *entries, struct kr_fs_name name)
{
    if (entries->count == 0)
        return NULL;
    uint32_t hash = fs_ram_hash(name);
    struct entry *entry = entries->buckets[hash & (entries->capacity - 1)];

    while (entry != NULL && (entry->hash != hash || entry->length != name.length ||
                             memcmp(entry->name, name.text, name.length) != 0))
        entry = entry->next;
    return entry;
}

static bool grow(struct entries *entries)
{
    uint32_t capacity = entries->capacity == 0 ? LEAST : entries->capacity * 2;

    if (capacity > MOST)
        return false;
    union slot *slots = kr_alloc_allocate(capacity * (sizeof(*slots) + sizeof(struct entry *)));
    if (slots == NULL)
        return false;
    struct entry **buckets = (struct entry **)(void *)(slots + capacity);

    memset(buckets, 0, capacity * sizeof(*buckets));
    for (uint32_t i = 0; i < entries->end; i++) { /* full: there is no hole */
        struct entry *entry = entries->slots[i].entry;
        struct entry **bucket = &buckets[entry->hash & (capacity - 1)];

        entry->next = *bucket;
        *bucket = entry;
        slots[i].entry = entry;
    }
    kr_alloc_free(entries->slots);
    entries->slots = slots;
    entries->buckets = buckets;
    entries->capacity = capacity;
    return true;
}

static uint32_t take_slot(struct entries *entries)
{
    if (entries->hole == 0)
        return entries->end++;
    uint32_t slot = entries->hole - 1;

    entries->hole = (uint32_t)(entries->slots[slot].hole >> 1);
    return slot;
}

int fs_ram_insert(struct entries *entries, struct kr_fs_name name, struct node *node)
{
    struct entry *entry = kr_alloc_allocate(sizeof(*entry) + name.length);

    if (entry == NULL)
        return -KR_ENOMEM;
    if (entries->count == entries->capacity && !grow(entries)) {
        kr_alloc_free(entry);
        return -KR_ENOMEM;
    }
    entry->hash = fs_ram_hash(name);
    entry->node = node;
    entry->length = (uint32_t)name.length;
    memcpy(entry->name, name.text, name.length);
    entry->slot = take_slot(entries);
    entries->slots[entry->slot].entry = entry;
    struct entry **bucket = &entries->buckets[entry->hash & (entries->capacity - 1)];
    entry->next = *bucket;
    *bucket = entry;
    entries->count++;
    return 0;
}

void fs_ram_remove(struct entries *entries, struct entry *entry)
{
    struct entry **link = &entries->buckets[entry->hash & (entries->capacity - 1)];

    while (*link != entry)
        link = &(*link)->next;
    *link = entry->next;
    entries->slots[entry->slot].hole = (uintptr_t)entries->hole << 1 | 1;
    entries->hole = entry->slot + 1;
    entries->count--;
    kr_alloc_free(entry);
    if (entries->count == 0) { /* begin anew: no iteration finds anything */
        entries->end = 0;
        entries->hole = 0;
    }
}

struct entry *fs_ram_next(const struct entries *entries, uint64_t *position)
{
    while (*position < entries->end) {
        union slot slot = entries->slots[(*position)++];

        if ((slot.hole & 1) == 0)
            return slot.entry;
    }
    return NULL;
}

void fs_ram_empty(struct entries *entries)
{
    kr_alloc_free(entries->slots);
    *entries = (struct entries){0};
}
