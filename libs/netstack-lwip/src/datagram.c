/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Datagram sockets: UDP, and ICMP echo, which is a datagram to a host's own
 * echo service. Each datagram waits in the buffer that it came in.
 */
#include "stack.h"

#include <options.h>

#include "lwip/icmp.h"
#include "lwip/icmp6.h"
#include "lwip/inet_chksum.h"
#include "lwip/raw.h"
#include "lwip/udp.h"
#include <string.h>

#include <kraft/clock.h>

#define ECHO_HEADER 8u
#define ECHO_IDENTIFIER 4u /* its place in the header */
#define ECHO_CHECKSUM 2u

static void deliver(struct kr_netstack_socket *socket, struct pbuf *packet, const ip_addr_t *from,
                    u16_t port)
{
    struct datagram *datagram = NULL;
    if (socket->datagrams < OPT_DATAGRAMS)
        datagram = netstack_lwip_allocate(sizeof(*datagram));
    if (!datagram) {
        pbuf_free(packet);
        return;
    }
    *datagram = (struct datagram){.packet = packet, .port = port};
    ip_addr_copy(datagram->from, *from);
    if (socket->datagram_last)
        socket->datagram_last->next = datagram;
    else
        socket->datagram_first = datagram;
    socket->datagram_last = datagram;
    socket->datagrams++;
    socket_changed(socket);
}

static void on_udp(void *argument, struct udp_pcb *pcb, struct pbuf *packet,
                   const ip_addr_t *from, u16_t port)
{
    (void)pcb;
    deliver(argument, packet, from, port);
}

/* Sees every ICMP message, its IP header first; takes replies to us. */
static u8_t on_icmp(void *argument, struct raw_pcb *pcb, struct pbuf *packet,
                    const ip_addr_t *from)
{
    struct kr_netstack_socket *socket = argument;
    (void)pcb;
    u8_t message[ECHO_HEADER];
    u16_t skip = IP_IS_V4(from) ? ip_current_header_tot_len() : 0;
    u8_t reply = IP_IS_V4(from) ? ICMP_ER : ICMP6_TYPE_EREP;
    if (pbuf_copy_partial(packet, message, sizeof(message), skip) < sizeof(message) ||
        message[0] != reply ||
        memcmp(&message[ECHO_IDENTIFIER], &socket->identifier, 2) != 0)
        return 0;
    if (socket->connected && !ip_addr_eq(&socket->peer_ip, from))
        return 0;
    pbuf_remove_header(packet, skip);
    deliver(socket, packet, from, 0);
    return 1;
}

int datagram_open(struct kr_netstack_socket *socket)
{
    bool ipv6 = socket->family == KR_NETSTACK_IPV6;
    if (socket->type == KR_NETSTACK_DATAGRAM) {
        socket->udp = udp_new_ip_type(ipv6 ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4);
        if (socket->udp)
            udp_recv(socket->udp, on_udp, socket);
        return socket->udp ? 0 : -KR_ENFILE;
    }
    socket->identifier = (u16_t)LWIP_RAND();
    socket->raw = raw_new_ip_type(ipv6 ? IPADDR_TYPE_V6 : IPADDR_TYPE_V4,
                                  ipv6 ? IP6_NEXTH_ICMP6 : IP_PROTO_ICMP);
    if (!socket->raw)
        return -KR_ENFILE;
    raw_recv(socket->raw, on_icmp, socket);
    socket->raw->chksum_reqd = ipv6;
    socket->raw->chksum_offset = ECHO_CHECKSUM;
    return 0;
}

int datagram_bind(struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port)
{
    if (socket->type == KR_NETSTACK_ECHO)
        return port_error(raw_bind(socket->raw, ip));
    if (port != 0)
        return port_error(udp_bind(socket->udp, ip, port));
    /* A port that nobody can guess (RFC 6056, 3.3.1). */
    err_t error = ERR_USE;
    for (unsigned i = 0; i < 64 && error == ERR_USE; i++)
        error = udp_bind(socket->udp, ip, (u16_t)(49152 + LWIP_RAND() % 16384));
    return port_error(error);
}

static int bind_if_not(struct kr_netstack_socket *socket)
{
    if (socket->type == KR_NETSTACK_ECHO || socket->udp->local_port != 0)
        return 0;
    return datagram_bind(socket, &socket->udp->local_ip, 0);
}

int datagram_connect(struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port)
{
    int error = bind_if_not(socket);
    if (error)
        return error;
    ip_addr_copy(socket->peer_ip, *ip);
    socket->peer_port = port;
    socket->connected = true;
    if (socket->type == KR_NETSTACK_DATAGRAM)
        return port_error(udp_connect(socket->udp, ip, port));
    return 0;
}

/* The echo message in (packet) gets our identifier, and, for IPv4, where
 * lwIP does not do it, its checksum. */
static int make_echo(struct kr_netstack_socket *socket, struct pbuf *packet, const ip_addr_t *to)
{
    u8_t *message = packet->payload;
    if (packet->len < ECHO_HEADER)
        return -KR_EINVAL;
    bool ipv4 = IP_IS_V4(to);
    message[0] = ipv4 ? ICMP_ECHO : ICMP6_TYPE_EREQ;
    message[1] = 0;
    memcpy(&message[ECHO_IDENTIFIER], &socket->identifier, 2);
    memset(&message[ECHO_CHECKSUM], 0, 2);
    if (ipv4) {
        u16_t sum = inet_chksum_pbuf(packet);
        memcpy(&message[ECHO_CHECKSUM], &sum, 2);
    }
    return 0;
}

static int send_packet(struct kr_netstack_socket *socket, struct pbuf *packet, const ip_addr_t *to,
                       u16_t port)
{
    if (socket->type == KR_NETSTACK_DATAGRAM)
        return port_error(udp_sendto(socket->udp, packet, to, port));
    int error = make_echo(socket, packet, to);
    return error ? error : port_error(raw_sendto(socket->raw, packet, to));
}

ptrdiff_t datagram_send(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                        const struct kr_netstack_address *peer)
{
    ip_addr_t to = socket->peer_ip;
    u16_t port = socket->peer_port;
    int error = peer ? address_to_lwip(socket, peer, &to) : socket->connected ? 0 : -KR_ENOTCONN;
    if (peer)
        port = peer->port;
    if (!error)
        error = bind_if_not(socket);
    if (error)
        return error;
    if (size > 65535 - 8 - 40)
        return -KR_EMSGSIZE;
    unsigned family = IP_IS_V4(&to) ? KR_NETSTACK_IPV4 : KR_NETSTACK_IPV6;
    uint64_t patience = socket->nonblocking ? 0 : kr_clock_monotonic() + 10 * KR_CLOCK_SECOND;
    if (!address_is_known(family, patience))
        return -KR_ENETUNREACH;
    struct pbuf *packet = pbuf_alloc(PBUF_TRANSPORT, (u16_t)size, PBUF_RAM);
    if (!packet)
        return -KR_ENOMEM;
    memcpy(packet->payload, bytes, size);
    error = send_packet(socket, packet, &to, port);
    pbuf_free(packet);
    return error ? error : (ptrdiff_t)size;
}

static void drop_first(struct kr_netstack_socket *socket)
{
    struct datagram *first = socket->datagram_first;
    socket->datagram_first = first->next;
    if (!first->next)
        socket->datagram_last = NULL;
    socket->datagrams--;
    pbuf_free(first->packet);
    netstack_lwip_free(first);
}

ptrdiff_t datagram_receive(struct kr_netstack_socket *socket, void *bytes, size_t size,
                           unsigned flags, struct kr_netstack_address *peer)
{
    while (!socket->datagram_first) {
        if (socket->error)
            return socket_take_error(socket);
        int error = socket_wait(socket, flags, KR_CLOCK_NEVER);
        if (error)
            return error;
    }
    struct datagram *first = socket->datagram_first;
    u16_t part = (u16_t)(size < 0xffff ? size : 0xffff);
    u16_t count = pbuf_copy_partial(first->packet, bytes, part, 0);
    if (peer)
        address_from_lwip(socket, &first->from, first->port, peer);
    if (!(flags & KR_NETSTACK_PEEK))
        drop_first(socket);
    return count;
}

void datagram_close(struct kr_netstack_socket *socket)
{
    while (socket->datagram_first)
        drop_first(socket);
    if (socket->type == KR_NETSTACK_DATAGRAM)
        udp_remove(socket->udp);
    else
        raw_remove(socket->raw);
}
