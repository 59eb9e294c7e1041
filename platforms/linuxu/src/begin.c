/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first half of a boot: reads what the kernel left on the stack (System V
 * ABI, AMD64 supplement, 3.4.1), which stays where it is. The arguments are
 * the process's own, without its name, where it has any.
 */
#include "linuxu.h"

#include <kraft/boot.h>
#include <kraft/panic.h>

#define AUXILIARY_END 0
#define AUXILIARY_RANDOM 25 /* AT_RANDOM: 16 random bytes */

#define MOST_DEFAULTS 64u
#define MOST_TEXT 8192u

static struct {
    char *built_in[MOST_DEFAULTS + 1];
    char *environment[MOST_DEFAULTS + 1];
    char **arguments;
    int count;
    char text[MOST_TEXT]; /* of the two lists: a program may write to it */
    unsigned used;        /* bytes of that */
    const char *const *parameters; /* the environment of the process */
} command;

static char *copy_text(const char *from)
{
    char *to = command.text + command.used;

    do {
        if (command.used == MOST_TEXT)
            kr_panic("boot: more than %u bytes of built-in arguments and variables", MOST_TEXT);
        command.text[command.used++] = *from;
    } while (*from++ != '\0');
    return to;
}

static int copy(char **to, const char *const *from)
{
    unsigned count = 0;

    for (; from[count] != NULL; count++) {
        if (count == MOST_DEFAULTS)
            kr_panic("boot: more than %u built-in arguments or variables", MOST_DEFAULTS);
        to[count] = copy_text(from[count]);
    }
    to[count] = NULL;
    return (int)count;
}

/* No canary on this frame: the value changes under it. */
__attribute__((no_stack_protector)) uintptr_t linuxu_begin(const uintptr_t *stack)
{
    int count = (int)stack[0];
    char **arguments = (char **)(uintptr_t)(stack + 1);
    const uintptr_t *auxiliary = stack + 1 + count + 1;

    command.parameters = (const char *const *)(uintptr_t)auxiliary;
    while (*auxiliary != 0)
        auxiliary++;
    auxiliary++;
    for (; auxiliary[0] != AUXILIARY_END; auxiliary += 2)
        if (auxiliary[0] == AUXILIARY_RANDOM)
            __stack_chk_guard = *(const uintptr_t *)auxiliary[1] & ~(uintptr_t)0xff;

    command.arguments = command.built_in;
    command.count = copy(command.built_in, kr_boot_default_arguments);
    copy(command.environment, kr_boot_default_environment);
    if (count > 1) {
        arguments[0] = command.built_in[0];
        command.arguments = arguments;
        command.count = count;
    }
    return linuxu_memory_start();
}

int kr_boot_argument_count(void)
{
    return command.count;
}

char **kr_boot_arguments(void)
{
    return command.arguments;
}

char **kr_boot_environment(void)
{
    return command.environment;
}

/* What lies behind "(name)=" in (variable); NULL: it is another's. */
static const char *value_of(const char *variable, const char *name)
{
    while (*name != '\0' && *name == *variable) {
        name++;
        variable++;
    }
    return *name == '\0' && *variable == '=' ? variable + 1 : NULL;
}

/* The environment of the process is not the app's: it tells of the machine. */
const char *kr_boot_parameter(const char *name, unsigned index)
{
    for (const char *const *one = command.parameters; *one != NULL; one++) {
        const char *value = value_of(*one, name);

        if (value != NULL && index-- == 0)
            return value;
    }
    return NULL;
}
