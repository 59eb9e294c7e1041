/* SPDX-License-Identifier: BSD-3-Clause */
/* What pointers lead to, field by field. */
#include "tracer.h"

#include <kraft/syscall-threads.h>

#define SHOWN_ELEMENTS 32 /* of an array, as strace has it */
#define NO_LIMIT UINT64_MAX

void show_pointer(long word)
{
    if (word == 0)
        line_put("NULL");
    else
        line_put("%#lx", (unsigned long)word);
}

void show_string(const char *text)
{
    size_t length = 0;

    if (text == NULL) {
        line_put("NULL");
        return;
    }
    while (text[length] != '\0')
        length++;
    line_quoted(text, length, false);
}

/* struct stat: mode at 24, device at 40, size at 48. */
void show_stat(const struct value *value)
{
    static const struct name types[] = {
        {0010000, "S_IFIFO"}, {0020000, "S_IFCHR"}, {0040000, "S_IFDIR"}, {0060000, "S_IFBLK"},
        {0100000, "S_IFREG"}, {0120000, "S_IFLNK"}, {0140000, "S_IFSOCK"},
    };
    const struct {
        uint64_t device, inode, links;
        uint32_t mode, user, group, padding;
        uint64_t special;
        int64_t size;
    } *stat = (const void *)value->word;
    uint32_t type = stat->mode & 0170000;

    line_put("{st_mode=");
    if (type != 0) {
        SHOW_NAME(types, type);
        line_put("|");
    }
    line_put("%#03o, ", stat->mode & 07777);
    if (type == 0020000 || type == 0060000)
        line_put("st_rdev=makedev(%#lx, %#lx), ...}", (unsigned long)(stat->special >> 8 & 0xfff),
                 (unsigned long)(stat->special & 0xff));
    else
        line_put("st_size=%ld, ...}", (long)stat->size);
}

static void show_one_time(const struct kr_syscall_time *time, const char *part)
{
    line_put("{tv_sec=%ld, tv_%s=%ld}", (long)time->seconds, part, (long)time->nanoseconds);
}

void show_time(const struct value *value)
{
    if (value->word == 0)
        line_put("NULL");
    else
        show_one_time((const struct kr_syscall_time *)value->word, "nsec");
}

void show_timeval(const struct value *value)
{
    if (value->word == 0)
        line_put("NULL");
    else
        show_one_time((const struct kr_syscall_time *)value->word, "usec");
}

static void show_times(const struct kr_syscall_time *times, const char *part)
{
    if (times == NULL) {
        line_put("NULL");
        return;
    }
    line_put("{it_interval=");
    show_one_time(&times[0], part);
    line_put(", it_value=");
    show_one_time(&times[1], part);
    line_put("}");
}

/* struct itimerspec and struct itimerval. */
void show_timer(const struct value *value)
{
    show_times((const struct kr_syscall_time *)value->word, "nsec");
}

void show_interval(const struct value *value)
{
    show_times((const struct kr_syscall_time *)value->word, "usec");
}

void show_file_times(const struct value *value)
{
    const struct kr_syscall_time *times = (const struct kr_syscall_time *)value->word;

    if (times == NULL) {
        line_put("NULL");
        return;
    }
    for (unsigned i = 0; i < 2; i++) {
        line_put(i == 0 ? "[" : ", ");
        if (times[i].nanoseconds == 0x3fffffff)
            line_put("UTIME_NOW");
        else if (times[i].nanoseconds == 0x3ffffffe)
            line_put("UTIME_OMIT");
        else
            show_one_time(&times[i], "nsec");
    }
    line_put("]");
}

/* struct iovec; what was read ends where the result does. */
void show_parts(const struct value *value)
{
    const struct {
        const char *bytes;
        size_t length;
    } *parts = (const void *)value->word;
    long count = (int)value->rest[0];
    size_t left = value->out ? (size_t)value->result : SIZE_MAX;

    line_put("[");
    for (long i = 0; i < count; i++) {
        size_t length = parts[i].length < left ? parts[i].length : left;

        line_put(i == 0 ? "" : ", ");
        if (i == SHOWN_ELEMENTS) {
            line_put("...");
            break;
        }
        line_put("{iov_base=");
        line_quoted(parts[i].bytes, length, true);
        line_put(", iov_len=%lu}", parts[i].length);
        left -= value->out ? length : 0;
    }
    line_put("]");
}

void show_pair(const struct value *value)
{
    const int *pair = (const int *)value->word;

    line_put("[%d, %d]", pair[0], pair[1]);
}

static void show_one_limit(uint64_t limit)
{
    if (limit == NO_LIMIT)
        line_put("RLIM64_INFINITY");
    else if (limit > 1024 && limit % 1024 == 0)
        line_put("%lu*1024", (unsigned long)limit / 1024);
    else
        line_put("%lu", (unsigned long)limit);
}

void show_limit(const struct value *value)
{
    const uint64_t *limit = (const uint64_t *)value->word;

    if (limit == NULL) {
        line_put("NULL");
        return;
    }
    line_put("{rlim_cur=");
    show_one_limit(limit[0]);
    line_put(", rlim_max=");
    show_one_limit(limit[1]);
    line_put("}");
}

void show_names(const struct value *value)
{
    const char *names = (const char *)value->word; /* struct utsname: texts of 65 bytes */

    line_put("{sysname=");
    show_string(names);
    line_put(", nodename=");
    show_string(names + 65);
    line_put(", ...}");
}

void show_cpus(const struct value *value)
{
    uint64_t set = value->word == 0 ? 0 : *(const uint64_t *)value->word;
    bool first = true;

    line_put("[");
    for (int cpu = 0; cpu < 64; cpu++) {
        if ((set >> cpu & 1) == 0)
            continue;
        line_put(first ? "%d" : " %d", cpu);
        first = false;
    }
    line_put("]");
}

void show_number(const struct value *value)
{
    line_put("[%d]", *(const int *)value->word);
}

static void show_set(const uint64_t *set, long count)
{
    bool first = true;

    line_put("[");
    for (long file = 0; file < count; file++) {
        if ((set[file / 64] >> (file % 64) & 1) == 0)
            continue;
        line_put(first ? "%ld" : " %ld", file);
        first = false;
    }
    line_put("]");
}

void show_files(const struct value *value)
{
    if (value->word == 0)
        line_put("NULL");
    else
        show_set((const uint64_t *)value->word, (int)value->all[0]);
}

void show_selected_result(const long *arguments)
{
    static const char *const ways[] = {"in", "out", "exceptional"};
    bool any = false;

    for (unsigned i = 0; i < 3; i++) {
        const uint64_t *set = (const uint64_t *)arguments[1 + i];
        uint64_t all = 0;

        for (long word = 0; set != NULL && word * 64 < (int)arguments[0]; word++)
            all |= set[word];
        if (all == 0)
            continue;
        line_put(any ? ", %s " : " (%s ", ways[i]);
        show_set(set, (int)arguments[0]);
        any = true;
    }
    if (any)
        line_put(")");
}

static const struct name events[] = {
    {1, "POLLIN"}, {2, "POLLPRI"}, {4, "POLLOUT"}, {0x40, "POLLRDNORM"}, {0x80, "POLLRDBAND"}, {0x100, "POLLWRNORM"},
    {0x200, "POLLWRBAND"}, {8, "POLLERR"}, {0x10, "POLLHUP"}, {0x20, "POLLNVAL"}, {0x2000, "POLLRDHUP"},
};

struct polled {
    int file;
    short events, ready;
};

void show_polled(const struct value *value)
{
    const struct polled *items = (const struct polled *)value->word;
    unsigned long count = (unsigned long)value->rest[0];

    if (items == NULL) {
        line_put("NULL");
        return;
    }
    line_put("[");
    for (unsigned long i = 0; i < count; i++) {
        line_put(i == 0 ? "" : ", ");
        if (i == SHOWN_ELEMENTS) {
            line_put("...");
            break;
        }
        line_put("{fd=%d", items[i].file);
        if (items[i].file >= 0) {
            line_put(", events=");
            SHOW_FLAGS(events, (unsigned short)items[i].events);
        }
        line_put("}");
    }
    line_put("]");
}

void show_polled_result(const long *arguments)
{
    const struct polled *items = (const struct polled *)arguments[0];
    bool first = true;

    for (unsigned long i = 0; i < (unsigned long)arguments[1]; i++) {
        if (items[i].file < 0 || items[i].ready == 0)
            continue;
        line_put(first ? " ([{fd=%d, revents=" : ", {fd=%d, revents=", items[i].file);
        SHOW_FLAGS(events, (unsigned short)items[i].ready);
        line_put("}");
        first = false;
    }
    line_put(first ? "" : "])");
}

struct event {
    uint32_t events;
    uint64_t data;
} __attribute__((__packed__));

static void show_one_event(const struct event *event)
{
    static const struct name names[] = {
        {1, "EPOLLIN"}, {2, "EPOLLPRI"}, {4, "EPOLLOUT"}, {0x40, "EPOLLRDNORM"}, {0x80, "EPOLLRDBAND"},
        {0x100, "EPOLLWRNORM"}, {0x200, "EPOLLWRBAND"}, {8, "EPOLLERR"}, {0x10, "EPOLLHUP"}, {0x2000, "EPOLLRDHUP"},
        {0x10000000, "EPOLLEXCLUSIVE"}, {0x20000000, "EPOLLWAKEUP"}, {0x40000000, "EPOLLONESHOT"}, {0x80000000, "EPOLLET"},
    };

    line_put("{events=");
    SHOW_FLAGS(names, event->events);
    line_put(", data={u32=%u, u64=%lu}}", (unsigned)event->data, (unsigned long)event->data);
}

void show_event(const struct value *value)
{
    if (value->word == 0)
        line_put("NULL");
    else
        show_one_event((const struct event *)value->word);
}

void show_events(const struct value *value)
{
    line_put("[");
    for (long i = 0; i < value->result; i++) {
        line_put(i == 0 ? "" : ", ");
        if (i == SHOWN_ELEMENTS) {
            line_put("...");
            break;
        }
        show_one_event((const struct event *)value->word + i);
    }
    line_put("]");
}
