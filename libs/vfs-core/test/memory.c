/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The nth allocation of a call fails, for every n until the call is done: it
 * is an error that tells of memory, the next n sees the files as they were,
 * and in the end nothing is lost.
 */
#include <kraft/alloc.h>
#include <kraft/conformance.h>
#include <kraft/vfs.h>

#define HERE KR_VFS_HERE

static void *hoard; /* a chain of all the memory there is, largest pieces first */

static void take_all(void)
{
    for (size_t size = 1u << 24; size >= 16; size /= 2)
        for (void **piece; (piece = kr_alloc_allocate(size)) != NULL; hoard = piece)
            *piece = hoard;
}

/* Gives (count) of the smallest pieces back; all where it is 0. */
static void give_back(unsigned count)
{
    for (unsigned i = 0; hoard != NULL && (count == 0 || i < count); i++) {
        void **piece = hoard;

        hoard = *piece;
        kr_alloc_free(piece);
    }
}

static bool is_exhaustion(int64_t result)
{
    return result == -KR_ENOMEM || result == -KR_ENOSPC || result == -KR_ENOLCK;
}

static int create(void)
{
    int file = kr_vfs_openat(HERE, "/memory/long name of a file",
                             KR_VFS_CREATE | KR_VFS_READ_WRITE, 0644);

    return file < 0 ? file : kr_vfs_close(file);
}

static int link_there(void)
{
    return kr_vfs_symlinkat("a target of some length", HERE, "/memory/link");
}

static int folder(void)
{
    return kr_vfs_mkdirat(HERE, "/memory/folder", 0755);
}

static int rename_it(void)
{
    return kr_vfs_renameat(HERE, "/memory/folder", HERE, "/memory/another name", 0);
}

static int mount(void)
{
    return kr_vfs_mount(NULL, "/memory/another name", "tmpfs", 0, NULL);
}

KR_TEST(a_call_without_memory_has_done_nothing)
{
    static int (*const calls[])(void) = {create, link_there, folder, rename_it, mount};
    static const char *const made[] = {"/memory/long name of a file", "/memory/link",
                                       "/memory/folder", "/memory/another name", NULL};
    struct kr_vfs_stat stat;

    KR_REQUIRE(kr_vfs_mkdirat(HERE, "/memory", 0755) == 0);
    for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        int result = -KR_ENOMEM;

        take_all();
        for (unsigned turn = 0; turn < 1000 && result < 0; turn++) {
            result = calls[i]();
            KR_CHECK(result == 0 || is_exhaustion(result));
            if (result < 0 && made[i] != NULL)
                KR_CHECK(kr_vfs_fstatat(HERE, made[i], &stat, KR_VFS_NO_FOLLOW) == -KR_ENOENT);
            give_back(1);
        }
        give_back(0);
        KR_CHECK(result == 0);
    }
    KR_CHECK(kr_vfs_unmount("/memory/another name") == 0);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/memory/another name", KR_VFS_FOLDER) == 0);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/memory/link", 0) == 0);
}

KR_TEST(a_write_without_memory_is_short_and_can_be_read)
{
    static char page[4096];
    int file = kr_vfs_openat(HERE, "/memory/full", KR_VFS_CREATE | KR_VFS_READ_WRITE, 0644);
    int64_t written = 0;
    int64_t result;

    KR_REQUIRE(file >= 0);
    while ((result = kr_vfs_write(file, page, sizeof(page))) > 0)
        written += result;
    KR_CHECK(is_exhaustion(result) && kr_vfs_lseek(file, 0, 2) == written);
    KR_CHECK(kr_vfs_pread(file, page, 1, written - 1) == 1);
    KR_CHECK(kr_vfs_ftruncate(file, 0) == 0 && kr_vfs_pwrite(file, page, 4096, 0) == 4096);
    kr_vfs_close(file);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/memory/full", 0) == 0);
}

KR_SUITE(&test_a_call_without_memory_has_done_nothing,
         &test_a_write_without_memory_is_short_and_can_be_read)
