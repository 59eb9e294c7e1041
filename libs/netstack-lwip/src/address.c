/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses between netstack's form and lwIP's; and waiting for our own. */
#include "stack.h"

#include <string.h>

#include <kraft/clock.h>

int address_to_lwip(const struct kr_netstack_socket *socket,
                    const struct kr_netstack_address *address, ip_addr_t *ip)
{
    if (address->family == KR_NETSTACK_IPV4) {
        IP_SET_TYPE_VAL(*ip, IPADDR_TYPE_V4);
        memcpy(&ip_2_ip4(ip)->addr, address->bytes, 4);
        return socket && socket->only_ipv6 ? -KR_EAFNOSUPPORT : 0;
    }
    if (address->family != KR_NETSTACK_IPV6)
        return -KR_EAFNOSUPPORT;
    if (socket && socket->family == KR_NETSTACK_IPV4)
        return -KR_EAFNOSUPPORT;
    IP_SET_TYPE_VAL(*ip, IPADDR_TYPE_V6);
    memcpy(ip_2_ip6(ip)->addr, address->bytes, 16);
    ip6_addr_clear_zone(ip_2_ip6(ip));
    if (ip6_addr_isipv4mappedipv6(ip_2_ip6(ip))) {
        u32_t ipv4 = ip_2_ip6(ip)->addr[3];
        IP_SET_TYPE_VAL(*ip, IPADDR_TYPE_V4);
        ip_2_ip4(ip)->addr = ipv4;
        return socket && socket->only_ipv6 ? -KR_EAFNOSUPPORT : 0;
    }
    if (ip6_addr_has_scope(ip_2_ip6(ip), IP6_UNICAST)) {
        struct netif *netif = devices_netif(address->scope ? address->scope - 1 : 0);
        if (!netif)
            return -KR_EADDRNOTAVAIL;
        ip6_addr_assign_zone(ip_2_ip6(ip), IP6_UNICAST, netif);
    }
    return 0;
}

void address_plain(const ip_addr_t *ip, struct kr_netstack_address *address)
{
    *address = (struct kr_netstack_address){.family = KR_NETSTACK_IPV4};
    if (IP_IS_V4(ip)) {
        memcpy(address->bytes, &ip_2_ip4(ip)->addr, 4);
        return;
    }
    address->family = KR_NETSTACK_IPV6;
    memcpy(address->bytes, ip_2_ip6(ip)->addr, 16);
    address->scope = ip6_addr_zone(ip_2_ip6(ip));
}

void address_from_lwip(const struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port,
                       struct kr_netstack_address *address)
{
    address_plain(ip, address);
    if (socket->family == KR_NETSTACK_IPV6 && address->family == KR_NETSTACK_IPV4) {
        bool any = ip4_addr_isany_val(*ip_2_ip4(ip));
        address->family = KR_NETSTACK_IPV6;
        memmove(address->bytes + 12, address->bytes, 4);
        memset(address->bytes, 0, 10);
        memset(address->bytes + 10, any ? 0 : 0xff, 2);
    }
    address->port = port;
}

bool address_is_known(unsigned family, uint64_t deadline)
{
    static struct kr_sched_queue waiting; /* nobody wakes it: the deadline is
                                             cut into short ones */
    while (!devices_have_address(family)) {
        uint64_t now = kr_clock_monotonic(), soon = now + KR_CLOCK_SECOND / 10;
        if (now >= deadline)
            return false;
        stack_wait(&waiting, soon < deadline ? soon : deadline);
    }
    return true;
}
