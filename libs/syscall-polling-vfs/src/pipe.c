/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pipes: a ring of bytes between two open files. The ring begins with what a
 * write that may not be divided needs, and doubles while more is to be kept.
 */
#include <kraft/alloc.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#include "waiting.h"

#define MOST 65536u   /* bytes in a pipe */
#define ATOMIC 4096u  /* PIPE_BUF */
#define UNREAD 0x541bu /* FIONREAD */

struct pipe;
struct end {
    struct pipe *pipe;
    struct kr_vfs_watch *watches;
    struct kr_sched_queue waiters;
    bool open;
};

struct pipe {
    struct end reading, writing;
    char *bytes;
    uint32_t size;  /* of the ring, a power of two */
    uint32_t first; /* where the next byte to be read is */
    uint32_t count;
};

static void tell(struct end *end, int ready)
{
    if (end->waiters.first != NULL)
        kr_sched_wake_all_isr(&end->waiters);
    if (end->watches != NULL)
        kr_vfs_changed(end->watches, ready);
}

/* memcpy, of a byte by itself, of none at no cost. */
static inline void copy(char *to, const char *from, size_t length)
{
    if (length == 1)
        *to = *from;
    else if (length > 0)
        memcpy(to, from, length);
}

static bool writable(const struct pipe *pipe)
{
    return MOST - pipe->count >= ATOMIC;
}

static int64_t pipe_read(void *state, void *bytes, size_t length, int flags)
{
    struct pipe *pipe = ((struct end *)state)->pipe;

    if (length == 0)
        return 0;
    while (pipe->count == 0) {
        if (!pipe->writing.open)
            return 0;
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return -KR_EAGAIN;
        if (kr_sched_wait_interruptible(&pipe->reading.waiters, KR_CLOCK_NEVER) < 0)
            return -KR_EINTR;
    }
    bool was_full = !writable(pipe);
    uint32_t done = length < pipe->count ? (uint32_t)length : pipe->count;
    uint32_t straight = pipe->size - pipe->first;
    if (straight > done)
        straight = done;
    copy(bytes, pipe->bytes + pipe->first, straight);
    copy((char *)bytes + straight, pipe->bytes, done - straight);
    pipe->first = (pipe->first + done) & (pipe->size - 1);
    pipe->count -= done;
    if (pipe->writing.waiters.first != NULL || (was_full && writable(pipe)))
        tell(&pipe->writing, OUT);
    return done;
}

/* A larger ring, if there is to be one; without memory it stays as it is. */
static void grow(struct pipe *pipe, size_t wanted)
{
    uint32_t size = pipe->size;

    while (size < MOST && size - pipe->count < wanted)
        size *= 2;
    char *bytes = size == pipe->size ? NULL : kr_alloc_allocate(size);
    if (bytes == NULL)
        return;
    uint32_t straight = pipe->size - pipe->first;
    if (straight > pipe->count)
        straight = pipe->count;
    memcpy(bytes, pipe->bytes + pipe->first, straight);
    memcpy(bytes + straight, pipe->bytes, pipe->count - straight);
    kr_alloc_free(pipe->bytes);
    pipe->bytes = bytes;
    pipe->size = size;
    pipe->first = 0;
}

/* As many bytes as fit now. */
static uint32_t put(struct pipe *pipe, const char *bytes, size_t length)
{
    if (pipe->size - pipe->count < length)
        grow(pipe, length);
    uint32_t room = pipe->size - pipe->count;
    uint32_t done = length < room ? (uint32_t)length : room;
    uint32_t at = (pipe->first + pipe->count) & (pipe->size - 1);
    uint32_t straight = pipe->size - at < done ? pipe->size - at : done;

    if (length <= ATOMIC && done < length)
        return 0;
    copy(pipe->bytes + at, bytes, straight);
    copy(pipe->bytes, bytes + straight, done - straight);
    pipe->count += done;
    return done;
}

static int64_t pipe_write(void *state, const void *bytes, size_t length, int flags)
{
    struct pipe *pipe = ((struct end *)state)->pipe;
    size_t done = 0;

    while (done < length) {
        if (!pipe->reading.open)
            return done > 0 ? (int64_t)done : -KR_EPIPE;
        /* A part of a longer write is not one that must stay whole. */
        uint32_t part = put(pipe, (const char *)bytes + done, length - done);
        if (part > 0) {
            done += part;
            tell(&pipe->reading, IN);
            continue;
        }
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return done > 0 ? (int64_t)done : -KR_EAGAIN;
        if (kr_sched_wait_interruptible(&pipe->writing.waiters, KR_CLOCK_NEVER) < 0)
            return done > 0 ? (int64_t)done : -KR_EINTR;
    }
    return (int64_t)done;
}

static int reading_ready(void *state)
{
    const struct pipe *pipe = ((struct end *)state)->pipe;

    return (pipe->count > 0 ? IN : 0) | (pipe->writing.open ? 0 : HANGUP);
}

static int writing_ready(void *state)
{
    const struct pipe *pipe = ((struct end *)state)->pipe;

    return (writable(pipe) ? OUT : 0) | (pipe->reading.open ? 0 : ERROR);
}

static int pipe_ioctl(void *state, unsigned request, void *argument)
{
    const struct pipe *pipe = ((struct end *)state)->pipe;

    if (request != UNREAD)
        return -KR_ENOTTY;
    *(int *)argument = (int)pipe->count;
    return 0;
}

static struct kr_vfs_watch **pipe_watches(void *state)
{
    return &((struct end *)state)->watches;
}

static void pipe_close(void *state)
{
    struct end *end = state;
    struct pipe *pipe = end->pipe;
    struct end *other = end == &pipe->reading ? &pipe->writing : &pipe->reading;

    end->open = false;
    if (other->open) {
        tell(other, other == &pipe->reading ? HANGUP : ERROR | OUT);
        return;
    }
    kr_alloc_free(pipe->bytes);
    kr_alloc_free(pipe);
}

static const struct kr_vfs_operations reading = {
    .mode = KR_VFS_PIPE | 0600,
    .read = pipe_read,
    .ready = reading_ready,
    .ioctl = pipe_ioctl,
    .close = pipe_close,
    .watches = pipe_watches,
};
static const struct kr_vfs_operations writing = {
    .mode = KR_VFS_PIPE | 0600,
    .write = pipe_write,
    .ready = writing_ready,
    .ioctl = pipe_ioctl,
    .close = pipe_close,
    .watches = pipe_watches,
};

long kr_syscall_pipe(int files[2], int flags)
{
    if ((flags & ~(KR_VFS_NON_BLOCKING | KR_VFS_CLOSE_ON_EXEC)) != 0)
        return -KR_EINVAL;
    struct pipe *pipe = kr_alloc_allocate(sizeof(*pipe));
    char *bytes = kr_alloc_allocate(ATOMIC);
    if (pipe == NULL || bytes == NULL) {
        kr_alloc_free(pipe);
        kr_alloc_free(bytes);
        return -KR_ENOMEM;
    }
    *pipe = (struct pipe){.bytes = bytes, .size = ATOMIC};
    pipe->reading = (struct end){.pipe = pipe, .open = true};
    pipe->writing = (struct end){.pipe = pipe};
    int from = kr_vfs_install(&reading, &pipe->reading, flags | KR_VFS_READ);
    if (from < 0) {
        kr_alloc_free(bytes);
        kr_alloc_free(pipe);
        return from;
    }
    int to = kr_vfs_install(&writing, &pipe->writing, flags | KR_VFS_WRITE);
    if (to < 0) {
        kr_vfs_close(from); /* it frees the pipe, whose other end never opened */
        return to;
    }
    pipe->writing.open = true;
    files[0] = from;
    files[1] = to;
    return 0;
}
