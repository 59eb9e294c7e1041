/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No threads but main. So a queue has at most one waiter, main, and whether
 * it waits is all that a queue tells: (first) is main or NULL. Only an
 * interrupt handler can wake it, and between handlers the CPU halts.
 */
#include <kraft/boot.h>
#include <kraft/clock.h>
#include <kraft/irq.h>
#include <kraft/sched.h>

struct kr_sched_thread {
    const char *name;
};

static struct kr_sched_thread main_thread = {"main"};

int kr_sched_run(int (*body)(int, char **), int argc, char **argv)
{
    return body(argc, argv);
}

int kr_sched_spawn(struct kr_sched_thread **thread, void *(*entry)(void *), void *argument,
                   const struct kr_sched_attributes *attributes)
{
    (void)thread;
    (void)entry;
    (void)argument;
    (void)attributes;
    return -KR_ENOSYS;
}

int kr_sched_join(struct kr_sched_thread *thread, void **result)
{
    (void)thread;
    (void)result;
    return -KR_EINVAL; /* there is only oneself */
}

void kr_sched_detach(struct kr_sched_thread *thread)
{
    (void)thread;
}

void kr_sched_exit(void *result)
{
    (void)result;
    kr_boot_exit(0);
}

struct kr_sched_thread *kr_sched_self(void)
{
    return &main_thread;
}

const char *kr_sched_name(const struct kr_sched_thread *thread)
{
    return thread->name;
}

void kr_sched_keep_pointer(void *pointer)
{
    (void)pointer; /* nobody changes it */
}

void *kr_sched_local(void)
{
    return NULL;
}

void kr_sched_yield(void)
{
}

int kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline)
{
    bool enabled = kr_irq_disable();
    int result = 0;

    queue->first = &main_thread;
    if (deadline != KR_CLOCK_NEVER)
        kr_clock_alarm(deadline, NULL);
    /* Handlers run within kr_irq_wait only; a call, so (first) is reread. */
    while (queue->first != NULL) {
        if (deadline != KR_CLOCK_NEVER && kr_clock_monotonic() >= deadline) {
            queue->first = NULL;
            result = -KR_ETIMEDOUT;
        } else {
            kr_irq_wait();
        }
    }
    if (deadline != KR_CLOCK_NEVER)
        kr_clock_alarm(KR_CLOCK_NEVER, NULL);
    kr_irq_restore(enabled);
    return result;
}

/* Nobody but main calls, so an interruption never finds it waiting. */
static bool interrupted;

int kr_sched_wait_interruptible(struct kr_sched_queue *queue, uint64_t deadline)
{
    if (!interrupted)
        return kr_sched_wait(queue, deadline);
    interrupted = false;
    return -KR_EINTR;
}

void kr_sched_interrupt(struct kr_sched_thread *thread)
{
    (void)thread;
    interrupted = true;
}

void kr_sched_on_interruption(void (*deliver)(void))
{
    (void)deliver;
}

void kr_sched_uninterrupt(void)
{
    interrupted = false;
}

void kr_sched_sleep(uint64_t deadline)
{
    struct kr_sched_queue nobody = {0};

    kr_sched_wait(&nobody, deadline);
}

unsigned kr_sched_wake_one_isr(struct kr_sched_queue *queue)
{
    unsigned count = queue->first != NULL;

    queue->first = NULL;
    return count;
}

unsigned kr_sched_wake_all_isr(struct kr_sched_queue *queue)
{
    return kr_sched_wake_one_isr(queue);
}
