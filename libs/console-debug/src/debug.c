/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The debug port of Bochs and QEMU (`-debugcon`): every byte that is written
 * to it appears. It is always ready, has no input, and is faster than a UART.
 */
#include <kraft/console.h>
#include <kraft/hardware.h>

#define PORT 0xe9

static void console_write(const char *bytes, size_t length)
{
    kr_hardware_out8_many(PORT, bytes, length);
}

extern const struct kr_console_driver console_debug_console;
const struct kr_console_driver console_debug_console = {
    .name = "console-debug",
    .write = console_write,
};
