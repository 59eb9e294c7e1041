/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses: struct sockaddr_in, struct sockaddr_in6, and where they lead. */
#include <kraft/clock.h>
#include <kraft/string.h>

#include "family.h"

#define PATIENCE (10 * KR_CLOCK_SECOND)
#define LOOK (KR_CLOCK_SECOND / 100)
#define NAME_SERVICE 53

struct sockaddr_in {
    uint16_t family;
    uint8_t port[2], address[4], zero[8];
};
struct sockaddr_in6 {
    uint16_t family;
    uint8_t port[2];
    uint32_t flow;
    uint8_t address[16];
    uint32_t scope;
};

static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
static const uint8_t loopback[4] = {127, 0, 0, 1};

static uint16_t port_of(const uint8_t port[2])
{
    return (uint16_t)(port[0] << 8 | port[1]);
}

int inet_read_address(struct kr_socket *socket, const void *bytes, uint32_t length,
                      struct kr_netstack_address *address)
{
    struct sockaddr_in6 six = {0};
    struct sockaddr_in four;

    if (length < sizeof(six.family))
        return -KR_EINVAL;
    memcpy(&six, bytes, length < sizeof(six) ? length : sizeof(six));
    memcpy(&four, &six, sizeof(four));
    *address = (struct kr_netstack_address){.port = port_of(six.port)};
    if (six.family == AF_INET && length >= sizeof(four)) {
        address->family = KR_NETSTACK_IPV4;
        memcpy(address->bytes, four.address, 4);
        return 0;
    }
    if (six.family != AF_INET && six.family != AF_INET6)
        return -KR_EAFNOSUPPORT;
    if (length < sizeof(six) - sizeof(six.scope))
        return -KR_EINVAL;
    if (socket->family != AF_INET6)
        return -KR_EAFNOSUPPORT;
    address->family = KR_NETSTACK_IPV6;
    address->scope = six.scope;
    memcpy(address->bytes, six.address, 16);
    return 0;
}

void inet_write_address(int family, const struct kr_netstack_address *address, void *bytes,
                        uint32_t *length)
{
    struct sockaddr_in6 six = {.family = (uint16_t)family};
    struct sockaddr_in four = {.family = (uint16_t)family};
    const void *from = family == AF_INET ? (const void *)&four : &six;
    uint32_t size = family == AF_INET ? sizeof(four) : sizeof(six);
    bool is_mapped = family == AF_INET6 && address->family == KR_NETSTACK_IPV4;

    six.port[0] = four.port[0] = (uint8_t)(address->port >> 8);
    six.port[1] = four.port[1] = (uint8_t)address->port;
    six.scope = address->scope;
    memcpy(four.address, address->bytes, 4);
    memcpy(six.address, is_mapped ? mapped : address->bytes, is_mapped ? 12 : 16);
    if (is_mapped)
        memcpy(six.address + 12, address->bytes, 4);
    memcpy(bytes, from, *length < size ? *length : size);
    *length = size;
}

static bool is_loopback(const struct kr_netstack_address *address)
{
    static const uint8_t six[16] = {[15] = 1};
    const uint8_t *four = address->bytes;

    if (address->family == KR_NETSTACK_IPV6 && memcmp(four, mapped, 12) == 0)
        four += 12;
    else if (address->family == KR_NETSTACK_IPV6)
        return memcmp(four, six, 16) == 0;
    return four[0] == 127;
}

/* Whether a device that is not the loop-back one has an address, or there is
 * no such device. */
static bool is_addressed(void)
{
    struct kr_netstack_interface facts;
    bool waits = false;

    for (unsigned i = 0; kr_netstack_interface(i, &facts) == 0; i++) {
        bool has = facts.address.family != 0;

        if (has && facts.address.bytes[0] != 127)
            return true;
        waits = waits || (facts.up && !has);
    }
    return !waits;
}

void inet_need_address(const struct kr_netstack_address *to)
{
    static bool known;

    if (known || is_loopback(to))
        return;
    uint64_t deadline = kr_clock_monotonic() + PATIENCE;
    while (!is_addressed() && kr_clock_monotonic() < deadline)
        kr_netstack_poll(NULL, 0, kr_clock_monotonic() + LOOK);
    known = true;
}

bool inet_redirect(struct kr_netstack_address *to)
{
    struct kr_netstack_address server;

    if (to->port != NAME_SERVICE || to->family != KR_NETSTACK_IPV4 ||
        memcmp(to->bytes, loopback, 4) != 0)
        return false;
    inet_need_address(&(struct kr_netstack_address){.family = KR_NETSTACK_IPV4});
    if (kr_netstack_name_server(0, &server) < 0)
        return false;
    server.port = NAME_SERVICE;
    *to = server;
    return true;
}

void inet_conceal(struct kr_netstack_address *from)
{
    if (from->port != NAME_SERVICE)
        return;
    *from = (struct kr_netstack_address){.family = KR_NETSTACK_IPV4, .port = NAME_SERVICE};
    memcpy(from->bytes, loopback, 4);
}
