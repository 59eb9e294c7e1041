/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stack against the wire: right frames in an awkward order, and wrong
 * ones. A server runs as the application would.
 */
#include "peer.h"

#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/netstack.h>
#include <kraft/sched.h>

#include <stdlib.h>
#include <string.h>

#define PORT 80u
#define ANSWER "HTTP/1.1 200 OK\r\n\r\n"

static unsigned served, reset;

static void *serve(void *argument)
{
    struct kr_netstack_set *set = argument;
    struct kr_netstack_event event;
    while (kr_netstack_wait(set, &event, 1, KR_CLOCK_NEVER)) {
        struct kr_netstack_socket *listener = *(struct kr_netstack_socket **)(set + 1);
        struct kr_netstack_socket *socket = event.tag;
        char bytes[100];
        if (!socket) {
            if (kr_netstack_accept(listener, &socket, NULL) == 0)
                kr_netstack_watch(set, socket, KR_NETSTACK_READABLE, socket);
            continue;
        }
        ptrdiff_t count = kr_netstack_receive(socket, bytes, sizeof(bytes), KR_NETSTACK_NOWAIT);
        if (count > 0 && bytes[count - 1] == '\n') {
            served++;
            kr_netstack_send(socket, ANSWER, sizeof(ANSWER) - 1, KR_NETSTACK_NOWAIT);
        }
        reset += count < 0 && count != -KR_EAGAIN;
        if (count <= 0 && count != -KR_EAGAIN)
            kr_netstack_close(socket);
        else if (count > 0 && bytes[0] == 'C')
            kr_netstack_close(socket);
    }
    return NULL;
}

KR_TEST(a_server_starts)
{
    static struct {
        struct kr_netstack_set set;
        struct kr_netstack_socket *listener;
    } server;
    struct kr_netstack_address any = {.family = KR_NETSTACK_IPV6, .port = PORT};
    struct kr_sched_thread *thread;
    KR_CHECK(kr_netstack_socket(&server.listener, KR_NETSTACK_IPV6, KR_NETSTACK_STREAM) == 0);
    KR_CHECK(kr_netstack_bind(server.listener, &any) == 0);
    KR_CHECK(kr_netstack_listen(server.listener, 16) == 0);
    KR_CHECK(kr_netstack_watch(&server.set, server.listener, KR_NETSTACK_READABLE, NULL) == 0);
    KR_CHECK(kr_sched_spawn(&thread, serve, &server, NULL) == 0);
    struct frame arp = frame_arp(false);
    peer_put(&arp);
    peer_wait(10);
    peer_drain();
}

/* A whole request over a new connection from (port). */
static bool request(uint16_t port, const char *text)
{
    uint32_t theirs, mine = 1000 * port;
    struct segment answer;
    if (!peer_open(port, PORT, mine, &theirs))
        return false;
    struct frame data = frame_tcp((struct segment){port, PORT, mine + 1, theirs + 1, ACK | PSH,
                                                   text, (uint16_t)strlen(text)});
    peer_put(&data);
    peer_wait(2);
    while (peer_take(&answer))
        if (answer.length == sizeof(ANSWER) - 1 && memcmp(answer.text, ANSWER, 15) == 0)
            return true;
    return false;
}

static void send_reset(uint16_t port, uint32_t sequence)
{
    struct frame frame = frame_tcp((struct segment){port, PORT, sequence, 0, RST, NULL, 0});
    peer_put(&frame);
    peer_wait(2);
}

KR_TEST(a_request_is_answered)
{
    KR_CHECK(request(1000, "GET\n"));
    send_reset(1000, 1000 * 1000 + 5);
    KR_CHECK(wire_held() == 0);
}

KR_TEST(a_reset_in_the_middle_of_a_request_ends_just_that_connection)
{
    uint32_t theirs;
    unsigned before = reset;
    KR_REQUIRE(peer_open(1001, PORT, 50, &theirs));
    struct frame half =
        frame_tcp((struct segment){1001, PORT, 51, theirs + 1, ACK | PSH, "GET", 3});
    peer_put(&half);
    peer_wait(2);
    send_reset(1001, 54);
    KR_CHECK(reset == before + 1);
    KR_CHECK(request(1002, "GET\n"));
    send_reset(1002, 1002 * 1000 + 5);
}

/* RFC 1122, 4.2.2.13: a SYN for a connection in TIME-WAIT opens a new one. */
KR_TEST(a_port_in_time_wait_is_opened_again_at_once)
{
    struct segment answer;
    uint32_t theirs = 0, end = 0;
    KR_REQUIRE(request(1003, "C\n"));
    for (unsigned i = 0; i < 10 && !peer_take(&answer); i++)
        peer_wait(1);
    KR_REQUIRE(answer.flags & FIN);
    end = answer.sequence + answer.length + 1;
    uint32_t mine = 1003 * 1000 + 1 + 2;
    struct frame fin =
        frame_tcp((struct segment){1003, PORT, mine, end, FIN | ACK, NULL, 0});
    peer_put(&fin);
    peer_wait(2);
    peer_drain();
    /* An old duplicate does not open it; a new number does. */
    struct frame old = frame_tcp((struct segment){1003, PORT, mine - 100, 0, SYN, NULL, 0});
    peer_put(&old);
    peer_wait(2);
    KR_REQUIRE(peer_take(&answer));
    KR_CHECK(answer.flags == ACK);
    KR_CHECK(peer_open(1003, PORT, mine + 64000, &theirs));
    send_reset(1003, mine + 64001);
}

KR_TEST(initial_sequence_numbers_cannot_be_told_from_each_other)
{
    uint32_t one, other;
    KR_REQUIRE(peer_open(1004, PORT, 7, &one));
    send_reset(1004, 8);
    KR_REQUIRE(peer_open(1005, PORT, 7, &other));
    send_reset(1005, 8);
    uint32_t distance = one > other ? one - other : other - one;
    KR_CHECK(distance > 100000);
}

KR_TEST(a_flood_of_syns_leaves_who_is_connected_alone)
{
    uint32_t theirs;
    KR_REQUIRE(peer_open(1006, PORT, 70, &theirs));
    for (uint16_t port = 2000; port < 4000; port++) {
        struct frame syn = frame_tcp((struct segment){port, PORT, port, 0, SYN, NULL, 0});
        peer_put(&syn);
        if (port % 16 == 0)
            peer_wait(1);
    }
    peer_wait(5);
    peer_drain();
    struct frame data =
        frame_tcp((struct segment){1006, PORT, 71, theirs + 1, ACK | PSH, "GET\n", 4});
    unsigned before = served;
    peer_put(&data);
    peer_wait(2);
    KR_CHECK(served == before + 1);
    send_reset(1006, 75);
    peer_wait(120000); /* the half-open ones time out */
    peer_drain();
    KR_CHECK(request(1007, "GET\n"));
    send_reset(1007, 1007 * 1000 + 5);
    KR_CHECK(wire_held() == 0);
}

KR_TEST(a_full_device_delays_and_loses_nothing)
{
    uint32_t theirs;
    struct segment answer;
    KR_REQUIRE(peer_open(1008, PORT, 70, &theirs));
    wire_refuse(2);
    struct frame data =
        frame_tcp((struct segment){1008, PORT, 71, theirs + 1, ACK | PSH, "GET\n", 4});
    peer_put(&data);
    bool found = false;
    for (unsigned i = 0; i < 100 && !found; i++) {
        peer_wait(100);
        while (peer_take(&answer))
            found = found || answer.length == sizeof(ANSWER) - 1;
    }
    KR_CHECK(found);
    send_reset(1008, 75);
}

KR_TEST(a_reader_who_does_not_read_cannot_starve_the_device)
{
    struct kr_netstack_socket *socket;
    struct kr_netstack_address any = {.family = KR_NETSTACK_IPV4, .port = 5000};
    KR_CHECK(kr_netstack_socket(&socket, KR_NETSTACK_IPV4, KR_NETSTACK_DATAGRAM) == 0);
    KR_CHECK(kr_netstack_bind(socket, &any) == 0);
    for (unsigned i = 0; i < 200; i++) {
        struct frame frame = frame_udp(6000, 5000, "unread", 6);
        peer_put(&frame);
        peer_wait(1);
    }
    KR_CHECK(wire_held() < 32);
    KR_CHECK(request(1009, "GET\n"));
    send_reset(1009, 1009 * 1000 + 5);
    kr_netstack_close(socket);
    KR_CHECK(wire_held() == 0);
}

static struct frame valid(unsigned kind, uint32_t theirs)
{
    static const uint8_t lease[300] = {2, 1, 6, [236] = 0x63, 0x82, 0x53, 0x63, 53, 1, 5, 255};
    switch (kind) {
    case 0:
        return frame_arp(kr_conformance_random() & 1);
    case 1:
        return frame_ping(kr_conformance_random() % 1000);
    case 2:
        return frame_ping6();
    case 3:
        return frame_udp(67, 68, lease, sizeof(lease));
    case 4:
        return frame_udp(53, (uint16_t)(49152 + kr_conformance_random() % 100), lease, 100);
    case 5:
        return frame_tcp((struct segment){1010, PORT, 71, theirs + 1, ACK | PSH, "GET", 3});
    case 6:
        return frame_tcp((struct segment){1010, PORT, 74, theirs + 1, ACK, "ET", 2});
    default:
        return frame_tcp((struct segment){(uint16_t)(3000 + kr_conformance_random() % 50), PORT,
                                          kr_conformance_random(), 0, SYN, NULL, 0});
    }
}

/* Bytes and lengths change; half of the frames get right checksums again, so
 * that what is behind the checks is reached. */
static void mutate(struct frame *frame)
{
    unsigned changes = kr_conformance_random() % 5;
    for (unsigned i = 0; i < changes; i++) {
        unsigned at = 12 + kr_conformance_random() % (frame->size - 12);
        if (kr_conformance_random() % 4 == 0)
            at = 14 + kr_conformance_random() % 44 % (frame->size - 14);
        frame->bytes[at] = (uint8_t)kr_conformance_random();
    }
    if (kr_conformance_random() % 8 == 0)
        frame->size = 14 + kr_conformance_random() % (frame->size - 13);
    if (kr_conformance_random() & 1)
        frame_mend(frame);
}

KR_TEST(malformed_frames_are_survived)
{
    uint32_t theirs = 0;
    for (unsigned i = 0; i < 200000; i++) {
        if (i % 500 == 0) {
            send_reset(1010, 71);
            peer_drain();
            peer_open(1010, PORT, 70, &theirs);
        }
        struct frame frame = valid(kr_conformance_random() % 8, theirs);
        mutate(&frame);
        peer_put(&frame);
        if (i % 8 == 0)
            peer_wait(1);
        if (i % 64 == 0)
            peer_drain();
    }
    peer_wait(300000);
    peer_drain();
    struct frame arp = frame_arp(false); /* some frame may have moved us */
    peer_put(&arp);
    peer_wait(5);
    peer_drain();
    KR_CHECK(request(1011, "GET\n"));
    send_reset(1011, 1011 * 1000 + 5);
    KR_CHECK(wire_held() == 0);
}

KR_SUITE(&test_a_server_starts, &test_a_request_is_answered,
         &test_a_reset_in_the_middle_of_a_request_ends_just_that_connection,
         &test_a_port_in_time_wait_is_opened_again_at_once,
         &test_initial_sequence_numbers_cannot_be_told_from_each_other,
         &test_a_flood_of_syns_leaves_who_is_connected_alone,
         &test_a_full_device_delays_and_loses_nothing,
         &test_a_reader_who_does_not_read_cannot_starve_the_device,
         &test_malformed_frames_are_survived)
