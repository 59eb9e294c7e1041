/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The PC's first serial port, a UART of the 8250 family (National PC16550D,
 * 8), polled. The machine has set its speed.
 *
 * Nothing is lost: a write waits until the last byte has left the
 * transmitter, for as long as whoever reads takes, so that even an exit right
 * after it cuts nothing off. Whether there is a port at all is asked once;
 * without one, output is for nobody.
 *
 * A serial line has no end. Where the machine's parameter kraft.input is
 * there, the bytes that come in are written so: SYN, START, the input, ESCAPE
 * END, and in the input ESCAPE ESCAPE for one byte ESCAPE. It also says what
 * they come from: "stream", a file or a pipe, or "terminal". The FIFO stays
 * off without it, because turning it on empties it (8.4), and a byte that has
 * just come in with it; with it, that can be no other byte than SYN.
 */
#include "options.h"

#include <kraft/boot.h>
#include <kraft/console.h>
#include <kraft/hardware.h>

#define DATA 0x3f8
#define FIFO_CONTROL 0x3fa
#define LINE_STATUS 0x3fd
#define SCRATCH 0x3ff /* keeps what is written, and means nothing */
#define DATA_READY 0x01u
#define HOLDING_EMPTY 0x20u /* the next byte can be written */
#define ALL_EMPTY 0x40u     /* and the last one is out */
#define FIFO_ON 0xc1u       /* and it takes 14 bytes at once */

/* Of ASCII's transmission control characters: STX, EOT and DLE. */
#define START 0x02
#define END 0x04
#define ESCAPE 0x10

static struct {
    enum { UNKNOWN, THERE, ABSENT } port;
    const char *source; /* what kraft.input says, or NULL */
    enum { UNASKED, BEFORE, WITHIN, ESCAPED, ENDED } input;
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

/* Before the first byte is read. */
static void begin_input(void)
{
    uart.source = kr_boot_parameter("kraft.input", 0);
    uart.input = uart.source == NULL ? WITHIN : BEFORE;
    if (uart.source != NULL && is_there())
        kr_hardware_out8(FIFO_CONTROL, FIFO_ON);
}

/* Whether (byte) of the line is one of the input's. */
static bool counts(char byte)
{
    if (uart.source == NULL)
        return true;
    if (uart.input == BEFORE) {
        uart.input = byte == START ? WITHIN : BEFORE;
        return false;
    }
    if (uart.input == WITHIN && byte == ESCAPE) {
        uart.input = ESCAPED;
        return false;
    }
    uart.input = uart.input == ESCAPED && byte == END ? ENDED : WITHIN;
    return uart.input != ENDED;
}

static size_t console_read(char *bytes, size_t length)
{
    size_t count = 0;

    if (!is_there())
        return 0;
    if (uart.input == UNASKED)
        begin_input();
    while (count < length && uart.input != ENDED &&
           (kr_hardware_in8(LINE_STATUS) & DATA_READY) != 0) {
        bytes[count] = (char)kr_hardware_in8(DATA);
        count += counts(bytes[count]);
    }
    return count;
}

static unsigned console_input(void)
{
    if (uart.input == UNASKED)
        begin_input();
    return (uart.input == ENDED ? KR_CONSOLE_ENDED : 0) |
           (uart.source != NULL && uart.source[0] == 's' ? KR_CONSOLE_STREAM : 0);
}

extern const struct kr_console_driver console_uart_console;
const struct kr_console_driver console_uart_console = {
    .name = "console-uart",
    .write = console_write,
    .read = console_read,
    .input = console_input,
};
