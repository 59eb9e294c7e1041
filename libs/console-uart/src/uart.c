/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The PC's first serial port, a 16550 UART (National PC16550D, 8). The
 * machine has set its speed; all that is done here is to turn the FIFO on at
 * the first write, so that bytes go out by the dozen: one look at the line
 * status, then as many bytes as the FIFO holds.
 *
 * A port that does not drain loses output instead of stopping the guest; one
 * that does not exist reads as all ones, which is "ready".
 */
#include "options.h"

#include <kraft/console.h>
#include <kraft/hardware.h>

#define DATA 0x3f8
#define FIFO_CONTROL 0x3fa
#define LINE_STATUS 0x3fd
#define FIFO_ENABLE 0x01u
#define FIFO_SIZE 16u
#define DATA_READY 0x01u
#define TRANSMITTER_EMPTY 0x20u
#define NOTHING_THERE 0xffu
#define PATIENCE 100000u

static struct {
    bool fifo; /* is on */
} uart;

static bool wait_for_room(void)
{
    for (unsigned turn = 0; turn < PATIENCE; turn++) {
        if (kr_hardware_in8(LINE_STATUS) & TRANSMITTER_EMPTY)
            return true;
        kr_hardware_pause();
    }
    return false;
}

static void send(const char *bytes, size_t length)
{
    while (length > 0) {
        size_t some = length < FIFO_SIZE ? length : FIFO_SIZE;

        if (!wait_for_room())
            return;
        kr_hardware_out8_many(DATA, bytes, some);
        bytes += some;
        length -= some;
    }
}

/* As send, with a CR before each LF. */
static void send_lines(const char *bytes, size_t length)
{
    size_t begin = 0;

    for (size_t at = 0; at < length; at++) {
        if (bytes[at] != '\n')
            continue;
        send(bytes + begin, at - begin);
        send("\r", 1);
        begin = at;
    }
    send(bytes + begin, length - begin);
}

static void console_write(const char *bytes, size_t length)
{
    if (!uart.fifo) {
        kr_hardware_out8(FIFO_CONTROL, FIFO_ENABLE);
        uart.fifo = true;
    }
    if (OPT_CARRIAGE_RETURN)
        send_lines(bytes, length);
    else
        send(bytes, length);
}

static size_t console_read(char *bytes, size_t length)
{
    size_t count = 0;

    while (count < length) {
        uint8_t status = kr_hardware_in8(LINE_STATUS);

        if (status == NOTHING_THERE || !(status & DATA_READY))
            break;
        bytes[count++] = (char)kr_hardware_in8(DATA);
    }
    return count;
}

extern const struct kr_console_driver console_uart_console;
const struct kr_console_driver console_uart_console = {
    .name = "console-uart",
    .write = console_write,
    .read = console_read,
};
