/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two things that lwIP leaves to its user.
 *
 * Initial sequence numbers (RFC 6528): a clock of 4 microseconds plus a
 * keyed hash (SipHash-2-4, Aumasson and Bernstein 2012) of the connection's
 * four-tuple.
 *
 * A SYN for a connection that is in TIME-WAIT (RFC 1122, 4.2.2.13; RFC 6191)
 * opens a new one at once, if its sequence number is beyond the old one's;
 * lwIP would acknowledge it and leave the peer to time out. The packet is
 * looked at before lwIP does, and the old connection is forgotten, so that
 * lwIP hands the SYN to the listener. The checksum is not known yet: a SYN
 * that turns out to be damaged costs no more than a TIME-WAIT.
 */
#include "hooks.h"

#include "stack.h"

#include "lwip/priv/tcp_priv.h"
#include "lwip/prot/ip4.h"
#include "lwip/prot/ip6.h"
#include "lwip/prot/tcp.h"
#include <string.h>

#include <kraft/clock.h>

static uint64_t key[2];

void hooks_start(const uint64_t secret[2])
{
    key[0] = secret[0];
    key[1] = secret[1];
}

static uint64_t rotate(uint64_t x, unsigned by)
{
    return x << by | x >> (64 - by);
}

static void round_of(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

/* SipHash-2-4 of whole words; the last carries the length. */
static uint64_t hash(const uint64_t *words, unsigned count)
{
    uint64_t v[4] = {key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
                     key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573};
    for (unsigned i = 0; i < count; i++) {
        v[3] ^= words[i];
        round_of(v);
        round_of(v);
        v[0] ^= words[i];
    }
    v[2] ^= 0xff;
    for (unsigned i = 0; i < 4; i++)
        round_of(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

u32_t netstack_lwip_isn(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote,
                        u16_t remote_port)
{
    uint64_t words[5] = {0};
    unsigned count = 0;
    if (IP_IS_V4(local)) {
        words[count++] = (uint64_t)ip_2_ip4(local)->addr << 32 | ip_2_ip4(remote)->addr;
    } else {
        memcpy(words, ip_2_ip6(local)->addr, 16);
        memcpy(words + 2, ip_2_ip6(remote)->addr, 16);
        count = 4;
    }
    words[count] = (uint64_t)(8 * (count + 1)) << 56 | (uint64_t)local_port << 16 | remote_port;
    return (u32_t)(kr_clock_monotonic() / 4096 + hash(words, count + 1));
}

/* Forgets the TIME-WAIT connection that (segment), a SYN, opens anew. */
static void reopen(const struct tcp_hdr *segment, const ip_addr_t *from, const ip_addr_t *to)
{
    u16_t remote = lwip_ntohs(segment->src), local = lwip_ntohs(segment->dest);
    for (struct tcp_pcb *pcb = tcp_tw_pcbs; pcb; pcb = pcb->next) {
        if (pcb->remote_port != remote || pcb->local_port != local ||
            !ip_addr_eq(&pcb->remote_ip, from) || !ip_addr_eq(&pcb->local_ip, to))
            continue;
        if (TCP_SEQ_GT(lwip_ntohl(segment->seqno), pcb->rcv_nxt))
            tcp_abort(pcb); /* of TIME-WAIT: without a reset */
        return;
    }
}

static bool is_syn(const struct tcp_hdr *segment)
{
    return (TCPH_FLAGS(segment) & (TCP_SYN | TCP_ACK | TCP_RST | TCP_FIN)) == TCP_SYN;
}

int netstack_lwip_hear_ipv4(struct pbuf *packet)
{
    const struct ip_hdr *ip = packet->payload;
    if (packet->len < IP_HLEN + TCP_HLEN || IPH_PROTO(ip) != IP_PROTO_TCP)
        return 0;
    unsigned skip = IPH_HL_BYTES(ip);
    const struct tcp_hdr *segment = (const void *)((const char *)packet->payload + skip);
    if (packet->len < skip + TCP_HLEN || !is_syn(segment) || !tcp_tw_pcbs)
        return 0;
    ip_addr_t from, to;
    ip_addr_copy_from_ip4(from, ip->src);
    ip_addr_copy_from_ip4(to, ip->dest);
    reopen(segment, &from, &to);
    return 0;
}

int netstack_lwip_hear_ipv6(struct pbuf *packet)
{
    const struct ip6_hdr *ip = packet->payload;
    if (packet->len < IP6_HLEN + TCP_HLEN || IP6H_NEXTH(ip) != IP6_NEXTH_TCP)
        return 0;
    const struct tcp_hdr *segment = (const void *)((const char *)packet->payload + IP6_HLEN);
    if (!is_syn(segment) || !tcp_tw_pcbs)
        return 0;
    ip_addr_t from, to;
    ip_addr_copy_from_ip6_packed(from, ip->src);
    ip_addr_copy_from_ip6_packed(to, ip->dest);
    reopen(segment, &from, &to);
    return 0;
}
