/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * /proc: a table of names, mounted once, that nothing changes, whose texts are
 * made anew by each read. Only the links that stand for open descriptors come
 * and go: each lookup makes one, and it goes with its last reference.
 */
#include <stdarg.h>

#include <kraft/alloc.h>
#include <kraft/fs.h>
#include <kraft/print.h>
#include <kraft/string.h>
#include <kraft/syscall-process.h>

#include "proc.h"

#define MOST_ENTRIES 64u
#define LINE 256u
#define LIMIT_FILES 7u
#define FIRST_DESCRIPTOR 1000u /* the inode of descriptor 0 */
#define DIGITS 10u

static struct {
    struct kr_fs_node nodes[MOST_ENTRIES];
    char number[DIGITS]; /* the name that list gave last */
} proc;

const struct kr_fs_mount *proc_mounted;

/* A link that stands for a descriptor. */
struct descriptor {
    struct kr_fs_node head;
    char target[64];
};

void proc_put(struct text *text, const char *bytes, size_t length)
{
    size_t skipped = length < text->skip ? length : text->skip;
    size_t count = length - skipped < text->room ? length - skipped : text->room;

    text->skip -= skipped;
    memcpy(text->at, bytes + skipped, count);
    text->at += count;
    text->room -= count;
}

void proc_format(struct text *text, const char *format, ...)
{
    char line[LINE];
    va_list arguments;

    va_start(arguments, format);
    int length = kr_print_into_list(line, sizeof(line), format, arguments);
    va_end(arguments);
    proc_put(text, line, (size_t)length < sizeof(line) ? (size_t)length : sizeof(line) - 1);
}

static size_t length_of(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    return length;
}

static bool is_static(const struct kr_fs_node *node)
{
    return node >= proc.nodes && node < proc.nodes + proc_entry_count;
}

static size_t index_of(const struct kr_fs_node *node)
{
    return (size_t)(node - proc.nodes);
}

static int64_t link_target(const struct kr_fs_node *node, char *target, size_t size)
{
    struct text text = {target, size, 0};

    if (!is_static(node)) {
        const struct descriptor *one = (const struct descriptor *)node;
        proc_put(&text, one->target, length_of(one->target));
    } else if (proc_entries[index_of(node)].target == NULL) {
        proc_entries[index_of(node)].make(&text);
    } else {
        const char *to = proc_entries[index_of(node)].target;
        proc_put(&text, to, length_of(to));
    }
    return (int64_t)(size - text.room);
}

static int64_t proc_read_link(struct kr_fs_node *link, char *target, size_t size)
{
    return link_target(link, target, size);
}

static int proc_mount(struct kr_fs_mount *mount)
{
    char target[LINE];

    if (proc_mounted != NULL || proc_entry_count > MOST_ENTRIES)
        return -KR_EBUSY;
    proc_mounted = mount;
    for (size_t i = 0; i < proc_entry_count; i++) {
        uint32_t mode = proc_entries[i].mode;
        bool folder = (mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES;

        proc.nodes[i] = (struct kr_fs_node){.mount = mount,
                                            .inode = i + 1,
                                            .mode = (mode & KR_VFS_KIND) == 0 ? mode | KR_VFS_FILE : mode,
                                            .links = folder ? 2 : 1};
        if ((mode & KR_VFS_KIND) == KR_VFS_LINK && proc_entries[i].target != NULL)
            proc.nodes[i].size = link_target(&proc.nodes[i], target, sizeof(target));
    }
    mount->root = &proc.nodes[PROC_ROOT];
    mount->read_only = true;
    return 0;
}

static void proc_unmount(struct kr_fs_mount *mount)
{
    (void)mount;
    proc_mounted = NULL;
}

/* The first open descriptor from (file) on; -1: none. */
static int next_open(const struct kr_fs_mount *mount, uint64_t file, struct kr_vfs_stat *stat)
{
    struct kr_syscall_limit limit = {0};

    if (mount->opened == NULL || kr_syscall_prlimit(0, LIMIT_FILES, NULL, &limit) != 0)
        return -1;
    for (; file < limit.most && file < INT32_MAX; file++)
        if (mount->opened((int)file, stat) == 0)
            return (int)file;
    return -1;
}

/* What a descriptor is, as Linux says it of what has no path. */
static void describe(struct descriptor *one, const struct kr_vfs_stat *stat)
{
    struct text text = {one->target, sizeof(one->target) - 1, 0};
    unsigned long inode = (unsigned long)stat->inode;

    switch (stat->mode & KR_VFS_KIND) {
    case KR_VFS_PIPE:
        proc_format(&text, "pipe:[%lu]", inode);
        break;
    case KR_VFS_SOCKET:
        proc_format(&text, "socket:[%lu]", inode);
        break;
    case KR_VFS_CHARACTERS:
        proc_format(&text, "/dev/tty");
        break;
    case 0:
        proc_format(&text, "anon_inode:[%lu]", inode);
        break;
    default:
        proc_format(&text, "inode:[%lu:%lu]", (unsigned long)stat->device, inode);
    }
    one->head.size = (int64_t)length_of(one->target);
}

static int look_up_descriptor(struct kr_fs_node *folder, struct kr_fs_name name,
                              struct kr_fs_node **node)
{
    struct kr_vfs_stat stat = {0};
    uint64_t file = 0;

    for (size_t i = 0; i < name.length; i++) {
        if (name.text[i] < '0' || name.text[i] > '9' || i >= DIGITS - 1 || (i > 0 && name.text[0] == '0'))
            return -KR_ENOENT;
        file = file * 10 + (uint64_t)(name.text[i] - '0');
    }
    if (next_open(folder->mount, file, &stat) != (int)file)
        return -KR_ENOENT;
    struct descriptor *one = kr_alloc_allocate(sizeof(*one));
    if (one == NULL)
        return -KR_ENOMEM;
    *one = (struct descriptor){.head = {.mount = folder->mount,
                                        .inode = FIRST_DESCRIPTOR + file,
                                        .mode = KR_VFS_LINK | 0700,
                                        .links = 1}};
    describe(one, &stat);
    *node = &one->head;
    return 0;
}

static int proc_lookup(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node **node)
{
    if (name.length == 2 && name.text[0] == '.' && name.text[1] == '.') {
        *node = &proc.nodes[proc_entries[index_of(folder)].folder];
        return 0;
    }
    if (index_of(folder) == proc_descriptors)
        return look_up_descriptor(folder, name, node);
    for (size_t i = PROC_ROOT + 1; i < proc_entry_count; i++)
        if (proc_entries[i].folder == index_of(folder) &&
            length_of(proc_entries[i].name) == name.length &&
            memcmp(proc_entries[i].name, name.text, name.length) == 0) {
            *node = &proc.nodes[i];
            return 0;
        }
    return -KR_ENOENT;
}

static int list_descriptor(struct kr_fs_node *folder, uint64_t *position, struct kr_fs_entry *entry)
{
    struct kr_vfs_stat stat;
    int file = next_open(folder->mount, *position, &stat);

    if (file < 0)
        return 0;
    *position = (uint64_t)file + 1;
    size_t length = (size_t)kr_print_into(proc.number, sizeof(proc.number), "%d", file);
    *entry = (struct kr_fs_entry){.inode = FIRST_DESCRIPTOR + (uint64_t)file,
                                  .mode = KR_VFS_LINK,
                                  .name = {proc.number, length}};
    return 1;
}

static int proc_list(struct kr_fs_node *folder, uint64_t *position, struct kr_fs_entry *entry)
{
    if (index_of(folder) == proc_descriptors)
        return list_descriptor(folder, position, entry);
    while (*position < proc_entry_count) {
        size_t i = (size_t)(*position)++;

        if (i == PROC_ROOT || proc_entries[i].folder != index_of(folder))
            continue;
        entry->inode = proc.nodes[i].inode;
        entry->mode = proc.nodes[i].mode;
        entry->name = (struct kr_fs_name){proc_entries[i].name, length_of(proc_entries[i].name)};
        return 1;
    }
    return 0;
}

static int64_t proc_read(struct kr_fs_node *node, void *bytes, size_t length, int64_t offset,
                         int flags)
{
    struct text text = {bytes, length, (size_t)offset};

    (void)flags;
    proc_entries[index_of(node)].make(&text);
    return (int64_t)(length - text.room);
}

static void proc_stat(struct kr_fs_node *node, struct kr_vfs_stat *stat)
{
    (void)node;
    stat->blocks = 0;
}

static void proc_figures(struct kr_fs_mount *mount, struct kr_vfs_figures *figures)
{
    (void)mount;
    figures->type = 0x9fa0; /* PROC_SUPER_MAGIC, Linux magic.h */
}

static void proc_forget(struct kr_fs_node *node)
{
    if (!is_static(node))
        kr_alloc_free(node);
}

extern const struct kr_fs_driver fs_proc_fs;
const struct kr_fs_driver fs_proc_fs = {
    .name = "proc",
    .mount = proc_mount,
    .unmount = proc_unmount,
    .lookup = proc_lookup,
    .list = proc_list,
    .read = proc_read,
    .read_link = proc_read_link,
    .stat = proc_stat,
    .figures = proc_figures,
    .forget = proc_forget,
};
