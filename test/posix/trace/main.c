/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Calls whose trace has neither an address nor a time in it, so that strace
 * prints the same of this program on Linux. What stands between two writes to
 * no file is compared; its descriptors begin at 3.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static void files(void)
{
    char text[100];
    struct stat stat_of;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 10};

    chdir(".");
    int file = (int)syscall(SYS_openat, AT_FDCWD, "a file", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    write(file, "a line\n", 7);
    write(file, "\0\1\0019\t\"\\\377 and more than thirty-two bytes of it", 47);
    pwrite(file, "x", 1, 100);
    lseek(file, 0, SEEK_SET);
    read(file, text, sizeof(text));
    pread(file, text, 4, 2);
    struct iovec parts[2] = {{text, 3}, {text + 3, 40}};
    preadv(file, parts, 2, 0);
    ftruncate(file, 5);
    fcntl(file, F_GETFD);
    fcntl(file, F_SETFD, 0);
    fcntl(file, F_SETFD, FD_CLOEXEC);
    syscall(SYS_fcntl, file, F_SETFL, O_APPEND | O_NONBLOCK);
    fcntl(file, F_SETLK, &lock);
    flock(file, LOCK_EX | LOCK_NB);
    fsync(file);
    fstatat(AT_FDCWD, "a file", &stat_of, AT_SYMLINK_NOFOLLOW);
    fchmodat(AT_FDCWD, "a file", 0600, 0);
    unlinkat(AT_FDCWD, "nothing", 0);
    unlinkat(AT_FDCWD, "nothing", AT_REMOVEDIR);
    mkdirat(AT_FDCWD, "folder", 0755);
    symlinkat("a file", AT_FDCWD, "link");
    readlinkat(AT_FDCWD, "link", text, sizeof(text));
    syscall(SYS_renameat2, AT_FDCWD, "link", AT_FDCWD, "other", 1);
    unlinkat(AT_FDCWD, "other", 0);
    unlinkat(AT_FDCWD, "folder", AT_REMOVEDIR);
    unlinkat(AT_FDCWD, "a file", 0);
    int copy = dup3(file, 9, O_CLOEXEC);
    close(copy);
    close(file);
    close(77);
}

static void polling(void)
{
    char text[100];
    int ends[2];
    uint64_t number = 3;

    pipe2(ends, O_CLOEXEC);
    write(ends[1], "hello", 5);
    struct pollfd items[3] = {{ends[0], POLLIN, 0}, {ends[1], POLLOUT, 0}, {-1, 0, 0}};
    syscall(SYS_ppoll, items, 3, NULL, NULL, 8);
    struct iovec parts[2] = {{text, 2}, {text + 2, 40}};
    readv(ends[0], parts, 2);
    int event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    write(event, &number, 8);
    read(event, &number, 8);
    write(event, &number, 8);
    int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event one = {.events = EPOLLIN | EPOLLET, .data.u64 = 5};
    epoll_ctl(set, EPOLL_CTL_ADD, event, &one);
    epoll_pwait(set, &one, 1, 1000, NULL);
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct itimerspec when = {.it_value = {3600, 5}};
    timerfd_settime(timer, 0, &when, NULL);
    close(timer);
    close(set);
    close(event);
    close(ends[0]);
    close(ends[1]);
}

static void sockets(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "\0name"};
    socklen_t length = sizeof(sa_family_t) + 5;
    char text[20];
    int pair[2];
    int one = 1;

    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bind(server, (struct sockaddr *)&address, length);
    listen(server, 5);
    int client = socket(AF_UNIX, SOCK_STREAM, 0);
    connect(client, (struct sockaddr *)&address, length);
    setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
    int served = accept4(server, NULL, NULL, SOCK_CLOEXEC);
    sendto(client, "to you", 6, MSG_NOSIGNAL, NULL, 0);
    recvfrom(served, text, sizeof(text), 0, NULL, NULL);
    struct iovec parts[2] = {{"two", 3}, {" parts", 6}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    sendmsg(served, &message, 0);
    shutdown(served, SHUT_WR);
    shutdown(77, SHUT_RDWR);
    close(served);
    close(client);
    close(server);
    socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
    close(pair[0]);
    close(pair[1]);
}

static void rest(void)
{
    struct timespec none = {0, 0};
    struct rlimit limit = {1024 * 64, 1024 * 1024};
    sigset_t set;
    sigset_t before;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, &before);
    kill(0, 0);
    uint64_t others = ~UINT64_C(2);
    syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, &others, NULL, 8L);
    clock_nanosleep(CLOCK_MONOTONIC, 0, &none, NULL);
    clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &none, NULL);
    syscall(SYS_prlimit64, 0L, RLIMIT_CORE, NULL, NULL);
    syscall(SYS_prlimit64, 99999L, RLIMIT_FSIZE, &limit, NULL);
    umask(027);
    mmap(NULL, 0, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    syscall(SYS_close, 1000L);
}

static int ends[2];

static void *reader(void *unused)
{
    char text[10];

    read(ends[0], text, sizeof(text));
    return unused;
}

/* A thread waits while the first goes on. */
static void threads(void)
{
    pthread_t thread;

    pipe(ends);
    pthread_create(&thread, NULL, reader, NULL);
    sched_yield();
    write(ends[1], "go", 2);
    pthread_join(thread, NULL);
    puts("joined");
}

int main(int count, char **words)
{
    if (count > 1) {
        threads();
        return 3;
    }
    puts("out");
    fflush(stdout);
    write(-1, "begin", 5);
    files();
    polling();
    sockets();
    rest();
    write(-1, "end", 3);
    return 0;
}
