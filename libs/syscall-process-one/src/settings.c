/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a program sets of its process and reads again: limits (man 2 getrlimit)
 * and the options of prctl (man 2 prctl). The C library tells those who enforce
 * a limit.
 */
#include <kraft/string.h>
#include <kraft/syscall-process.h>

#define PROCESS 1
#define LIMIT_STACK 3u
#define LIMIT_CORE 4u
#define LIMIT_FILES 7u
#define LIMITS 16u
#define NO_LIMIT UINT64_MAX

#define SET_NAME 15
#define GET_NAME 16
#define GET_SLACK 30
#define SET_SLACK 29
#define NAME_SIZE 16

struct limit {
    uint64_t now, most;
    bool set; /* by the program; until then they are what limit_of() says */
};

/* An option that sets a number, and the one that reads it. */
struct setting {
    const int set, get;
    const bool by_pointer; /* whether (get) writes it through its argument */
    const uintptr_t most;
    uintptr_t value;
};

static struct limit limits[LIMITS];
static char name[NAME_SIZE] = "main";
static struct setting settings[] = {
    {.set = 1, .get = 2, .by_pointer = true, .most = 64},  /* PDEATHSIG */
    {.set = 4, .get = 3, .most = 1, .value = 1},           /* DUMPABLE */
    {.set = 38, .get = 39, .most = 1},                     /* NO_NEW_PRIVS */
    {.set = 41, .get = 42, .most = 1},                     /* THP_DISABLE */
    {.set = SET_SLACK, .get = GET_SLACK, .most = UINTPTR_MAX, .value = 50000},
};

static struct kr_syscall_limit limit_of(unsigned which)
{
    static const uint64_t first[LIMITS] = {[LIMIT_STACK] = 65536, [LIMIT_FILES] = 1024};
    const struct limit *limit = &limits[which];
    uint64_t always = first[which] != 0 || which == LIMIT_CORE ? first[which] : NO_LIMIT;

    if (limit->set)
        return (struct kr_syscall_limit){limit->now, limit->most};
    return (struct kr_syscall_limit){always, always};
}

long kr_syscall_prlimit(int process, unsigned which, const struct kr_syscall_limit *fresh,
                        struct kr_syscall_limit *old)
{
    if (process != 0 && process != PROCESS)
        return -KR_ESRCH;
    if (which >= LIMITS)
        return -KR_EINVAL;
    struct kr_syscall_limit before = limit_of(which);
    if (fresh != NULL && fresh->now > fresh->most)
        return -KR_EINVAL;
    if (fresh != NULL && fresh->most > before.most)
        return -KR_EPERM;
    if (fresh != NULL)
        limits[which] = (struct limit){fresh->now, fresh->most, true};
    if (old != NULL)
        *old = before;
    return 0;
}

long kr_syscall_prctl(int option, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
    (void)b, (void)c, (void)d;
    if (option == SET_NAME) {
        const char *from = (const char *)a;
        size_t length = 0;

        while (length < NAME_SIZE - 1 && from[length] != '\0')
            length++;
        memset(name, 0, sizeof(name));
        memcpy(name, from, length);
        return 0;
    }
    if (option == GET_NAME) {
        memcpy((void *)a, name, sizeof(name));
        return 0;
    }
    for (struct setting *one = settings; one < settings + sizeof(settings) / sizeof(*one); one++) {
        if (option == one->set && a > one->most)
            return -KR_EINVAL;
        if (option == one->set)
            one->value = a;
        else if (option == one->get && one->by_pointer)
            *(int *)a = (int)one->value;
        else if (option == one->get)
            return (long)one->value;
        if (option == one->set || option == one->get)
            return 0;
    }
    return -KR_EINVAL;
}
