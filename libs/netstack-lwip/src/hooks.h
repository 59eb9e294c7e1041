/* SPDX-License-Identifier: BSD-3-Clause */
/* lwIP's hooks that hooks.c fills in (lwipopts.h says which is which). */
#ifndef NETSTACK_LWIP_HOOKS_H
#define NETSTACK_LWIP_HOOKS_H

#include "lwip/ip_addr.h"
#include "lwip/pbuf.h"

/* An initial sequence number for the connection (RFC 6528). */
u32_t netstack_lwip_isn(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote,
                        u16_t remote_port);

/* Look at a packet before lwIP does; its IP header is first. Return 0: lwIP
 * goes on with it. */
int netstack_lwip_hear_ipv4(struct pbuf *packet);
int netstack_lwip_hear_ipv6(struct pbuf *packet);

#endif
