/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * lwIP's cyclic timers, run when they are due and only where there is
 * something for them to do: a stack without connections wakes once a second,
 * for its ARP and neighbour tables.
 */
#include "stack.h"

#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/ip4_frag.h"
#include "lwip/ip6_frag.h"
#include "lwip/mld6.h"
#include "lwip/nd6.h"
#include "lwip/priv/tcp_priv.h"

#include <kraft/clock.h>

#define MILLISECOND UINT64_C(1000000)

static bool tcp_waits(void)
{
    return tcp_active_pcbs || tcp_tw_pcbs;
}

static bool mld_waits(void)
{
    const struct netif *netif;
    NETIF_FOREACH(netif)
        for (struct mld_group *group = netif_mld6_data(netif); group; group = group->next)
            if (group->timer > 0)
                return true;
    return false;
}

static bool dhcp_waits(void)
{
    const struct netif *netif;
    NETIF_FOREACH(netif) {
        const struct dhcp *dhcp = netif_dhcp_data(netif);
        if (dhcp && dhcp->request_timeout > 0)
            return true;
    }
    return false;
}

/* Constant, but for the time that each is due at; 0: it does not run. */
static struct timer {
    void (*const handler)(void);
    bool (*const needed)(void); /* NULL: always */
    const uint64_t interval;    /* nanoseconds */
    uint64_t due;
} timers[] = {
    {tcp_tmr, tcp_waits, TCP_TMR_INTERVAL * MILLISECOND, 0},
    {mld6_tmr, mld_waits, MLD6_TMR_INTERVAL * MILLISECOND, 0},
    {dhcp_fine_tmr, dhcp_waits, DHCP_FINE_TIMER_MSECS * MILLISECOND, 0},
    {dhcp_coarse_tmr, NULL, DHCP_COARSE_TIMER_MSECS * MILLISECOND, 0},
    {etharp_tmr, NULL, ARP_TMR_INTERVAL * MILLISECOND, 0},
    {nd6_tmr, NULL, ND6_TMR_INTERVAL * MILLISECOND, 0},
    {dns_tmr, NULL, DNS_TMR_INTERVAL * MILLISECOND, 0},
    {ip_reass_tmr, NULL, IP_TMR_INTERVAL * MILLISECOND, 0},
    {ip6_reass_tmr, NULL, IP6_REASS_TMR_INTERVAL * MILLISECOND, 0},
};
#define TIMERS (sizeof(timers) / sizeof(timers[0]))

/* A timer that ran late keeps its pace, but makes up for nothing. */
static uint64_t next_time(const struct timer *timer, uint64_t now)
{
    if (timer->due + timer->interval <= now)
        return now + timer->interval;
    return timer->due + timer->interval;
}

void timers_run(uint64_t now)
{
    uint64_t first = KR_CLOCK_NEVER;
    for (struct timer *timer = timers; timer < timers + TIMERS; timer++) {
        if (timer->due != 0 && timer->due <= now) {
            timer->due = next_time(timer, now);
            timer->handler();
        }
        if (timer->needed && !timer->needed())
            timer->due = 0;
        else if (timer->due == 0)
            timer->due = now + timer->interval;
        if (timer->due != 0 && timer->due < first)
            first = timer->due;
    }
    stack_due(first);
}

/* lwIP: a connection has come to be, and wants its timer. It is the first of
 * the table. */
void tcp_timer_needed(void)
{
    if (timers[0].due != 0)
        return;
    timers[0].due = port_now() + timers[0].interval;
    stack_due_by(timers[0].due);
}
