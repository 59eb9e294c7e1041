/* SPDX-License-Identifier: BSD-3-Clause */
/* No path leads anywhere, and nothing can be made: there is no folder. */
#include <kraft/syscall-files.h>

long kr_syscall_openat(int at, const char *path, int flags, unsigned mode)
{
    (void)at, (void)path, (void)flags, (void)mode;
    return -KR_ENOENT;
}

long kr_syscall_faccessat(int at, const char *path, int mode, int flags)
{
    (void)at, (void)path, (void)mode, (void)flags;
    return -KR_ENOENT;
}

long kr_syscall_unlinkat(int at, const char *path, int flags)
{
    (void)at, (void)path, (void)flags;
    return -KR_ENOENT;
}

long kr_syscall_renameat(int at, const char *path, int to_at, const char *to, unsigned flags)
{
    (void)at, (void)path, (void)to_at, (void)to, (void)flags;
    return -KR_ENOENT;
}

long kr_syscall_linkat(int at, const char *path, int to_at, const char *to, int flags)
{
    (void)at, (void)path, (void)to_at, (void)to, (void)flags;
    return -KR_ENOENT;
}

long kr_syscall_symlinkat(const char *target, int at, const char *path)
{
    (void)target, (void)at, (void)path;
    return -KR_ENOENT;
}

long kr_syscall_mkdirat(int at, const char *path, unsigned mode)
{
    (void)at, (void)path, (void)mode;
    return -KR_ENOENT;
}

long kr_syscall_readlinkat(int at, const char *path, char *text, size_t size)
{
    (void)at, (void)path, (void)text, (void)size;
    return -KR_ENOENT;
}

long kr_syscall_getcwd(char *path, size_t size)
{
    if (size < 2)
        return -KR_ERANGE;
    path[0] = '/';
    path[1] = '\0';
    return 2;
}

long kr_syscall_chdir(const char *path)
{
    (void)path;
    return -KR_ENOENT;
}

long kr_syscall_truncate(const char *path, int64_t size)
{
    (void)path, (void)size;
    return -KR_ENOENT;
}

long kr_syscall_statfs(const char *path, void *figures)
{
    (void)path, (void)figures;
    return -KR_ENOENT;
}

long kr_syscall_umask(unsigned mask)
{
    static unsigned bits = 022;
    unsigned before = bits;

    bits = mask & 0777;
    return before;
}
