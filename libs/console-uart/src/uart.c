/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The PC's first serial port, a UART of the 8250 family (National PC16550D,
 * 8), polled. The machine has set its speed.
 *
 * Nothing is lost: a write waits until the last byte has left the
 * transmitter, for as long as whoever reads takes, so that even an exit right
 * after it cuts nothing off. The FIFO stays off, because turning it on
 * empties it (8.4), and a byte that has just come in with it. Whether there
 * is a port at all is asked once; without one, output is for nobody.
 */
#include "options.h"

#include <kraft/console.h>
#include <kraft/hardware.h>

#define DATA 0x3f8
#define LINE_STATUS 0x3fd
#define SCRATCH 0x3ff /* keeps what is written, and means nothing */
#define DATA_READY 0x01u
#define HOLDING_EMPTY 0x20u /* the next byte can be written */
#define ALL_EMPTY 0x40u     /* and the last one is out */

static struct {
    enum { UNKNOWN, THERE, ABSENT } port;
} uart;

static bool holds(uint8_t value)
{
    kr_hardware_out8(SCRATCH, value);
    return kr_hardware_in8(SCRATCH) == value;
}

static bool is_there(void)
{
    if (uart.port == UNKNOWN)
        uart.port = holds(0x5a) && holds(0xa5) ? THERE : ABSENT;
    return uart.port == THERE;
}

static void wait_for(unsigned state)
{
    while ((kr_hardware_in8(LINE_STATUS) & state) == 0)
        kr_hardware_pause();
}

static void send(char byte)
{
    wait_for(HOLDING_EMPTY);
    kr_hardware_out8(DATA, (uint8_t)byte);
}

static void console_write(const char *bytes, size_t length)
{
    if (length == 0 || !is_there())
        return;
    for (size_t at = 0; at < length; at++) {
        if (OPT_CARRIAGE_RETURN && bytes[at] == '\n')
            send('\r');
        send(bytes[at]);
    }
    wait_for(ALL_EMPTY);
}

static size_t console_read(char *bytes, size_t length)
{
    size_t count = 0;

    if (!is_there())
        return 0;
    while (count < length && (kr_hardware_in8(LINE_STATUS) & DATA_READY) != 0)
        bytes[count++] = (char)kr_hardware_in8(DATA);
    return count;
}

extern const struct kr_console_driver console_uart_console;
const struct kr_console_driver console_uart_console = {
    .name = "console-uart",
    .write = console_write,
    .read = console_read,
};
