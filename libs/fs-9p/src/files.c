/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Contents: bytes of files and entries of folders. Nothing is kept here, what
 * is read comes from the host, and a write that has returned has reached it.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/string.h>

#include "nodes.h"

static int64_t read_some(struct node *node, uint8_t *bytes, uint32_t length, int64_t offset)
{
    struct message message;

    fs_9p_begin(nine_of(&node->head)->server, &message, READ);
    fs_9p_put(&message, 4, node->open);
    fs_9p_put(&message, 8, (uint64_t)offset);
    fs_9p_put(&message, 4, length);
    int error = fs_9p_call(&message, 4 + length);
    uint32_t count = 0;
    if (error == 0) {
        count = (uint32_t)fs_9p_get(&message, 4);
        const uint8_t *from = fs_9p_get_bytes(&message, count);

        if (from == NULL || count > length)
            error = fs_9p_damaged(&message);
        else
            memcpy(bytes, from, count);
    }
    error = fs_9p_end(&message, error);
    return error != 0 ? error : (int64_t)count;
}

int64_t fs_9p_read(struct kr_fs_node *head, void *bytes, size_t length, int64_t offset,
                   int flags)
{
    struct node *node = node_of(head);
    uint32_t most = fs_9p_limit(nine_of(head)->server);
    size_t done = 0;
    int error = fs_9p_open_node(node);

    (void)flags;
    if (error != 0)
        return error;
    if (length > (uint64_t)(INT64_MAX - offset))
        length = (size_t)(INT64_MAX - offset);
    while (done < length) {
        uint32_t part = length - done < most ? (uint32_t)(length - done) : most;
        int64_t count = read_some(node, (uint8_t *)bytes + done, part, offset + (int64_t)done);

        if (count < 0)
            return done > 0 ? (int64_t)done : count;
        done += (size_t)count;
        if (count == 0 || (count < part && offset + (int64_t)done >= head->size))
            break;
    }
    return (int64_t)done;
}

static int64_t write_some(struct node *node, const uint8_t *bytes, uint32_t length,
                          int64_t offset)
{
    struct message message;

    fs_9p_begin(nine_of(&node->head)->server, &message, WRITE);
    fs_9p_put(&message, 4, node->open);
    fs_9p_put(&message, 8, (uint64_t)offset);
    fs_9p_put(&message, 4, length);
    uint8_t *to = fs_9p_put_bytes(&message, length);
    if (to != NULL)
        memcpy(to, bytes, length);
    int error = fs_9p_call(&message, 4);
    uint32_t count = 0;
    if (error == 0) {
        count = (uint32_t)fs_9p_get(&message, 4);
        if (count == 0 || count > length)
            error = fs_9p_damaged(&message);
    }
    error = fs_9p_end(&message, error);
    return error != 0 ? error : (int64_t)count;
}

static int64_t write_all(struct node *node, const uint8_t *bytes, size_t length, int64_t offset)
{
    uint32_t most = fs_9p_limit(nine_of(&node->head)->server);
    size_t done = 0;

    while (done < length) {
        uint32_t part = length - done < most ? (uint32_t)(length - done) : most;
        int64_t count = write_some(node, bytes + done, part, offset + (int64_t)done);

        if (count < 0)
            return done > 0 ? (int64_t)done : count;
        done += (size_t)count;
        if (offset + (int64_t)done > node->head.size)
            node->head.size = offset + (int64_t)done;
    }
    return (int64_t)done;
}

int64_t fs_9p_write(struct kr_fs_node *head, const void *bytes, size_t length, int64_t offset,
                    int flags)
{
    struct node *node = node_of(head);
    int error = fs_9p_open_node(node);

    if (error != 0)
        return error;
    if (!node->writable)
        return -KR_EACCES;
    while (node->writing)
        kr_sched_wait(&node->writers, KR_CLOCK_NEVER);
    if ((flags & KR_VFS_APPEND) != 0)
        offset = head->size; /* it has grown while we waited */
    if (length > (uint64_t)(INT64_MAX - offset))
        return -KR_EFBIG;
    node->writing = true;
    int64_t done = write_all(node, bytes, length, offset);
    node->writing = false;
    kr_sched_wake_one_isr(&node->writers);
    return done;
}

int fs_9p_sync(struct kr_fs_node *head)
{
    struct node *node = node_of(head);
    struct message message;
    int error = fs_9p_open_node(node);

    if (error != 0)
        return error;
    fs_9p_begin(nine_of(head)->server, &message, FSYNC);
    fs_9p_put(&message, 4, node->open);
    fs_9p_put(&message, 4, 0);
    return fs_9p_end(&message, fs_9p_call(&message, 0));
}

/* Entries from (position) on into the node's listing. */
static int read_entries(struct node *node, uint64_t position)
{
    struct listing *listing = node->listing;
    struct message message;

    fs_9p_begin(nine_of(&node->head)->server, &message, READDIR);
    fs_9p_put(&message, 4, node->open);
    fs_9p_put(&message, 8, position);
    fs_9p_put(&message, 4, sizeof(listing->entries));
    int error = fs_9p_call(&message, 4 + sizeof(listing->entries));
    listing->length = 0;
    if (error == 0) {
        uint32_t length = (uint32_t)fs_9p_get(&message, 4);
        const uint8_t *from = fs_9p_get_bytes(&message, length);

        if (from == NULL || length > sizeof(listing->entries)) {
            error = fs_9p_damaged(&message);
        } else {
            memcpy(listing->entries, from, length);
            listing->length = length;
        }
    }
    listing->at = 0;
    listing->position = position;
    return fs_9p_end(&message, error);
}

static bool is_name(struct kr_fs_name name)
{
    for (size_t i = 0; i < name.length; i++)
        if (name.text[i] == '/' || name.text[i] == '\0')
            return false;
    return name.length > 0 && name.length <= KR_VFS_NAME;
}

static bool is_dots(struct kr_fs_name name)
{
    return name.text[0] == '.' &&
           (name.length == 1 || (name.length == 2 && name.text[1] == '.'));
}

/* The next entry of the listing: qid[13] offset[8] type[1] name[s]. 1: it is
 * one; 0: there is none; 2: it is "." or "..". */
static int next_entry(struct node *node, struct kr_fs_entry *entry)
{
    struct listing *listing = node->listing;
    struct message part = {.server = nine_of(&node->head)->server,
                           .at = listing->entries + listing->at,
                           .end = listing->entries + listing->length,
                           .type = READDIR};

    if (part.at == part.end)
        return 0;
    entry->inode = fs_9p_get_qid(&part).path;
    listing->position = fs_9p_get(&part, 8);
    entry->mode = (uint32_t)fs_9p_get(&part, 1) << 12 & KR_VFS_KIND;
    entry->name.length = (size_t)fs_9p_get(&part, 2);
    entry->name.text = (const char *)fs_9p_get_bytes(&part, entry->name.length);
    if (part.short_ || !is_name(entry->name)) {
        listing->at = listing->length;
        return fs_9p_damaged(&part);
    }
    listing->at = (uint32_t)(part.at - listing->entries);
    return is_dots(entry->name) ? 2 : 1;
}

int fs_9p_list(struct kr_fs_node *head, uint64_t *position, struct kr_fs_entry *entry)
{
    struct node *node = node_of(head);
    int found = fs_9p_open_node(node);

    if (found != 0)
        return found;
    if (node->listing == NULL) {
        node->listing = kr_alloc_allocate(sizeof(*node->listing));
        if (node->listing == NULL)
            return -KR_ENOMEM;
        *node->listing = (struct listing){0};
    }
    do {
        struct listing *listing = node->listing;

        if (*position == 0 || *position != listing->position || listing->at == listing->length) {
            int error = read_entries(node, *position);

            if (error != 0)
                return error;
        }
        found = next_entry(node, entry);
        if (found > 0)
            *position = listing->position;
    } while (found == 2);
    return found;
}
