/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Signals that come while a program waits: what each call returns, which
 * handlers ran and what they were told. Prints nothing that differs between
 * two runs, so that Linux and an image can be compared.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int handled;
static volatile int last_signal;
static volatile int last_code;
static volatile int last_value;
static volatile int on_other_stack;
static char other_stack[32768];

static void note(int signal, siginfo_t *information, void *context)
{
    char here;

    (void)context;
    handled++;
    last_signal = signal;
    last_code = information->si_code;
    last_value = information->si_value.sival_int;
    on_other_stack = &here >= other_stack && &here < other_stack + sizeof(other_stack);
}

static void handle(int signal, int flags)
{
    struct sigaction action = {.sa_sigaction = note, .sa_flags = SA_SIGINFO | flags};

    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, NULL);
    handled = 0;
}

static sigset_t set_of(int one, int other)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, one);
    if (other != 0)
        sigaddset(&set, other);
    return set;
}

/* A signal in (milliseconds), and again after as many more if (again). */
static void alarm_in(int milliseconds, int again)
{
    struct itimerval value = {.it_value = {0, milliseconds * 1000}};

    if (again)
        value.it_interval = value.it_value;
    setitimer(ITIMER_REAL, &value, NULL);
}

static void result(const char *what, long value)
{
    printf("%s: %ld %d, handled %d\n", what, value, value < 0 ? errno : 0, handled);
    handled = 0;
}

static void waits_that_end(int flags)
{
    struct timespec time = {5, 0};
    struct timespec left = {0, 0};
    struct pollfd item = {.events = POLLIN};
    struct epoll_event event;
    struct timeval seconds = {5, 0};
    int ends[2];
    char byte;
    fd_set set;

    printf("flags %d\n", flags != 0);
    pipe(ends);
    item.fd = ends[0];
    handle(SIGALRM, flags);
    alarm_in(30, 0);
    result("nanosleep", nanosleep(&time, &left));
    printf("left %d\n", left.tv_sec == 4);
    alarm_in(30, 0);
    result("pause", pause());
    alarm_in(30, 0);
    result("poll", poll(&item, 1, 5000));
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    alarm_in(30, 0);
    result("select", select(ends[0] + 1, &set, NULL, NULL, &seconds));
    int epoll = epoll_create1(0);
    alarm_in(30, 0);
    result("epoll_wait", epoll_wait(epoll, &event, 1, 5000));
    close(epoll);
    alarm_in(30, 0);
    result("clock_nanosleep", -clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL));
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_sec += 5;
    alarm_in(30, 0);
    result("sem_timedwait", sem_timedwait(&semaphore, &time));
    close(ends[0]);
    close(ends[1]);
}

static int writer_end;

static void write_late(int signal)
{
    (void)signal;
    handled++;
    if (handled == 2)
        write(writer_end, "x", 1);
}

/* A read ends without SA_RESTART, and with it goes on until there is something. */
static void reads(void)
{
    char byte = '-';
    int ends[2];

    pipe(ends);
    writer_end = ends[1];
    handle(SIGALRM, 0);
    alarm_in(30, 0);
    result("read of a pipe", read(ends[0], &byte, 1));
    signal(SIGALRM, write_late);
    alarm_in(30, 1);
    long count = read(ends[0], &byte, 1);
    alarm_in(0, 0);
    result("read that goes on", count);
    printf("byte %c\n", byte);
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    writer_end = ends[1];
    handle(SIGALRM, 0);
    alarm_in(30, 0);
    result("recv", recv(ends[0], &byte, 1, 0));
    signal(SIGALRM, write_late);
    alarm_in(30, 1);
    count = recv(ends[0], &byte, 1, 0);
    alarm_in(0, 0);
    result("recv that goes on", count);
}

static void masks(void)
{
    sigset_t both = set_of(SIGUSR1, SIGUSR2);
    sigset_t none;
    sigset_t now;
    struct timespec zero = {0, 0};
    struct timespec soon = {0, 30000000};

    sigemptyset(&none);
    handle(SIGUSR1, 0);
    handle(SIGUSR2, 0);
    sigprocmask(SIG_BLOCK, &both, NULL);
    raise(SIGUSR1);
    result("blocked", 0);
    result("sigsuspend", sigsuspend(&none));
    sigprocmask(SIG_SETMASK, NULL, &now);
    printf("still blocked %d %d\n", sigismember(&now, SIGUSR1), sigismember(&now, SIGTERM));
    raise(SIGUSR2);
    result("ppoll", ppoll(NULL, 0, &soon, &none));
    result("ppoll with nothing", ppoll(NULL, 0, &soon, &none));
    raise(SIGUSR1);
    result("pselect", pselect(0, NULL, NULL, NULL, &soon, &none));
    raise(SIGUSR1);
    raise(SIGUSR1);
    siginfo_t information;
    result("sigtimedwait", sigtimedwait(&both, &information, &zero));
    printf("told %d %d\n", information.si_signo == SIGUSR1, information.si_code <= 0); /* glibc says SI_USER */
    result("none left", sigtimedwait(&both, &information, &zero));
    handle(SIGALRM, 0);
    alarm_in(30, 0);
    result("sigwaitinfo ended by another", syscall(SYS_rt_sigtimedwait, &both, &information, NULL, 8L)); /* musl goes on */
    sigset_t alarm_only = set_of(SIGALRM, 0);
    sigprocmask(SIG_BLOCK, &alarm_only, NULL);
    alarm_in(30, 0);
    int number = 0;
    result("sigwait", sigwait(&alarm_only, &number));
    printf("alarm %d\n", number == SIGALRM);
    sigprocmask(SIG_UNBLOCK, &alarm_only, NULL);
    sigprocmask(SIG_UNBLOCK, &both, NULL);
}

static void queued(void)
{
    sigset_t real_time = set_of(SIGRTMIN + 1, 0);
    siginfo_t information;
    struct timespec zero = {0, 0};

    sigprocmask(SIG_BLOCK, &real_time, NULL);
    for (int i = 1; i <= 3; i++)
        result("sigqueue", sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = i * 11}));
    for (int i = 0; i < 3; i++) {
        int signal = sigtimedwait(&real_time, &information, &zero);
        printf("taken %d %d %d\n", signal == SIGRTMIN + 1, information.si_code == SI_QUEUE, information.si_value.sival_int);
    }
    result("and no more", sigtimedwait(&real_time, &information, &zero));
    handle(SIGRTMIN + 1, 0);
    sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = 5});
    sigprocmask(SIG_UNBLOCK, &real_time, NULL);
    printf("value %d %d\n", last_value, last_code == SI_QUEUE);
    result("handler of it", 0);
}

static void stacks(void)
{
    stack_t other = {.ss_sp = other_stack, .ss_size = sizeof(other_stack)};
    stack_t before = {.ss_size = 1};

    result("sigaltstack", sigaltstack(&other, &before));
    printf("before %d\n", before.ss_flags == SS_DISABLE);
    handle(SIGUSR1, SA_ONSTACK);
    raise(SIGUSR1);
    printf("on it %d\n", on_other_stack);
    handle(SIGUSR1, 0);
    raise(SIGUSR1);
    printf("not on it %d\n", on_other_stack);
    other.ss_size = 100;
    result("too small", sigaltstack(&other, NULL));
    other.ss_flags = SS_DISABLE;
    result("disabled", sigaltstack(&other, NULL));
}

static sigjmp_buf back;

static void jump(int signal)
{
    siglongjmp(back, signal);
}

static void jumps(void)
{
    sigset_t now;

    signal(SIGALRM, jump);
    int signal_number = sigsetjmp(back, 1);
    if (signal_number == 0) {
        alarm_in(30, 0);
        for (;;)
            pause();
    }
    sigprocmask(SIG_SETMASK, NULL, &now);
    printf("jumped %d, blocked %d\n", signal_number == SIGALRM, sigismember(&now, SIGALRM));
}

static void descriptors(void)
{
    sigset_t set = set_of(SIGUSR1, SIGALRM);
    struct signalfd_siginfo read_of;

    sigprocmask(SIG_BLOCK, &set, NULL);
    int file = signalfd(-1, &set, SFD_NONBLOCK);
    result("signalfd empty", read(file, &read_of, sizeof(read_of)));
    kill(getpid(), SIGUSR1);
    struct pollfd item = {file, POLLIN, 0};
    result("poll of it", poll(&item, 1, 0));
    result("signalfd", read(file, &read_of, sizeof(read_of)));
    printf("signal %d, code %d\n", read_of.ssi_signo == SIGUSR1, read_of.ssi_code);
    alarm_in(30, 0);
    result("poll until then", poll(&item, 1, 5000));
    read(file, &read_of, sizeof(read_of));
    printf("signal %d, kernel %d\n", read_of.ssi_signo == SIGALRM, read_of.ssi_code == SI_KERNEL);
    result("wrong size", read(file, &read_of, 8));
    close(file);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void expired(union sigval value)
{
    handled += value.sival_int;
}

static void timers(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 77};
    struct itimerspec value = {.it_value = {0, 20000000}, .it_interval = {0, 20000000}};
    struct itimerspec now;
    struct timespec pause_of = {0, 90000000};
    sigset_t set = set_of(SIGUSR1, 0);
    timer_t timer;

    handle(SIGUSR1, 0);
    result("timer_create", timer_create(CLOCK_MONOTONIC, &event, &timer));
    result("timer_settime", timer_settime(timer, 0, &value, NULL));
    pause();
    printf("code %d, value %d\n", last_code == SI_TIMER, last_value);
    result("gettime", timer_gettime(timer, &now));
    printf("runs %d %d\n", now.it_interval.tv_nsec == 20000000, now.it_value.tv_nsec > 0);
    sigprocmask(SIG_BLOCK, &set, NULL);
    while (nanosleep(&pause_of, &pause_of) < 0)
        ;
    siginfo_t information;
    sigtimedwait(&set, &information, &(struct timespec){1, 0});
    printf("overrun %d %d\n", information.si_overrun >= 2, timer_getoverrun(timer) == information.si_overrun);
    result("timer_delete", timer_delete(timer));
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    struct sigevent thread = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = expired, .sigev_value.sival_int = 100};
    value.it_interval.tv_nsec = 0;
    handled = 0;
    timer_create(CLOCK_REALTIME, &thread, &timer);
    timer_settime(timer, 0, &value, NULL);
    for (int i = 0; i < 200 && handled == 0; i++)
        usleep(10000);
    result("by a thread", 0);
    timer_delete(timer);
    result("no such", timer_settime((timer_t)(intptr_t)999, 0, &value, NULL) == 0);
    struct itimerval interval;
    result("wrong timer", getitimer(9, &interval));
    alarm(100);
    getitimer(ITIMER_REAL, &interval);
    printf("alarm %d %u\n", interval.it_value.tv_sec >= 98, alarm(0) >= 99);
}

static pthread_t waiter;
static volatile int ready;

static void *wait_for_signal(void *argument)
{
    char byte;

    ready = 1;
    long count = read(*(int *)argument, &byte, 1);
    return (void *)(intptr_t)(count < 0 ? errno : 0);
}

static void threads(void)
{
    int ends[2];
    void *ended;
    sigset_t set = set_of(SIGUSR2, 0);

    pipe(ends);
    handle(SIGUSR1, 0);
    handle(SIGUSR2, 0);
    pthread_create(&waiter, NULL, wait_for_signal, &ends[0]);
    while (!ready)
        usleep(1000);
    usleep(30000);
    pthread_kill(waiter, SIGUSR1);
    pthread_join(waiter, &ended);
    result("a thread's read", (intptr_t)ended);
    ready = 0;
    pthread_create(&waiter, NULL, wait_for_signal, &ends[0]);
    while (!ready)
        usleep(1000);
    usleep(30000);
    sigprocmask(SIG_BLOCK, &set, NULL); /* so it is the other thread's */
    kill(getpid(), SIGUSR2);
    pthread_join(waiter, &ended);
    result("whoever does not block it", (intptr_t)ended);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int main(void)
{
    waits_that_end(0);
    waits_that_end(SA_RESTART);
    reads();
    masks();
    queued();
    stacks();
    jumps();
    descriptors();
    timers();
    threads();
    return 0;
}
