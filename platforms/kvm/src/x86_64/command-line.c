/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Arguments and machine parameters.
 *
 * The command line is words between blanks. The last words that begin with
 * the name of a machine parameter tell of the machine, which may have appended
 * them itself; the words before them are arguments. In these, and in
 * parameters that begin with "kraft.", %XX stands for the byte of that
 * hexadecimal number (so a blank is %20). No word at all: the arguments that
 * were built into the image count. Words and lists lie above main's stack,
 * as Unix has them.
 */
#include "kvm.h"

#include <kraft/boot.h>
#include <kraft/panic.h>
#include <kraft/string.h>

static const char device_prefix[] = "virtio_mmio.device=";
static const char own_prefix[] = "kraft.";

static struct {
    char **arguments; /* argument_count of them and NULL, then the parameters and NULL */
    int argument_count;
} line __attribute__((section(".bss.noinit.kvm_line")));

static size_t length_of(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    return length;
}

static bool starts_with(const char *text, const char *prefix)
{
    while (*prefix != '\0') {
        if (*text++ != *prefix++)
            return false;
    }
    return true;
}

/* The value of a hexadecimal digit, or -1. */
static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Replaces each %XX of (word), in place. */
static void decode(char *word)
{
    char *to = word;

    for (const char *from = word; *from != '\0'; from++) {
        if (from[0] == '%' && digit(from[1]) >= 0 && digit(from[2]) >= 0) {
            *to++ = (char)(digit(from[1]) << 4 | digit(from[2]));
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* Ends each word of (text) by a NUL; returns how many there are. With
 * (words), which has room for that many, stores where each begins. */
static unsigned split(char *text, char **words)
{
    unsigned count = 0;

    for (;;) {
        while (*text == ' ')
            text++;
        if (*text == '\0')
            return count;
        if (words != NULL)
            words[count] = text;
        count++;
        while (*text != ' ' && *text != '\0')
            text++;
        if (*text == ' ' && words != NULL)
            *text++ = '\0';
    }
}

/* Copies the first (count) built-in arguments to below (top), and their
 * addresses to (list). Returns the lowest byte used. */
static char *copy_defaults(char *top, const char *bottom, unsigned count, char **list)
{
    for (unsigned index = 0; index < count; index++) {
        const char *from = kr_boot_default_arguments[index];
        size_t size = length_of(from) + 1;

        if (size > (size_t)(top - bottom))
            kr_panic("boot: the arguments do not fit above main's stack");
        top -= size;
        memcpy(top, from, size);
        if (list != NULL)
            list[index] = top;
    }
    return top;
}

/* Room for (count) addresses below (top). */
static char **list_below(char *top, const char *bottom, size_t count)
{
    char **list = (char **)(((uintptr_t)top & ~(uintptr_t)7) - count * sizeof(char *));

    if ((uintptr_t)list < (uintptr_t)bottom)
        kr_panic("boot: the arguments do not fit above main's stack");
    return list;
}

/*
 * (list) has the name at [0] and the words from [1] on: makes room for a NULL
 * between arguments and parameters, and for the built-in arguments where the
 * command line has none. Returns how many built-in ones are wanted.
 */
static unsigned arrange(char **list, unsigned words, unsigned defaults)
{
    unsigned arguments = words;
    unsigned parameters, count;

    while (arguments > 0 && (starts_with(list[arguments], device_prefix) ||
                             starts_with(list[arguments], own_prefix)))
        arguments--;
    for (unsigned index = 1; index <= words; index++)
        if (index <= arguments || starts_with(list[index], own_prefix))
            decode(list[index]);
    count = arguments == 0 ? defaults : arguments + 1;
    parameters = words - arguments;
    memmove(list + count + 1, list + arguments + 1, parameters * sizeof(*list));
    list[count] = NULL;
    list[count + 1 + parameters] = NULL;
    line.arguments = list;
    line.argument_count = (int)count;
    return arguments == 0 ? defaults : 1;
}

char *kvm_command_line_place(char *top, char *bottom, const struct kvm_start_info *info)
{
    unsigned defaults = 0;
    unsigned words = 0;
    char *text = top - info->command_line_size;
    char **list;

    if (info->command_line_size > (size_t)(top - bottom))
        kr_panic("boot: the command line does not fit above main's stack");
    while (kr_boot_default_arguments[defaults] != NULL)
        defaults++;
    if (info->command_line_size != 0) {
        memmove(text, info->command_line, info->command_line_size);
        words = split(text, NULL);
    }
    list = list_below(copy_defaults(text, bottom, defaults, NULL), bottom, defaults + words + 3);
    if (words != 0)
        split(text, list + 1);
    copy_defaults(text, bottom, arrange(list, words, defaults), list);
    return (char *)list;
}

int kr_boot_argument_count(void)
{
    return line.argument_count;
}

char **kr_boot_arguments(void)
{
    return line.arguments;
}

char **kr_boot_environment(void)
{
    return (char **)(uintptr_t)kr_boot_default_environment;
}

const char *kr_boot_parameter(const char *name, unsigned index)
{
    size_t length = length_of(name);

    for (char **word = line.arguments + line.argument_count + 1; *word != NULL; word++) {
        if (starts_with(*word, name) && (*word)[length] == '=' && index-- == 0)
            return *word + length + 1;
    }
    return NULL;
}
