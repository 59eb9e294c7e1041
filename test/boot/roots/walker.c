/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Walks the whole root, but for what is mounted upon it: how many files,
 * folders and links there are, and a sum over all paths and contents, in
 * whatever order they come. Of a large file the size and both ends count.
 */
#include <kraft/print.h>
#include <kraft/vfs.h>

#define SMALL 4096
#define DEPTH 16

static struct {
    unsigned files, folders, links, wrong;
    uint32_t sum;
    int64_t bytes;
} found;
static char path[KR_VFS_PATH];

/* FNV-1a, Fowler, Noll, Vo. */
static uint32_t hash(uint32_t start, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        start = (start ^ ((const unsigned char *)bytes)[i]) * 16777619;
    return start;
}

static void take(size_t length, const struct kr_vfs_stat *stat)
{
    uint32_t sum = hash(2166136261, path, length);
    char bytes[SMALL];
    int64_t count = 0;

    if ((stat->mode & KR_VFS_KIND) == KR_VFS_LINK) {
        found.links++;
        count = kr_vfs_readlinkat(KR_VFS_HERE, path, bytes, sizeof(bytes));
        found.sum += hash(sum, bytes, (size_t)count);
        return;
    }
    int file = kr_vfs_openat(KR_VFS_HERE, path, KR_VFS_READ, 0);
    count = kr_vfs_read(file, bytes, stat->size <= SMALL ? sizeof(bytes) : 16);
    found.wrong += count < 0 || (stat->size <= SMALL && count != stat->size);
    sum = hash(sum, bytes, (size_t)count);
    if (stat->size > SMALL) {
        found.wrong += kr_vfs_pread(file, bytes, 16, stat->size - 16) != 16;
        sum = hash(sum, bytes, 16);
    }
    kr_vfs_close(file);
    found.files++;
    found.bytes += stat->size;
    found.sum += sum;
}

static void walk(size_t length, uint64_t device, unsigned depth)
{
    static char entries[DEPTH][2048];
    int folder = kr_vfs_openat(KR_VFS_HERE, length == 0 ? "/" : path, KR_VFS_DIRECTORY, 0);
    int64_t size;

    while ((size = kr_vfs_getdents(folder, entries[depth], sizeof(entries[depth]))) > 0) {
        for (int64_t at = 0; at < size; at += *(uint16_t *)(void *)(entries[depth] + at + 16)) {
            const char *name = entries[depth] + at + 19;
            size_t end = length;
            struct kr_vfs_stat stat;

            if (name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0')))
                continue;
            for (path[end++] = '/'; *name != '\0'; name++)
                path[end++] = *name;
            path[end] = '\0';
            if (kr_vfs_fstatat(KR_VFS_HERE, path, &stat, KR_VFS_NO_FOLLOW) != 0) {
                found.wrong++;
            } else if ((stat.mode & KR_VFS_KIND) != KR_VFS_DIRECTORIES) {
                take(end, &stat);
            } else if (stat.device == device) {
                found.folders++;
                walk(end, device, depth + 1);
            }
            path[length] = '\0';
        }
    }
    found.wrong += size < 0;
    kr_vfs_close(folder);
}

int main(void)
{
    struct kr_vfs_stat root;

    kr_vfs_fstatat(KR_VFS_HERE, "/", &root, 0);
    walk(0, root.device, 0);
    kr_print_format("%u files %u folders %u links %ld bytes, sum %08x, wrong %u\n", found.files,
                    found.folders, found.links, (long)found.bytes, (unsigned)found.sum, found.wrong);
    return 0;
}
