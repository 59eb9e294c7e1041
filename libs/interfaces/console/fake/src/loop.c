/* SPDX-License-Identifier: BSD-3-Clause */
/* A ring of bytes: what is written waits there until it is read. */
#include "options.h"

#include <kraft/console.h>

static struct {
    char bytes[OPT_ROOM];
    size_t read, written; /* bytes, in all */
} ring;

static void console_write(const char *bytes, size_t length)
{
    for (; length > 0 && ring.written - ring.read < OPT_ROOM; length--)
        ring.bytes[ring.written++ % OPT_ROOM] = *bytes++;
}

static size_t console_read(char *bytes, size_t length)
{
    size_t count = 0;

    while (count < length && ring.read < ring.written)
        bytes[count++] = ring.bytes[ring.read++ % OPT_ROOM];
    return count;
}

extern const struct kr_console_driver console_fake_console;
const struct kr_console_driver console_fake_console = {
    .name = "console-fake",
    .write = console_write,
    .read = console_read,
};
