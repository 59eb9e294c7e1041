/* SPDX-License-Identifier: BSD-3-Clause */
/* Does what its arguments say, one step after the other, and prints what came
 * of each. */
#include <kraft/print.h>
#include <kraft/vfs.h>

static bool is(const char *word, const char *name)
{
    while (*name != '\0' && *word == *name)
        word++, name++;
    return *word == *name;
}

static size_t length_of(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    return length;
}

static int64_t put(const char *path, const char *text, int flags)
{
    int file = kr_vfs_openat(KR_VFS_HERE, path, KR_VFS_WRITE | KR_VFS_CREATE | flags, 0644);

    if (file < 0)
        return file;
    int64_t written = kr_vfs_write(file, text, length_of(text));
    int error = kr_vfs_fsync(file);
    kr_vfs_close(file);
    return error < 0 ? error : written;
}

static void show(const char *path)
{
    char text[64];
    int file = kr_vfs_openat(KR_VFS_HERE, path, KR_VFS_READ, 0);
    int64_t length = file < 0 ? file : kr_vfs_read(file, text, sizeof(text));

    if (length < 0)
        kr_print_format("read %d\n", (int)length);
    else
        kr_print_format("%.*s\n", (int)length, text);
    if (file >= 0)
        kr_vfs_close(file);
}

static void list(const char *path)
{
    static char entries[1000];
    int file = kr_vfs_openat(KR_VFS_HERE, path, KR_VFS_DIRECTORY, 0);
    int64_t length;

    while ((length = kr_vfs_getdents(file, entries, sizeof(entries))) > 0)
        for (int64_t at = 0; at < length; at += *(uint16_t *)(void *)(entries + at + 16))
            kr_print_format("%s\n", entries + at + 19);
    if (length < 0)
        kr_print_format("list %d\n", (int)length);
    kr_vfs_close(file);
}

/* Writes, and leaves the rest to the end of the program. */
static int64_t leave(const char *path, const char *text)
{
    int file = kr_vfs_openat(KR_VFS_HERE, path, KR_VFS_WRITE | KR_VFS_CREATE, 0644);

    return file < 0 ? file : kr_vfs_write(file, text, length_of(text));
}

/* What an open file is after its name has gone. */
static void gone(const char *path)
{
    struct kr_vfs_stat stat = {0};
    char text[8];
    int file = kr_vfs_openat(KR_VFS_HERE, path, KR_VFS_READ_WRITE, 0);

    kr_vfs_unlinkat(KR_VFS_HERE, path, 0);
    int64_t length = kr_vfs_pread(file, text, sizeof(text), 0);
    kr_vfs_fstat(file, &stat);
    kr_print_format("gone %d links %d\n", (int)length, (int)stat.links);
    kr_vfs_close(file);
}

static int cut(const char *path, int64_t size)
{
    int file = kr_vfs_openat(KR_VFS_HERE, path, KR_VFS_WRITE, 0);
    int error = kr_vfs_ftruncate(file, size);

    kr_vfs_close(file);
    return error;
}

/* Changes a file's permission, and says what kind and permission it then has. */
static void change(const char *path, const char *octal)
{
    struct kr_vfs_stat stat = {0};
    uint32_t mode = 0;

    while (*octal != '\0')
        mode = 8 * mode + (uint32_t)(*octal++ - '0');
    int error = kr_vfs_fchmodat(KR_VFS_HERE, path, mode, 0);
    kr_vfs_fstatat(KR_VFS_HERE, path, &stat, KR_VFS_NO_FOLLOW);
    kr_print_format("chmod %d %x\n", error, (unsigned)stat.mode);
}

/* Writes as long as there is room. */
static void fill(const char *path)
{
    static const char bytes[4096] = "full";
    int file = kr_vfs_openat(KR_VFS_HERE, path, KR_VFS_WRITE | KR_VFS_CREATE, 0644);
    int64_t count = file;
    bool any = false;

    while (count >= 0 && (count = kr_vfs_write(file, bytes, sizeof(bytes))) > 0)
        any = true;
    kr_print_format("fill %s %d\n", any ? "some" : "none", (int)count);
    kr_vfs_close(file);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i += is(argv[i], "read") || is(argv[i], "list") || is(argv[i], "mkdir") ||
                                           is(argv[i], "gone") || is(argv[i], "fill") ||
                                           is(argv[i], "remove")
                                       ? 2
                                       : 3) {
        const char *path = i + 1 < argc ? argv[i + 1] : "";
        const char *more = i + 2 < argc ? argv[i + 2] : "";

        if (is(argv[i], "write"))
            kr_print_format("write %d\n", (int)put(path, more, KR_VFS_TRUNCATE));
        else if (is(argv[i], "leave"))
            kr_print_format("leave %d\n", (int)leave(path, more));
        else if (is(argv[i], "append"))
            kr_print_format("append %d\n", (int)put(path, more, KR_VFS_APPEND));
        else if (is(argv[i], "read"))
            show(path);
        else if (is(argv[i], "list"))
            list(path);
        else if (is(argv[i], "fill"))
            fill(path);
        else if (is(argv[i], "remove"))
            kr_print_format("remove %d\n", kr_vfs_unlinkat(KR_VFS_HERE, path, 0));
        else if (is(argv[i], "gone"))
            gone(path);
        else if (is(argv[i], "chmod"))
            change(path, more);
        else if (is(argv[i], "cut"))
            kr_print_format("cut %d\n", cut(path, more[0] - '0'));
        else if (is(argv[i], "mkdir"))
            kr_print_format("mkdir %d\n", kr_vfs_mkdirat(KR_VFS_HERE, path, 0755));
        else if (is(argv[i], "link"))
            kr_print_format("link %d\n", kr_vfs_symlinkat(path, KR_VFS_HERE, more));
        else if (is(argv[i], "rename"))
            kr_print_format("rename %d\n", kr_vfs_renameat(KR_VFS_HERE, path, KR_VFS_HERE, more, 0));
        else if (is(argv[i], "wait"))
            for (;;)
                kr_vfs_read(0, &(char){0}, 1);
    }
    return 0;
}
