/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What every provider of netstack owes its user, over an interface that has
 * 127.0.0.1: datagrams, names, and what an interface is.
 */
#include <kraft/conformance.h>
#include <kraft/netstack.h>
#include <kraft/string.h>

typedef struct kr_netstack_socket *handle;

static struct kr_netstack_address ipv4(uint16_t port)
{
    return (struct kr_netstack_address){
        .family = KR_NETSTACK_IPV4, .port = port, .bytes = {127, 0, 0, 1}};
}

static handle make(enum kr_netstack_family family, enum kr_netstack_type type)
{
    handle socket = NULL;
    KR_CHECK(kr_netstack_socket(&socket, family, type) == 0);
    return socket;
}

static bool equal(const struct kr_netstack_address *one, const struct kr_netstack_address *other)
{
    return one->family == other->family && one->port == other->port &&
           memcmp(one->bytes, other->bytes, 16) == 0;
}

KR_TEST(datagrams_keep_their_bounds)
{
    char bytes[8];
    struct kr_netstack_address to = ipv4(2011), from, own;
    handle server = make(KR_NETSTACK_IPV4, KR_NETSTACK_DATAGRAM);
    handle client = make(KR_NETSTACK_IPV4, KR_NETSTACK_DATAGRAM);
    KR_CHECK(kr_netstack_bind(server, &to) == 0);
    KR_CHECK(kr_netstack_send(client, "x", 1, 0) == -KR_ENOTCONN);
    KR_CHECK(kr_netstack_send_to(client, "first", 5, 0, &to) == 5);
    KR_CHECK(kr_netstack_send_to(client, "", 0, 0, &to) == 0);
    KR_CHECK(kr_netstack_connect(client, &to) == 0);
    KR_CHECK(kr_netstack_send(client, "second, long", 12, 0) == 12);
    KR_CHECK(kr_netstack_receive_from(server, bytes, 8, 0, &from) == 5);
    KR_CHECK(memcmp(bytes, "first", 5) == 0);
    KR_CHECK(kr_netstack_local_address(client, &own) == 0 && own.port == from.port);
    KR_CHECK(kr_netstack_receive(server, bytes, 8, 0) == 0);
    KR_CHECK(kr_netstack_receive(server, bytes, 8, KR_NETSTACK_PEEK) == 8);
    KR_CHECK(kr_netstack_receive(server, bytes, 8, 0) == 8);
    KR_CHECK(memcmp(bytes, "second, ", 8) == 0);
    KR_CHECK(kr_netstack_receive(server, bytes, 8, KR_NETSTACK_NOWAIT) == -KR_EAGAIN);
    KR_CHECK(kr_netstack_send_to(server, "back", 4, 0, &from) == 4);
    KR_CHECK(kr_netstack_receive(client, bytes, 8, 0) == 4);
    kr_netstack_close(client);
    kr_netstack_close(server);
}

KR_TEST(an_echo_is_answered)
{
    uint8_t message[16] = {8, 0, 0, 0, 0, 0, 0, 1, 'p', 'i', 'n', 'g'}, reply[16];
    struct kr_netstack_address to = ipv4(0);
    handle socket = make(KR_NETSTACK_IPV4, KR_NETSTACK_ECHO);
    KR_CHECK(kr_netstack_send_to(socket, message, 16, 0, &to) == 16);
    KR_REQUIRE(kr_netstack_receive(socket, reply, 16, 0) == 16);
    KR_CHECK(reply[0] == 0 && memcmp(reply + 6, message + 6, 10) == 0);
    kr_netstack_close(socket);
}

KR_TEST(a_number_is_a_name_already)
{
    struct kr_netstack_address found[2], expected = ipv4(0);
    KR_CHECK(kr_netstack_resolve("127.0.0.1", 0, found, 2) == 1);
    KR_CHECK(equal(&found[0], &expected));
    KR_CHECK(kr_netstack_resolve("::1", KR_NETSTACK_IPV6, found, 2) == 1);
    KR_CHECK(kr_netstack_resolve("::1", KR_NETSTACK_IPV4, found, 2) == -KR_ENOENT);
}

KR_TEST(an_interface_says_what_it_is)
{
    struct kr_netstack_interface facts;
    KR_REQUIRE(kr_netstack_interface(0, &facts) == 0);
    KR_CHECK(facts.up && facts.name[0] != '\0' && facts.mtu >= 68);
    KR_CHECK(kr_netstack_interface(1000, &facts) == -KR_ENODEV);
}

KR_SUITE(&test_datagrams_keep_their_bounds, &test_an_echo_is_answered,
         &test_a_number_is_a_name_already, &test_an_interface_says_what_it_is)
