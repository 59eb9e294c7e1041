/* SPDX-License-Identifier: BSD-3-Clause */
/* The ways out of a program: exit, abort, assert (C17 7.22.4, 7.2.1). */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <kraft/boot.h>
#include <kraft/panic.h>

int errno;

static struct {
    void (*functions[32])(void); /* called last first */
    unsigned count;
} at_exit;

int atexit(void (*function)(void))
{
    if (at_exit.count == sizeof(at_exit.functions) / sizeof(at_exit.functions[0]))
        return -1;
    at_exit.functions[at_exit.count++] = function;
    return 0;
}

_Noreturn void exit(int status)
{
    while (at_exit.count > 0)
        at_exit.functions[--at_exit.count]();
    kr_boot_exit(status);
}

_Noreturn void abort(void)
{
    kr_panic("app: abort was called");
}

_Noreturn void __assert_fail(const char *condition, const char *file, unsigned line,
                             const char *function)
{
    kr_panic("app: %s:%u: %s: assertion %s does not hold", file, line, function, condition);
}

char *getenv(const char *name)
{
    size_t length = strlen(name);
    for (char **variable = kr_boot_environment(); *variable; variable++)
        if (strncmp(*variable, name, length) == 0 && (*variable)[length] == '=')
            return *variable + length + 1;
    return NULL;
}
