/* SPDX-License-Identifier: BSD-3-Clause */
/* What Linux's file calls do, one by one, on a file system that can be written. */
#include <kraft/conformance.h>
#include <kraft/string.h>
#include <kraft/vfs.h>

#define HERE KR_VFS_HERE
#define NEW (KR_VFS_CREATE | KR_VFS_EXCLUSIVE | KR_VFS_READ_WRITE)

static int open_file(const char *path, int flags)
{
    return kr_vfs_openat(HERE, path, flags, 0644);
}

static void write_file(const char *path, const char *text, size_t length)
{
    int file = open_file(path, KR_VFS_CREATE | KR_VFS_TRUNCATE | KR_VFS_WRITE);

    KR_CHECK(file >= 0);
    KR_CHECK(kr_vfs_write(file, text, length) == (int64_t)length);
    KR_CHECK(kr_vfs_close(file) == 0);
}

static int64_t size_of(const char *path)
{
    struct kr_vfs_stat stat;
    int error = kr_vfs_fstatat(HERE, path, &stat, 0);

    return error < 0 ? error : stat.size;
}

static int remove_file(const char *path)
{
    return kr_vfs_unlinkat(HERE, path, 0);
}

static int remove_folder(const char *path)
{
    return kr_vfs_unlinkat(HERE, path, KR_VFS_FOLDER);
}

KR_TEST(what_is_written_is_read)
{
    char bytes[8] = {0};
    int file = open_file("/read", NEW);

    KR_REQUIRE(file >= 0);
    KR_CHECK(kr_vfs_write(file, "abcdef", 6) == 6);
    KR_CHECK(kr_vfs_pread(file, bytes, 8, 2) == 4 && memcmp(bytes, "cdef", 4) == 0);
    KR_CHECK(kr_vfs_read(file, bytes, 8) == 0);
    KR_CHECK(kr_vfs_lseek(file, 1, 0) == 1 && kr_vfs_read(file, bytes, 2) == 2 && bytes[0] == 'b');
    KR_CHECK(kr_vfs_lseek(file, 0, 1) == 3 && kr_vfs_lseek(file, -1, 2) == 5);
    KR_CHECK(kr_vfs_lseek(file, -7, 2) == -KR_EINVAL && kr_vfs_lseek(file, 0, 9) == -KR_EINVAL);
    KR_CHECK(kr_vfs_pwrite(file, "Z", 1, 10) == 1 && size_of("/read") == 11);
    KR_CHECK(kr_vfs_pread(file, bytes, 8, 5) == 6 && memcmp(bytes, "f\0\0\0\0Z", 6) == 0);
    KR_CHECK(kr_vfs_close(file) == 0 && kr_vfs_close(file) == -KR_EBADF);
    KR_CHECK(remove_file("/read") == 0 && size_of("/read") == -KR_ENOENT);
}

KR_TEST(several_buffers_are_one_write)
{
    char one[3];
    char other[5];
    int file = open_file("/parts", NEW);
    struct kr_vfs_part parts[3] = {{one, 3}, {NULL, 0}, {other, 5}};

    memcpy(one, "abc", 3);
    memcpy(other, "defgh", 5);
    KR_CHECK(kr_vfs_writev(file, parts, 3) == 8);
    memset(one, 0, 3);
    memset(other, 0, 5);
    KR_CHECK(kr_vfs_preadv(file, parts, 3, 1) == 7);
    KR_CHECK(memcmp(one, "bcd", 3) == 0 && memcmp(other, "efgh", 4) == 0);
    KR_CHECK(kr_vfs_readv(file, parts, -1) == -KR_EINVAL);
    kr_vfs_close(file);
    remove_file("/parts");
}

KR_TEST(a_cut_file_reads_as_zero_when_it_grows_again)
{
    static char bytes[10000];
    int file = open_file("/cut", NEW);

    memset(bytes, 'x', sizeof(bytes));
    KR_CHECK(kr_vfs_write(file, bytes, sizeof(bytes)) == sizeof(bytes));
    KR_CHECK(kr_vfs_ftruncate(file, 5000) == 0 && kr_vfs_ftruncate(file, 10000) == 0);
    KR_CHECK(kr_vfs_pread(file, bytes, sizeof(bytes), 0) == sizeof(bytes));
    KR_CHECK(bytes[4999] == 'x' && bytes[5000] == 0 && bytes[9999] == 0);
    KR_CHECK(kr_vfs_ftruncate(file, INT64_C(1) << 36) == 0); /* a hole costs nothing */
    KR_CHECK(kr_vfs_pread(file, bytes, 10, (INT64_C(1) << 36) - 3) == 3 && bytes[0] == 0);
    KR_CHECK(kr_vfs_pwrite(file, "end", 3, INT64_C(1) << 35) == 3);
    KR_CHECK(kr_vfs_pread(file, bytes, 3, INT64_C(1) << 35) == 3 && memcmp(bytes, "end", 3) == 0);
    KR_CHECK(kr_vfs_pread(file, bytes, 1, 4999) == 1 && bytes[0] == 'x');
    KR_CHECK(kr_vfs_ftruncate(file, 2) == 0 && size_of("/cut") == 2);
    KR_CHECK(kr_vfs_ftruncate(file, -1) == -KR_EINVAL);
    kr_vfs_close(file);
    remove_file("/cut");
}

KR_TEST(flags_of_opening_count)
{
    char byte;

    KR_CHECK(open_file("/flags", KR_VFS_READ) == -KR_ENOENT);
    write_file("/flags", "12345", 5);
    KR_CHECK(open_file("/flags", NEW) == -KR_EEXIST);
    KR_CHECK(open_file("/flags", KR_VFS_DIRECTORY) == -KR_ENOTDIR);
    KR_CHECK(open_file("/flags/", KR_VFS_READ) == -KR_ENOTDIR);
    KR_CHECK(open_file("/", KR_VFS_WRITE) == -KR_EISDIR);
    KR_CHECK(open_file("/new/", KR_VFS_CREATE | KR_VFS_WRITE) == -KR_EISDIR);
    int file = open_file("/flags", KR_VFS_READ);
    KR_CHECK(kr_vfs_write(file, "x", 1) == -KR_EBADF);
    kr_vfs_close(file);
    file = open_file("/flags", KR_VFS_WRITE | KR_VFS_APPEND);
    KR_CHECK(kr_vfs_read(file, &byte, 1) == -KR_EBADF);
    KR_CHECK(kr_vfs_write(file, "6", 1) == 1 && size_of("/flags") == 6);
    kr_vfs_lseek(file, 0, 0);
    KR_CHECK(kr_vfs_write(file, "7", 1) == 1 && size_of("/flags") == 7);
    KR_CHECK((kr_vfs_fcntl(file, 3, 0) & KR_VFS_APPEND) != 0);
    kr_vfs_close(file);
    file = open_file("/flags", KR_VFS_WRITE | KR_VFS_TRUNCATE | KR_VFS_CLOSE_ON_EXEC);
    KR_CHECK(size_of("/flags") == 0 && kr_vfs_fcntl(file, 1, 0) == 1);
    kr_vfs_close(file);
    remove_file("/flags");
}

KR_TEST(descriptors_are_the_lowest_and_shared_by_dup)
{
    char byte = 0;
    int file = open_file("/dup", NEW);
    int other = kr_vfs_dup(file);

    KR_CHECK(other == file + 1 && kr_vfs_write(file, "abc", 3) == 3);
    KR_CHECK(kr_vfs_lseek(other, 0, 1) == 3);
    KR_CHECK(kr_vfs_close(file) == 0 && kr_vfs_dup(other) == file);
    KR_CHECK(kr_vfs_fcntl(other, 0, 100) == 100 && kr_vfs_fcntl(other, 1030, 100) == 101);
    KR_CHECK(kr_vfs_fcntl(101, 1, 0) == 1 && kr_vfs_fcntl(100, 1, 0) == 0);
    KR_CHECK(kr_vfs_dup3(other, 101, 0) == 101 && kr_vfs_fcntl(101, 1, 0) == 0);
    KR_CHECK(kr_vfs_dup3(other, other, 0) == -KR_EINVAL && kr_vfs_dup3(-1, 5, 0) == -KR_EBADF);
    KR_CHECK(kr_vfs_pread(101, &byte, 1, 1) == 1 && byte == 'b');
    kr_vfs_close(file);
    kr_vfs_close(other);
    kr_vfs_close(100);
    kr_vfs_close(101);
    int count = 0;
    while (kr_vfs_dup(0) >= 0)
        count++;
    KR_CHECK(count >= 13 && kr_vfs_dup(0) == -KR_EMFILE);
    KR_CHECK(open_file("/full", NEW) == -KR_EMFILE && size_of("/full") == -KR_ENOENT);
    while (count-- > 0)
        KR_CHECK(kr_vfs_close(3 + count) == 0);
    remove_file("/dup");
}

KR_TEST(paths_are_walked_as_posix_says)
{
    struct kr_vfs_stat one;
    struct kr_vfs_stat other;

    KR_CHECK(kr_vfs_mkdirat(HERE, "/a", 0755) == 0 && kr_vfs_mkdirat(HERE, "/a/b/", 0755) == 0);
    write_file("/a/b/f", "x", 1);
    KR_CHECK(size_of("//a/./b/../b//f") == 1 && size_of("/../../a/b/f") == 1);
    KR_CHECK(size_of("/a/b/f/") == -KR_ENOTDIR && size_of("/a/b/f/x") == -KR_ENOTDIR);
    KR_CHECK(size_of("") == -KR_ENOENT && size_of("/a/c/f") == -KR_ENOENT);
    int folder = open_file("/a", KR_VFS_DIRECTORY);
    KR_CHECK(kr_vfs_fstatat(folder, "b/f", &one, 0) == 0 && one.size == 1);
    KR_CHECK(kr_vfs_fstatat(folder, "..", &one, 0) == 0 && kr_vfs_fstatat(HERE, "/", &other, 0) == 0);
    KR_CHECK(one.inode == other.inode && kr_vfs_fstatat(99, "x", &one, 0) == -KR_EBADF);
    KR_CHECK(kr_vfs_fchdir(folder) == 0 && size_of("b/f") == 1 && kr_vfs_chdir("b/f") == -KR_ENOTDIR);
    char path[32];
    KR_CHECK(kr_vfs_chdir("b") == 0 && kr_vfs_getcwd(path, 32) == 5 && memcmp(path, "/a/b", 5) == 0);
    KR_CHECK(kr_vfs_getcwd(path, 4) == -KR_ERANGE && kr_vfs_chdir("/") == 0);
    KR_CHECK(kr_vfs_getcwd(path, 2) == 2 && path[0] == '/' && kr_vfs_getcwd(path, 1) == -KR_ERANGE);
    kr_vfs_close(folder);
    KR_CHECK(remove_folder("/a") == -KR_ENOTEMPTY && remove_file("/a/b") == -KR_EISDIR);
    KR_CHECK(remove_folder("/a/b/f") == -KR_ENOTDIR && remove_folder("/a/b/.") == -KR_EINVAL);
    KR_CHECK(remove_file("/a/b/f") == 0 && remove_folder("/a/b") == 0 && remove_folder("/a") == 0);
    KR_CHECK(remove_folder("/") == -KR_EBUSY);
}

KR_TEST(names_have_255_bytes_and_paths_4095)
{
    static char path[5000];

    memset(path, 'n', sizeof(path));
    path[0] = '/';
    path[256] = '\0';
    write_file(path, "", 0);
    KR_CHECK(size_of(path) == 0 && remove_file(path) == 0);
    path[256] = 'n';
    path[257] = '\0';
    KR_CHECK(open_file(path, NEW) == -KR_ENAMETOOLONG);
    for (unsigned i = 0; i < sizeof(path); i++)
        path[i] = i % 2 == 0 ? '/' : '.';
    path[4095] = '\0';
    KR_CHECK(size_of(path) >= 0);
    path[4095] = '.';
    path[4096] = '\0';
    KR_CHECK(size_of(path) == -KR_ENAMETOOLONG);
    write_file("/Zo\xc3\xab \xe2\x9c\x93", "utf", 3);
    KR_CHECK(size_of("/Zo\xc3\xab \xe2\x9c\x93") == 3 && remove_file("/Zo\xc3\xab \xe2\x9c\x93") == 0);
}

KR_TEST(links_are_followed_forty_times)
{
    char target[16] = {0};
    char name[4] = "/l0";

    write_file("/target", "1234", 4);
    KR_CHECK(kr_vfs_symlinkat("target", HERE, "/s") == 0 && size_of("/s") == 4);
    KR_CHECK(kr_vfs_readlinkat(HERE, "/s", target, 3) == 3 && memcmp(target, "tar", 4) == 0);
    KR_CHECK(kr_vfs_readlinkat(HERE, "/target", target, 3) == -KR_EINVAL);
    KR_CHECK(open_file("/s", KR_VFS_NOT_A_LINK) == -KR_ELOOP);
    KR_CHECK(open_file("/s", NEW) == -KR_EEXIST);
    KR_CHECK(kr_vfs_symlinkat("/loop", HERE, "/loop") == 0 && size_of("/loop") == -KR_ELOOP);
    KR_CHECK(kr_vfs_symlinkat("gone", HERE, "/dangling") == 0 && size_of("/dangling") == -KR_ENOENT);
    write_file("/dangling", "made", 4);
    KR_CHECK(size_of("/gone") == 4);
    kr_vfs_symlinkat("target", HERE, name);
    for (int i = 1; i <= 40; i++) { /* l1 → l0 → target, and so on */
        char before[4] = {'l', name[2], '\0'};

        name[2] = (char)('0' + i);
        KR_CHECK(kr_vfs_symlinkat(before, HERE, name) == 0);
        KR_CHECK(size_of(name) == (i < 40 ? 4 : -KR_ELOOP));
    }
    for (int i = 0; i <= 40; i++) {
        name[2] = (char)('0' + i);
        KR_CHECK(remove_file(name) == 0);
    }
    remove_file("/s");
    remove_file("/loop");
    remove_file("/dangling");
    remove_file("/gone");
    remove_file("/target");
}

KR_TEST(a_file_lives_until_its_last_name_and_descriptor)
{
    char bytes[4];
    struct kr_vfs_stat stat;
    int file = open_file("/name", NEW);

    kr_vfs_write(file, "body", 4);
    KR_CHECK(kr_vfs_linkat(HERE, "/name", HERE, "/other", 0) == 0);
    KR_CHECK(kr_vfs_linkat(HERE, "/name", HERE, "/other", 0) == -KR_EEXIST);
    KR_CHECK(kr_vfs_linkat(HERE, "/", HERE, "/root", 0) == -KR_EPERM);
    KR_CHECK(kr_vfs_fstat(file, &stat) == 0 && stat.links == 2);
    KR_CHECK(remove_file("/name") == 0 && size_of("/other") == 4 && remove_file("/other") == 0);
    KR_CHECK(kr_vfs_fstat(file, &stat) == 0 && stat.links == 0);
    KR_CHECK(kr_vfs_pread(file, bytes, 4, 0) == 4 && memcmp(bytes, "body", 4) == 0);
    KR_CHECK(kr_vfs_close(file) == 0);
    kr_vfs_mkdirat(HERE, "/gone", 0755);
    KR_CHECK(kr_vfs_chdir("/gone") == 0 && remove_folder("/gone") == 0);
    KR_CHECK(open_file("x", NEW) == -KR_ENOENT && kr_vfs_getcwd(bytes, 4) == -KR_ENOENT);
    KR_CHECK(kr_vfs_chdir("/") == 0);
}

KR_TEST(rename_replaces_what_it_may)
{
    struct kr_vfs_stat stat;

    write_file("/a", "a", 1);
    write_file("/b", "bb", 2);
    KR_CHECK(kr_vfs_renameat(HERE, "/a", HERE, "/b", 1) == -KR_EEXIST);
    KR_CHECK(kr_vfs_renameat(HERE, "/a", HERE, "/b", 0) == 0);
    KR_CHECK(size_of("/b") == 1 && size_of("/a") == -KR_ENOENT);
    kr_vfs_mkdirat(HERE, "/d", 0755);
    kr_vfs_mkdirat(HERE, "/d/e", 0755);
    KR_CHECK(kr_vfs_renameat(HERE, "/d", HERE, "/d/e/f", 0) == -KR_EINVAL);
    KR_CHECK(kr_vfs_renameat(HERE, "/d", HERE, "/b", 0) == -KR_ENOTDIR);
    KR_CHECK(kr_vfs_renameat(HERE, "/b", HERE, "/d", 0) == -KR_EISDIR);
    KR_CHECK(kr_vfs_renameat(HERE, "/b", HERE, "/c/", 0) == -KR_ENOTDIR);
    kr_vfs_mkdirat(HERE, "/full", 0755);
    write_file("/full/x", "", 0);
    KR_CHECK(kr_vfs_renameat(HERE, "/d", HERE, "/full", 0) == -KR_ENOTEMPTY);
    KR_CHECK(remove_file("/full/x") == 0 && kr_vfs_renameat(HERE, "/d", HERE, "/full", 0) == 0);
    KR_CHECK(kr_vfs_fstatat(HERE, "/full", &stat, 0) == 0 && stat.links == 3);
    KR_CHECK(kr_vfs_renameat(HERE, "/full/e", HERE, "/e", 0) == 0);
    KR_CHECK(kr_vfs_fstatat(HERE, "/full", &stat, 0) == 0 && stat.links == 2);
    KR_CHECK(kr_vfs_linkat(HERE, "/b", HERE, "/twin", 0) == 0);
    KR_CHECK(kr_vfs_renameat(HERE, "/b", HERE, "/twin", 0) == 0 && size_of("/b") == 1);
    KR_CHECK(kr_vfs_renameat(HERE, "/.", HERE, "/z", 0) == -KR_EBUSY);
    remove_file("/b");
    remove_file("/twin");
    KR_CHECK(remove_folder("/e") == 0 && remove_folder("/full") == 0);
}

KR_SUITE(&test_what_is_written_is_read, &test_several_buffers_are_one_write,
         &test_a_cut_file_reads_as_zero_when_it_grows_again, &test_flags_of_opening_count,
         &test_descriptors_are_the_lowest_and_shared_by_dup, &test_paths_are_walked_as_posix_says,
         &test_names_have_255_bytes_and_paths_4095, &test_links_are_followed_forty_times,
         &test_a_file_lives_until_its_last_name_and_descriptor, &test_rename_replaces_what_it_may)
