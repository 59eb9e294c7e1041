/* SPDX-License-Identifier: BSD-3-Clause */
/* What a stack without a network owes: a refusal that says so, and no wait
 * that never ends. */
#include <kraft/conformance.h>
#include <kraft/netstack.h>

KR_TEST(no_family_has_sockets)
{
    struct kr_netstack_socket *socket;

    KR_CHECK(kr_netstack_socket(&socket, KR_NETSTACK_IPV4, KR_NETSTACK_STREAM) ==
             -KR_EAFNOSUPPORT);
    KR_CHECK(socket == NULL);
    KR_CHECK(kr_netstack_socket(&socket, KR_NETSTACK_IPV6, KR_NETSTACK_DATAGRAM) ==
             -KR_EAFNOSUPPORT);
}

KR_TEST(no_name_has_an_address)
{
    struct kr_netstack_address address;

    KR_CHECK(kr_netstack_resolve("localhost", 0, &address, 1) == -KR_ENETUNREACH);
}

KR_TEST(there_is_no_interface)
{
    struct kr_netstack_interface facts;

    KR_CHECK(kr_netstack_interface(0, &facts) == -KR_ENODEV);
}

KR_TEST(a_wait_for_nothing_ends)
{
    struct kr_netstack_set set = {0};
    struct kr_netstack_event event;

    KR_CHECK(kr_netstack_poll(NULL, 0, 1) == 0);
    KR_CHECK(kr_netstack_wait(&set, &event, 1, 1) == 0);
}

KR_SUITE(&test_no_family_has_sockets, &test_no_name_has_an_address, &test_there_is_no_interface,
         &test_a_wait_for_nothing_ends)
