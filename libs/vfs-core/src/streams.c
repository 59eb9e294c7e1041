/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Descriptors 0, 1 and 2: the console, which is a terminal of unknown size.
 * It has no interrupt of its own, so a read that waits looks every TICK.
 */
#include <kraft/clock.h>
#include <kraft/console.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#include "core.h"

#define TICK (KR_CLOCK_SECOND / 100)
#define WINDOW_SIZE 0x5413u /* TIOCGWINSZ */
#define OUT 4 /* POLLOUT: what has been typed is not known before it is read */

static int64_t stream_read(void *state, void *bytes, size_t length, int flags)
{
    (void)state;
    for (;;) {
        for (size_t i = 0; i < kr_console_driver_count && length > 0; i++) {
            const struct kr_console_driver *console = kr_console_drivers[i];
            size_t count = console->read == NULL ? 0 : console->read(bytes, length);

            if (count > 0)
                return (int64_t)count;
        }
        if (length == 0)
            return 0;
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return -KR_EAGAIN;
        kr_sched_sleep(kr_clock_monotonic() + TICK);
    }
}

static int64_t stream_write(void *state, const void *bytes, size_t length, int flags)
{
    (void)state, (void)flags;
    for (size_t i = 0; i < kr_console_driver_count; i++)
        kr_console_drivers[i]->write(bytes, length);
    return (int64_t)length;
}

static int stream_ready(void *state)
{
    (void)state;
    return OUT;
}

static int stream_ioctl(void *state, unsigned request, void *argument)
{
    (void)state;
    if (request != WINDOW_SIZE)
        return -KR_ENOTTY;
    memset(argument, 0, 8); /* struct winsize: unknown */
    return 0;
}

static const struct kr_vfs_operations stream = {
    .mode = KR_VFS_CHARACTERS | 0620,
    .read = stream_read,
    .write = stream_write,
    .ready = stream_ready,
    .ioctl = stream_ioctl,
};

int vfs_core_open_streams(void)
{
    int file = kr_vfs_install(&stream, NULL, KR_VFS_READ_WRITE);

    for (int other = 1; file >= 0 && other < 3; other++)
        file = kr_vfs_dup(0);
    return file < 0 ? file : 0;
}

int vfs_core_start(void);
int vfs_core_start(void)
{
    int error = vfs_core_mount_all();

    return error < 0 ? error : vfs_core_open_streams();
}
