/* SPDX-License-Identifier: BSD-3-Clause */
/* Sockets of AF_UNIX; prints nothing that depends on where it runs. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char bytes[1 << 20];

/* Prints (what) and (result), or its error. */
static long say(const char *what, long result)
{
    if (result < 0)
        printf("%s: error %d\n", what, errno);
    else
        printf("%s: %ld\n", what, result);
    return result;
}

static int events(int file)
{
    struct pollfd one = {.fd = file, .events = POLLIN | POLLOUT | POLLRDHUP};

    poll(&one, 1, 0);
    return one.revents;
}

static socklen_t named(struct sockaddr_un *address, const char *name, int abstract)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    strcpy(address->sun_path + abstract, name);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name) + 1);
}

static void streams(void)
{
    int pair[2];
    char text[32] = "";

    say("pair", socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair));
    say("events", events(pair[0]));
    say("empty", read(pair[0], text, sizeof(text)));
    say("write", write(pair[0], "one ", 4));
    say("write", write(pair[0], "two", 3));
    int unread = 0;
    ioctl(pair[1], FIONREAD, &unread);
    say("unread", unread);
    say("events", events(pair[1]));
    say("peek", recv(pair[1], text, sizeof(text), MSG_PEEK));
    say("some", read(pair[1], text, 5));
    printf("%.5s|\n", text);
    say("rest", read(pair[1], text, sizeof(text)));
    printf("%.2s|\n", text);
    long sent = 0, all = 0, got;
    while ((sent = write(pair[0], bytes, sizeof(bytes))) > 0)
        all += sent;
    say("full", sent);
    say("much", all > 65536);
    say("full events", events(pair[0]) & POLLOUT);
    for (long left = all; left > 0 && (got = read(pair[1], bytes, sizeof(bytes))) > 0;)
        left -= got, all -= got;
    say("all came", all);
    say("empty events", events(pair[0]));
    say("end", shutdown(pair[0], SHUT_WR));
    say("ended events", events(pair[1]));
    say("ended", read(pair[1], text, sizeof(text)));
    say("back", write(pair[1], "x", 1));
    say("broken", send(pair[0], "x", 1, MSG_NOSIGNAL));
    say("close", close(pair[1]));
    say("closed events", events(pair[0]));
    say("last", read(pair[0], text, sizeof(text)));
    say("none", read(pair[0], text, sizeof(text)));
    close(pair[0]);
}

static void unread_data(void)
{
    int pair[2];
    char text[8];

    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    write(pair[0], "lost", 4);
    close(pair[1]);
    say("reset events", events(pair[0]));
    say("reset", read(pair[0], text, sizeof(text)));
    say("after", read(pair[0], text, sizeof(text)));
    say("broken", send(pair[0], "x", 1, MSG_NOSIGNAL));
    close(pair[0]);
    say("raw", socket(AF_UNIX, 77, 0));
    say("protocol", socket(AF_UNIX, SOCK_STREAM, 77));
}

static void packets(int type)
{
    int pair[2];
    char text[8] = "";
    struct iovec parts[2] = {{text, 2}, {text + 2, 2}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};

    say("pair", socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, pair));
    say("first", send(pair[0], "first", 5, 0));
    say("none", send(pair[0], "", 0, 0));
    say("third", send(pair[0], "3", 1, 0));
    say("length", recv(pair[1], text, 1, MSG_PEEK | MSG_TRUNC));
    say("cut", recvmsg(pair[1], &message, 0));
    printf("%.4s %d\n", text, (message.msg_flags & MSG_TRUNC) != 0);
    say("none", recv(pair[1], text, sizeof(text), 0));
    say("third", recv(pair[1], text, sizeof(text), 0));
    say("empty", recv(pair[1], text, sizeof(text), 0));
    say("large", send(pair[0], bytes, sizeof(bytes), 0));
    close(pair[1]);
    say("events", events(pair[0]) & ~(type == SOCK_DGRAM ? 0 : 0));
    say("closed", send(pair[0], "x", 1, MSG_NOSIGNAL));
    close(pair[0]);
}

static void names(const char *name, int abstract)
{
    struct sockaddr_un address, found;
    socklen_t size = named(&address, name, abstract);
    socklen_t length = sizeof(found);
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int other = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

    unlink(name);
    say("nobody", connect(other, (void *)&address, size));
    say("early", listen(server, 1));
    say("bind", bind(server, (void *)&address, size));
    say("again", bind(server, (void *)&address, size));
    say("taken", bind(other, (void *)&address, size));
    say("deaf", connect(other, (void *)&address, size));
    say("listen", listen(server, 1));
    say("nobody yet", accept(server, NULL, NULL) < 0 ? errno == EAGAIN : -1);
    say("connect", connect(other, (void *)&address, size));
    say("again", connect(other, (void *)&address, size));
    say("early", write(other, "hello", 5));
    say("events", events(server));
    int accepted = accept(server, (void *)&found, &length);
    say("accept", accepted >= 0);
    say("unnamed", length);
    length = sizeof(found);
    say("peer", getpeername(other, (void *)&found, &length));
    say("its name", length == size && memcmp(&found, &address, size) == 0);
    char text[8] = "";
    say("hello", read(accepted, text, sizeof(text)));
    printf("%s\n", text);
    close(accepted);
    say("gone", read(other, text, sizeof(text)));
    close(other);
    close(server);
    unlink(name);
}

static void datagrams(void)
{
    struct sockaddr_un here, there, from;
    socklen_t size = named(&here, "kraft-ts here", 1);
    socklen_t length = sizeof(from);
    int one = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    int other = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    char text[8] = "";

    say("nowhere", send(one, "x", 1, 0));
    say("nobody", sendto(one, "x", 1, 0, (void *)&here, size));
    say("bind", bind(other, (void *)&here, size));
    say("unnamed", sendto(one, "x", 1, 0, (void *)&here, size));
    say("got", recvfrom(other, text, sizeof(text), 0, (void *)&from, &length));
    say("from nobody", length);
    socklen_t mine = named(&there, "kraft-ts there", 1);
    bind(one, (void *)&there, mine);
    say("connect", connect(one, (void *)&here, size));
    say("send", send(one, "named", 5, 0));
    length = sizeof(from);
    say("got", recvfrom(other, text, sizeof(text), 0, (void *)&from, &length));
    say("from", length == mine && memcmp(&from, &there, mine) == 0);
    int count = 0;
    while (send(one, "x", 1, 0) == 1)
        count++;
    say("many", count);
    say("full", errno == EAGAIN);
    say("events", events(one));
    recv(other, text, sizeof(text), 0);
    say("room", events(one));
    close(other);
    say("refused", send(one, "x", 1, 0));
    close(one);
}

static void *echo(void *argument)
{
    int file = *(int *)argument;
    char text[100];
    ssize_t got;

    while ((got = read(file, text, sizeof(text))) > 0)
        write(file, text, (size_t)got);
    close(file);
    return NULL;
}

static void threads(void)
{
    int pair[2];
    pthread_t thread;
    long sum = 0;

    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    pthread_create(&thread, NULL, echo, &pair[1]);
    for (int i = 0; i < 1000; i++) {
        int back = 0;

        write(pair[0], &i, sizeof(i));
        recv(pair[0], &back, sizeof(back), MSG_WAITALL);
        sum += back;
    }
    say("echoed", sum);
    int set = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u32 = 7};
    epoll_ctl(set, EPOLL_CTL_ADD, pair[0], &event);
    write(pair[0], "x", 1);
    say("edge", epoll_wait(set, &event, 1, -1));
    say("no edge", epoll_wait(set, &event, 1, 0));
    shutdown(pair[0], SHUT_WR);
    pthread_join(thread, NULL);
    say("hung up", epoll_wait(set, &event, 1, -1) == 1 && (event.events & EPOLLHUP) != 0);
    close(pair[0]);
    close(set);
}

/* Sends (count) descriptors with (text). */
static long send_files(int socket, const char *text, const int *files, int count)
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(8 * sizeof(int))];
    } control = {.header = {.cmsg_len = CMSG_LEN(count * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
    struct iovec part = {(void *)text, strlen(text)};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_SPACE(count * sizeof(int))};

    memcpy(CMSG_DATA(&control.header), files, count * sizeof(int));
    return sendmsg(socket, &message, 0);
}

/* Receives into room for (most); returns how many came, their numbers in (files). */
static int receive_files(int socket, int *files, int most, int flags)
{
    char room[CMSG_SPACE(8 * sizeof(int))] = "";
    char text[64] = "";
    struct iovec part = {text, sizeof(text) - 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = most == 0 ? NULL : room, .msg_controllen = most == 0 ? 0 : CMSG_LEN(most * sizeof(int))};
    long length = recvmsg(socket, &message, flags);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    int count = header == NULL ? 0 : (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));

    say(text, length);
    printf("cut %d, control %zu, files %d\n", (message.msg_flags & MSG_CTRUNC) != 0, (size_t)message.msg_controllen, count);
    if (header != NULL)
        memcpy(files, CMSG_DATA(header), count * sizeof(int));
    return count;
}

static void rights(int type)
{
    int pair[2];
    int ends[2];
    int got[8];
    char byte = 0;

    say("pair", socketpair(AF_UNIX, type, 0, pair));
    pipe(ends);
    say("send", send_files(pair[0], "one", &ends[1], 1));
    close(ends[1]);
    say("nothing yet", fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 && read(ends[0], &byte, 1) < 0 && errno == EAGAIN);
    receive_files(pair[1], got, 2, 0);
    say("through it", write(got[0], "x", 1) == 1 && read(ends[0], &byte, 1) == 1 && byte == 'x');
    say("close on exec", fcntl(got[0], F_GETFD));
    close(got[0]);
    say("now it ends", read(ends[0], &byte, 1));
    int three[3] = {ends[0], pair[0], ends[0]};
    say("three", send_files(pair[0], "three", three, 3));
    receive_files(pair[1], got, 2, MSG_CMSG_CLOEXEC);
    say("close on exec", fcntl(got[0], F_GETFD));
    say("same socket", write(got[1], "to", 2) == 2 && read(pair[1], bytes, 10) == 2);
    close(got[0]);
    close(got[1]);
    say("plain", write(pair[0], "a", 1));
    say("with one", send_files(pair[0], "b", three, 1));
    say("plain", write(pair[0], "c", 1));
    for (int i = 0; i < (type == SOCK_STREAM ? 2 : 3); i++)
        if (receive_files(pair[1], got, 1, 0) == 1)
            close(got[0]);
    say("no room", send_files(pair[0], "lost", three, 1));
    receive_files(pair[1], got, 0, 0);
    say("not open", (three[0] = 77, send_files(pair[0], "bad", three, 1)));
    say("unread", send_files(pair[0], "unread", &ends[0], 1));
    close(pair[0]);
    close(pair[1]);
    close(ends[0]);
    say("next", dup(0));
    close(3);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    streams();
    unread_data();
    packets(SOCK_DGRAM);
    packets(SOCK_SEQPACKET);
    names("kraft-ts name", 1);
    names("/tmp/kraft-ts-socket", 0);
    datagrams();
    threads();
    rights(SOCK_STREAM);
    rights(SOCK_DGRAM);
    rights(SOCK_SEQPACKET);
    return 0;
}
