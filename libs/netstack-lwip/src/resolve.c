/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names to addresses, by lwIP's resolver, whose query numbers and source
 * ports come from `entropy`. One question for each family, one after the
 * other; lwIP gives one address for each.
 */
#include "stack.h"

#include "lwip/dns.h"
#include <string.h>

#include <kraft/clock.h>

#define PATIENCE (10 * KR_CLOCK_SECOND)

struct question {
    struct kr_sched_queue waiting;
    bool answered;
    bool found;
    bool abandoned; /* nobody waits: whoever answers frees it */
    ip_addr_t address;
};

static void on_answer(const char *name, const ip_addr_t *address, void *argument)
{
    struct question *question = argument;
    (void)name;
    if (question->abandoned) {
        netstack_lwip_free(question);
        return;
    }
    question->answered = true;
    question->found = address != NULL;
    if (address)
        ip_addr_copy(question->address, *address);
    kr_sched_wake_all_isr(&question->waiting);
}

static int ask(const char *name, u8_t type, struct kr_netstack_address *address)
{
    struct question *question = netstack_lwip_allocate_zero(1, sizeof(*question));
    if (!question)
        return -KR_ENOMEM;
    err_t error =
        dns_gethostbyname_addrtype(name, &question->address, on_answer, question, type);
    uint64_t deadline = kr_clock_monotonic() + PATIENCE;
    bool in_time = true;
    if (error == ERR_OK)
        question->found = true;
    while (error == ERR_INPROGRESS && !question->answered && in_time)
        in_time = stack_wait(&question->waiting, deadline);
    if (!in_time && !question->answered) {
        question->abandoned = true;
        return -KR_ETIMEDOUT;
    }
    int result = error != ERR_OK && error != ERR_INPROGRESS ? port_error(error)
                 : question->found                          ? 0
                                                            : -KR_ENOENT;
    if (result == 0)
        address_plain(&question->address, address);
    netstack_lwip_free(question);
    return result;
}

/* Questions need a server, which DHCP may still have to name. */
static bool can_ask(void)
{
    uint64_t deadline = kr_clock_monotonic() + PATIENCE;
    return address_is_known(KR_NETSTACK_IPV4, deadline) && !ip_addr_isany(dns_getserver(0));
}

int kr_netstack_name_server(unsigned index, struct kr_netstack_address *address)
{
    const ip_addr_t *server = index < DNS_MAX_SERVERS ? dns_getserver((u8_t)index) : NULL;

    if (!server || ip_addr_isany(server))
        return -KR_ENOENT;
    address_plain(server, address);
    return 0;
}

int kr_netstack_resolve(const char *name, unsigned family, struct kr_netstack_address *addresses,
                        unsigned count)
{
    static const struct {
        u8_t family;
        u8_t type;
    } kinds[] = {
        {KR_NETSTACK_IPV4, LWIP_DNS_ADDRTYPE_IPV4},
        {KR_NETSTACK_IPV6, LWIP_DNS_ADDRTYPE_IPV6},
    };
    ip_addr_t number;
    if (ipaddr_aton(name, &number)) {
        if (count > 0)
            address_plain(&number, &addresses[0]);
        bool right = count > 0 && (family == 0 || addresses[0].family == family);
        return right ? 1 : -KR_ENOENT;
    }
    if (!can_ask())
        return -KR_ENETUNREACH;
    unsigned found = 0;
    int error = -KR_ENOENT;
    for (unsigned i = 0; i < 2 && found < count; i++) {
        if (family != 0 && family != kinds[i].family)
            continue;
        int result = ask(name, kinds[i].type, &addresses[found]);
        if (result == 0)
            found++;
        else if (result != -KR_ENOENT)
            error = result;
    }
    return found > 0 ? (int)found : error;
}
