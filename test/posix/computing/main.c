/* SPDX-License-Identifier: BSD-3-Clause */
/* Signals and cancellation of threads that compute, and make no call. */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int ticks;
static volatile double scale = 1;
static pthread_t main_thread;
static volatile int in_main;

static void tick(int signal)
{
    double mine = 1;

    for (int i = 0; i < 100; i++) /* other values in the same registers */
        mine = mine * 1.5 + scale;
    ticks += mine > 1;
    in_main += pthread_equal(pthread_self(), main_thread);
}

static void handle(int signal, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

    sigaction(signal, &action, NULL);
}

/* A sum whose value any lost register would change. */
static double compute(void)
{
    double sum = 0, part = 1;

    for (int i = 0; i < 1000; i++) {
        part = part * 0.99 + scale;
        sum += part;
    }
    return sum;
}

static void timer(void)
{
    struct itimerval often = {{0, 5000}, {0, 5000}}, never = {{0, 0}, {0, 0}};
    double right = compute();
    int wrong = 0;

    handle(SIGALRM, tick, 0);
    setitimer(ITIMER_REAL, &often, NULL);
    while (ticks < 20)
        wrong += compute() != right;
    setitimer(ITIMER_REAL, &never, NULL);
    printf("timer %d %d\n", wrong, in_main == ticks);
}

static sigjmp_buf back;

static void jump(int signal)
{
    siglongjmp(back, signal);
}

static void jumps(void)
{
    int count = 0;

    handle(SIGALRM, jump, 0);
    for (int i = 0; i < 3; i++) {
        struct itimerval once = {{0, 0}, {0, 10000}};
        if (sigsetjmp(back, 1) != 0) {
            count++;
            continue;
        }
        setitimer(ITIMER_REAL, &once, NULL);
        for (;;)
            scale = 1;
    }
    printf("jumps %d\n", count);
}

static volatile int begun, stop, handled;
static pthread_t computer;

static void end(int signal)
{
    handled = pthread_equal(pthread_self(), computer) ? 1 : 2;
    stop = 1;
}

static void *compute_until(void *unused)
{
    begun = 1;
    while (!stop)
        scale = 1;
    return unused;
}

/* A thread that computes gets a signal of its own, and no other's. */
static void directed(void)
{
    handle(SIGUSR1, end, 0);
    pthread_create(&computer, NULL, compute_until, NULL);
    while (!begun)
        usleep(1000);
    pthread_kill(computer, SIGUSR1);
    pthread_join(computer, NULL);
    printf("directed %d\n", handled);
}

static void note(void *text)
{
    printf("%s ", (const char *)text);
}

static void *compute_for_ever(void *unused)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    pthread_cleanup_push(note, "cleaned");
    begun = 1;
    for (;;)
        scale = 1;
    pthread_cleanup_pop(0);
    return unused;
}

static void cancelled(void)
{
    void *result;

    begun = 0;
    pthread_create(&computer, NULL, compute_for_ever, NULL);
    while (!begun)
        usleep(1000);
    printf("cancelled ");
    pthread_cancel(computer);
    pthread_join(computer, &result);
    printf("%d\n", result == PTHREAD_CANCELED);
}

int main(void)
{
    main_thread = pthread_self();
    timer();
    jumps();
    directed();
    cancelled();
    return 0;
}
