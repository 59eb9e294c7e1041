/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pipes, events, timers, poll, select and epoll: runs on Linux and in an image, and
 * prints the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static char block[70000];

static void show(const char *what, long result)
{
    if (result < 0)
        printf("%s %ld errno %d\n", what, result, errno);
    else
        printf("%s %ld\n", what, result);
}

static int polled(int file, int events, int wait)
{
    struct pollfd item = {file, events, 0x7f};
    int found = poll(&item, 1, wait);
    return found < 0 ? -errno : item.revents;
}

static void pipes(void)
{
    int ends[2];
    char bytes[16] = "";
    struct stat stat;

    show("pipe", pipe(ends));
    fstat(ends[0], &stat);
    printf("kind %o\n", (unsigned)stat.st_mode & S_IFMT);
    show("write", write(ends[1], "hello world", 11));
    int unread = -1;
    show("ioctl", ioctl(ends[0], FIONREAD, &unread));
    printf("unread %d\n", unread);
    show("read", read(ends[0], bytes, 5));
    printf("%.5s\n", bytes);
    show("read", read(ends[0], bytes, 16));
    show("read of the wrong end", read(ends[1], bytes, 1));
    show("write of the wrong end", write(ends[0], bytes, 1));
    show("lseek", lseek(ends[0], 0, SEEK_SET));
    show("pread", pread(ends[0], bytes, 1, 0));
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    show("read of nothing", read(ends[0], bytes, 1));
    printf("flags %x %x\n", fcntl(ends[0], F_GETFL) & O_NONBLOCK, fcntl(ends[1], F_GETFL) & O_ACCMODE);

    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    memset(block, 'x', sizeof(block));
    show("write much", write(ends[1], block, sizeof(block)));
    show("write more", write(ends[1], block, 1));
    printf("poll full %x\n", polled(ends[1], POLLOUT, 0));
    show("read a page", read(ends[0], block, 4096));
    printf("poll room %x\n", polled(ends[1], POLLOUT, 0));
    show("write 5000", write(ends[1], block, 5000));
    show("read all", read(ends[0], block, sizeof(block)));
    struct pollfd items[4] = {{ends[0], POLLIN, 0}, {ends[1], POLLOUT, 0}, {-1, POLLIN, 9}, {77, POLLIN, 0}};
    show("poll", poll(items, 4, 0));
    printf("%x %x %x %x\n", items[0].revents, items[1].revents, items[2].revents, items[3].revents);
    close(ends[1]);
    printf("poll hangup %x\n", polled(ends[0], POLLIN, -1));
    show("read at the end", read(ends[0], bytes, 1));
    close(ends[0]);

    signal(SIGPIPE, SIG_IGN);
    show("pipe2", pipe2(ends, O_CLOEXEC | O_NONBLOCK));
    printf("cloexec %d\n", fcntl(ends[0], F_GETFD));
    close(ends[0]);
    printf("poll broken %x\n", polled(ends[1], POLLOUT, -1));
    show("write to nobody", write(ends[1], "x", 1));
    close(ends[1]);
    show("pipe2 of nonsense", pipe2(ends, 0x40000000));
}

static volatile sig_atomic_t signalled;

static void on_signal(int number)
{
    signalled = number;
}

static void broken(void)
{
    int ends[2];

    pipe(ends);
    close(ends[0]);
    signal(SIGPIPE, on_signal);
    show("write to nobody", write(ends[1], "x", 1));
    printf("signal %d\n", (int)signalled);
    signal(SIGPIPE, SIG_IGN);
    close(ends[1]);
}

static void events(void)
{
    uint64_t number = 5;
    int file = eventfd(3, EFD_NONBLOCK);

    printf("poll %x\n", polled(file, POLLIN | POLLOUT, 0));
    show("write", write(file, &number, 8));
    show("read", read(file, &number, 8));
    printf("number %d\n", (int)number);
    show("read again", read(file, &number, 8));
    show("read of 4 bytes", read(file, &number, 4));
    number = UINT64_MAX;
    show("write of all ones", write(file, &number, 8));
    number = UINT64_MAX - 1;
    show("write of the most", write(file, &number, 8));
    printf("poll %x\n", polled(file, POLLIN | POLLOUT, 0));
    number = 1;
    show("write of more", write(file, &number, 8));
    close(file);
    file = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
    for (int i = 0; i < 3; i++)
        show("semaphore", read(file, &number, 8));
    close(file);
    show("eventfd of nonsense", eventfd(0, 0x40));
}

static long milliseconds(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - from->tv_sec) * 1000 + (now.tv_nsec - from->tv_nsec) / 1000000;
}

static void timers(void)
{
    uint64_t count = 0;
    struct timespec start;
    struct itimerspec setting = {{0, 0}, {0, 20000000}}, old;
    int file = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);

    show("read of one that is off", read(file, &count, 8));
    clock_gettime(CLOCK_MONOTONIC, &start);
    show("settime", timerfd_settime(file, 0, &setting, &old));
    printf("old %ld %ld\n", (long)old.it_value.tv_sec, old.it_value.tv_nsec);
    show("read too soon", read(file, &count, 8));
    printf("poll %x\n", polled(file, POLLIN, 1000));
    printf("late enough %d\n", milliseconds(&start) >= 20);
    show("read", read(file, &count, 8));
    printf("count %d\n", (int)count);
    setting.it_value.tv_nsec = 5000000;
    setting.it_interval.tv_nsec = 5000000;
    timerfd_settime(file, 0, &setting, NULL);
    poll(NULL, 0, 40);
    show("read of several", read(file, &count, 8));
    printf("several %d\n", count >= 6);
    setting.it_value.tv_nsec = 0;
    timerfd_settime(file, 0, &setting, &old);
    printf("old interval %ld, running %d\n", old.it_interval.tv_nsec, old.it_value.tv_nsec > 0);
    timerfd_gettime(file, &old);
    printf("value %ld\n", old.it_value.tv_nsec);
    printf("poll of one that is off %x\n", polled(file, POLLIN, 15));
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int wall = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC);
    struct itimerspec past = {{0, 0}, {now.tv_sec - 1, 0}};
    show("settime in the past", timerfd_settime(wall, TFD_TIMER_ABSTIME, &past, NULL));
    show("read that waits", read(wall, &count, 8));
    setting.it_value.tv_nsec = 1000000000;
    show("settime of nonsense", timerfd_settime(wall, 0, &setting, NULL));
    show("create of nonsense", timerfd_create(99, 0));
    show("settime of no timer", timerfd_settime(0, 0, &past, NULL));
    show("settime of nothing", timerfd_settime(99, 0, &past, NULL));
    close(wall);
    close(file);
}

static void selects(void)
{
    int ends[2];
    fd_set reading, writing;
    struct timeval wait = {0, 10000};

    pipe(ends);
    FD_ZERO(&reading);
    FD_ZERO(&writing);
    FD_SET(ends[0], &reading);
    FD_SET(ends[1], &writing);
    show("select", select(ends[1] + 1, &reading, &writing, NULL, NULL));
    printf("%d %d\n", FD_ISSET(ends[0], &reading) != 0, FD_ISSET(ends[1], &writing) != 0);
    FD_SET(ends[0], &reading);
    show("select in time", select(ends[0] + 1, &reading, NULL, NULL, &wait));
    printf("left in the set %d\n", FD_ISSET(ends[0], &reading) != 0);
    write(ends[1], "x", 1);
    FD_SET(ends[0], &reading);
    struct timespec now = {0, 0};
    sigset_t none;
    sigemptyset(&none);
    show("pselect", pselect(ends[0] + 1, &reading, NULL, NULL, &now, &none));
    FD_ZERO(&reading);
    FD_SET(60, &reading); /* within the first 64, which Linux always looks at */
    show("select of nothing open", select(61, &reading, NULL, NULL, &wait));
    show("select of nonsense", select(-1, NULL, NULL, NULL, &wait));
    wait.tv_usec = -1;
    show("select of no time", select(0, NULL, NULL, NULL, &wait));
    close(ends[0]);
    close(ends[1]);
}

static int set;

static void control(const char *what, int operation, int file, unsigned events)
{
    struct epoll_event event = {events, {.u64 = (uint64_t)file}};
    show(what, epoll_ctl(set, operation, file, &event));
}

static void waited(const char *what, int wait)
{
    struct epoll_event found[8];
    int count = epoll_wait(set, found, 8, wait);

    printf("%s: %d", what, count);
    for (int i = 0; i < count; i++)
        printf(" [%d %x]", (int)found[i].data.u64, found[i].events);
    printf("\n");
}

static void levels(void)
{
    int ends[2];
    char byte;

    set = epoll_create1(EPOLL_CLOEXEC);
    pipe(ends);
    control("add", EPOLL_CTL_ADD, ends[0], EPOLLIN | EPOLLRDHUP);
    control("add again", EPOLL_CTL_ADD, ends[0], EPOLLIN);
    control("add what is not open", EPOLL_CTL_ADD, 99, EPOLLIN);
    control("add itself", EPOLL_CTL_ADD, set, EPOLLIN);
    control("change what is not there", EPOLL_CTL_MOD, ends[1], EPOLLIN);
    control("take out what is not there", EPOLL_CTL_DEL, ends[1], 0);
    control("nonsense", 9, ends[0], EPOLLIN);
    waited("nothing", 0);
    waited("nothing in time", 10);
    write(ends[1], "ab", 2);
    waited("level", -1);
    waited("level again", 5);
    printf("poll of the set %x\n", polled(set, POLLIN, 0));
    read(ends[0], &byte, 1);
    waited("level still", 0);
    read(ends[0], &byte, 1);
    waited("level no more", 0);
    printf("poll of the set %x\n", polled(set, POLLIN, 0));
    control("change", EPOLL_CTL_MOD, ends[0], EPOLLIN | EPOLLONESHOT);
    write(ends[1], "cd", 2);
    waited("once", 0);
    waited("once again", 0);
    control("arm", EPOLL_CTL_MOD, ends[0], EPOLLIN | EPOLLONESHOT);
    waited("armed", 0);
    control("edges", EPOLL_CTL_MOD, ends[0], EPOLLIN | EPOLLET);
    waited("edge", 0);
    waited("no edge", 0);
    write(ends[1], "e", 1);
    waited("edge of more", 0);
    read(ends[0], &byte, 1);
    waited("no edge of less", 0);
    control("both", EPOLL_CTL_ADD, ends[1], EPOLLOUT);
    waited("the other", 0);
    close(ends[1]);
    waited("hangup", 0);
    close(ends[0]);
    waited("closed", 0);
    struct epoll_event found;
    show("wait for none", epoll_wait(set, &found, 0, 0));
    show("wait for no set", epoll_wait(0, &found, 1, 0));
    show("wait for nothing open", epoll_wait(99, &found, 1, 0));
    close(set);
}

static void duplicates(void)
{
    int ends[2];

    set = epoll_create(1);
    pipe(ends);
    write(ends[1], "x", 1);
    control("add", EPOLL_CTL_ADD, ends[0], EPOLLIN);
    int other = dup(ends[0]);
    close(ends[0]);
    waited("open by a duplicate", 0);
    control("add the duplicate", EPOLL_CTL_ADD, other, EPOLLIN);
    waited("both", 0);
    control("take out by the old number", EPOLL_CTL_DEL, ends[0], 0);
    close(other);
    waited("gone", 0);
    close(ends[1]);
    close(set);
}

static void nested(void)
{
    int ends[2], outer = epoll_create1(0);
    struct epoll_event event = {EPOLLIN, {.u64 = 1}}, found[2];

    set = epoll_create1(0);
    pipe(ends);
    control("add", EPOLL_CTL_ADD, ends[0], EPOLLIN);
    show("add a set", epoll_ctl(outer, EPOLL_CTL_ADD, set, &event));
    show("add a circle", epoll_ctl(set, EPOLL_CTL_ADD, outer, &event));
    show("nothing", epoll_wait(outer, found, 2, 0));
    write(ends[1], "x", 1);
    show("outer", epoll_wait(outer, found, 2, 0));
    waited("inner", 0);
    close(set);
    show("inner closed", epoll_wait(outer, found, 2, 0));
    close(outer);
    close(ends[0]);
    close(ends[1]);
}

static void many(void)
{
    enum { COUNT = 200 };
    static int files[COUNT];
    struct epoll_event found[COUNT];
    uint64_t one = 1;
    long sum = 0;

    set = epoll_create1(0);
    for (int i = 0; i < COUNT; i++) {
        struct epoll_event event = {EPOLLIN | EPOLLET, {.u64 = (uint64_t)i}};
        files[i] = eventfd(0, EFD_NONBLOCK);
        epoll_ctl(set, EPOLL_CTL_ADD, files[i], &event);
    }
    for (int i = 0; i < COUNT; i += 7)
        write(files[i], &one, 8);
    int count = epoll_wait(set, found, COUNT, 0);
    for (int i = 0; i < count; i++)
        sum += (long)found[i].data.u64;
    printf("%d of many, %ld\n", count, sum);
    int first = epoll_wait(set, found, 3, 0);
    printf("then %d\n", first);
    for (int i = 0; i < COUNT; i++)
        close(files[i]);
    close(set);
}

static void mixed(void)
{
    int ends[2], event = eventfd(0, 0), timer = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec soon = {{0, 0}, {0, 5000000}};
    uint64_t one = 1;

    set = epoll_create1(0);
    pipe(ends);
    control("pipe", EPOLL_CTL_ADD, ends[0], EPOLLIN);
    control("event", EPOLL_CTL_ADD, event, EPOLLIN);
    control("timer", EPOLL_CTL_ADD, timer, EPOLLIN);
    timerfd_settime(timer, 0, &soon, NULL);
    waited("timer", -1);
    read(timer, &one, 8);
    one = 1;
    write(event, &one, 8);
    write(ends[1], "x", 1);
    waited("event and pipe", 1000);
    close(ends[0]);
    close(ends[1]);
    close(event);
    close(timer);
    close(set);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    pipes();
    broken();
    events();
    timers();
    selects();
    levels();
    duplicates();
    nested();
    many();
    mixed();
    return 0;
}
