/* SPDX-License-Identifier: BSD-3-Clause */
/* Permission, locks, mounts, folders of many files, and what others install. */
#include <kraft/conformance.h>
#include <kraft/string.h>
#include <kraft/vfs.h>

#define HERE KR_VFS_HERE
#define NEW (KR_VFS_CREATE | KR_VFS_EXCLUSIVE | KR_VFS_READ_WRITE)
#define MANY 10000u

static uint32_t mode_of(const char *path)
{
    struct kr_vfs_stat stat;

    return kr_vfs_fstatat(HERE, path, &stat, 0) < 0 ? 0 : stat.mode;
}

KR_TEST(permission_bits_bind_all_but_user_0)
{
    KR_CHECK(kr_vfs_umask(027) == 022);
    int file = kr_vfs_openat(HERE, "/rights", NEW, 0666);
    KR_CHECK(kr_vfs_umask(022) == 027 && mode_of("/rights") == (KR_VFS_FILE | 0640));
    KR_CHECK(kr_vfs_faccessat(HERE, "/rights", 6, 0) == 0);
    KR_CHECK(kr_vfs_faccessat(HERE, "/rights", 1, 0) == -KR_EACCES);
    KR_CHECK(kr_vfs_fchmodat(HERE, "/rights", 0604, 0) == 0);
    KR_CHECK(kr_vfs_fchownat(HERE, "/rights", 7, 8, 0) == 0);
    kr_vfs_identity(9, 8);
    KR_CHECK(kr_vfs_openat(HERE, "/rights", KR_VFS_READ, 0) == -KR_EACCES);
    KR_CHECK(kr_vfs_openat(HERE, "/mine", NEW, 0666) == -KR_EACCES);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/rights", 0) == -KR_EACCES);
    KR_CHECK(kr_vfs_fchmodat(HERE, "/rights", 0777, 0) == -KR_EPERM);
    kr_vfs_identity(9, 9);
    int other = kr_vfs_openat(HERE, "/rights", KR_VFS_READ, 0);
    KR_CHECK(other >= 0 && kr_vfs_close(other) == 0);
    KR_CHECK(kr_vfs_openat(HERE, "/rights", KR_VFS_WRITE, 0) == -KR_EACCES);
    kr_vfs_identity(7, 9);
    KR_CHECK(kr_vfs_fchmodat(HERE, "/rights", 0000, 0) == 0);
    KR_CHECK(kr_vfs_openat(HERE, "/rights", KR_VFS_READ, 0) == -KR_EACCES);
    kr_vfs_identity(0, 0);
    kr_vfs_close(file);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/rights", 0) == 0);
}

KR_TEST(times_are_set_and_kept)
{
    struct kr_vfs_stat stat;
    const struct kr_vfs_time times[2] = {{5, 6}, {0, KR_VFS_TIME_KEEP}};
    int file = kr_vfs_openat(HERE, "/times", NEW, 0644);

    KR_CHECK(kr_vfs_utimensat(HERE, "/times", times, 0) == 0 && kr_vfs_fstat(file, &stat) == 0);
    KR_CHECK(stat.accessed.seconds == 5 && stat.accessed.nanoseconds == 6);
    KR_CHECK(stat.modified.seconds != 5);
    const struct kr_vfs_time wrong[2] = {{5, -1}, {0, 0}};
    KR_CHECK(kr_vfs_utimensat(file, "", wrong, KR_VFS_EMPTY_PATH) == -KR_EINVAL);
    kr_vfs_close(file);
    kr_vfs_unlinkat(HERE, "/times", 0);
}

static int lock(int file, int command, int16_t kind, int64_t start, int64_t length)
{
    struct kr_vfs_lock wanted = {.kind = kind, .start = start, .length = length};
    int error = kr_vfs_fcntl(file, command, (uintptr_t)&wanted);

    return error == 0 && (command == 5 || command == 36) ? wanted.kind : error;
}

KR_TEST(locks_of_descriptions_exclude_each_other)
{
    int one = kr_vfs_openat(HERE, "/lock", NEW, 0644);
    int other = kr_vfs_openat(HERE, "/lock", KR_VFS_READ_WRITE, 0);

    KR_CHECK(lock(one, 37, KR_VFS_LOCK_WRITE, 10, 20) == 0);
    KR_CHECK(lock(other, 37, KR_VFS_LOCK_READ, 29, 1) == -KR_EAGAIN);
    KR_CHECK(lock(other, 36, KR_VFS_LOCK_READ, 0, 0) == KR_VFS_LOCK_WRITE);
    KR_CHECK(lock(other, 37, KR_VFS_LOCK_READ, 30, 0) == 0);
    KR_CHECK(lock(one, 37, KR_VFS_LOCK_NONE, 15, 5) == 0); /* splits it */
    KR_CHECK(lock(other, 37, KR_VFS_LOCK_WRITE, 15, 5) == 0);
    KR_CHECK(lock(other, 37, KR_VFS_LOCK_WRITE, 14, 1) == -KR_EAGAIN);
    KR_CHECK(lock(other, 37, KR_VFS_LOCK_WRITE, 20, 1) == -KR_EAGAIN);
    KR_CHECK(lock(one, 6, KR_VFS_LOCK_WRITE, 100, 1) == -KR_EAGAIN);
    KR_CHECK(lock(one, 6, KR_VFS_LOCK_WRITE, 0, 5) == 0);
    KR_CHECK(lock(other, 6, KR_VFS_LOCK_WRITE, 0, 5) == 0); /* the same process */
    KR_CHECK(lock(other, 6, KR_VFS_LOCK_WRITE, -1, 5) == -KR_EINVAL);
    KR_CHECK(kr_vfs_flock(one, 2) == 0 && kr_vfs_flock(other, 1 | 4) == -KR_EAGAIN);
    KR_CHECK(kr_vfs_flock(one, 1) == 0 && kr_vfs_flock(other, 1 | 4) == 0);
    kr_vfs_close(one);
    KR_CHECK(lock(other, 37, KR_VFS_LOCK_WRITE, 0, 0) == 0 && kr_vfs_flock(other, 2 | 4) == 0);
    kr_vfs_close(other);
    kr_vfs_unlinkat(HERE, "/lock", 0);
}

/* Reads all of a folder; returns the sum of the entries' lengths, and takes
 * away each (every)th name; 0: none. */
static unsigned count_entries(int folder, unsigned every)
{
    static unsigned char records[3000];
    unsigned count = 0;
    int64_t length;

    while ((length = kr_vfs_getdents(folder, records, sizeof(records))) > 0)
        for (int64_t at = 0; at < length;) {
            uint16_t size;
            const char *name = (const char *)records + at + 19;

            memcpy(&size, records + at + 16, 2);
            at += size;
            if (name[0] == '.')
                continue;
            count++;
            if (every > 0 && count % every == 0)
                KR_CHECK(kr_vfs_unlinkat(folder, name, 0) == 0);
        }
    KR_CHECK(length == 0);
    return count;
}

static void name_of(unsigned number, char name[12])
{
    memcpy(name, "f-\xc3\xa9 00000", 11);
    name[11] = '\0';
    for (unsigned digit = 9; digit >= 5; digit--, number /= 10)
        name[digit] = (char)('0' + number % 10);
    name[10] = '\0';
}

KR_TEST(ten_thousand_files_are_each_listed_once)
{
    char name[12];

    KR_REQUIRE(kr_vfs_mkdirat(HERE, "/many", 0755) == 0);
    int folder = kr_vfs_openat(HERE, "/many", KR_VFS_DIRECTORY, 0);
    for (unsigned i = 0; i < MANY; i++) {
        name_of(i, name);
        int file = kr_vfs_openat(folder, name, NEW, 0644);
        KR_REQUIRE(file >= 0);
        kr_vfs_close(file);
    }
    KR_CHECK(count_entries(folder, 2) == MANY); /* and half of them go meanwhile */
    KR_CHECK(kr_vfs_lseek(folder, 0, 0) == 0 && count_entries(folder, 0) == MANY / 2);
    char tiny[8];
    kr_vfs_lseek(folder, 0, 0);
    KR_CHECK(kr_vfs_getdents(folder, tiny, sizeof(tiny)) == -KR_EINVAL);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/many", KR_VFS_FOLDER) == -KR_ENOTEMPTY);
    kr_vfs_lseek(folder, 0, 0);
    KR_CHECK(count_entries(folder, 1) == MANY / 2);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/many", KR_VFS_FOLDER) == 0);
    KR_CHECK(kr_vfs_getdents(folder, name, sizeof(name)) == -KR_ENOENT);
    kr_vfs_close(folder);
}

KR_TEST(a_deep_path_is_a_path)
{
    char path[64];
    unsigned depth = 0;

    while (depth < 300) {
        KR_REQUIRE(kr_vfs_mkdirat(HERE, "deeper", 0755) == 0 && kr_vfs_chdir("deeper") == 0);
        depth++;
    }
    KR_CHECK(kr_vfs_getcwd(path, sizeof(path)) == -KR_ERANGE);
    for (; depth > 0; depth--) {
        KR_REQUIRE(kr_vfs_chdir("..") == 0);
        KR_REQUIRE(kr_vfs_unlinkat(HERE, "deeper", KR_VFS_FOLDER) == 0);
    }
    KR_CHECK(kr_vfs_getcwd(path, sizeof(path)) == 2);
}

KR_TEST(a_mount_hides_what_is_beneath)
{
    KR_CHECK(kr_vfs_mkdirat(HERE, "/m", 0755) == 0);
    KR_CHECK(kr_vfs_mkdirat(HERE, "/m/hidden", 0755) == 0);
    KR_CHECK(kr_vfs_mount(NULL, "/m", "no such type", 0, NULL) == -KR_ENODEV);
    KR_REQUIRE(kr_vfs_mount(NULL, "/m", "tmpfs", 0, NULL) == 0);
    KR_CHECK(mode_of("/m/hidden") == 0 && mode_of("/m/..") == mode_of("/"));
    int file = kr_vfs_openat(HERE, "/m/f", NEW, 0644);
    KR_CHECK(kr_vfs_renameat(HERE, "/m/f", HERE, "/f", 0) == -KR_EXDEV);
    KR_CHECK(kr_vfs_linkat(HERE, "/m/f", HERE, "/f", 0) == -KR_EXDEV);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/m", KR_VFS_FOLDER) == -KR_EBUSY);
    KR_CHECK(kr_vfs_unmount("/m") == -KR_EBUSY && kr_vfs_unmount("/m/f") == -KR_EINVAL);
    kr_vfs_close(file);
    char path[8];
    KR_CHECK(kr_vfs_mkdirat(HERE, "/m/d", 0755) == 0 && kr_vfs_chdir("/m/d") == 0);
    KR_CHECK(kr_vfs_getcwd(path, 8) == 5 && memcmp(path, "/m/d", 5) == 0);
    KR_CHECK(kr_vfs_unmount("/m") == -KR_EBUSY && kr_vfs_chdir("../..") == 0);
    KR_CHECK(kr_vfs_unmount("/m") == 0 && mode_of("/m/hidden") != 0 && mode_of("/m/f") == 0);
    KR_REQUIRE(kr_vfs_mount(NULL, "/m", "tmpfs", 1, NULL) == 0);
    KR_CHECK(kr_vfs_openat(HERE, "/m/f", NEW, 0644) == -KR_EROFS);
    KR_CHECK(kr_vfs_mkdirat(HERE, "/m/d", 0755) == -KR_EROFS && kr_vfs_unmount("/m") == 0);
    kr_vfs_unlinkat(HERE, "/m/hidden", KR_VFS_FOLDER);
    KR_CHECK(kr_vfs_unlinkat(HERE, "/m", KR_VFS_FOLDER) == 0);
}

static int closed;

static void count_close(void *state)
{
    closed += state == &closed;
}

KR_TEST(what_is_installed_is_closed_once)
{
    static const struct kr_vfs_operations operations = {.mode = KR_VFS_SOCKET | 0600,
                                                        .close = count_close};
    int file = kr_vfs_install(&operations, &closed, KR_VFS_READ_WRITE);
    int other = kr_vfs_dup(file);
    char byte;

    KR_CHECK(kr_vfs_state(other, &operations) == &closed && kr_vfs_state(0, &operations) == NULL);
    KR_CHECK(kr_vfs_read(file, &byte, 1) == -KR_EINVAL);
    KR_CHECK(kr_vfs_lseek(file, 0, 0) == -KR_ESPIPE && kr_vfs_pread(file, &byte, 1, 0) == -KR_ESPIPE);
    KR_CHECK(kr_vfs_close(file) == 0 && closed == 0 && kr_vfs_close(other) == 0 && closed == 1);
    KR_CHECK(kr_vfs_state(file, &operations) == NULL);
}

KR_SUITE(&test_permission_bits_bind_all_but_user_0, &test_times_are_set_and_kept,
         &test_locks_of_descriptions_exclude_each_other,
         &test_ten_thousand_files_are_each_listed_once, &test_a_deep_path_is_a_path,
         &test_a_mount_hides_what_is_beneath, &test_what_is_installed_is_closed_once)
