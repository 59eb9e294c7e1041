/* SPDX-License-Identifier: BSD-3-Clause */
/* Threads that are cancelled: in each call that waits, before one, and not where they may not be. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static int pipes[2], full[2], pair[2], set;
static sem_t semaphore, begun;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t sleeper;
static pthread_key_t key;
static const struct timespec long_time = {1000, 0};

static void note(void *what)
{
    printf(" %s", (const char *)what);
}

static void call_read(void)
{
    char byte;
    read(pipes[0], &byte, 1);
}

static void call_readv(void)
{
    char byte;
    struct iovec part = {&byte, 1};
    readv(pipes[0], &part, 1);
}

static void call_write(void)
{
    static char bytes[100000];
    write(full[1], bytes, sizeof(bytes));
}

static void call_poll(void)
{
    struct pollfd item = {.fd = pipes[0], .events = POLLIN};
    poll(&item, 1, -1);
}

static void call_select(void)
{
    fd_set in;
    FD_ZERO(&in);
    FD_SET(pipes[0], &in);
    select(pipes[0] + 1, &in, NULL, NULL, NULL);
}

static void call_epoll(void)
{
    struct epoll_event event;
    epoll_wait(set, &event, 1, -1);
}

static void call_recv(void)
{
    char byte;
    recv(pair[0], &byte, 1, 0);
}

static void call_nanosleep(void)
{
    nanosleep(&long_time, NULL);
}

static void call_sem_wait(void)
{
    sem_wait(&semaphore);
}

static void call_sem_timedwait(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1000;
    sem_timedwait(&semaphore, &until);
}

static void call_join(void)
{
    pthread_join(sleeper, NULL);
}

static void call_pause(void)
{
    pause();
}

static void call_sigsuspend(void)
{
    sigset_t none;
    sigemptyset(&none);
    sigsuspend(&none);
}

static void call_sigwait(void)
{
    sigset_t one;
    int got;
    sigemptyset(&one);
    sigaddset(&one, SIGUSR2);
    sigwait(&one, &got);
}

static void unlock(void *mutex)
{
    printf(" unlock %d", pthread_mutex_unlock(mutex));
}

static void call_cond_wait(void)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(unlock, &lock);
    for (;;)
        pthread_cond_wait(&changed, &lock);
    pthread_cleanup_pop(0);
}

static void call_cond_timedwait(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1000;
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(unlock, &lock);
    for (;;)
        pthread_cond_timedwait(&changed, &lock, &until);
    pthread_cleanup_pop(0);
}

static const struct call {
    const char *name;
    void (*make)(void);
} calls[] = {
    {"read", call_read}, {"readv", call_readv}, {"write", call_write}, {"poll", call_poll},
    {"select", call_select}, {"epoll_wait", call_epoll}, {"recv", call_recv},
    {"nanosleep", call_nanosleep}, {"sem_wait", call_sem_wait},
    {"sem_timedwait", call_sem_timedwait}, {"pthread_join", call_join}, {"pause", call_pause},
    {"sigsuspend", call_sigsuspend}, {"sigwait", call_sigwait}, {"pthread_cond_wait", call_cond_wait},
    {"pthread_cond_timedwait", call_cond_timedwait},
};

static void destroy(void *value)
{
    printf(" destroyed %s", (const char *)value);
}

static void *make_call(void *argument)
{
    const struct call *call = argument;

    pthread_setspecific(key, call->name);
    pthread_cleanup_push(note, "outer");
    pthread_cleanup_push(note, "inner");
    sem_post(&begun);
    call->make();
    printf(" %s returned", call->name);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return NULL;
}

/* Cancels a thread that does (entry), once it has begun and, if (waits), had time to wait; then does (after). */
static void cancel_then(const char *name, void *(*entry)(void *), void *argument, int waits, void (*after)(void))
{
    pthread_t thread;
    void *result = NULL;

    printf("%s:", name);
    pthread_create(&thread, NULL, entry, argument);
    sem_wait(&begun);
    if (waits)
        usleep(15000);
    int error = pthread_cancel(thread);
    after();
    int joined = pthread_join(thread, &result);
    printf(" %d %d %s\n", error, joined, result == PTHREAD_CANCELED ? "cancelled" : "went on");
}

static void nothing(void)
{
}

static void cancel(const char *name, void *(*entry)(void *), void *argument, int waits)
{
    cancel_then(name, entry, argument, waits, nothing);
}

static void *sleep_long(void *unused)
{
    nanosleep(&long_time, NULL);
    return unused;
}

static void blocking_calls(void)
{
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        for (int waits = 0; waits < 2; waits++)
            cancel(calls[i].name, make_call, (void *)&calls[i], waits);
    printf("lock is free: %d\n", pthread_mutex_trylock(&lock));
    pthread_mutex_unlock(&lock);
}

static void *disable(void *unused)
{
    struct timespec time = {0, 1000000};
    int old;
    int bad = pthread_setcancelstate(7, &old);

    printf(" bad %d", bad == EINVAL);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
    printf(" old %d", old == PTHREAD_CANCEL_ENABLE);
    sem_post(&begun);
    printf(" waited %d", sem_wait(&semaphore));
    printf(" slept %d", nanosleep(&time, NULL));
    pthread_testcancel();
    printf(" still here");
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
    printf(" old %d", old == PTHREAD_CANCEL_DISABLE);
    pthread_testcancel();
    printf(" not here");
    return unused;
}

static void *lock_and_test(void *unused)
{
    sem_post(&begun);
    pthread_mutex_lock(&lock);
    printf(" locked");
    pthread_mutex_unlock(&lock);
    pthread_testcancel();
    return unused;
}

static void let_go(void)
{
    usleep(1000);
    sem_post(&semaphore);
}

static void unlock_lock(void)
{
    usleep(1000);
    pthread_mutex_unlock(&lock);
}

static void *be_asynchronous(void *unused)
{
    int old;
    int bad = pthread_setcanceltype(9, &old);

    printf(" bad %d", bad == EINVAL);
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
    printf(" old %d", old == PTHREAD_CANCEL_DEFERRED);
    pthread_cleanup_push(note, "cleaned");
    sem_post(&begun);
    for (;;)
        nanosleep(&long_time, NULL);
    pthread_cleanup_pop(0);
    return unused;
}

static void *cancel_itself(void *unused)
{
    sem_post(&begun);
    pthread_cancel(pthread_self());
    printf(" deferred");
    pthread_testcancel();
    return unused;
}

static void *exit_within(void *unused)
{
    pthread_cleanup_push(note, "pushed");
    sem_post(&begun);
    pthread_cleanup_push(note, "popped");
    pthread_cleanup_pop(1);
    pthread_testcancel();
    call_read();
    pthread_cleanup_pop(0);
    return unused;
}

/* Every one of a crowd, in a row, detached or joined. */
static void crowd(void)
{
    pthread_t threads[20];
    int cancelled = 0;

    for (int i = 0; i < 20; i++)
        pthread_create(&threads[i], NULL, sleep_long, NULL);
    usleep(20000);
    for (int i = 19; i >= 0; i--)
        cancelled += pthread_cancel(threads[i * 7 % 20]) == 0;
    for (int i = 0; i < 20; i++) {
        void *result;
        pthread_join(threads[i], &result);
        cancelled += result == PTHREAD_CANCELED;
    }
    printf("crowd %d\n", cancelled);
}

static volatile int handled;

static void on_signal(int signal)
{
    handled = signal == SIGUSR1;
}

/* A signal with a handler is no cancellation. */
static void *wait_twice(void *unused)
{
    char byte;

    sem_post(&begun);
    int got = read(pipes[0], &byte, 1);
    int interrupted = errno == EINTR;
    printf(" %d %d %d", got, interrupted, handled);
    sem_post(&begun);
    read(pipes[0], &byte, 1);
    return unused;
}

static void signalled(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    pthread_t thread;
    void *result;

    sigaction(SIGUSR1, &action, NULL);
    printf("signalled:");
    pthread_create(&thread, NULL, wait_twice, NULL);
    sem_wait(&begun);
    do { /* it may not wait yet */
        pthread_kill(thread, SIGUSR1);
        usleep(15000);
    } while (sem_trywait(&begun) != 0);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    printf(" %d\n", result == PTHREAD_CANCELED);
}

int main(void)
{
    static char bytes[65536];
    struct epoll_event event = {.events = EPOLLIN};

    pipe(pipes);
    pipe(full);
    write(full[1], bytes, sizeof(bytes));
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    set = epoll_create1(0);
    epoll_ctl(set, EPOLL_CTL_ADD, pipes[0], &event);
    sem_init(&semaphore, 0, 0);
    sem_init(&begun, 0, 0);
    pthread_key_create(&key, destroy);
    pthread_create(&sleeper, NULL, sleep_long, NULL);
    blocking_calls();
    cancel_then("disabled", disable, NULL, 1, let_go);
    pthread_mutex_lock(&lock);
    cancel_then("mutex", lock_and_test, NULL, 1, unlock_lock);
    cancel("asynchronous", be_asynchronous, NULL, 1);
    cancel("itself", cancel_itself, NULL, 0);
    cancel("cleanup", exit_within, NULL, 1);
    signalled();
    crowd();
    printf("sleeper %d", pthread_cancel(sleeper));
    printf(" %d\n", pthread_join(sleeper, NULL));
    return 0;
}
