/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Descriptors 0, 1 and 2, each the console whatever it was opened for; they
 * stay open, since there is nothing to open in their place. A console has no
 * interrupt of its own, so a read that waits looks now and then.
 */
#include <kraft/clock.h>
#include <kraft/console.h>
#include <kraft/file-limits.h>
#include <kraft/print.h>
#include <kraft/sched.h>
#include <kraft/syscall-files.h>

#define OPEN 3 /* descriptors */

#define GET_DESCRIPTOR_FLAGS 1 /* F_GETFD */
#define SET_DESCRIPTOR_FLAGS 2
#define GET_FLAGS 3 /* F_GETFL */
#define SET_FLAGS 4
#define READ_AND_WRITE 2      /* O_RDWR */
#define WINDOW_SIZE 0x5413u   /* TIOCGWINSZ */
#define TERMINAL 0020620u     /* S_IFCHR and its rights */
#define TERMINAL_NUMBER 0x501 /* device 5, 1: /dev/console */

static bool is_open(int file)
{
    return file >= 0 && file < OPEN;
}

long kr_syscall_read(int file, void *bytes, size_t length)
{
    struct kr_sched_queue nobody = {0};

    if (!is_open(file))
        return -KR_EBADF;
    if (length == 0)
        return 0;
    for (uint64_t began = kr_clock_monotonic();;) {
        for (size_t i = 0; i < kr_console_driver_count; i++) {
            const struct kr_console_driver *console = kr_console_drivers[i];
            size_t count = console->read == NULL ? 0 : console->read(bytes, length);

            if (count > 0)
                return (long)count;
        }
        if (kr_console_input_is(KR_CONSOLE_ENDED))
            return 0;
        uint64_t now = kr_clock_monotonic();
        if (kr_sched_wait_interruptible(&nobody, now + kr_console_patience(now - began)) == -KR_EINTR)
            return -KR_EINTR;
    }
}

long kr_syscall_write(int file, const void *bytes, size_t length)
{
    if (!is_open(file))
        return -KR_EBADF;
    kr_print_write(bytes, length);
    return (long)length;
}

long kr_syscall_readv(int file, const struct kr_syscall_part *parts, int count)
{
    if (!is_open(file))
        return -KR_EBADF;
    for (int i = 0; i < count; i++)
        if (parts[i].length > 0)
            return kr_syscall_read(file, parts[i].bytes, parts[i].length);
    return 0;
}

long kr_syscall_writev(int file, const struct kr_syscall_part *parts, int count)
{
    long written = 0;

    if (!is_open(file))
        return -KR_EBADF;
    for (int i = 0; i < count; i++)
        written += kr_syscall_write(file, parts[i].bytes, parts[i].length);
    return written;
}

/* A console has no positions. */
static long without_position(int file)
{
    return is_open(file) ? -KR_ESPIPE : -KR_EBADF;
}

long kr_syscall_pread(int file, void *bytes, size_t length, int64_t offset)
{
    (void)bytes, (void)length, (void)offset;
    return without_position(file);
}

long kr_syscall_pwrite(int file, const void *bytes, size_t length, int64_t offset)
{
    (void)bytes, (void)length, (void)offset;
    return without_position(file);
}

long kr_syscall_lseek(int file, int64_t offset, int from)
{
    (void)offset, (void)from;
    return without_position(file);
}

/* What is not for a console. */
static long unfit(int file)
{
    return is_open(file) ? -KR_EINVAL : -KR_EBADF;
}

long kr_syscall_fsync(int file)
{
    return unfit(file);
}

long kr_syscall_fallocate(int file, int mode, int64_t offset, int64_t length)
{
    (void)mode, (void)offset, (void)length;
    return without_position(file);
}

long kr_syscall_sync(void)
{
    return 0;
}

long kr_syscall_fadvise(int file, int64_t offset, int64_t length, int advice)
{
    (void)offset, (void)length, (void)advice;
    return without_position(file);
}

/* There are three descriptors and no file. */
void kr_file_limits_set(unsigned which, uint64_t value)
{
    (void)which, (void)value;
}

long kr_syscall_ftruncate(int file, int64_t size)
{
    (void)size;
    return unfit(file);
}

long kr_syscall_getdents(int file, void *entries, size_t size)
{
    (void)entries, (void)size;
    return unfit(file);
}

long kr_syscall_close(int file)
{
    return is_open(file) ? 0 : -KR_EBADF;
}

long kr_syscall_dup(int file)
{
    return is_open(file) ? -KR_ENFILE : -KR_EBADF;
}

long kr_syscall_dup3(int file, int other, int flags)
{
    (void)flags;
    if (!is_open(file))
        return -KR_EBADF;
    return is_open(other) ? other : -KR_ENFILE;
}

long kr_syscall_fcntl(int file, int command, uintptr_t argument)
{
    (void)argument;
    if (!is_open(file))
        return -KR_EBADF;
    switch (command) {
    case GET_DESCRIPTOR_FLAGS:
    case SET_DESCRIPTOR_FLAGS:
    case SET_FLAGS:
        return 0;
    case GET_FLAGS:
        return READ_AND_WRITE;
    default:
        return -KR_EINVAL;
    }
}

long kr_syscall_ioctl(int file, unsigned request, void *argument)
{
    uint16_t *window = argument; /* struct winsize: rows, columns, and both in dots */

    if (!is_open(file))
        return -KR_EBADF;
    if (request != WINDOW_SIZE || (file == 0 && kr_console_input_is(KR_CONSOLE_STREAM)))
        return -KR_ENOTTY;
    window[0] = 24;
    window[1] = 80;
    window[2] = 0;
    window[3] = 0;
    return 0;
}

long kr_syscall_fstatat(int at, const char *path, struct kr_syscall_stat *stat, int flags)
{
    if (*path != '\0')
        return -KR_ENOENT;
    if ((flags & KR_SYSCALL_EMPTY_PATH) == 0)
        return -KR_ENOENT;
    if (!is_open(at))
        return -KR_EBADF;
    *stat = (struct kr_syscall_stat){
        .inode = 1,
        .links = 1,
        .mode = TERMINAL,
        .special = TERMINAL_NUMBER,
        .block_size = 1024,
    };
    return 0;
}

long kr_syscall_preadv(int file, const struct kr_syscall_part *parts, int count, int64_t offset)
{
    (void)parts, (void)count, (void)offset;
    return without_position(file);
}

long kr_syscall_pwritev(int file, const struct kr_syscall_part *parts, int count, int64_t offset)
{
    (void)parts, (void)count, (void)offset;
    return without_position(file);
}

long kr_syscall_flock(int file, int operation)
{
    (void)operation;
    return unfit(file);
}

long kr_syscall_fchdir(int file)
{
    return is_open(file) ? -KR_ENOTDIR : -KR_EBADF;
}

long kr_syscall_fstatfs(int file, void *figures)
{
    (void)figures;
    return is_open(file) ? -KR_ENOSYS : -KR_EBADF;
}

/* Of the console itself, or of a path, which leads nowhere. */
static long unchangeable(int file, const char *path)
{
    if (path != NULL && *path != '\0')
        return -KR_ENOENT;
    return is_open(file) ? -KR_EPERM : -KR_EBADF;
}

long kr_syscall_fchmodat(int at, const char *path, unsigned mode, int flags)
{
    (void)mode, (void)flags;
    return unchangeable(at, path);
}

long kr_syscall_fchownat(int at, const char *path, uint32_t user, uint32_t group, int flags)
{
    (void)user, (void)group, (void)flags;
    return unchangeable(at, path);
}

long kr_syscall_utimensat(int at, const char *path, const int64_t times[4], int flags)
{
    (void)times, (void)flags;
    return unchangeable(at, path);
}
