/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every call is the file layer's of the same name. Both write structures as
 * Linux does, so a pointer to one is a pointer to the other.
 */
#include <kraft/syscall-files.h>
#include <kraft/syscall-signals.h>
#include <kraft/syscall-threads.h>
#include <kraft/vfs.h>

_Static_assert(sizeof(struct kr_syscall_stat) == sizeof(struct kr_vfs_stat), "struct stat");
_Static_assert(sizeof(struct kr_syscall_part) == sizeof(struct kr_vfs_part), "struct iovec");
_Static_assert(KR_SYSCALL_HERE == KR_VFS_HERE && KR_SYSCALL_EMPTY_PATH == KR_VFS_EMPTY_PATH, "flags");

#define BROKEN_PIPE 13 /* SIGPIPE */
#define TOO_LARGE 25   /* SIGXFSZ */

/* Nobody reads any more, or the file may not grow: a signal, besides the error. */
static long written(long result)
{
    if (result == -KR_EPIPE || result == -KR_EFBIG)
        kr_syscall_tkill((int)kr_syscall_gettid(), result == -KR_EPIPE ? BROKEN_PIPE : TOO_LARGE);
    return result;
}

long kr_syscall_read(int file, void *bytes, size_t length)
{
    return kr_vfs_read(file, bytes, length);
}

long kr_syscall_write(int file, const void *bytes, size_t length)
{
    return written(kr_vfs_write(file, bytes, length));
}

long kr_syscall_readv(int file, const struct kr_syscall_part *parts, int count)
{
    return kr_vfs_readv(file, (const void *)parts, count);
}

long kr_syscall_writev(int file, const struct kr_syscall_part *parts, int count)
{
    return written(kr_vfs_writev(file, (const void *)parts, count));
}

long kr_syscall_pread(int file, void *bytes, size_t length, int64_t offset)
{
    return kr_vfs_pread(file, bytes, length, offset);
}

long kr_syscall_pwrite(int file, const void *bytes, size_t length, int64_t offset)
{
    return written(kr_vfs_pwrite(file, bytes, length, offset));
}

long kr_syscall_lseek(int file, int64_t offset, int from)
{
    return kr_vfs_lseek(file, offset, from);
}

long kr_syscall_close(int file)
{
    return kr_vfs_close(file);
}

long kr_syscall_dup(int file)
{
    return kr_vfs_dup(file);
}

long kr_syscall_dup3(int file, int other, int flags)
{
    return kr_vfs_dup3(file, other, flags);
}

long kr_syscall_fcntl(int file, int command, uintptr_t argument)
{
    return kr_vfs_fcntl(file, command, argument);
}

long kr_syscall_ioctl(int file, unsigned request, void *argument)
{
    return kr_vfs_ioctl(file, request, argument);
}

long kr_syscall_fsync(int file)
{
    return kr_vfs_fsync(file);
}

long kr_syscall_ftruncate(int file, int64_t size)
{
    return written(kr_vfs_ftruncate(file, size));
}

long kr_syscall_getdents(int file, void *entries, size_t size)
{
    return kr_vfs_getdents(file, entries, size);
}

long kr_syscall_openat(int at, const char *path, int flags, unsigned mode)
{
    return kr_vfs_openat(at, path, flags, mode);
}

long kr_syscall_fstatat(int at, const char *path, struct kr_syscall_stat *stat, int flags)
{
    return kr_vfs_fstatat(at, path, (void *)stat, flags);
}

long kr_syscall_faccessat(int at, const char *path, int mode, int flags)
{
    return kr_vfs_faccessat(at, path, mode, flags);
}

long kr_syscall_unlinkat(int at, const char *path, int flags)
{
    return kr_vfs_unlinkat(at, path, flags);
}

long kr_syscall_renameat(int at, const char *path, int to_at, const char *to, unsigned flags)
{
    return kr_vfs_renameat(at, path, to_at, to, flags);
}

long kr_syscall_linkat(int at, const char *path, int to_at, const char *to, int flags)
{
    return kr_vfs_linkat(at, path, to_at, to, flags);
}

long kr_syscall_symlinkat(const char *target, int at, const char *path)
{
    return kr_vfs_symlinkat(target, at, path);
}

long kr_syscall_mkdirat(int at, const char *path, unsigned mode)
{
    return kr_vfs_mkdirat(at, path, mode);
}

long kr_syscall_readlinkat(int at, const char *path, char *text, size_t size)
{
    return kr_vfs_readlinkat(at, path, text, size);
}

long kr_syscall_getcwd(char *path, size_t size)
{
    return kr_vfs_getcwd(path, size);
}

long kr_syscall_chdir(const char *path)
{
    return kr_vfs_chdir(path);
}

long kr_syscall_preadv(int file, const struct kr_syscall_part *parts, int count, int64_t offset)
{
    return kr_vfs_preadv(file, (const void *)parts, count, offset);
}

long kr_syscall_pwritev(int file, const struct kr_syscall_part *parts, int count, int64_t offset)
{
    return written(kr_vfs_pwritev(file, (const void *)parts, count, offset));
}

long kr_syscall_flock(int file, int operation)
{
    return kr_vfs_flock(file, operation);
}

long kr_syscall_fchdir(int file)
{
    return kr_vfs_fchdir(file);
}

long kr_syscall_fstatfs(int file, void *figures)
{
    return kr_vfs_fstatfs(file, figures);
}

long kr_syscall_fallocate(int file, int mode, int64_t offset, int64_t length)
{
    return kr_vfs_fallocate(file, mode, offset, length);
}

long kr_syscall_sync(void)
{
    return kr_vfs_sync();
}

#define ADVICES 6 /* POSIX_FADV_NORMAL to POSIX_FADV_NOREUSE */

long kr_syscall_fadvise(int file, int64_t offset, int64_t length, int advice)
{
    struct kr_vfs_stat stat;
    int error = kr_vfs_fstat(file, &stat);

    (void)offset;
    if (error < 0)
        return error;
    if ((stat.mode & KR_VFS_KIND) == KR_VFS_PIPE)
        return -KR_ESPIPE;
    return length < 0 || advice < 0 || advice >= ADVICES ? -KR_EINVAL : 0;
}

/* Does (call) with a descriptor of (path) and (argument). */
static long opened(const char *path, int flags, long (*call)(int, intptr_t), intptr_t argument)
{
    int file = kr_vfs_openat(KR_VFS_HERE, path, flags, 0);

    if (file < 0)
        return file;
    long result = call(file, argument);
    kr_vfs_close(file);
    return result;
}

static long resize(int file, intptr_t size)
{
    return written(kr_vfs_ftruncate(file, size));
}

long kr_syscall_truncate(const char *path, int64_t size)
{
    return size < 0 ? -KR_EINVAL : opened(path, KR_VFS_WRITE | KR_VFS_NON_BLOCKING, resize, size);
}

static long figure(int file, intptr_t figures)
{
    return kr_vfs_fstatfs(file, (void *)figures);
}

long kr_syscall_statfs(const char *path, void *figures)
{
    return opened(path, KR_VFS_PATH_ONLY, figure, (intptr_t)figures);
}

long kr_syscall_fchmodat(int at, const char *path, unsigned mode, int flags)
{
    return kr_vfs_fchmodat(at, path, mode, flags);
}

long kr_syscall_fchownat(int at, const char *path, uint32_t user, uint32_t group, int flags)
{
    return kr_vfs_fchownat(at, path, user, group, flags);
}

long kr_syscall_utimensat(int at, const char *path, const int64_t times[4], int flags)
{
    return kr_vfs_utimensat(at, path, (const void *)times, flags);
}

long kr_syscall_umask(unsigned mask)
{
    return kr_vfs_umask(mask);
}
