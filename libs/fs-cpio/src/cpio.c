/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A cpio archive as a file system that cannot be written: the image's own, or
 * the one that mount's source names as "ADDRESS+LENGTH", hexadecimal. What is
 * read is copied once, from where the archive lies to the reader's buffer.
 */
#include <kraft/alloc.h>
#include <kraft/initrd.h>
#include <kraft/string.h>

#include "index.h"

static struct entry *entry_of(struct kr_fs_node *node)
{
    return (struct entry *)node;
}

/* Hexadecimal digits up to (end). */
static const char *hexadecimal(const char *text, char end, uintptr_t *value)
{
    *value = 0;
    for (; *text != end; text++) {
        char digit = *text;

        if (digit >= '0' && digit <= '9')
            *value = *value << 4 | (uintptr_t)(digit - '0');
        else if (digit >= 'a' && digit <= 'f')
            *value = *value << 4 | (uintptr_t)(digit - 'a' + 10);
        else
            return NULL;
    }
    return text + (end != '\0');
}

static int cpio_mount(struct kr_fs_mount *mount)
{
    uintptr_t begin = (uintptr_t)kr_initrd_start;
    uintptr_t length = (uintptr_t)kr_initrd_end - begin;

    if (mount->source != NULL) {
        const char *rest = hexadecimal(mount->source, '+', &begin);

        if (rest == NULL || hexadecimal(rest, '\0', &length) == NULL)
            return -KR_EINVAL;
    }
    if (length == 0)
        return -KR_ENODEV;
    struct index *index = kr_alloc_allocate(sizeof(*index));
    if (index == NULL)
        return -KR_ENOMEM;
    int error = fs_cpio_index(index, (const unsigned char *)begin,
                              (const unsigned char *)begin + length);
    if (error < 0) {
        kr_alloc_free(index);
        return error;
    }
    for (size_t i = 0; i < index->count; i++)
        index->entries[i].node.mount = mount;
    mount->state = index;
    mount->root = &index->entries->node;
    mount->read_only = true;
    return 0;
}

static void cpio_unmount(struct kr_fs_mount *mount)
{
    fs_cpio_forget(mount->state);
    kr_alloc_free(mount->state);
}

static int cpio_lookup(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node **node)
{
    if (name.length == 2 && name.text[0] == '.' && name.text[1] == '.') {
        *node = &entry_of(folder)->parent->node;
        return 0;
    }
    struct entry *entry = fs_cpio_find(folder->mount->state, entry_of(folder), name);

    if (entry == NULL)
        return -KR_ENOENT;
    *node = &entry->file->node;
    return 0;
}

/* The position is the number of the next entry; one more than all is the end. */
static int cpio_list(struct kr_fs_node *folder, uint64_t *position, struct kr_fs_entry *entry)
{
    const struct index *index = folder->mount->state;
    const struct entry *one = *position == 0 ? entry_of(folder)->first : NULL;

    if (*position > 0 && *position < index->count)
        one = &index->entries[*position];
    if (one == NULL || one->parent != entry_of(folder)) /* of lseek's making */
        return 0;
    entry->inode = one->file->node.inode;
    entry->mode = one->file->node.mode;
    entry->name = one->name;
    *position = one->sibling == NULL ? index->count : (uint64_t)(one->sibling - index->entries);
    return 1;
}

static int64_t cpio_read(struct kr_fs_node *node, void *bytes, size_t length, int64_t offset,
                         int flags)
{
    (void)flags;
    if (offset >= node->size)
        return 0;
    if (length > (uint64_t)(node->size - offset))
        length = (size_t)(node->size - offset);
    memcpy(bytes, entry_of(node)->content + offset, length);
    return (int64_t)length;
}

static int64_t cpio_read_link(struct kr_fs_node *link, char *target, size_t size)
{
    return cpio_read(link, target, size, 0, 0);
}

static void cpio_stat(struct kr_fs_node *node, struct kr_vfs_stat *stat)
{
    stat->accessed.seconds = entry_of(node)->modified;
    stat->modified = stat->accessed;
    stat->changed = stat->accessed;
}

static void cpio_figures(struct kr_fs_mount *mount, struct kr_vfs_figures *figures)
{
    const struct index *index = mount->state;

    figures->type = 0x28cd3d45; /* cramfs's: small and read-only */
    figures->files = index->count;
}

extern const struct kr_fs_driver fs_cpio_fs;
const struct kr_fs_driver fs_cpio_fs = {
    .name = "cpio",
    .mount = cpio_mount,
    .unmount = cpio_unmount,
    .lookup = cpio_lookup,
    .list = cpio_list,
    .read = cpio_read,
    .read_link = cpio_read_link,
    .stat = cpio_stat,
    .figures = cpio_figures,
};
