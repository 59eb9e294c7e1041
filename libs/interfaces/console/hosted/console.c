/* SPDX-License-Identifier: BSD-3-Clause */
/* A console for providers of print: standard output, with no C library between. */
#include <kraft/console.h>

#include <unistd.h>

static void write_all(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(1, bytes, length);
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

static const struct kr_console_driver driver = {.name = "hosted", .write = write_all};

/* Weak: there is a generated table where a lib of the program is a console. */
__attribute__((weak)) const struct kr_console_driver *const kr_console_drivers[] = {&driver, NULL};
__attribute__((weak)) const size_t kr_console_driver_count = 1;
