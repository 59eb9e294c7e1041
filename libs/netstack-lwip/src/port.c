/* SPDX-License-Identifier: BSD-3-Clause */
/* The functions that lwIP expects of the system that it is built into. */
#include "stack.h"

#include "lwip/sys.h"
#include "lwip/timeouts.h"

#include <kraft/clock.h>
#include <kraft/entropy.h>
#include <kraft/panic.h>

static uint64_t now; /* of the last stack_run */

_Noreturn void netstack_lwip_assert(const char *what)
{
    kr_panic("netstack-lwip: %s", what);
}

uint32_t netstack_lwip_random(void)
{
    static struct {
        uint32_t numbers[16];
        unsigned left;
    } pool;
    if (pool.left == 0) {
        if (kr_entropy_fill(pool.numbers, sizeof(pool.numbers)))
            kr_panic("netstack-lwip: the source of entropy failed");
        pool.left = sizeof(pool.numbers) / sizeof(pool.numbers[0]);
    }
    uint32_t number = pool.numbers[--pool.left];
    pool.numbers[pool.left] = 0; /* nobody sees it twice */
    return number;
}

uint64_t port_now(void)
{
    return now;
}

void port_set_now(uint64_t time)
{
    now = time;
}

u32_t sys_now(void)
{
    return (u32_t)(now / 1000000);
}

void sys_timeouts_init(void)
{
}

int port_error(err_t error)
{
    static const uint8_t numbers[] = {
        [-ERR_MEM] = KR_ENOMEM,       [-ERR_BUF] = KR_ENOMEM,
        [-ERR_TIMEOUT] = KR_ETIMEDOUT, [-ERR_RTE] = KR_ENETUNREACH,
        [-ERR_INPROGRESS] = KR_EINPROGRESS, [-ERR_VAL] = KR_EINVAL,
        [-ERR_WOULDBLOCK] = KR_EAGAIN, [-ERR_USE] = KR_EADDRINUSE,
        [-ERR_ALREADY] = KR_EALREADY, [-ERR_ISCONN] = KR_EISCONN,
        [-ERR_CONN] = KR_ENOTCONN,    [-ERR_IF] = KR_EIO,
        [-ERR_ABRT] = KR_ECONNABORTED, [-ERR_RST] = KR_ECONNRESET,
        [-ERR_CLSD] = KR_ENOTCONN,    [-ERR_ARG] = KR_EINVAL,
    };
    if (error == ERR_OK)
        return 0;
    if (error > 0 || -error >= (int)sizeof(numbers))
        return -KR_EIO;
    return -numbers[-error];
}
