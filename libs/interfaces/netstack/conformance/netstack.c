/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What every provider of netstack owes its user, over an interface that has
 * 127.0.0.1 and ::1: streams, and waiting for them.
 */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/netstack.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#define MILLISECOND (KR_CLOCK_SECOND / 1000)

typedef struct kr_netstack_socket *handle;

static struct kr_netstack_address ipv4(uint16_t port)
{
    return (struct kr_netstack_address){
        .family = KR_NETSTACK_IPV4, .port = port, .bytes = {127, 0, 0, 1}};
}

static struct kr_netstack_address ipv6(uint16_t port)
{
    return (struct kr_netstack_address){
        .family = KR_NETSTACK_IPV6, .port = port, .bytes = {[15] = 1}};
}

static handle make(enum kr_netstack_family family, enum kr_netstack_type type)
{
    handle socket = NULL;
    KR_CHECK(kr_netstack_socket(&socket, family, type) == 0);
    return socket;
}

static handle listen_at(uint16_t port)
{
    struct kr_netstack_address address = ipv4(port);
    handle socket = make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM);
    KR_CHECK(kr_netstack_set_option(socket, KR_NETSTACK_REUSE_ADDRESS, 1) == 0);
    KR_CHECK(kr_netstack_bind(socket, &address) == 0);
    KR_CHECK(kr_netstack_listen(socket, 8) == 0);
    return socket;
}

struct pair {
    handle listener, client, server;
};

static struct pair connect_pair(uint16_t port)
{
    struct kr_netstack_address address = ipv4(port);
    struct pair pair = {listen_at(port), make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM), NULL};
    KR_CHECK(kr_netstack_connect(pair.client, &address) == 0);
    KR_CHECK(kr_netstack_accept(pair.listener, &pair.server, NULL) == 0);
    return pair;
}

static void close_pair(struct pair pair)
{
    kr_netstack_close(pair.client);
    kr_netstack_close(pair.server);
    kr_netstack_close(pair.listener);
}

static bool equal(const struct kr_netstack_address *one, const struct kr_netstack_address *other)
{
    return one->family == other->family && one->port == other->port &&
           memcmp(one->bytes, other->bytes, 16) == 0;
}

KR_TEST(what_cannot_be_made_is_refused)
{
    handle socket;
    KR_CHECK(kr_netstack_socket(&socket, (enum kr_netstack_family)9, KR_NETSTACK_STREAM) ==
             -KR_EAFNOSUPPORT);
    KR_CHECK(kr_netstack_socket(&socket, KR_NETSTACK_IPV4, (enum kr_netstack_type)9) ==
             -KR_EOPNOTSUPP);
    kr_netstack_close(NULL);
}

KR_TEST(an_address_is_bound_once_and_must_be_ours)
{
    struct kr_netstack_address address = ipv4(2000), foreign = ipv4(2001);
    handle one = make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM);
    handle other = make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM);
    foreign.bytes[0] = 192;
    KR_CHECK(kr_netstack_bind(one, &address) == 0);
    KR_CHECK(kr_netstack_bind(other, &address) == -KR_EADDRINUSE);
    KR_CHECK(kr_netstack_bind(other, &foreign) == -KR_EADDRNOTAVAIL);
    kr_netstack_close(one);
    KR_CHECK(kr_netstack_bind(other, &address) == 0);
    kr_netstack_close(other);
}

KR_TEST(a_port_of_0_becomes_one_that_is_free)
{
    struct kr_netstack_address address = ipv4(0);
    handle socket = make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM);
    KR_CHECK(kr_netstack_bind(socket, &address) == 0);
    KR_CHECK(kr_netstack_local_address(socket, &address) == 0);
    KR_CHECK(address.port >= 49152);
    kr_netstack_close(socket);
}

KR_TEST(a_connection_that_nobody_takes_is_refused)
{
    struct kr_netstack_address address = ipv4(2002);
    handle socket = make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM);
    KR_CHECK(kr_netstack_connect(socket, &address) == -KR_ECONNREFUSED);
    kr_netstack_close(socket);
}

KR_TEST(a_stream_carries_bytes_both_ways)
{
    char bytes[16];
    struct kr_netstack_address peer, own;
    struct pair pair = connect_pair(2003);
    KR_CHECK(kr_netstack_send(pair.client, "hello", 5, 0) == 5);
    KR_CHECK(kr_netstack_receive(pair.server, bytes, 3, KR_NETSTACK_PEEK) == 3);
    KR_CHECK(kr_netstack_receive(pair.server, bytes, sizeof(bytes), 0) == 5);
    KR_CHECK(memcmp(bytes, "hello", 5) == 0);
    KR_CHECK(kr_netstack_send(pair.server, "world", 5, 0) == 5);
    KR_CHECK(kr_netstack_receive(pair.client, bytes, 2, 0) == 2);
    KR_CHECK(kr_netstack_receive(pair.client, bytes + 2, 14, 0) == 3);
    KR_CHECK(memcmp(bytes, "world", 5) == 0);
    KR_CHECK(kr_netstack_local_address(pair.client, &own) == 0);
    KR_CHECK(kr_netstack_peer_address(pair.server, &peer) == 0);
    KR_CHECK(equal(&own, &peer));
    close_pair(pair);
}

KR_TEST(an_end_is_one_direction_and_then_the_other)
{
    char byte;
    struct pair pair = connect_pair(2004);
    KR_CHECK(kr_netstack_send(pair.client, "x", 1, 0) == 1);
    KR_CHECK(kr_netstack_shutdown(pair.client, KR_NETSTACK_SHUT_SEND) == 0);
    KR_CHECK(kr_netstack_send(pair.client, "y", 1, 0) == -KR_EPIPE);
    KR_CHECK(kr_netstack_receive(pair.server, &byte, 1, 0) == 1);
    KR_CHECK(kr_netstack_receive(pair.server, &byte, 1, 0) == 0);
    KR_CHECK(kr_netstack_receive(pair.server, &byte, 1, 0) == 0);
    KR_CHECK(kr_netstack_send(pair.server, "z", 1, 0) == 1);
    KR_CHECK(kr_netstack_receive(pair.client, &byte, 1, 0) == 1 && byte == 'z');
    close_pair(pair);
}

KR_TEST(unread_bytes_at_a_close_reset_the_peer)
{
    char byte;
    struct pair pair = connect_pair(2005);
    KR_CHECK(kr_netstack_send(pair.client, "unread", 6, 0) == 6);
    struct kr_netstack_poll item = {pair.server, KR_NETSTACK_READABLE, 0};
    KR_CHECK(kr_netstack_poll(&item, 1, KR_CLOCK_NEVER) == 1);
    kr_netstack_close(pair.server);
    KR_CHECK(kr_netstack_receive(pair.client, &byte, 1, 0) == -KR_ECONNRESET);
    KR_CHECK(kr_netstack_receive(pair.client, &byte, 1, 0) == 0);
    KR_CHECK(kr_netstack_send(pair.client, "x", 1, 0) == -KR_EPIPE);
    pair.server = NULL;
    close_pair(pair);
}

KR_TEST(what_would_wait_says_so)
{
    char byte;
    handle none;
    struct pair pair = connect_pair(2006);
    KR_CHECK(kr_netstack_receive(pair.client, &byte, 1, KR_NETSTACK_NOWAIT) == -KR_EAGAIN);
    KR_CHECK(kr_netstack_set_option(pair.listener, KR_NETSTACK_NONBLOCKING, 1) == 0);
    KR_CHECK(kr_netstack_accept(pair.listener, &none, NULL) == -KR_EAGAIN);
    int value;
    KR_CHECK(kr_netstack_get_option(pair.listener, KR_NETSTACK_NONBLOCKING, &value) == 0);
    KR_CHECK(value == 1);
    close_pair(pair);
}

#define BULK 300000u

static uint8_t bulk(size_t i)
{
    return (uint8_t)(i * 31 + i / 251);
}

/* Sends and receives as much as goes, one step. */
static void step(handle from, handle to, size_t *sent, size_t *received)
{
    static uint8_t bytes[7777];
    size_t part = BULK - *sent < sizeof(bytes) ? BULK - *sent : sizeof(bytes);
    for (size_t i = 0; i < part; i++)
        bytes[i] = bulk(*sent + i);
    ptrdiff_t count = part ? kr_netstack_send(from, bytes, part, KR_NETSTACK_NOWAIT) : 0;
    KR_CHECK(count >= 0 || count == -KR_EAGAIN);
    *sent += count > 0 ? (size_t)count : 0;
    count = kr_netstack_receive(to, bytes, 5000, KR_NETSTACK_NOWAIT);
    KR_CHECK(count >= 0 || count == -KR_EAGAIN);
    for (ptrdiff_t i = 0; i < count; i++)
        if (!KR_CHECK(bytes[i] == bulk(*received + (size_t)i)))
            return;
    *received += count > 0 ? (size_t)count : 0;
}

KR_TEST(much_arrives_as_it_was_sent)
{
    struct pair pair = connect_pair(2007);
    size_t sent = 0, received = 0;
    uint64_t deadline = kr_clock_monotonic() + 60 * KR_CLOCK_SECOND;
    while (received < BULK && kr_clock_monotonic() < deadline) {
        size_t before = received + sent;
        step(pair.client, pair.server, &sent, &received);
        struct kr_netstack_poll items[] = {
            {pair.server, KR_NETSTACK_READABLE, 0},
            {pair.client, sent < BULK ? KR_NETSTACK_WRITABLE : 0, 0},
        };
        if (received + sent == before)
            kr_netstack_poll(items, 2, kr_clock_monotonic() + KR_CLOCK_SECOND);
    }
    KR_CHECK(received == BULK);
    close_pair(pair);
}

KR_TEST(a_poll_ends_at_its_deadline_or_with_an_event)
{
    struct pair pair = connect_pair(2008);
    struct kr_netstack_poll items[] = {{NULL, KR_NETSTACK_READABLE, 0},
                                       {pair.server, KR_NETSTACK_READABLE, 0},
                                       {pair.client, KR_NETSTACK_WRITABLE, 0}};
    uint64_t start = kr_clock_monotonic();
    KR_CHECK(kr_netstack_poll(items, 2, start + 50 * MILLISECOND) == 0);
    KR_CHECK(kr_clock_monotonic() >= start + 50 * MILLISECOND);
    KR_CHECK(kr_netstack_poll(items, 2, 0) == 0);
    KR_CHECK(kr_netstack_poll(items, 3, KR_CLOCK_NEVER) == 1);
    KR_CHECK(items[2].ready == KR_NETSTACK_WRITABLE);
    KR_CHECK(kr_netstack_send(pair.client, "x", 1, 0) == 1);
    KR_CHECK(kr_netstack_poll(items, 2, KR_CLOCK_NEVER) == 1);
    KR_CHECK(items[1].ready == KR_NETSTACK_READABLE);
    close_pair(pair);
}

KR_TEST(a_set_reports_what_is_ready_and_nothing_else)
{
    struct kr_netstack_set set = {0}, other = {0};
    struct kr_netstack_event events[4];
    struct pair one = connect_pair(2009), two = connect_pair(2010);
    char byte;
    KR_CHECK(kr_netstack_watch(&set, one.server, KR_NETSTACK_READABLE, &one) == 0);
    KR_CHECK(kr_netstack_watch(&set, two.server, KR_NETSTACK_READABLE, &two) == 0);
    KR_CHECK(kr_netstack_watch(&other, two.server, KR_NETSTACK_READABLE, &two) == -KR_EBUSY);
    KR_CHECK(kr_netstack_wait(&set, events, 4, 0) == 0);
    KR_CHECK(kr_netstack_wait(&set, events, 4, kr_clock_monotonic() + MILLISECOND) == 0);
    KR_CHECK(kr_netstack_send(two.client, "x", 1, 0) == 1);
    for (unsigned i = 0; i < 2; i++) { /* level-triggered */
        KR_CHECK(kr_netstack_wait(&set, events, 4, KR_CLOCK_NEVER) == 1);
        KR_CHECK(events[0].tag == &two && events[0].ready == KR_NETSTACK_READABLE);
    }
    KR_CHECK(kr_netstack_send(one.client, "x", 1, 0) == 1);
    KR_CHECK(kr_netstack_receive(one.server, &byte, 1, KR_NETSTACK_PEEK) == 1);
    void *first = kr_netstack_wait(&set, events, 1, KR_CLOCK_NEVER) == 1 ? events[0].tag : NULL;
    KR_CHECK(kr_netstack_wait(&set, events, 1, KR_CLOCK_NEVER) == 1);
    KR_CHECK(events[0].tag != first); /* each has its turn */
    KR_CHECK(kr_netstack_receive(two.server, &byte, 1, 0) == 1);
    KR_CHECK(kr_netstack_wait(&set, events, 4, KR_CLOCK_NEVER) == 1 && events[0].tag == &one);
    KR_CHECK(kr_netstack_watch(&set, one.server, 0, NULL) == 0);
    KR_CHECK(kr_netstack_wait(&set, events, 4, 0) == 0);
    kr_netstack_close(two.client);
    KR_CHECK(kr_netstack_wait(&set, events, 4, KR_CLOCK_NEVER) == 1 && events[0].tag == &two);
    two.client = NULL;
    close_pair(one);
    close_pair(two);
    KR_CHECK(kr_netstack_wait(&set, events, 4, 0) == 0);
}

KR_TEST(ipv6_takes_both_families)
{
    char byte;
    struct kr_netstack_address any = {.family = KR_NETSTACK_IPV6, .port = 2012};
    struct kr_netstack_address to6 = ipv6(2012), to4 = ipv4(2012), peer;
    static const uint8_t mapped[16] = {[10] = 0xff, 0xff, 127, 0, 0, 1};
    handle listener = make(KR_NETSTACK_IPV6, KR_NETSTACK_STREAM), server;
    KR_CHECK(kr_netstack_bind(listener, &any) == 0 && kr_netstack_listen(listener, 4) == 0);
    handle client6 = make(KR_NETSTACK_IPV6, KR_NETSTACK_STREAM);
    KR_CHECK(kr_netstack_connect(client6, &to6) == 0);
    KR_REQUIRE(kr_netstack_accept(listener, &server, &peer) == 0);
    KR_CHECK(peer.family == KR_NETSTACK_IPV6 && memcmp(peer.bytes, to6.bytes, 16) == 0);
    KR_CHECK(kr_netstack_send(client6, "6", 1, 0) == 1);
    KR_CHECK(kr_netstack_receive(server, &byte, 1, 0) == 1 && byte == '6');
    kr_netstack_close(server);
    handle client4 = make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM);
    KR_CHECK(kr_netstack_connect(client4, &to4) == 0);
    KR_REQUIRE(kr_netstack_accept(listener, &server, &peer) == 0);
    KR_CHECK(peer.family == KR_NETSTACK_IPV6 && memcmp(peer.bytes, mapped, 16) == 0);
    kr_netstack_close(server);
    kr_netstack_close(client4);
    kr_netstack_close(client6);
    kr_netstack_close(listener);
}

KR_TEST(many_connections_one_after_another)
{
    struct kr_netstack_address to = ipv4(2013);
    handle listener = listen_at(2013);
    for (unsigned i = 0; i < 500; i++) {
        char byte;
        handle server, client = make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM);
        KR_REQUIRE(kr_netstack_connect(client, &to) == 0);
        KR_REQUIRE(kr_netstack_accept(listener, &server, NULL) == 0);
        KR_CHECK(kr_netstack_send(client, "x", 1, 0) == 1);
        KR_CHECK(kr_netstack_receive(server, &byte, 1, 0) == 1);
        kr_netstack_close(server);
        KR_CHECK(kr_netstack_receive(client, &byte, 1, 0) == 0);
        kr_netstack_close(client);
    }
    kr_netstack_close(listener);
}

static void *serve(void *argument)
{
    handle server, listener = argument;
    char bytes[4];
    KR_CHECK(kr_netstack_accept(listener, &server, NULL) == 0);
    for (ptrdiff_t count; (count = kr_netstack_receive(server, bytes, 4, 0)) > 0;)
        KR_CHECK(kr_netstack_send(server, bytes, (size_t)count, 0) == count);
    kr_netstack_close(server);
    return NULL;
}

/* Two threads that wait for each other, both in the stack. */
KR_TEST(threads_wait_for_each_other)
{
    struct kr_sched_thread *thread;
    struct kr_netstack_address to = ipv4(2014);
    handle listener = listen_at(2014), client = make(KR_NETSTACK_IPV4, KR_NETSTACK_STREAM);
    int error = kr_sched_spawn(&thread, serve, listener, NULL);
    if (error == -KR_ENOSYS) { /* this scheduler has but one */
        kr_netstack_close(client);
        kr_netstack_close(listener);
        return;
    }
    KR_REQUIRE(error == 0);
    kr_sched_yield();
    KR_CHECK(kr_netstack_connect(client, &to) == 0);
    for (unsigned i = 0; i < 50; i++) {
        char bytes[4];
        KR_CHECK(kr_netstack_send(client, "ping", 4, 0) == 4);
        KR_CHECK(kr_netstack_receive(client, bytes, 4, 0) == 4);
    }
    kr_netstack_close(client);
    KR_CHECK(kr_sched_join(thread, NULL) == 0);
    kr_netstack_close(listener);
}

KR_SUITE(&test_what_cannot_be_made_is_refused, &test_an_address_is_bound_once_and_must_be_ours,
         &test_a_port_of_0_becomes_one_that_is_free,
         &test_a_connection_that_nobody_takes_is_refused, &test_a_stream_carries_bytes_both_ways,
         &test_an_end_is_one_direction_and_then_the_other,
         &test_unread_bytes_at_a_close_reset_the_peer, &test_what_would_wait_says_so,
         &test_much_arrives_as_it_was_sent, &test_a_poll_ends_at_its_deadline_or_with_an_event,
         &test_a_set_reports_what_is_ready_and_nothing_else, &test_ipv6_takes_both_families,
         &test_many_connections_one_after_another, &test_threads_wait_for_each_other)
