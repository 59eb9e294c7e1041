/* SPDX-License-Identifier: BSD-3-Clause */
/* Flags of open files, and calls of which one argument says what the others are. */
#include "tracer.h"

#define CREATE 0100
#define TEMPORARY 020000000
#define ACCESS 3ul
#define GET_DESCRIPTOR_FLAGS 1
#define GET_FLAGS 3

void show_open_flags(unsigned long flags)
{
    static const char *const ways[] = {"O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"};
    static const struct name bits[] = {
        {CREATE, "O_CREAT"}, {0200, "O_EXCL"}, {0400, "O_NOCTTY"}, {01000, "O_TRUNC"}, {02000, "O_APPEND"},
        {04000, "O_NONBLOCK"}, {04010000, "O_SYNC"}, {010000, "O_DSYNC"}, {040000, "O_DIRECT"}, {0100000, "O_LARGEFILE"},
        {0400000, "O_NOFOLLOW"}, {01000000, "O_NOATIME"}, {02000000, "O_CLOEXEC"}, {010000000, "O_PATH"},
        {020200000, "O_TMPFILE"}, {0200000, "O_DIRECTORY"},
    };

    line_put("%s", ways[flags & ACCESS]);
    if ((flags & ~ACCESS) == 0)
        return;
    line_put("|");
    SHOW_FLAGS(bits, flags & ~ACCESS);
}

/* Where there is no way of access among them, as in pipe2 and dup3. */
void show_open_flags_of(const struct value *value)
{
    if (value->word == 0)
        line_put("0");
    else {
        static const struct name bits[] = {{04000, "O_NONBLOCK"}, {02000000, "O_CLOEXEC"}, {040000, "O_DIRECT"}};
        SHOW_FLAGS(bits, (unsigned)value->word);
    }
}

unsigned show_open(const struct value *value)
{
    unsigned long flags = (unsigned)value->word;

    show_open_flags(flags);
    if ((flags & (CREATE | TEMPORARY)) != 0)
        line_put((unsigned)value->rest[0] < 010 ? ", %02o" : ", %#03o", (unsigned)value->rest[0]);
    return 1;
}

static void show_lock(const short *lock)
{
    static const char *const types[] = {"F_RDLCK", "F_WRLCK", "F_UNLCK"};
    static const struct name from[] = {{0, "SEEK_SET"}, {1, "SEEK_CUR"}, {2, "SEEK_END"}};
    const long *range = (const long *)(lock + 4); /* struct flock: two shorts, padding, where and how much */

    line_put("{l_type=%s, l_whence=", lock[0] >= 0 && lock[0] < 3 ? types[lock[0]] : "?");
    SHOW_NAME(from, (unsigned long)lock[1]);
    line_put(", l_start=%ld, l_len=%ld}", range[0], range[1]);
}

unsigned show_fcntl(const struct value *value)
{
    static const struct name commands[] = {
        {0, "F_DUPFD"}, {1, "F_GETFD"}, {2, "F_SETFD"}, {3, "F_GETFL"}, {4, "F_SETFL"}, {5, "F_GETLK"}, {6, "F_SETLK"},
        {7, "F_SETLKW"}, {8, "F_SETOWN"}, {9, "F_GETOWN"}, {36, "F_OFD_GETLK"}, {37, "F_OFD_SETLK"}, {38, "F_OFD_SETLKW"},
        {1030, "F_DUPFD_CLOEXEC"}, {1031, "F_SETPIPE_SZ"}, {1032, "F_GETPIPE_SZ"},
    };
    static const struct name descriptor[] = {{1, "FD_CLOEXEC"}};
    long argument = value->rest[0];

    SHOW_NAME(commands, (unsigned)value->word);
    switch (value->word) {
    case 1:
    case 3:
    case 9:
    case 1032:
        return 1;
    case 2:
        line_put(", ");
        SHOW_FLAGS(descriptor, (unsigned long)argument);
        return 1;
    case 4:
        line_put(", ");
        show_open_flags((unsigned)argument);
        return 1;
    case 5:
    case 6:
    case 7:
    case 36:
    case 37:
    case 38:
        line_put(", ");
        show_lock((const short *)argument);
        return 1;
    default:
        line_put(", %ld", argument);
        return 1;
    }
}

/* What it was asked for, where that is flags. */
void show_fcntl_result(long command, long result)
{
    if (command == GET_DESCRIPTOR_FLAGS && result == 1) {
        line_put("0x1 (flags FD_CLOEXEC)");
    } else if (command == GET_FLAGS) {
        line_put("%#lx (flags ", (unsigned long)result);
        show_open_flags((unsigned long)result);
        line_put(")");
    } else {
        line_put("%ld", result);
    }
}

unsigned show_futex(const struct value *value)
{
    static const char *const operations[] = {
        "FUTEX_WAIT", "FUTEX_WAKE", "FUTEX_FD", "FUTEX_REQUEUE", "FUTEX_CMP_REQUEUE", "FUTEX_WAKE_OP", "FUTEX_LOCK_PI",
        "FUTEX_UNLOCK_PI", "FUTEX_TRYLOCK_PI", "FUTEX_WAIT_BITSET", "FUTEX_WAKE_BITSET",
    };
    unsigned operation = (unsigned)value->word & 0x7f;
    const long *rest = value->rest; /* value, time or number, other word, third value */

    if (operation >= sizeof(operations) / sizeof(operations[0])) {
        line_put("%#x, %d", (unsigned)value->word, (int)rest[0]);
        return 1;
    }
    line_put("%s%s%s, %d", operations[operation], (value->word & 0x80) != 0 ? "_PRIVATE" : "",
             (value->word & 0x100) != 0 ? "|FUTEX_CLOCK_REALTIME" : "", (int)rest[0]);
    if (operation == 0 || operation == 9) {
        line_put(", ");
        show_time(&(struct value){.word = rest[1]});
    }
    if (operation == 9)
        line_put(", NULL");
    if (operation == 9 && (unsigned)rest[3] == UINT32_MAX)
        line_put(", FUTEX_BITSET_MATCH_ANY");
    else if (operation == 9 || operation == 10)
        line_put(", %#x", (unsigned)rest[3]);
    if (operation >= 3 && operation <= 5)
        line_put(", %ld, %#lx, %#x", rest[1], (unsigned long)rest[2], (unsigned)rest[3]);
    return 1;
}
