/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Files 0 and 1 of the process. A write goes on until all is written, since a
 * pipe may take less at once; a read asks first whether there is something.
 */
#include <kraft/boot.h>
#include <kraft/console.h>
#include <kraft/linux.h>

#define INPUT 0u
#define OUTPUT 1u
#define POLL_IN 1
#define GET_SETTINGS 0x5401u /* TCGETS */

struct poll { /* struct pollfd */
    int file;
    int16_t events;
    int16_t returned;
};

static bool ended; /* the last read found the end of the input */

static void write_all(const char *bytes, size_t length)
{
    kr_linux_write_all(OUTPUT, bytes, length);
}

static size_t read_some(char *bytes, size_t length)
{
    struct poll poll = {.file = INPUT, .events = POLL_IN};

    if (kr_linux_call3(KR_LINUX_POLL, (uintptr_t)&poll, 1, 0) <= 0)
        return 0;
    long count = kr_linux_call3(KR_LINUX_READ, INPUT, (uintptr_t)bytes, length);

    ended = count == 0 && length > 0;
    return count < 0 ? 0 : (size_t)count;
}

/* Whoever forwards it says what it is, as to other machines; else it is asked. */
static bool is_stream(void)
{
    const char *said = kr_boot_parameter("kraft.input", 0);
    uint64_t settings[8]; /* struct termios has 60 bytes at most */

    if (said != NULL)
        return said[0] == 's';
    return kr_linux_call3(KR_LINUX_IOCTL, INPUT, GET_SETTINGS, (uintptr_t)settings) < 0;
}

static unsigned input(void)
{
    return (ended ? KR_CONSOLE_ENDED : 0) | (is_stream() ? KR_CONSOLE_STREAM : 0);
}

extern const struct kr_console_driver console_linux_console;

const struct kr_console_driver console_linux_console = {
    .name = "linux",
    .write = write_all,
    .read = read_some,
    .input = input,
};
