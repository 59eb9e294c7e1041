/* SPDX-License-Identifier: BSD-3-Clause */
/* A web server for one page. Connections stay open until the client is done. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kraft/clock.h>
#include <kraft/netstack.h>

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: "
#define BODY "<!doctype html><title>kraft-ts</title><h1>It boots.</h1>\n"

static char page[256];
static size_t page_size;
static struct kr_netstack_set set;

struct connection {
    struct kr_netstack_socket *socket;
    size_t used; /* bytes of the request so far */
    char request[1024];
};

/* Answers what is complete. Returns whether the connection goes on. */
static bool serve(struct connection *c)
{
    char *first = c->request, *line = first, *end = first + c->used;
    ptrdiff_t count = kr_netstack_receive(c->socket, end, sizeof(c->request) - c->used, 0);
    if (count <= 0)
        return count == -KR_EAGAIN;
    bool keep = true;
    for (end += count; (line = memchr(line, '\n', (size_t)(end - line))) && ++line < end;) {
        keep = keep && strncasecmp(line, "connection: close\r", 18) != 0;
        if (*line != '\r' || end - line < 2)
            continue;
        line += 2; /* the empty line ends the request */
        if (kr_netstack_send(c->socket, page, page_size, 0) < 0 || !keep)
            return false;
        first = line;
    }
    c->used = (size_t)(end - first);
    memmove(c->request, first, c->used);
    return c->used < sizeof(c->request);
}

static void welcome(struct kr_netstack_socket *listener)
{
    struct connection *c = malloc(sizeof(*c));
    if (c && kr_netstack_accept(listener, &c->socket, NULL) == 0) {
        c->used = 0;
        kr_netstack_set_option(c->socket, KR_NETSTACK_NONBLOCKING, 1);
        kr_netstack_watch(&set, c->socket, KR_NETSTACK_READABLE, c);
    }
}

int main(void)
{
    struct kr_netstack_socket *listener;
    struct kr_netstack_address any = {.family = KR_NETSTACK_IPV6, .port = 80};
    page_size = (size_t)snprintf(page, sizeof(page), HEAD "%zu\r\n\r\n" BODY, strlen(BODY));
    if (kr_netstack_socket(&listener, KR_NETSTACK_IPV6, KR_NETSTACK_STREAM) ||
        kr_netstack_bind(listener, &any) || kr_netstack_listen(listener, 128) ||
        kr_netstack_watch(&set, listener, KR_NETSTACK_READABLE, NULL))
        return 1;
    puts("http: listening on port 80");
    for (struct kr_netstack_event event; kr_netstack_wait(&set, &event, 1, KR_CLOCK_NEVER);) {
        struct connection *c = event.tag;
        if (!c) {
            welcome(listener);
        } else if (!serve(c)) {
            kr_netstack_close(c->socket);
            free(c);
        }
    }
    return 0;
}
