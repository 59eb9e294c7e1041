/* SPDX-License-Identifier: BSD-3-Clause */
#include "peer.h"

#include <kraft/clock.h>
#include <kraft/sched.h>

#include <string.h>

static const uint8_t stack_ip[4] = {10, 0, 2, 15}, test_ip[4] = {10, 0, 2, 2};

static void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xffff);
}

static unsigned get16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
    return (uint32_t)get16(at) << 16 | get16(at + 2);
}

static uint32_t sum_of(uint32_t sum, const uint8_t *bytes, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        sum += (uint32_t)bytes[i] << (i % 2 == 0 ? 8 : 0);
    return sum;
}

static unsigned folded(uint32_t sum)
{
    while (sum >> 16)
        sum = (sum >> 16) + (sum & 0xffff);
    return ~sum & 0xffff;
}

static uint8_t *ethernet(struct frame *frame, unsigned type)
{
    memset(frame, 0, sizeof(*frame));
    memcpy(frame->bytes, wire_stack_mac, 6);
    memcpy(frame->bytes + 6, wire_test_mac, 6);
    put16(frame->bytes + 12, type);
    return frame->bytes + 14;
}

/* Returns where the payload goes. */
static uint8_t *ipv4(struct frame *frame, unsigned protocol, unsigned size)
{
    uint8_t *ip = ethernet(frame, 0x0800);
    ip[0] = 0x45;
    put16(ip + 2, 20 + size);
    ip[8] = 64;
    ip[9] = (uint8_t)protocol;
    memcpy(ip + 12, test_ip, 4);
    memcpy(ip + 16, stack_ip, 4);
    frame->size = 14 + 20 + size;
    return ip + 20;
}

struct frame frame_arp(bool reply)
{
    struct frame frame;
    uint8_t *arp = ethernet(&frame, 0x0806);
    static const uint8_t head[6] = {0, 1, 8, 0, 6, 4};
    memcpy(arp, head, 6);
    put16(arp + 6, reply ? 2 : 1);
    memcpy(arp + 8, wire_test_mac, 6);
    memcpy(arp + 14, test_ip, 4);
    memcpy(arp + 24, stack_ip, 4);
    frame.size = 14 + 28;
    return frame;
}

struct frame frame_tcp(struct segment segment)
{
    struct frame frame;
    unsigned options = segment.flags & SYN ? 4 : 0;
    uint8_t *tcp = ipv4(&frame, 6, 20 + options + segment.length);
    put16(tcp, segment.from);
    put16(tcp + 2, segment.to);
    put32(tcp + 4, segment.sequence);
    put32(tcp + 8, segment.acknowledged);
    tcp[12] = (uint8_t)((20 + options) / 4 << 4);
    tcp[13] = segment.flags;
    put16(tcp + 14, 65535);
    if (options)
        put32(tcp + 20, 0x020405b4); /* maximum segment size 1460 */
    if (segment.length)
        memcpy(tcp + 20 + options, segment.text, segment.length);
    frame_mend(&frame);
    return frame;
}

struct frame frame_udp(uint16_t from, uint16_t to, const void *payload, unsigned size)
{
    struct frame frame;
    uint8_t *udp = ipv4(&frame, 17, 8 + size);
    put16(udp, from);
    put16(udp + 2, to);
    put16(udp + 4, 8 + size);
    memcpy(udp + 8, payload, size);
    frame_mend(&frame);
    return frame;
}

struct frame frame_ping(unsigned size)
{
    struct frame frame;
    uint8_t *icmp = ipv4(&frame, 1, 8 + size);
    icmp[0] = 8;
    memset(icmp + 8, 'p', size);
    frame_mend(&frame);
    return frame;
}

struct frame frame_ping6(void)
{
    struct frame frame;
    uint8_t *ip = ethernet(&frame, 0x86dd);
    ip[0] = 0x60;
    put16(ip + 4, 16);
    ip[6] = 58;
    ip[7] = 255;
    static const uint8_t from[16] = {0xfe, 0x80, [15] = 2}, to[16] = {0xff, 2, [15] = 1};
    memcpy(ip + 8, from, 16);
    memcpy(ip + 24, to, 16);
    ip[40] = 128;
    frame.size = 14 + 40 + 16;
    frame_mend(&frame);
    return frame;
}

static void mend_transport(uint8_t *payload, unsigned size, unsigned protocol, uint32_t pseudo)
{
    unsigned at = protocol == 6 ? 16 : protocol == 17 ? 6 : 2;
    if ((protocol != 1 && protocol != 6 && protocol != 17 && protocol != 58) || at + 2 > size)
        return;
    put16(payload + at, 0);
    uint32_t sum = protocol == 1 ? 0 : pseudo + protocol + size;
    put16(payload + at, folded(sum_of(sum, payload, size)));
}

void frame_mend(struct frame *frame)
{
    uint8_t *ip = frame->bytes + 14;
    unsigned type = get16(frame->bytes + 12), size = frame->size - 14;
    if (type == 0x86dd && size >= 40)
        mend_transport(ip + 40, size - 40, ip[6], sum_of(0, ip + 8, 32));
    unsigned head = (ip[0] & 15u) * 4;
    if (type != 0x0800 || head < 20 || head > size)
        return;
    put16(ip + 10, 0);
    put16(ip + 10, folded(sum_of(0, ip, head)));
    unsigned total = get16(ip + 2);
    if (total >= head && total <= size)
        mend_transport(ip + head, total - head, ip[9], sum_of(0, ip + 12, 8));
}

void peer_put(const struct frame *frame)
{
    while (!wire_put(frame->bytes, frame->size))
        peer_wait(1);
}

void peer_wait(unsigned milliseconds)
{
    kr_sched_sleep(kr_clock_monotonic() + milliseconds * (KR_CLOCK_SECOND / 1000));
}

bool peer_take(struct segment *segment)
{
    struct frame frame;
    while ((frame.size = wire_take(frame.bytes))) {
        const uint8_t *ip = frame.bytes + 14, *tcp = ip + 20;
        if (get16(frame.bytes + 12) == 0x0806 && ip[7] == 1) {
            struct frame reply = frame_arp(true);
            peer_put(&reply);
        }
        if (get16(frame.bytes + 12) != 0x0800 || ip[9] != 6)
            continue;
        unsigned head = 20 + (tcp[12] >> 4) * 4u;
        static char text[WIRE_FRAME];
        segment->from = (uint16_t)get16(tcp);
        segment->to = (uint16_t)get16(tcp + 2);
        segment->sequence = get32(tcp + 4);
        segment->acknowledged = get32(tcp + 8);
        segment->flags = tcp[13] & 0x1f;
        segment->length = (uint16_t)(get16(ip + 2) - head);
        memcpy(text, ip + head, segment->length);
        segment->text = text;
        return true;
    }
    return false;
}

void peer_drain(void)
{
    struct segment segment;
    while (peer_take(&segment))
        ;
}

bool peer_open(uint16_t from, uint16_t to, uint32_t sequence, uint32_t *theirs)
{
    struct segment answer;
    struct frame syn = frame_tcp((struct segment){from, to, sequence, 0, SYN, NULL, 0});
    peer_drain();
    peer_put(&syn);
    peer_wait(2);
    if (!peer_take(&answer) || answer.flags != (SYN | ACK) || answer.acknowledged != sequence + 1)
        return false;
    *theirs = answer.sequence;
    struct frame ack =
        frame_tcp((struct segment){from, to, sequence + 1, answer.sequence + 1, ACK, NULL, 0});
    peer_put(&ack);
    peer_wait(2);
    return true;
}
