/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between the network devices and lwIP: each device is a netif. A received
 * frame's buffer goes up as a pbuf that is made in the buffer's own room and
 * releases it at its end. When most buffers are held, because readers are
 * slow, a frame is copied instead, so that the device never starves. A frame
 * to send goes down as the segments of its pbuf chain, which lives until the
 * device is done with it.
 */
#include "stack.h"

#include <options.h>

#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/ethip6.h"
#include "lwip/etharp.h"
#include "netif/ethernet.h"
#include "lwip/prot/ip4.h"
#include "lwip/prot/ip6.h"
#include "lwip/prot/tcp.h"
#include "lwip/prot/udp.h"
#include <string.h>

#include <kraft/netdev.h>
#include <kraft/print.h>

#define BURST 64u /* frames of one device that are handled at a time */

struct link {
    struct netif netif;
    const struct kr_netdev_driver *driver;
    unsigned device;
    struct kr_netdev_facts facts;
    uint32_t held; /* buffers that are with us */
};

/* In the room of a buffer. */
struct held {
    struct pbuf_custom custom; /* first: a pbuf is its buffer */
    struct link *link;
};
_Static_assert(sizeof(struct held) <= KR_NETDEV_ROOM, "fits in the room");
_Static_assert(offsetof(struct kr_netdev_buffer, room) == 0, "the room is the buffer");

static struct {
    struct link links[OPT_DEVICES];
    unsigned count;
} devices;

void netstack_lwip_arrived_isr(void *argument);

static void release(struct pbuf *packet)
{
    struct held *held = (struct held *)packet;
    struct link *link = held->link;
    link->held--;
    link->driver->release((struct kr_netdev_buffer *)held);
}

static struct pbuf *wrap(struct link *link, struct kr_netdev_buffer *buffer)
{
    struct held *held = (struct held *)buffer->room;
    held->custom.custom_free_function = release;
    held->link = link;
    link->held++;
    return pbuf_alloced_custom(PBUF_RAW, buffer->length, PBUF_REF, &held->custom, buffer->data,
                               buffer->length);
}

static struct pbuf *copy(struct link *link, struct kr_netdev_buffer *buffer)
{
    struct pbuf *packet = pbuf_alloc(PBUF_RAW, buffer->length, PBUF_RAM);
    if (packet)
        memcpy(packet->payload, buffer->data, buffer->length);
    link->driver->release(buffer);
    return packet;
}

#define CHECK_ALL                                                             \
    (NETIF_CHECKSUM_CHECK_IP | NETIF_CHECKSUM_CHECK_UDP | NETIF_CHECKSUM_CHECK_TCP | \
     NETIF_CHECKSUM_CHECK_ICMP | NETIF_CHECKSUM_CHECK_ICMP6)

static void hear(struct link *link, struct kr_netdev_buffer *buffer)
{
    u16_t flags = link->netif.chksum_flags | CHECK_ALL;
    /* The device has checked TCP and UDP; never ICMP. */
    if (buffer->flags & KR_NETDEV_CHECKED)
        flags &= (u16_t)~(NETIF_CHECKSUM_CHECK_TCP | NETIF_CHECKSUM_CHECK_UDP);
    link->netif.chksum_flags = flags;
    bool scarce = link->held > link->facts.buffers / 2;
    struct pbuf *packet = scarce ? copy(link, buffer) : wrap(link, buffer);
    if (packet && ethernet_input(packet, &link->netif) != ERR_OK)
        pbuf_free(packet);
}

static bool receive(struct link *link)
{
    unsigned count = 0;
    struct kr_netdev_buffer *buffer;
    for (; count < BURST && (buffer = link->driver->receive(link->device)); count++)
        hear(link, buffer);
    if (link->netif.loop_first) {
        /* To our own address: no wire, and where the device would have
         * computed checksums, none. */
        link->netif.chksum_flags &= (u16_t)~(NETIF_CHECKSUM_CHECK_TCP | NETIF_CHECKSUM_CHECK_UDP);
        netif_poll(&link->netif);
        count++;
    }
    return count > 0;
}

bool devices_receive(void)
{
    bool any = false;
    for (unsigned i = 0; i < devices.count; i++)
        any |= receive(&devices.links[i]);
    return any;
}

bool devices_arm(void)
{
    bool armed = true;
    for (unsigned i = 0; i < devices.count; i++) {
        struct link *link = &devices.links[i];
        armed &= !link->netif.loop_first && link->driver->arm(link->device);
    }
    return armed;
}

static void sent(void *argument, void *cookie)
{
    (void)argument;
    pbuf_free(cookie);
}

static const struct kr_netdev_user user = {
    .arrived_isr = netstack_lwip_arrived_isr,
    .sent = sent,
};

/* Lets the device compute the TCP or UDP checksum of (frame), whose first
 * segment has the headers; the sum of the pseudo header goes into its place,
 * as KR_NETDEV_OFFLOAD_SEND has it. */
static void ask_checksum(struct kr_netdev_frame *frame, uint8_t *bytes, unsigned length)
{
    u32_t sum = 0;
    unsigned at, total, protocol;
    const struct eth_hdr *ethernet = (void *)bytes;
    uint8_t *ip = bytes + SIZEOF_ETH_HDR;
    if (ethernet->type == PP_HTONS(ETHTYPE_IP) && length >= SIZEOF_ETH_HDR + IP_HLEN) {
        const struct ip_hdr *header = (void *)ip;
        at = IPH_HL_BYTES(header);
        total = lwip_ntohs(IPH_LEN(header)) - at;
        protocol = IPH_PROTO(header);
        sum = netstack_lwip_sum(&header->src, 8);
        if (IPH_OFFSET(header) & PP_HTONS(IP_MF | IP_OFFMASK))
            return; /* a fragment was summed as a whole */
    } else if (ethernet->type == PP_HTONS(ETHTYPE_IPV6) && length >= SIZEOF_ETH_HDR + IP6_HLEN) {
        const struct ip6_hdr *header = (void *)ip;
        at = IP6_HLEN;
        total = IP6H_PLEN(header);
        protocol = IP6H_NEXTH(header);
        sum = netstack_lwip_sum(&header->src, 32);
    } else {
        return;
    }
    unsigned position = protocol == IP_PROTO_TCP   ? offsetof(struct tcp_hdr, chksum)
                        : protocol == IP_PROTO_UDP ? offsetof(struct udp_hdr, chksum)
                                                   : 0;
    if (position == 0 || SIZEOF_ETH_HDR + at + position + 2 > length)
        return;
    sum += lwip_htons((u16_t)total) + lwip_htons((u16_t)protocol);
    sum = (sum >> 16) + (sum & 0xffff);
    u16_t folded = (u16_t)((sum >> 16) + (sum & 0xffff));
    memcpy(ip + at + position, &folded, 2);
    frame->checksum_start = (uint16_t)(SIZEOF_ETH_HDR + at);
    frame->checksum_position = (uint16_t)position;
}

/* Bytes before the payload of (packet) that are its own and unused. */
static unsigned headroom(const struct pbuf *packet)
{
    if (!(packet->type_internal & PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS))
        return 0;
    size_t used = LWIP_MEM_ALIGN_SIZE(sizeof(struct pbuf));
    return (unsigned)((const uint8_t *)packet->payload - (const uint8_t *)packet - used);
}

static err_t transmit(struct netif *netif, struct pbuf *packet)
{
    struct link *link = netif->state;
    struct kr_netdev_frame frame;
    frame.count = 0;
    struct pbuf *flat = NULL, *part = packet;
    for (; part && frame.count < KR_NETDEV_SEGMENTS; part = part->next) {
        if (part->len == 0)
            continue;
        frame.segments[frame.count].address = part->payload;
        frame.segments[frame.count++].length = part->len;
    }
    if (part) {
        packet = flat = pbuf_clone(PBUF_RAW, PBUF_RAM, packet);
        if (!flat)
            return ERR_MEM;
        frame.count = 1;
        frame.segments[0].address = flat->payload;
        frame.segments[0].length = flat->len;
    }
    frame.headroom = headroom(packet);
    frame.checksum_start = 0;
    frame.checksum_position = 0;
    if (link->facts.flags & KR_NETDEV_OFFLOAD_SEND)
        ask_checksum(&frame, packet->payload, packet->len);
    frame.cookie = packet;
    if (!flat)
        pbuf_ref(packet);
    int error = link->driver->transmit(link->device, &frame);
    if (error == 0)
        return ERR_OK;
    pbuf_free(packet);
    return error == -KR_EAGAIN ? ERR_MEM : ERR_IF;
}

/* To a device that hears only itself everyone has its own address. */
static err_t output_self(struct netif *netif, struct pbuf *packet, const ip4_addr_t *to)
{
    (void)to;
    const struct eth_addr *mac = (const void *)netif->hwaddr;
    return ethernet_output(netif, packet, mac, mac, ETHTYPE_IP);
}

static err_t output_self6(struct netif *netif, struct pbuf *packet, const ip6_addr_t *to)
{
    (void)to;
    const struct eth_addr *mac = (const void *)netif->hwaddr;
    return ethernet_output(netif, packet, mac, mac, ETHTYPE_IPV6);
}

static err_t setup(struct netif *netif)
{
    struct link *link = netif->state;
    bool self = link->facts.flags & KR_NETDEV_SELF;
    netif->name[0] = self ? 'l' : 'e';
    netif->name[1] = self ? 'o' : 'n';
    netif->mtu = netif->mtu6 = link->facts.mtu;
    netif->hwaddr_len = ETH_HWADDR_LEN;
    memcpy(netif->hwaddr, link->facts.mac, ETH_HWADDR_LEN);
    netif->output = self ? output_self : etharp_output;
    netif->output_ip6 = self ? output_self6 : ethip6_output;
    netif->linkoutput = transmit;
    netif->flags = NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
    if (!self)
        netif->flags |= NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_MLD6;
    if (link->facts.flags & KR_NETDEV_OFFLOAD_SEND)
        netif->chksum_flags &= (u16_t)~(NETIF_CHECKSUM_GEN_TCP | NETIF_CHECKSUM_GEN_UDP);
    return ERR_OK;
}

/* "10.0.2.15/24,10.0.2.2" as address, mask and gateway. */
static bool read_address(const char *text, ip4_addr_t *address, ip4_addr_t *mask, ip4_addr_t *via)
{
    char part[64];
    size_t length = strlen(text), i;
    if (length >= sizeof(part))
        return false;
    memcpy(part, text, length + 1);
    char *gateway = NULL, *prefix = NULL;
    for (i = 0; i < length; i++) {
        if (part[i] == ',' && !gateway)
            gateway = &part[i + 1];
        else if (part[i] == '/' && !gateway && !prefix)
            prefix = &part[i + 1];
        else
            continue;
        part[i] = '\0';
    }
    unsigned bits = 0;
    for (i = 0; prefix && prefix[i] >= '0' && prefix[i] <= '9' && bits <= 32; i++)
        bits = bits * 10 + (unsigned)(prefix[i] - '0');
    if (!prefix || i == 0 || prefix[i] != '\0' || bits > 32)
        return false;
    mask->addr = bits == 0 ? 0 : lwip_htonl(0xffffffffu << (32 - bits));
    via->addr = 0;
    return ip4addr_aton(part, address) && (!gateway || ip4addr_aton(gateway, via));
}

static void give_address(struct link *link, bool first)
{
    struct netif *netif = &link->netif;
    ip4_addr_t address, mask, gateway;
    const char *wish = OPT_ADDRESS;
    if (link->facts.flags & KR_NETDEV_SELF) {
        IP4_ADDR(&address, 127, 0, 0, 1);
        IP4_ADDR(&mask, 255, 0, 0, 0);
        IP4_ADDR(&gateway, 0, 0, 0, 0);
        netif_set_addr(netif, &address, &mask, &gateway);
        netif_set_up(netif);
        ip6_addr_t one;
        IP6_ADDR(&one, 0, 0, 0, PP_HTONL(1));
        netif_ip6_addr_set(netif, 0, &one);
        netif_ip6_addr_set_state(netif, 0, IP6_ADDR_PREFERRED);
        return;
    }
    netif_set_up(netif);
    netif_create_ip6_linklocal_address(netif, 1);
    netif_set_ip6_autoconfig_enabled(netif, 1);
    if (first && strcmp(wish, "dhcp") != 0) {
        if (read_address(wish, &address, &mask, &gateway)) {
            netif_set_addr(netif, &address, &mask, &gateway);
            return;
        }
        kr_print_format("netstack-lwip: address \"%s\": expected dhcp or address/prefix,gateway\n",
                        wish);
    }
    dhcp_start(netif);
}

static int begin(const struct kr_netdev_driver *driver, unsigned device)
{
    struct link *link = &devices.links[devices.count];
    link->driver = driver;
    link->device = device;
    driver->facts(device, &link->facts);
    if (!netif_add_noaddr(&link->netif, link, setup, ethernet_input))
        return -KR_EIO;
    int error = driver->open(device, &user, NULL);
    if (error)
        return error;
    devices.count++;
    bool outside = !(link->facts.flags & KR_NETDEV_SELF);
    bool first = outside && !netif_default;
    if (first)
        netif_set_default(&link->netif);
    give_address(link, first);
    return 0;
}

int devices_start(void)
{
    ip_addr_t server;
    for (size_t i = 0; i < kr_netdev_driver_count; i++) {
        const struct kr_netdev_driver *driver = kr_netdev_drivers[i];
        for (unsigned device = 0; device < driver->count(); device++) {
            int error = devices.count < OPT_DEVICES ? begin(driver, device) : 0;
            if (error)
                return error;
        }
    }
    const char *dns = OPT_DNS;
    if (dns[0] != '\0' && ipaddr_aton(dns, &server))
        dns_setserver(0, &server);
    return 0;
}

struct netif *devices_netif(unsigned index)
{
    return index < devices.count ? &devices.links[index].netif : NULL;
}

static bool has_ipv6(const struct netif *netif)
{
    for (unsigned i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
        if (ip6_addr_isvalid(netif_ip6_addr_state(netif, i)))
            return true;
    return false;
}

bool devices_have_address(unsigned family)
{
    for (unsigned i = 0; i < devices.count; i++) {
        const struct netif *netif = &devices.links[i].netif;
        if (netif_default && netif != netif_default)
            continue;
        if (family == KR_NETSTACK_IPV4 ? !ip4_addr_isany_val(*netif_ip4_addr(netif))
                                       : has_ipv6(netif))
            return true;
    }
    return false;
}
