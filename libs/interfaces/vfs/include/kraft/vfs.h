/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * vfs: files by descriptor and path, whatever file systems are beneath.
 *
 * Cardinality: one provider.
 * Context:     thread context, and boot after the provider has started. A
 *              call MAY wait where Linux's would: for input, a lock, a disk.
 * Failure:     as the call of that name on Linux (man 2): a negative KR_E….
 *              What fails has changed nothing, but a read or write that
 *              failed in the middle returns what it did until then.
 *              Exhausted memory is -KR_ENOMEM, a full table -KR_EMFILE.
 * Ownership:   buffers, paths and structures stay the caller's; what install
 *              was given belongs to the provider until it calls close.
 *
 * Each function is the call that its name ends in, with its arguments in
 * their order, and constants of Linux's values (x86-64). Pointers MUST be
 * ones that may be used; paths end in NUL. For a path that does not begin
 * with '/', (at) is the open folder that it is seen from, or KR_VFS_HERE.
 * The older calls are these with KR_VFS_HERE: open, stat, lstat, unlink, …
 *
 * Limits: a name has 255 bytes, any but NUL and '/'; a path 4,095; 40
 * symbolic links are followed in one path (-KR_ELOOP). Names are bytes:
 * UTF-8 is not looked at.
 *
 * Descriptors 0, 1 and 2 are open on the console when main begins.
 */
#ifndef KRAFT_VFS_H
#define KRAFT_VFS_H

#include <kraft/base.h>

#define KR_VFS_NAME 255u  /* longest name, bytes */
#define KR_VFS_PATH 4096u /* longest path, the NUL included */
#define KR_VFS_LINKS 40u  /* symbolic links in one path */

/* (at), and flags of calls with one. */
#define KR_VFS_HERE (-100)      /* AT_FDCWD */
#define KR_VFS_NO_FOLLOW 0x100  /* AT_SYMLINK_NOFOLLOW */
#define KR_VFS_FOLDER 0x200     /* AT_REMOVEDIR */
#define KR_VFS_FOLLOW 0x400     /* AT_SYMLINK_FOLLOW */
#define KR_VFS_EMPTY_PATH 0x1000 /* AT_EMPTY_PATH: (at) itself */

/* Flags of openat: O_…. O_LARGEFILE, O_NOCTTY, O_NOATIME and O_DIRECT are
 * accepted and mean nothing. */
#define KR_VFS_READ 0x0
#define KR_VFS_WRITE 0x1
#define KR_VFS_READ_WRITE 0x2
#define KR_VFS_ACCESS 0x3 /* O_ACCMODE */
#define KR_VFS_CREATE 0x40
#define KR_VFS_EXCLUSIVE 0x80
#define KR_VFS_TRUNCATE 0x200
#define KR_VFS_APPEND 0x400
#define KR_VFS_NON_BLOCKING 0x800
#define KR_VFS_DATA_SYNC 0x1000
#define KR_VFS_DIRECTORY 0x10000
#define KR_VFS_NOT_A_LINK 0x20000 /* O_NOFOLLOW */
#define KR_VFS_CLOSE_ON_EXEC 0x80000
#define KR_VFS_SYNC 0x101000
#define KR_VFS_PATH_ONLY 0x200000 /* O_PATH */

/* Kinds in a mode: S_IF…; the bits beneath are S_ISUID to S_IXOTH. */
#define KR_VFS_KIND 0170000u
#define KR_VFS_PIPE 0010000u
#define KR_VFS_CHARACTERS 0020000u
#define KR_VFS_DIRECTORIES 0040000u
#define KR_VFS_BLOCKS 0060000u
#define KR_VFS_FILE 0100000u
#define KR_VFS_LINK 0120000u
#define KR_VFS_SOCKET 0140000u

/* struct stat of Linux on x86-64. */
struct kr_vfs_time {
    int64_t seconds; /* since 1970, or for a call below a KR_VFS_TIME_… */
    int64_t nanoseconds;
};
struct kr_vfs_stat {
    uint64_t device, inode, links;
    uint32_t mode, user, group, padding;
    uint64_t special; /* device number of a device */
    int64_t size, block_size, blocks; /* bytes, bytes, 512 bytes each */
    struct kr_vfs_time accessed, modified, changed;
    int64_t reserved[3];
};

/* struct statfs of Linux on x86-64. */
struct kr_vfs_figures {
    int64_t type, block_size;
    uint64_t blocks, free, available, files, free_files;
    uint64_t id;
    int64_t name_length, fragment_size, flags;
    int64_t reserved[4];
};

/* struct iovec. */
struct kr_vfs_part {
    void *bytes;
    size_t length;
};

/* struct flock of Linux on 64-bit machines. */
struct kr_vfs_lock {
    int16_t kind; /* KR_VFS_LOCK_… */
    int16_t from; /* SEEK_… */
    int64_t start, length; /* bytes; a length of 0 reaches for ever */
    int32_t process, padding; /* answered: 1, or -1 for a description's */
};
#define KR_VFS_LOCK_READ 0
#define KR_VFS_LOCK_WRITE 1
#define KR_VFS_LOCK_NONE 2

/* Opens; (mode) counts where KR_VFS_CREATE makes a file. Returns the lowest
 * free descriptor, or -KR_ENOENT, _EACCES, _EEXIST, _EISDIR, _ENOTDIR, _ELOOP,
 * _ENAMETOOLONG, _EROFS, _ENOSPC, _ENOMEM, _EMFILE, _ENXIO, _EINVAL. */
int kr_vfs_openat(int at, const char *path, int flags, unsigned mode);

/* Releases the descriptor and the process's range locks on the file. The file
 * is closed with its last descriptor. Returns 0 or -KR_EBADF. */
int kr_vfs_close(int file);

/* The lowest free descriptor for the same open file; (other) for it, closing
 * what it was; flags: KR_VFS_CLOSE_ON_EXEC or 0. dup3 of a descriptor to
 * itself is -KR_EINVAL; dup2 is the caller's. */
int kr_vfs_dup(int file);
int kr_vfs_dup3(int file, int other, int flags);

/*
 * F_DUPFD (0), F_GETFD (1), F_SETFD (2), F_GETFL (3), F_SETFL (4), F_GETLK
 * (5), F_SETLK (6), F_SETLKW (7), F_OFD_GETLK (36), F_OFD_SETLK (37),
 * F_OFD_SETLKW (38), F_DUPFD_CLOEXEC (1030), else -KR_EINVAL. For locks
 * (argument) points to a struct kr_vfs_lock. Locks are advisory. There is one
 * process, so its own range locks never conflict; those of open descriptions
 * (F_OFD) do with each other's and the process's. -KR_EAGAIN where a lock is
 * another's; -KR_ENOLCK when there are too many.
 */
int kr_vfs_fcntl(int file, int command, uintptr_t argument);

/* LOCK_SH (1), LOCK_EX (2), LOCK_UN (8), LOCK_NB (4) added: a lock of the
 * whole file by its open description, apart from the locks of fcntl. */
int kr_vfs_flock(int file, int operation);

/* FIONBIO (0x5421), FIOCLEX (0x5451) and FIONCLEX (0x5450) for every file; all
 * else is what the file's driver makes of it, -KR_ENOTTY where it knows nothing. */
int kr_vfs_ioctl(int file, unsigned request, void *argument);

/* What poll would say at once: POLLIN (1), POLLOUT (4), POLLERR (8), POLLHUP
 * (16), POLLRDHUP (0x2000) that hold now; never waits. Files of a disk are
 * always ready. Returns the bits, or -KR_EBADF. */
int kr_vfs_ready(int file);

/* Bytes moved; 0 at the end of a file. p…: at (offset), and the file's own
 * position stays (-KR_ESPIPE where there is none). …v: several buffers, up to
 * 1,024, in order. Writing with KR_VFS_APPEND goes to the end. */
int64_t kr_vfs_read(int file, void *bytes, size_t length);
int64_t kr_vfs_write(int file, const void *bytes, size_t length);
int64_t kr_vfs_pread(int file, void *bytes, size_t length, int64_t offset);
int64_t kr_vfs_pwrite(int file, const void *bytes, size_t length, int64_t offset);
int64_t kr_vfs_readv(int file, const struct kr_vfs_part *parts, int count);
int64_t kr_vfs_writev(int file, const struct kr_vfs_part *parts, int count);
int64_t kr_vfs_preadv(int file, const struct kr_vfs_part *parts, int count, int64_t offset);
int64_t kr_vfs_pwritev(int file, const struct kr_vfs_part *parts, int count, int64_t offset);

/* SEEK_SET (0), SEEK_CUR (1), SEEK_END (2). Returns the new position. For a
 * folder only positions that this call has returned, and 0. */
int64_t kr_vfs_lseek(int file, int64_t offset, int from);

int kr_vfs_ftruncate(int file, int64_t size);

/* What has been written is on the device when this returns 0. It serves
 * fsync, fdatasync and, for every file system, syncfs. */
int kr_vfs_fsync(int file);

/* Of every file system that is mounted. 0, or the first error, after all. */
int kr_vfs_sync(void);

/* Reserves room, or gives it back (mode 3); with KR_VFS_KEEP_SIZE the file
 * does not grow. -KR_EOPNOTSUPP for other modes, and where the file system
 * cannot keep such a promise: one that copies on write needs room anew. */
#define KR_VFS_KEEP_SIZE 1  /* FALLOC_FL_KEEP_SIZE */
#define KR_VFS_PUNCH_HOLE 2 /* FALLOC_FL_PUNCH_HOLE */
int kr_vfs_fallocate(int file, int mode, int64_t offset, int64_t length);

/* No descriptor from (count) on is given out from now on; those that are open
 * stay. No file grows beyond (size) bytes: a write ends there, and what would
 * begin there, or resize, is -KR_EFBIG. At first there is no such limit. */
void kr_vfs_limit_descriptors(uint64_t count);
void kr_vfs_limit_size(uint64_t size);

/*
 * getdents64: fills (entries) with as many records as fit into (size) bytes:
 * u64 inode, s64 position of the next, u16 length of the record (a multiple
 * of 8), u8 kind (mode >> 12), the name and NUL. "." and ".." come first. An
 * entry that is there from the beginning to the end of an iteration is in it
 * exactly once, whatever else comes and goes. Returns bytes, 0 at the end,
 * -KR_EINVAL where not even one fits.
 */
int64_t kr_vfs_getdents(int file, void *entries, size_t size);

int kr_vfs_fstat(int file, struct kr_vfs_stat *stat);
int kr_vfs_fstatat(int at, const char *path, struct kr_vfs_stat *stat, int flags);
int kr_vfs_fstatfs(int file, struct kr_vfs_figures *figures);

/* (mode): R_OK (4), W_OK (2), X_OK (1) together, or F_OK (0). */
int kr_vfs_faccessat(int at, const char *path, int mode, int flags);

/* fchmod, fchown and futimens are these with KR_VFS_EMPTY_PATH and an empty
 * path. An id of UINT32_MAX stays as it is. */
int kr_vfs_fchmodat(int at, const char *path, unsigned mode, int flags);
int kr_vfs_fchownat(int at, const char *path, uint32_t user, uint32_t group, int flags);

/* (times): of access and change, NULL for now; nanoseconds may be one of: */
#define KR_VFS_TIME_NOW 0x3fffffff
#define KR_VFS_TIME_KEEP 0x3ffffffe
int kr_vfs_utimensat(int at, const char *path, const struct kr_vfs_time times[2], int flags);

int kr_vfs_mkdirat(int at, const char *path, unsigned mode);

/* unlink, or with KR_VFS_FOLDER rmdir. An open file lives until it is closed. */
int kr_vfs_unlinkat(int at, const char *path, int flags);

/* renameat2; flags: 0 or RENAME_NOREPLACE (1). At every moment (to) names the
 * old or the new. -KR_EXDEV between mounts; -KR_EINVAL into itself. */
int kr_vfs_renameat(int at, const char *path, int to_at, const char *to, unsigned flags);

int kr_vfs_linkat(int at, const char *path, int to_at, const char *to, int flags);
int kr_vfs_symlinkat(const char *target, int at, const char *path);

/* Up to (size) bytes of the target, without NUL. Returns how many. */
int64_t kr_vfs_readlinkat(int at, const char *path, char *target, size_t size);

int kr_vfs_chdir(const char *path);
int kr_vfs_fchdir(int file);

/* Returns the length with its NUL, as Linux does; -KR_ERANGE where (size) is
 * too small; -KR_ENOENT where the folder has been removed. */
int64_t kr_vfs_getcwd(char *path, size_t size);

/* Sets the bits that new files do not get; returns the old. 022 at first. */
unsigned kr_vfs_umask(unsigned mask);

/* Who asks from now on: (user) 0, as at first, may do everything but execute
 * what nobody may. */
void kr_vfs_identity(uint32_t user, uint32_t group);

/* Mounts a file system of the type (type), a driver's name, upon the folder
 * (path); flags: MS_RDONLY (1). (source) and (options) are the driver's to
 * understand and may be NULL. -KR_ENODEV for an unknown type. Busy is a mount
 * with open files or a current folder or mount in it. */
int kr_vfs_mount(const char *source, const char *path, const char *type, unsigned long flags,
                 const char *options);
int kr_vfs_unmount(const char *path);

/*
 * Watching. Who waits for many files hangs a watch on each of them once, and
 * is told what has changed, so that a wait costs as many steps as files have,
 * not as many as are watched (ADR 11). A watch belongs to the open file, not
 * to the descriptor: it stays while any descriptor of it does.
 */
struct kr_vfs_watch {
    /*
     * (ready), bits as of kr_vfs_ready, may hold from now on, or again: bytes
     * have come to others that nobody has read yet, say. Too many calls are
     * allowed, too few are not. 0: the file is closed, the watch is off, and
     * its memory the caller's again. It is called in thread context, by
     * whoever changed the file, and MUST NOT wait, watch or unwatch.
     */
    void (*changed)(struct kr_vfs_watch *watch, int ready);

    /* kr_vfs_watch sets it: 0, or for a file that nobody can be told of, the
     * nanoseconds after which kr_vfs_watch_ready is to be asked again. */
    uint64_t look;

    /* The provider's. (file) is equal for watches on the same open file. */
    const void *file;
    struct kr_vfs_watch *next, **previous;
};

/* Hangs (watch) on the open file; it is not told what holds already. Returns
 * 0, -KR_EBADF, or -KR_EPERM for a file that is always ready, as one of a disk
 * is. */
int kr_vfs_watch(int file, struct kr_vfs_watch *watch);
void kr_vfs_unwatch(struct kr_vfs_watch *watch);

/* kr_vfs_ready of the open file that is watched. */
int kr_vfs_watch_ready(const struct kr_vfs_watch *watch);

/* What (file) of a watch on this descriptor's open file is; NULL: not open. */
const void *kr_vfs_description(int file);

/*
 * Open files without a descriptor, on their way from one to another. hold
 * keeps the open file of a descriptor, NULL where that is not open; give
 * returns the lowest free descriptor for it, or -KR_EMFILE, flags:
 * KR_VFS_CLOSE_ON_EXEC or 0; let_go ends what hold began.
 */
void *kr_vfs_hold(int file);
int kr_vfs_give(void *held, int flags);
void kr_vfs_let_go(void *held);

/*
 * Files that are no file system's: pipes, sockets, events. (state) is what
 * they know themselves by; each function MAY be NULL, the call is then
 * -KR_EINVAL. (flags) are the open file's, with KR_VFS_NON_BLOCKING to see.
 */
struct kr_vfs_operations {
    uint32_t mode; /* kind and bits, for fstat */
    int64_t (*read)(void *state, void *bytes, size_t length, int flags);
    int64_t (*write)(void *state, const void *bytes, size_t length, int flags);
    int (*ready)(void *state); /* as kr_vfs_ready */
    int (*ioctl)(void *state, unsigned request, void *argument);
    void (*close)(void *state); /* the last descriptor is gone, and no watch is on */

    /* Where the list of the watches on it begins, NULL at first. Who changes
     * (state) calls kr_vfs_changed with it. NULL: it is always ready. */
    struct kr_vfs_watch **(*watches)(void *state);
    uint64_t look; /* for (look) of a watch: it does not tell; nanoseconds */
};

/* Tells all watches of the list that begins with (first), which MAY be NULL,
 * that the file is (ready). None is told where that is 0. */
void kr_vfs_changed(struct kr_vfs_watch *first, int ready);

/* The lowest free descriptor for (state), with (flags) of openat; or
 * -KR_EMFILE, -KR_ENOMEM: (state) then stays the caller's. */
int kr_vfs_install(const struct kr_vfs_operations *operations, void *state, int flags);

/* The state behind a descriptor that was installed with (operations), else
 * NULL. */
void *kr_vfs_state(int file, const struct kr_vfs_operations *operations);

#endif
