/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Futexes (futex(2)): threads that wait for a word, in a table by its address,
 * oldest first. A waiter lies on its own thread's stack, with a queue of the
 * scheduler's to itself, so that others can wake the one they mean. No other
 * thread runs between a look at the word and the wait.
 */
#include "threads.h"

#include <kraft/clock.h>
#include <kraft/sched.h>

#define BUCKETS 64u

#define WAIT 0
#define WAKE 1
#define REQUEUE 3
#define CMP_REQUEUE 4
#define WAKE_OP 5
#define WAIT_BITSET 9
#define WAKE_BITSET 10
#define REALTIME 0x100   /* FUTEX_CLOCK_REALTIME */
#define OPERATION 0x7f   /* without that and FUTEX_PRIVATE_FLAG */
#define ANY UINT32_MAX

struct waiter {
    struct waiter *next, *previous; /* in its bucket */
    const int *word;
    uint32_t bits;
    bool woken;
    struct kr_sched_queue queue;
};

static struct bucket {
    struct waiter *first, *last;
} buckets[BUCKETS];

static bool aligned(const int *word)
{
    return (uintptr_t)word % sizeof(*word) == 0;
}

static struct bucket *bucket_of(const int *word)
{
    uintptr_t address = (uintptr_t)word;

    return &buckets[(address >> 2 ^ address >> 8 ^ address >> 14) % BUCKETS];
}

static void append(struct waiter *waiter, const int *word)
{
    struct bucket *bucket = bucket_of(word);

    waiter->word = word;
    waiter->next = NULL;
    waiter->previous = bucket->last;
    if (bucket->last != NULL)
        bucket->last->next = waiter;
    else
        bucket->first = waiter;
    bucket->last = waiter;
}

static void unlink(struct waiter *waiter)
{
    struct bucket *bucket = bucket_of(waiter->word);

    if (waiter->previous != NULL)
        waiter->previous->next = waiter->next;
    else
        bucket->first = waiter->next;
    if (waiter->next != NULL)
        waiter->next->previous = waiter->previous;
    else
        bucket->last = waiter->previous;
}

static __attribute__((__noinline__)) int wake_some(struct waiter *first, const int *word, int most, uint32_t bits)
{
    int count = 0;

    for (struct waiter *one = first, *next; one != NULL; one = next) {
        next = one->next;
        if (one->word != word || (one->bits & bits) == 0)
            continue;
        if (kr_sched_wake_one_isr(&one->queue) == 0) /* its wait is over, but it has not run yet */
            continue;
        one->woken = true;
        unlink(one);
        if (++count >= most) /* 0 is one, as on Linux */
            break;
    }
    return count;
}

int futex_wake(const int *word, int most, uint32_t bits)
{
    struct waiter *first = bucket_of(word)->first;

    return first == NULL ? 0 : wake_some(first, word, most, bits);
}

/* Those that still wait for (word) wait for (other) from now on. */
static int move(const int *word, const int *other, int most)
{
    int count = 0;

    for (struct waiter *one = bucket_of(word)->first, *next; one != NULL && count < most; one = next) {
        next = one->next;
        if (one->word != word || one->queue.first == NULL)
            continue;
        count++;
        if (word == other)
            continue;
        unlink(one);
        append(one, other);
    }
    return count;
}

static bool holds(const int *word, int value)
{
    return *(const volatile int *)word == value;
}

static __attribute__((__noinline__)) long wait_for_wake(const int *word, uint32_t bits, uint64_t deadline)
{
    struct waiter self = {.bits = bits};

    append(&self, word);
    int error = kr_sched_wait_interruptible(&self.queue, deadline);
    if (self.woken)
        return 0;
    unlink(&self);
    return error;
}

/*
 * Before it waits, others have their turn: they may change the word, which then
 * needs no waiter and no wake. That is what spinning is on more than one CPU.
 * To others, this thread has not looked at the word before.
 */
static long wait(const int *word, int value, uint32_t bits, uint64_t deadline)
{
    if (bits == 0)
        return -KR_EINVAL;
    if (!holds(word, value))
        return -KR_EAGAIN;
    kr_sched_yield();
    return holds(word, value) ? wait_for_wake(word, bits, deadline) : -KR_EAGAIN;
}

static bool valid(const struct kr_syscall_time *time)
{
    return time == NULL || (time->seconds >= 0 && time->nanoseconds >= 0 &&
                            time->nanoseconds < (int64_t)KR_CLOCK_SECOND);
}

/* The monotonic time at which a wait of (time) ends, which by (wall) counts
 * from an epoch, else from (now). */
static uint64_t deadline_of(const struct kr_syscall_time *time, bool absolute, bool wall)
{
    if (time == NULL || (uint64_t)time->seconds >= KR_CLOCK_NEVER / KR_CLOCK_SECOND / 2)
        return KR_CLOCK_NEVER;
    uint64_t length = (uint64_t)time->seconds * KR_CLOCK_SECOND + (uint64_t)time->nanoseconds;
    if (absolute && !wall)
        return length;
    uint64_t now = kr_clock_monotonic();
    if (!absolute)
        return now + length;
    uint64_t there = kr_clock_wall();
    return length > there ? now + (length - there) : now;
}

/* FUTEX_WAKE_OP: changes (other) as (how) says, wakes, and wakes more if what
 * it was compares as (how) says. */
static long wake_and_change(int *word, int most, int *other, int most_other, uint32_t how)
{
    int argument = (int)(how << 8) >> 20;
    int compared = (int)(how << 20) >> 20;

    if (!aligned(other))
        return -KR_EINVAL;
    int old = *other;

    if ((how >> 28 & 8) != 0)
        argument = 1 << (argument & 31);
    switch (how >> 28 & 7) {
    case 0:
        *other = argument;
        break;
    case 1:
        *other = old + argument;
        break;
    case 2:
        *other = old | argument;
        break;
    case 3:
        *other = old & ~argument;
        break;
    case 4:
        *other = old ^ argument;
        break;
    default:
        return -KR_ENOSYS;
    }
    const bool outcomes[] = {
        old == compared, old != compared, old < compared,
        old <= compared, old > compared,  old >= compared,
    };
    uint32_t which = how >> 24 & 15;
    if (which >= sizeof(outcomes))
        return -KR_ENOSYS;
    int count = futex_wake(word, most, ANY);
    return outcomes[which] ? count + futex_wake(other, most_other, ANY) : count;
}

static long wake_and_move(int *word, int most, int *other, int most_moved)
{
    if (most < 0 || most_moved < 0 || !aligned(other))
        return -KR_EINVAL;
    int count = most == 0 ? 0 : futex_wake(word, most, ANY);
    return count + move(word, other, most_moved);
}

/* What is not done by kr_syscall_futex at once. */
static __attribute__((__noinline__)) long do_other(int *word, int operation, int value,
                                                   const struct kr_syscall_time *time, int *other, int value3)
{
    bool wall = (operation & REALTIME) != 0;
    int number = (int)(uintptr_t)time;

    if (wall && (operation & OPERATION) != WAIT_BITSET)
        return -KR_ENOSYS;
    if (!aligned(word))
        return -KR_EINVAL;
    switch (operation & OPERATION) {
    case WAIT:
        return valid(time) ? wait(word, value, ANY, deadline_of(time, false, false)) : -KR_EINVAL;
    case WAIT_BITSET:
        return valid(time) ? wait(word, value, (uint32_t)value3, deadline_of(time, true, wall)) : -KR_EINVAL;
    case WAKE:
        return futex_wake(word, value, ANY);
    case WAKE_BITSET:
        return value3 == 0 ? -KR_EINVAL : futex_wake(word, value, (uint32_t)value3);
    case CMP_REQUEUE:
        if (value >= 0 && number >= 0 && *(volatile int *)word != value3)
            return -KR_EAGAIN;
        return wake_and_move(word, value, other, number);
    case REQUEUE:
        return wake_and_move(word, value, other, number);
    case WAKE_OP:
        return wake_and_change(word, value, other, number, (uint32_t)value3);
    default:
        return -KR_ENOSYS;
    }
}

long kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time,
                      int *other, int value3)
{
    int which = operation & (OPERATION | REALTIME);

    if (which == WAKE && aligned(word))
        return futex_wake(word, value, ANY);
    if (which == WAIT && time == NULL && aligned(word))
        return wait(word, value, ANY, KR_CLOCK_NEVER);
    return do_other(word, operation, value, time, other, value3);
}
