/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Advisory locks: a list for each node, sorted by nothing, since there are
 * few. Who holds a range is the process (fcntl) or an open description; flock
 * is a world of its own. What a change needs is allocated first, so that one
 * that fails leaves every lock as it was.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/sched.h>

#include "core.h"
#include "options.h"

#define END INT64_MAX

struct held {
    struct held *next;
    const void *owner;
    int64_t first, last; /* bytes, both within */
    bool writes;
    bool whole; /* of flock */
};

static struct {
    struct kr_sched_queue waiting;
    unsigned count;
} locks;
static const char process; /* its address stands for the process */

static struct held **list_of(struct kr_fs_node *node)
{
    return (struct held **)&node->locks;
}

/* A lock of another's that is in the way. */
static struct held *in_the_way(struct kr_fs_node *node, const struct held *wanted)
{
    struct held *one = *list_of(node);

    while (one != NULL &&
           (one->owner == wanted->owner || one->whole != wanted->whole ||
            one->last < wanted->first || wanted->last < one->first ||
            (!one->writes && !wanted->writes)))
        one = one->next;
    return one;
}

static void discard(struct held **link)
{
    struct held *one = *link;

    *link = one->next;
    kr_alloc_free(one);
    locks.count--;
}

/* Takes (range) out of what its owner holds; (spare) is for the second half
 * of a lock that is split. Returns whether it was used. */
static bool clear(struct kr_fs_node *node, const struct held *range, struct held *spare)
{
    struct held **link = list_of(node);
    bool used = false;

    while (*link != NULL) {
        struct held *one = *link;

        if (one->owner != range->owner || one->whole != range->whole ||
            one->last < range->first || range->last < one->first) {
            link = &one->next;
        } else if (one->first < range->first && one->last > range->last) {
            *spare = *one;
            spare->first = range->last + 1;
            one->last = range->first - 1;
            one->next = spare;
            locks.count++;
            used = true;
            break;
        } else if (one->first < range->first) {
            one->last = range->first - 1;
            link = &one->next;
        } else if (one->last > range->last) {
            one->first = range->last + 1;
            link = &one->next;
        } else {
            discard(link);
        }
    }
    kr_sched_wake_all_isr(&locks.waiting);
    return used;
}

/* Sets, or with (none) takes away, when nothing is in the way. */
static int set(struct kr_fs_node *node, const struct held *wanted, bool none)
{
    struct held *spare = kr_alloc_allocate(sizeof(*spare));
    struct held *fresh = none ? NULL : kr_alloc_allocate(sizeof(*fresh));

    if (spare == NULL || (!none && (fresh == NULL || locks.count + 2 > OPT_LOCKS))) {
        kr_alloc_free(spare);
        kr_alloc_free(fresh);
        return -KR_ENOLCK;
    }
    if (!clear(node, wanted, spare))
        kr_alloc_free(spare);
    if (none)
        return 0;
    *fresh = *wanted;
    fresh->next = *list_of(node);
    *list_of(node) = fresh;
    locks.count++;
    return 0;
}

static int set_or_wait(struct description *description, const struct held *wanted, bool none,
                       bool waits)
{
    struct kr_fs_node *node = description->node;
    int error = 0;

    description->references++;
    while (!none && error == 0 && in_the_way(node, wanted) != NULL)
        error = waits ? kr_sched_wait_interruptible(&locks.waiting, KR_CLOCK_NEVER) : -KR_EAGAIN;
    if (error == 0)
        error = set(node, wanted, none);
    vfs_core_release(description);
    return error;
}

/* The bytes that (lock) speaks of. */
static int range_of(const struct description *description, const struct kr_vfs_lock *lock,
                    struct held *range)
{
    int64_t begin = lock->start;

    if (lock->from == 1 && __builtin_add_overflow(begin, description->position, &begin))
        return -KR_EOVERFLOW;
    if (lock->from == 2 && __builtin_add_overflow(begin, description->node->size, &begin))
        return -KR_EOVERFLOW;
    if (lock->from < 0 || lock->from > 2)
        return -KR_EINVAL;
    range->first = begin;
    range->last = END;
    if (lock->length > 0 && __builtin_add_overflow(begin, lock->length - 1, &range->last))
        return -KR_EOVERFLOW;
    if (lock->length < 0) { /* the bytes before */
        if (__builtin_add_overflow(begin, lock->length, &range->first))
            return -KR_EINVAL;
        range->last = begin - 1;
    }
    return range->first < 0 || range->last < range->first ? -KR_EINVAL : 0;
}

static void tell(const struct held *other, struct kr_vfs_lock *lock)
{
    if (other == NULL) {
        lock->kind = KR_VFS_LOCK_NONE;
        return;
    }
    lock->kind = other->writes ? KR_VFS_LOCK_WRITE : KR_VFS_LOCK_READ;
    lock->from = 0;
    lock->start = other->first;
    lock->length = other->last == END ? 0 : other->last - other->first + 1;
    lock->process = other->owner == &process ? 1 : -1;
}

int vfs_core_lock(struct description *description, int command, struct kr_vfs_lock *lock)
{
    bool of_description = command >= 36;
    int operation = of_description ? command - 36 : command - 5;

    if (operation < 0 || operation > 2 || description->node == NULL)
        return -KR_EINVAL;
    if ((description->flags & KR_VFS_PATH_ONLY) != 0)
        return -KR_EBADF;
    if (lock->kind < KR_VFS_LOCK_READ || lock->kind > KR_VFS_LOCK_NONE)
        return -KR_EINVAL;
    struct held wanted = {.owner = of_description ? (const void *)description : &process,
                          .writes = lock->kind == KR_VFS_LOCK_WRITE};
    int error = range_of(description, lock, &wanted);
    if (error < 0)
        return error;
    if (operation == 0) { /* F_GETLK */
        tell(in_the_way(description->node, &wanted), lock);
        return 0;
    }
    int access = description->flags & KR_VFS_ACCESS;
    if ((lock->kind == KR_VFS_LOCK_READ && access == KR_VFS_WRITE) ||
        (lock->kind == KR_VFS_LOCK_WRITE && access == KR_VFS_READ))
        return -KR_EBADF;
    return set_or_wait(description, &wanted, lock->kind == KR_VFS_LOCK_NONE, operation == 2);
}

int kr_vfs_flock(int file, int operation)
{
    struct description *description = vfs_core_get(file);
    int kind = operation & ~4;

    if (description == NULL)
        return -KR_EBADF;
    if ((kind != 1 && kind != 2 && kind != 8) || description->node == NULL)
        return -KR_EINVAL;
    const struct held wanted = {
        .owner = description, .last = END, .writes = kind == 2, .whole = true};
    return set_or_wait(description, &wanted, kind == 8, (operation & 4) == 0);
}

static void unlock(struct kr_fs_node *node, const void *owner)
{
    struct held **link = list_of(node);

    while (*link != NULL)
        if ((*link)->owner == owner)
            discard(link);
        else
            link = &(*link)->next;
    kr_sched_wake_all_isr(&locks.waiting);
}

void vfs_core_unlock_process(struct kr_fs_node *node)
{
    unlock(node, &process);
}

void vfs_core_unlock(struct description *description)
{
    unlock(description->node, description);
}
