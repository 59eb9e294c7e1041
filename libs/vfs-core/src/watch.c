/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Watches. The list begins in what was installed, so that whoever changes it
 * tells the watches without a search; this file hangs them there, and takes
 * them off when the open file goes.
 */
#include "core.h"

int kr_vfs_watch(int file, struct kr_vfs_watch *watch)
{
    const struct description *description = vfs_core_get(file);

    if (description == NULL)
        return -KR_EBADF;
    if (description->node != NULL || description->operations->watches == NULL)
        return -KR_EPERM;
    struct kr_vfs_watch **first = description->operations->watches(description->state);
    watch->look = description->operations->look;
    watch->file = description;
    watch->next = *first;
    watch->previous = first;
    if (*first != NULL)
        (*first)->previous = &watch->next;
    *first = watch;
    return 0;
}

void kr_vfs_unwatch(struct kr_vfs_watch *watch)
{
    *watch->previous = watch->next;
    if (watch->next != NULL)
        watch->next->previous = watch->previous;
}

int kr_vfs_watch_ready(const struct kr_vfs_watch *watch)
{
    const struct description *description = watch->file;

    return description->operations->ready(description->state);
}

const void *kr_vfs_description(int file)
{
    return vfs_core_get(file);
}

/* Nothing is no news, and to a watch it would say that its file is gone. */
void kr_vfs_changed(struct kr_vfs_watch *first, int ready)
{
    if (ready == 0)
        return;
    for (struct kr_vfs_watch *watch = first, *next; watch != NULL; watch = next) {
        next = watch->next;
        watch->changed(watch, ready);
    }
}

void vfs_core_unwatch_all(struct description *description)
{
    if (description->operations->watches == NULL)
        return;
    struct kr_vfs_watch **first = description->operations->watches(description->state);
    for (struct kr_vfs_watch *watch; (watch = *first) != NULL;) {
        kr_vfs_unwatch(watch);
        watch->changed(watch, 0);
    }
}
