/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Descriptors 0, 1 and 2: the console, a terminal of unknown size, whose input
 * may be a stream, too: then 0 is like a pipe. It has no interrupt of its own,
 * so who waits looks now and then.
 */
#include <kraft/clock.h>
#include <kraft/console.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#include "core.h"

#define TICK (KR_CLOCK_SECOND / 100)
#define WINDOW_SIZE 0x5413u /* TIOCGWINSZ */
#define IN 1  /* POLLIN */
#define OUT 4 /* POLLOUT */

static struct {
    struct kr_vfs_watch *watches;
    char byte; /* taken to see whether there is one, and not read yet */
    bool ahead;
    uint64_t heard; /* when something came last, nanoseconds */
} stream;

/* Takes what has been typed, at once. */
static size_t typed(char *bytes, size_t length)
{
    size_t count = 0;

    if (stream.ahead && length > 0) {
        stream.ahead = false;
        bytes[count++] = stream.byte;
    }
    for (size_t i = 0; i < kr_console_driver_count && count < length; i++)
        if (kr_console_drivers[i]->read != NULL)
            count += kr_console_drivers[i]->read(bytes + count, length - count);
    if (count > 0)
        stream.heard = kr_clock_monotonic();
    return count;
}

static int64_t stream_read(void *state, void *bytes, size_t length, int flags)
{
    struct kr_sched_queue nobody = {0};

    (void)state;
    for (;;) {
        size_t count = typed(bytes, length);

        if (count > 0 || length == 0 || kr_console_input_is(KR_CONSOLE_ENDED))
            return (int64_t)count;
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return -KR_EAGAIN;
        uint64_t now = kr_clock_monotonic();
        if (kr_sched_wait_interruptible(&nobody, now + kr_console_patience(now - stream.heard)) == -KR_EINTR)
            return -KR_EINTR;
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
    if (!stream.ahead)
        stream.ahead = typed(&stream.byte, 1) == 1;
    return stream.ahead || kr_console_input_is(KR_CONSOLE_ENDED) ? IN | OUT : OUT;
}

static struct kr_vfs_watch **stream_watches(void *state)
{
    (void)state;
    return &stream.watches;
}

static int stream_ioctl(void *state, unsigned request, void *argument)
{
    (void)state;
    if (request != WINDOW_SIZE)
        return -KR_ENOTTY;
    memset(argument, 0, 8); /* struct winsize: unknown */
    return 0;
}

static const struct kr_vfs_operations terminal = {
    .mode = KR_VFS_CHARACTERS | 0620,
    .read = stream_read,
    .write = stream_write,
    .ready = stream_ready,
    .ioctl = stream_ioctl,
    .watches = stream_watches,
    .look = TICK,
};

static const struct kr_vfs_operations pipe = {
    .mode = KR_VFS_PIPE | 0600,
    .read = stream_read,
    .ready = stream_ready,
    .watches = stream_watches,
    .look = TICK,
};

int vfs_core_open_streams(void)
{
    int input = kr_console_input_is(KR_CONSOLE_STREAM)
                    ? kr_vfs_install(&pipe, NULL, KR_VFS_READ)
                    : kr_vfs_install(&terminal, NULL, KR_VFS_READ_WRITE);
    int output = input < 0 ? input : kr_vfs_install(&terminal, NULL, KR_VFS_READ_WRITE);
    int error = output < 0 ? output : kr_vfs_dup(output);

    return error < 0 ? error : 0;
}

int vfs_core_start(void);
int vfs_core_start(void)
{
    int error = vfs_core_mount_all();

    if (error == 0)
        error = vfs_core_mount_volumes();
    return error < 0 ? error : vfs_core_open_streams();
}
