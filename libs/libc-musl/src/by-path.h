/* SPDX-License-Identifier: BSD-3-Clause */
/* The part of calls.h that is about files by their paths, and what they are besides their content. */
#ifndef LIBC_MUSL_BY_PATH_H
#define LIBC_MUSL_BY_PATH_H

/* What a file is, beside its content. */
static LIBC_MUSL_INLINE long libc_musl_attributes(long n, long a, long b, long c, long d, long e)
{
    switch (n) {
    case SYS_chmod:
        return kr_syscall_fchmodat(KR_SYSCALL_HERE, (void *)a, b, 0);
    case SYS_fchmod:
        return kr_syscall_fchmodat(a, "", b, KR_SYSCALL_EMPTY_PATH);
    case SYS_fchmodat:
        return kr_syscall_fchmodat(a, (void *)b, c, 0);
    case SYS_chown:
        return kr_syscall_fchownat(KR_SYSCALL_HERE, (void *)a, b, c, 0);
    case SYS_lchown:
        return kr_syscall_fchownat(KR_SYSCALL_HERE, (void *)a, b, c, KR_SYSCALL_NO_FOLLOW);
    case SYS_fchown:
        return kr_syscall_fchownat(a, "", b, c, KR_SYSCALL_EMPTY_PATH);
    case SYS_fchownat:
        return kr_syscall_fchownat(a, (void *)b, c, d, e);
    case SYS_utimensat:
        return kr_syscall_utimensat(a, (void *)(b == 0 ? (long)"" : b), (void *)c,
                                    b == 0 ? d | KR_SYSCALL_EMPTY_PATH : d);
    case SYS_umask:
        return kr_syscall_umask(a);
    case SYS_statfs:
        return kr_syscall_statfs((void *)a, (void *)b);
    case SYS_fstatfs:
        return kr_syscall_fstatfs(a, (void *)b);
    case SYS_flock:
        return WAITS(true, kr_syscall_flock(a, b));
    case SYS_fchdir:
        return kr_syscall_fchdir(a);
    case SYS_truncate:
        return kr_syscall_truncate((void *)a, b);
    case SYS_preadv:
        return kr_syscall_preadv(a, (void *)b, c, d);
    case SYS_pwritev:
        return kr_syscall_pwritev(a, (void *)b, c, d);
    case SYS_syncfs:
        return kr_syscall_fsync(a);
    case SYS_fallocate:
        return kr_syscall_fallocate(a, b, c, d);
    case SYS_sync:
        return kr_syscall_sync();
    case SYS_fadvise64:
        return kr_syscall_fadvise(a, b, c, d);
    default:
        return libc_musl_absent(n, libc_musl_name(n));
    }
}

static LIBC_MUSL_INLINE long libc_musl_by_path(long n, long a, long b, long c, long d, long e)
{
    switch (n) {
    case SYS_open:
        return kr_syscall_openat(KR_SYSCALL_HERE, (void *)a, b, c);
    case SYS_openat:
        return kr_syscall_openat(a, (void *)b, c, d);
    case SYS_stat:
        return kr_syscall_fstatat(KR_SYSCALL_HERE, (void *)a, (void *)b, 0);
    case SYS_lstat:
        return kr_syscall_fstatat(KR_SYSCALL_HERE, (void *)a, (void *)b, KR_SYSCALL_NO_FOLLOW);
    case SYS_fstat:
        return kr_syscall_fstatat(a, "", (void *)b, KR_SYSCALL_EMPTY_PATH);
    case SYS_newfstatat:
        return kr_syscall_fstatat(a, (void *)b, (void *)c, d);
    case SYS_access:
        return kr_syscall_faccessat(KR_SYSCALL_HERE, (void *)a, b, 0);
    case SYS_faccessat:
        return kr_syscall_faccessat(a, (void *)b, c, 0);
    case SYS_faccessat2:
        return kr_syscall_faccessat(a, (void *)b, c, d);
    case SYS_unlink:
        return kr_syscall_unlinkat(KR_SYSCALL_HERE, (void *)a, 0);
    case SYS_rmdir:
        return kr_syscall_unlinkat(KR_SYSCALL_HERE, (void *)a, KR_SYSCALL_FOLDER);
    case SYS_unlinkat:
        return kr_syscall_unlinkat(a, (void *)b, c);
    case SYS_rename:
        return kr_syscall_renameat(KR_SYSCALL_HERE, (void *)a, KR_SYSCALL_HERE, (void *)b, 0);
    case SYS_renameat:
        return kr_syscall_renameat(a, (void *)b, c, (void *)d, 0);
    case SYS_renameat2:
        return kr_syscall_renameat(a, (void *)b, c, (void *)d, e);
    case SYS_link:
        return kr_syscall_linkat(KR_SYSCALL_HERE, (void *)a, KR_SYSCALL_HERE, (void *)b, 0);
    case SYS_linkat:
        return kr_syscall_linkat(a, (void *)b, c, (void *)d, e);
    case SYS_symlink:
        return kr_syscall_symlinkat((void *)a, KR_SYSCALL_HERE, (void *)b);
    case SYS_symlinkat:
        return kr_syscall_symlinkat((void *)a, b, (void *)c);
    case SYS_mkdir:
        return kr_syscall_mkdirat(KR_SYSCALL_HERE, (void *)a, b);
    case SYS_mkdirat:
        return kr_syscall_mkdirat(a, (void *)b, c);
    case SYS_readlink:
        return kr_syscall_readlinkat(KR_SYSCALL_HERE, (void *)a, (void *)b, c);
    case SYS_readlinkat:
        return kr_syscall_readlinkat(a, (void *)b, (void *)c, d);
    case SYS_getcwd:
        return kr_syscall_getcwd((void *)a, b);
    case SYS_chdir:
        return kr_syscall_chdir((void *)a);
    default:
        return libc_musl_attributes(n, a, b, c, d, e);
    }
}

#endif
