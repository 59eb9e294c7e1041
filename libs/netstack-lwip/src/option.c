/* SPDX-License-Identifier: BSD-3-Clause */
/* Options of sockets, and what an interface is. */
#include "stack.h"

#include <options.h>

#include "lwip/raw.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include <string.h>

/* Where lwIP keeps the options of (socket), or NULL. */
static u8_t *flags_of(struct kr_netstack_socket *socket)
{
    if (!socket->tcp)
        return NULL;
    if (socket->type == KR_NETSTACK_STREAM)
        return &socket->tcp->so_options;
    return socket->type == KR_NETSTACK_DATAGRAM ? &socket->udp->so_options
                                                : &socket->raw->so_options;
}

static int set_flag(struct kr_netstack_socket *socket, u8_t flag, int value)
{
    u8_t *flags = flags_of(socket);
    if (!flags)
        return -KR_EINVAL;
    *flags = (u8_t)(value ? *flags | flag : *flags & ~flag);
    return 0;
}

static int get_flag(struct kr_netstack_socket *socket, u8_t flag, int *value)
{
    const u8_t *flags = flags_of(socket);
    *value = flags && *flags & flag;
    return 0;
}

static bool is_open_stream(const struct kr_netstack_socket *socket)
{
    return socket->type == KR_NETSTACK_STREAM && socket->tcp && !socket->listening;
}

/* Where lwIP keeps how a silent peer is probed; NULL where there is no stream.
 * Times are milliseconds there, seconds here: (unit) is one second. */
static u32_t *keep_alive(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                         u32_t *unit)
{
    if (!is_open_stream(socket))
        return NULL;
    *unit = option == KR_NETSTACK_KEEP_COUNT ? 1 : 1000;
    if (option == KR_NETSTACK_KEEP_IDLE)
        return &socket->tcp->keep_idle;
    return option == KR_NETSTACK_KEEP_INTERVAL ? &socket->tcp->keep_intvl
                                               : &socket->tcp->keep_cnt;
}

static int set_keep_alive(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                          int value)
{
    u32_t unit;
    u32_t *place = keep_alive(socket, option, &unit);

    if (!place)
        return socket->type == KR_NETSTACK_STREAM ? 0 : -KR_EOPNOTSUPP;
    if (value < 1 || value > 32767)
        return -KR_EINVAL;
    *place = (u32_t)value * unit;
    return 0;
}

static int get_keep_alive(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                          int *value)
{
    u32_t unit;
    const u32_t *place = keep_alive(socket, option, &unit);

    *value = place ? (int)(*place / unit) : 0;
    return socket->type == KR_NETSTACK_STREAM ? 0 : -KR_EOPNOTSUPP;
}

static int unread(const struct kr_netstack_socket *socket)
{
    size_t bytes = 0;

    if (socket->type != KR_NETSTACK_STREAM)
        return socket->datagram_first ? socket->datagram_first->packet->tot_len : 0;
    for (const struct pbuf *at = socket->first; at; at = at->next)
        bytes += at->len;
    return (int)bytes;
}

int kr_netstack_set_option(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                           int value)
{
    switch (option) {
    case KR_NETSTACK_NONBLOCKING:
        socket->nonblocking = value != 0;
        return 0;
    case KR_NETSTACK_NODELAY:
        if (!is_open_stream(socket))
            return socket->type == KR_NETSTACK_STREAM ? 0 : -KR_EOPNOTSUPP;
        if (value)
            tcp_nagle_disable(socket->tcp);
        else
            tcp_nagle_enable(socket->tcp);
        return 0;
    case KR_NETSTACK_KEEPALIVE:
        return set_flag(socket, SOF_KEEPALIVE, value);
    case KR_NETSTACK_REUSE_ADDRESS:
        return set_flag(socket, SOF_REUSEADDR, value);
    case KR_NETSTACK_BROADCAST:
        return set_flag(socket, SOF_BROADCAST, value);
    case KR_NETSTACK_IPV6_ONLY:
        socket->only_ipv6 = value != 0;
        return socket->family == KR_NETSTACK_IPV6 ? 0 : -KR_EOPNOTSUPP;
    case KR_NETSTACK_KEEP_IDLE:
    case KR_NETSTACK_KEEP_INTERVAL:
    case KR_NETSTACK_KEEP_COUNT:
        return set_keep_alive(socket, option, value);
    case KR_NETSTACK_RECEIVE_BUFFER:
    case KR_NETSTACK_SEND_BUFFER:
    case KR_NETSTACK_ERROR:
    case KR_NETSTACK_UNREAD:
        break;
    }
    return -KR_EOPNOTSUPP;
}

int kr_netstack_get_option(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                           int *value)
{
    *value = 0;
    switch (option) {
    case KR_NETSTACK_NONBLOCKING:
        *value = socket->nonblocking;
        return 0;
    case KR_NETSTACK_NODELAY:
        *value = is_open_stream(socket) && tcp_nagle_disabled(socket->tcp);
        return 0;
    case KR_NETSTACK_KEEPALIVE:
        return get_flag(socket, SOF_KEEPALIVE, value);
    case KR_NETSTACK_REUSE_ADDRESS:
        return get_flag(socket, SOF_REUSEADDR, value);
    case KR_NETSTACK_BROADCAST:
        return get_flag(socket, SOF_BROADCAST, value);
    case KR_NETSTACK_IPV6_ONLY:
        *value = socket->only_ipv6;
        return 0;
    case KR_NETSTACK_RECEIVE_BUFFER:
        *value = OPT_RECEIVE_WINDOW;
        return 0;
    case KR_NETSTACK_SEND_BUFFER:
        *value = OPT_SEND_BUFFER;
        return 0;
    case KR_NETSTACK_ERROR:
        *value = socket->error;
        socket->error = 0;
        return 0;
    case KR_NETSTACK_KEEP_IDLE:
    case KR_NETSTACK_KEEP_INTERVAL:
    case KR_NETSTACK_KEEP_COUNT:
        return get_keep_alive(socket, option, value);
    case KR_NETSTACK_UNREAD:
        *value = unread(socket);
        return 0;
    }
    return -KR_EOPNOTSUPP;
}

/* Leading one bits of a mask. */
static uint8_t prefix_of(const ip4_addr_t *mask)
{
    u32_t bits = ~lwip_ntohl(mask->addr);
    return bits == 0 ? 32 : (uint8_t)__builtin_clz(bits);
}

static void ipv4_of(const ip4_addr_t *ip, struct kr_netstack_address *address)
{
    if (ip4_addr_isany(ip))
        return;
    address->family = KR_NETSTACK_IPV4;
    memcpy(address->bytes, &ip->addr, 4);
}

int kr_netstack_interface(unsigned index, struct kr_netstack_interface *facts)
{
    const struct netif *netif = devices_netif(index);
    if (!netif)
        return -KR_ENODEV;
    *facts = (struct kr_netstack_interface){
        .name = {netif->name[0], netif->name[1], (char)('0' + index % 10)},
        .mtu = netif->mtu,
        .up = netif_is_up(netif),
        .prefix = prefix_of(netif_ip4_netmask(netif)),
    };
    memcpy(facts->mac, netif->hwaddr, 6);
    ipv4_of(netif_ip4_addr(netif), &facts->address);
    ipv4_of(netif_ip4_gw(netif), &facts->gateway);
    for (unsigned i = 0; i < 3 && i < LWIP_IPV6_NUM_ADDRESSES; i++)
        if (ip6_addr_isvalid(netif_ip6_addr_state(netif, i)))
            address_plain(netif_ip_addr6(netif, i), &facts->ipv6[i]);
    return 0;
}
