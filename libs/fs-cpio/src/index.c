/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The index of an archive, made in two passes: one counts and checks, one
 * enters. A folder comes before what is in it, as every archiver writes it;
 * anything else, a name twice or a path with "." or ".." in it is damage.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "index.h"

static struct entry **bucket_of(const struct index *index, const struct entry *folder,
                                struct kr_fs_name name)
{
    size_t number = (size_t)(folder - index->entries);
    uint32_t hash = 2166136261 ^ (uint32_t)number * 2654435761u; /* then FNV-1a */

    for (size_t i = 0; i < name.length; i++)
        hash = (hash ^ (unsigned char)name.text[i]) * 16777619;
    return &index->buckets[(hash ^ hash >> 15) & index->mask];
}

struct entry *fs_cpio_find(const struct index *index, const struct entry *folder,
                           struct kr_fs_name name)
{
    struct entry *entry = *bucket_of(index, folder, name);

    while (entry != NULL && (entry->parent != folder || entry->name.length != name.length ||
                             memcmp(entry->name.text, name.text, name.length) != 0))
        entry = entry->next;
    return entry;
}

static bool is_folder(const struct entry *entry)
{
    return (entry->node.mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES;
}

/* The folder that (path) lies in, and its last component in (name). */
static struct entry *folder_of(const struct index *index, struct kr_fs_name path,
                               struct kr_fs_name *name)
{
    struct entry *folder = index->entries;

    for (;;) {
        size_t length = 0;

        while (length < path.length && path.text[length] != '/')
            length++;
        *name = (struct kr_fs_name){path.text, length};
        bool dots = length > 0 && length < 3 && path.text[0] == '.' && path.text[length - 1] == '.';
        if (length == 0 || length > KR_VFS_NAME || dots)
            return NULL;
        if (length == path.length)
            return folder;
        folder = fs_cpio_find(index, folder, *name);
        if (folder == NULL || !is_folder(folder))
            return NULL;
        path.text += length + 1;
        path.length -= length + 1;
    }
}

static bool is_known(uint32_t kind)
{
    return kind == KR_VFS_FILE || kind == KR_VFS_DIRECTORIES || kind == KR_VFS_LINK;
}

static void describe(struct entry *entry, const struct record *record)
{
    entry->node.mode = record->mode & 0177777;
    entry->node.user = record->user;
    entry->node.group = record->group;
    entry->modified = record->modified;
}

/* Archivers write the root as ".". */
static bool is_root(const struct record *record)
{
    return record->path.length == 1 && record->path.text[0] == '.';
}

static int enter(struct index *index, const struct record *record)
{
    struct kr_fs_name name;
    uint32_t kind = record->mode & KR_VFS_KIND;

    if (is_root(record)) {
        if (kind != KR_VFS_DIRECTORIES)
            return -KR_EIO;
        describe(index->entries, record);
        return 0;
    }
    struct entry *folder = folder_of(index, record->path, &name);
    if (folder == NULL || index->count == index->capacity || !is_known(kind) ||
        (kind == KR_VFS_LINK && (record->size == 0 || record->size >= KR_VFS_PATH)) ||
        fs_cpio_find(index, folder, name) != NULL)
        return -KR_EIO;
    struct entry *entry = &index->entries[index->count++];
    describe(entry, record);
    entry->node.inode = index->count;
    entry->node.size = kind == KR_VFS_DIRECTORIES ? 0 : record->size;
    entry->node.links = kind == KR_VFS_DIRECTORIES ? 2 : 1;
    entry->content = record->content;
    entry->file = entry;
    entry->parent = folder;
    entry->name = name;
    if (kind == KR_VFS_DIRECTORIES)
        folder->node.links++;
    if (folder->last == NULL)
        folder->first = entry;
    else
        folder->last->sibling = entry;
    folder->last = entry;
    struct entry **bucket = bucket_of(index, folder, name);
    entry->next = *bucket;
    *bucket = entry;
    return 0;
}

/* Names of one file follow each other; the last carries the content. (names)
 * of them end before the entry at (end). */
static void join(struct index *index, size_t names, size_t end)
{
    struct entry *file = &index->entries[end - 1];

    for (size_t i = end - names; i < end; i++)
        index->entries[i].file = file;
    file->node.links = (uint32_t)names;
}

static bool is_same_file(const struct record *one, const struct record *other)
{
    return one->links > 1 && other->links > 1 && one->inode == other->inode &&
           one->device == other->device && (one->mode & KR_VFS_KIND) == KR_VFS_FILE &&
           (other->mode & KR_VFS_KIND) == KR_VFS_FILE && one->size == 0;
}

static int enter_all(struct index *index, const unsigned char *at, const unsigned char *end)
{
    struct record before = {0};
    struct record record;
    size_t names = 1;
    int more;

    while ((more = fs_cpio_record(&at, end, &record)) > 0) {
        int error = enter(index, &record);

        if (error < 0)
            return error;
        names = is_same_file(&before, &record) ? names + 1 : 1;
        if (names > 1)
            join(index, names, index->count);
        before = record;
    }
    return more;
}

int fs_cpio_index(struct index *index, const unsigned char *at, const unsigned char *end)
{
    const unsigned char *begin = at;
    struct record record;
    size_t count = 1;
    size_t buckets = 16;
    int more;

    *index = (struct index){0};
    while ((more = fs_cpio_record(&at, end, &record)) > 0)
        count++;
    if (more < 0)
        return more;
    while (buckets < count)
        buckets *= 2;
    index->entries = kr_alloc_allocate(count * sizeof(*index->entries));
    index->buckets = kr_alloc_allocate(buckets * sizeof(*index->buckets));
    if (index->entries == NULL || index->buckets == NULL) {
        fs_cpio_forget(index);
        return -KR_ENOMEM;
    }
    memset(index->entries, 0, count * sizeof(*index->entries));
    memset(index->buckets, 0, buckets * sizeof(*index->buckets));
    index->capacity = count;
    index->mask = buckets - 1;
    index->count = 1;
    struct entry *root = index->entries;
    root->node.mode = KR_VFS_DIRECTORIES | 0755;
    root->node.inode = 1;
    root->node.links = 2;
    root->file = root;
    root->parent = root;
    int error = enter_all(index, begin, end);
    if (error < 0)
        fs_cpio_forget(index);
    return error;
}

void fs_cpio_forget(struct index *index)
{
    kr_alloc_free(index->entries);
    kr_alloc_free(index->buckets);
    *index = (struct index){0};
}
