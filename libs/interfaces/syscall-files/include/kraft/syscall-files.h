/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-files: file descriptors and paths, as Linux's calls name them.
 *
 * Cardinality: one provider.
 * Context:     thread context; a read MAY wait.
 * Failure:     as each call on Linux: -KR_EBADF for a descriptor that is not
 *              open, -KR_ENOENT for a path that leads nowhere.
 * Ownership:   buffers and paths stay the caller's.
 *
 * This is the seam between a C library and whatever files there are: the
 * least that a provider has are descriptors 0, 1 and 2, the console, and no
 * file; one with file systems beneath provides the same functions. The older
 * calls reach them by the newer: open is openat from the current folder, and
 * so are stat, access, unlink, rename and their kin.
 *
 * Each function is the call that its name ends in (man 2), with its arguments
 * in its order, and flags of Linux's values.
 */
#ifndef KRAFT_SYSCALL_FILES_H
#define KRAFT_SYSCALL_FILES_H

#include <kraft/base.h>

#define KR_SYSCALL_HERE (-100)       /* AT_FDCWD: paths begin at the current folder */
#define KR_SYSCALL_NO_FOLLOW 0x100   /* AT_SYMLINK_NOFOLLOW */
#define KR_SYSCALL_EMPTY_PATH 0x1000 /* AT_EMPTY_PATH: the descriptor itself */
#define KR_SYSCALL_FOLDER 0x200      /* AT_REMOVEDIR */

/* struct iovec. */
struct kr_syscall_part {
    void *bytes;
    size_t length;
};

/* struct stat of x86-64; other arches have the same members elsewhere. */
struct kr_syscall_stat {
    uint64_t device, inode, links;
    uint32_t mode, user, group, padding;
    uint64_t special;
    int64_t size, block_size, blocks;
    int64_t times[6]; /* of access, change of content, change of state: seconds, nanoseconds */
    int64_t reserved[3];
};

/* By descriptor. */
long kr_syscall_read(int file, void *bytes, size_t length);
long kr_syscall_write(int file, const void *bytes, size_t length);
long kr_syscall_readv(int file, const struct kr_syscall_part *parts, int count);
long kr_syscall_writev(int file, const struct kr_syscall_part *parts, int count);
long kr_syscall_pread(int file, void *bytes, size_t length, int64_t offset);
long kr_syscall_pwrite(int file, const void *bytes, size_t length, int64_t offset);
long kr_syscall_lseek(int file, int64_t offset, int from);
long kr_syscall_close(int file);
long kr_syscall_dup(int file);
long kr_syscall_dup3(int file, int other, int flags);
long kr_syscall_fcntl(int file, int command, uintptr_t argument);
long kr_syscall_ioctl(int file, unsigned request, void *argument);
long kr_syscall_fsync(int file);
long kr_syscall_ftruncate(int file, int64_t size);
long kr_syscall_getdents(int file, void *entries, size_t size);
long kr_syscall_preadv(int file, const struct kr_syscall_part *parts, int count, int64_t offset);
long kr_syscall_pwritev(int file, const struct kr_syscall_part *parts, int count, int64_t offset);
long kr_syscall_flock(int file, int operation);
long kr_syscall_fchdir(int file);
long kr_syscall_fstatfs(int file, void *figures); /* struct statfs */
long kr_syscall_fallocate(int file, int mode, int64_t offset, int64_t length);

/* Of all files. Its result tells what it found; sync(2) itself has none. */
long kr_syscall_sync(void);

/* Advice is taken and means nothing; what is wrong with it is told. */
long kr_syscall_fadvise(int file, int64_t offset, int64_t length, int advice);

/* By path, seen from the open folder (at). */
long kr_syscall_openat(int at, const char *path, int flags, unsigned mode);
long kr_syscall_fstatat(int at, const char *path, struct kr_syscall_stat *stat, int flags);
long kr_syscall_faccessat(int at, const char *path, int mode, int flags);
long kr_syscall_unlinkat(int at, const char *path, int flags);
long kr_syscall_renameat(int at, const char *path, int to_at, const char *to, unsigned flags);
long kr_syscall_linkat(int at, const char *path, int to_at, const char *to, int flags);
long kr_syscall_symlinkat(const char *target, int at, const char *path);
long kr_syscall_mkdirat(int at, const char *path, unsigned mode);
long kr_syscall_readlinkat(int at, const char *path, char *text, size_t size);
long kr_syscall_getcwd(char *path, size_t size);
long kr_syscall_chdir(const char *path);
long kr_syscall_truncate(const char *path, int64_t size);
long kr_syscall_statfs(const char *path, void *figures);

/* With KR_SYSCALL_EMPTY_PATH and an empty path: of the open file (at). (times):
 * of access and of change, seconds and nanoseconds each; NULL is now. */
long kr_syscall_fchmodat(int at, const char *path, unsigned mode, int flags);
long kr_syscall_fchownat(int at, const char *path, uint32_t user, uint32_t group, int flags);
long kr_syscall_utimensat(int at, const char *path, const int64_t times[4], int flags);

/* The bits that new files do not get; returns those of before. */
long kr_syscall_umask(unsigned mask);

#endif
