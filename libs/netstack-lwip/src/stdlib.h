/* SPDX-License-Identifier: BSD-3-Clause */
/* <stdlib.h> as far as lwIP uses it; only this lib sees it. */
#ifndef NETSTACK_LWIP_STDLIB_H
#define NETSTACK_LWIP_STDLIB_H

static inline int netstack_lwip_number(const char *text)
{
    int number = 0;
    while (*text >= '0' && *text <= '9' && number < 100000)
        number = number * 10 + (*text++ - '0');
    return number;
}
#define atoi netstack_lwip_number

#endif
