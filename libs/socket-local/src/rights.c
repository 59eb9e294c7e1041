/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Open files that go with a message (SCM_RIGHTS, man 7 unix). They are held
 * from when they are sent, and get descriptors when they are received. One
 * that is sent through itself and never received stays held.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>
#include <kraft/vfs.h>

#include "local.h"

#define SOCKET_LEVEL 1
#define RIGHTS 1     /* SCM_RIGHTS */
#define MOST_FILES 253 /* of one message; Linux's SCM_MAX_FD */

/* struct cmsghdr; behind it lies the data, and the next begins at a multiple of 8. */
struct header {
    size_t length;
    int level, type;
};

static size_t aligned(size_t length)
{
    return (length + 7) & ~(size_t)7;
}

/* The next header at or behind (at), moved; NULL: none, or -KR_EINVAL in (error). */
static const struct header *next(const struct kr_syscall_message *message, size_t *at, int *error)
{
    if (message->control == NULL || *at > message->control_length ||
        message->control_length - *at < sizeof(struct header))
        return NULL;
    const struct header *header = (const void *)((const char *)message->control + *at);
    if (header->length < sizeof(*header) || header->length > message->control_length - *at) {
        *error = -KR_EINVAL;
        return NULL;
    }
    *at += aligned(header->length);
    return header;
}

/* How many files (message) names; a negative error where it holds anything else. */
static int count_of(const struct kr_syscall_message *message)
{
    const struct header *header;
    size_t count = 0;
    size_t at = 0;
    int error = 0;

    while ((header = next(message, &at, &error)) != NULL) {
        if (header->level != SOCKET_LEVEL || header->type != RIGHTS)
            return -KR_EINVAL;
        count += (header->length - sizeof(*header)) / sizeof(int);
    }
    if (error < 0)
        return error;
    return count > MOST_FILES ? -KR_EINVAL : (int)count;
}

int local_take_rights(const struct kr_syscall_message *message, struct rights **rights)
{
    const struct header *header;
    size_t at = 0;
    int error = 0;
    int count = count_of(message);

    *rights = NULL;
    if (count <= 0)
        return count;
    struct rights *made = kr_alloc_allocate(sizeof(*made) + (size_t)count * sizeof(made->files[0]));
    if (made == NULL)
        return -KR_ENOMEM;
    made->count = 0;
    while ((header = next(message, &at, &error)) != NULL) {
        const int *files = (const int *)(header + 1);

        for (size_t i = 0; i < (header->length - sizeof(*header)) / sizeof(int); i++) {
            void *file = kr_vfs_hold(files[i]);
            if (file == NULL) {
                local_drop_rights(made);
                return -KR_EBADF;
            }
            made->files[made->count++] = file;
        }
    }
    *rights = made;
    return 0;
}

void local_drop_rights(struct rights *rights)
{
    if (rights == NULL)
        return;
    for (unsigned i = 0; i < rights->count; i++)
        kr_vfs_let_go(rights->files[i]);
    kr_alloc_free(rights);
}

void local_give_rights(const struct rights *rights, struct kr_syscall_message *message, size_t room,
                       int flags)
{
    struct header header = {.level = SOCKET_LEVEL, .type = RIGHTS};
    char *control = message->control;
    unsigned given = 0;

    if (rights == NULL)
        return;
    while (control != NULL && given < rights->count &&
           sizeof(header) + (given + 1) * sizeof(int) <= room) {
        int file = kr_vfs_give(rights->files[given], (flags & KR_SOCKET_CLOSE_ON_EXEC) != 0 ? KR_VFS_CLOSE_ON_EXEC : 0);
        if (file < 0)
            break;
        memcpy(control + sizeof(header) + given * sizeof(int), &file, sizeof(file));
        given++;
    }
    if (given < rights->count)
        message->flags |= KR_SOCKET_CONTROL_CUT;
    if (given == 0)
        return;
    header.length = sizeof(header) + given * sizeof(int);
    memcpy(control, &header, sizeof(header));
    message->control_length = aligned(header.length) < room ? aligned(header.length) : room;
}
