/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * signalfd (man 2 signalfd): signals that are blocked, as records to be read.
 * As on Linux, a reader takes those that wait for itself or for the process.
 */
#include <kraft/alloc.h>
#include <kraft/sched.h>
#include <kraft/signals.h>
#include <kraft/string.h>

#include "waiting.h"

/* struct signalfd_siginfo. */
struct record {
    uint32_t signal;
    int32_t error, code;
    uint32_t process, user;
    int32_t file;
    uint32_t timer, band, overrun, trap;
    int32_t status, number;
    uint64_t pointer;
    uint8_t rest[72];
};
_Static_assert(sizeof(struct record) == 128, "as Linux has it");

struct listener {
    struct kr_signals_watch watch; /* its set is what the file is for */
    struct kr_vfs_watch *watches;
    struct kr_sched_queue waiters;
};

static void raised(struct kr_signals_watch *watch)
{
    struct listener *listener = (struct listener *)watch; /* its first member */

    kr_sched_wake_all_isr(&listener->waiters);
    kr_vfs_changed(listener->watches, IN);
}

static struct record record_of(const struct kr_signals_information *taken)
{
    bool timer = taken->code == KR_SIGNALS_TIMER;

    return (struct record){
        .signal = (uint32_t)taken->signal,
        .code = taken->code,
        .process = timer ? 0 : (uint32_t)taken->sender,
        .user = timer ? 0 : (uint32_t)taken->user,
        .timer = timer ? (uint32_t)taken->sender : 0,
        .overrun = timer ? (uint32_t)taken->user : 0,
        .number = (int32_t)taken->value,
        .pointer = taken->value,
    };
}

static int64_t signal_read(void *state, void *bytes, size_t length, int flags)
{
    struct listener *listener = state;
    struct kr_signals_information taken;
    size_t done = 0;

    if (length < sizeof(struct record))
        return -KR_EINVAL;
    for (;;) {
        while (length - done >= sizeof(struct record) && kr_signals_take(listener->watch.set, &taken)) {
            const struct record record = record_of(&taken);

            memcpy((char *)bytes + done, &record, sizeof(record));
            done += sizeof(record);
        }
        if (done > 0)
            return (int64_t)done;
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return -KR_EAGAIN;
        if (kr_sched_wait_interruptible(&listener->waiters, KR_CLOCK_NEVER) < 0)
            return -KR_EINTR;
    }
}

static int signal_ready(void *state)
{
    const struct listener *listener = state;

    return (kr_signals_waiting() & listener->watch.set) != 0 ? IN : 0;
}

static struct kr_vfs_watch **signal_watches(void *state)
{
    return &((struct listener *)state)->watches;
}

static void signal_close(void *state)
{
    struct listener *listener = state;

    kr_signals_unwatch(&listener->watch);
    kr_alloc_free(listener);
}

static const struct kr_vfs_operations operations = {
    .mode = 0600,
    .read = signal_read,
    .ready = signal_ready,
    .close = signal_close,
    .watches = signal_watches,
};

long kr_syscall_signalfd(int file, const uint64_t *set, size_t set_size, int flags)
{
    const uint64_t always = UINT64_C(1) << 8 | UINT64_C(1) << 18; /* SIGKILL, SIGSTOP */

    if (set_size != sizeof(*set) || (flags & ~(KR_VFS_NON_BLOCKING | KR_VFS_CLOSE_ON_EXEC)) != 0)
        return -KR_EINVAL;
    if (file != -1) {
        struct listener *there = kr_vfs_state(file, &operations);

        if (there == NULL)
            return kr_vfs_description(file) == NULL ? -KR_EBADF : -KR_EINVAL;
        there->watch.set = *set & ~always;
        if ((kr_signals_waiting() & there->watch.set) != 0)
            raised(&there->watch);
        return file;
    }
    struct listener *listener = kr_alloc_allocate(sizeof(*listener));
    if (listener == NULL)
        return -KR_ENOMEM;
    *listener = (struct listener){.watch = {.set = *set & ~always, .raised = raised}};
    file = kr_vfs_install(&operations, listener, flags | KR_VFS_READ_WRITE);
    if (file < 0) {
        kr_alloc_free(listener);
        return file;
    }
    kr_signals_watch(&listener->watch);
    return file;
}
