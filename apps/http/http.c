/* SPDX-License-Identifier: BSD-3-Clause */
/* A web server for one page. Connections stay open until the client is done. */
#include <kraft/clock.h>
#include <kraft/netstack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BODY "<!doctype html><title>kraft-ts</title><h1>It boots.</h1>\n"
#define PAGE "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 57\r\n\r\n" BODY
_Static_assert(sizeof(BODY) - 1 == 57, "the page's Content-Length");

struct connection {
    struct kr_netstack_socket *socket;
    size_t used; /* bytes of the request so far */
    char request[1024];
};

/* Answers what is complete. Returns whether the connection goes on. */
static bool serve(struct connection *c)
{
    char *first = c->request, *line = first, *end = first + c->used, *stop = first + 1024;
    ptrdiff_t count = kr_netstack_receive(c->socket, end, (size_t)(stop - end), KR_NETSTACK_NOWAIT);
    bool keep = true;
    for (end += count > 0 ? count : 0; (line = memchr(line, '\n', (size_t)(end - line))); line++) {
        keep = keep && (end - line <= 18 || strncasecmp(line + 1, "connection: close\r", 18) != 0);
        if (end - line < 3 || line[1] != '\r')
            continue;
        first = (line += 2) + 1; /* the empty line ends the request */
        if (kr_netstack_send(c->socket, PAGE, sizeof(PAGE) - 1, KR_NETSTACK_NOWAIT) < 0 || !keep)
            return false;
    }
    memmove(c->request, first, c->used = (size_t)(end - first));
    return count > 0 ? c->used < sizeof(c->request) : count == -KR_EAGAIN;
}

int main(void)
{
    struct kr_netstack_set set = {0};
    struct kr_netstack_socket *listener;
    struct kr_netstack_address any = {.family = KR_NETSTACK_IPV6, .port = 80};
    if (kr_netstack_socket(&listener, KR_NETSTACK_IPV6, KR_NETSTACK_STREAM) ||
        kr_netstack_bind(listener, &any) || kr_netstack_listen(listener, 128) ||
        kr_netstack_watch(&set, listener, KR_NETSTACK_READABLE, NULL))
        return 1;
    puts("http: listening on port 80");
    for (struct kr_netstack_event event; kr_netstack_wait(&set, &event, 1, KR_CLOCK_NEVER);) {
        struct connection *c = event.tag;
        struct kr_netstack_socket *socket = NULL;
        if (!c && kr_netstack_accept(listener, &socket, NULL) == 0 && (c = malloc(sizeof(*c)))) {
            c->used = 0;
            kr_netstack_watch(&set, c->socket = socket, KR_NETSTACK_READABLE, c);
        } else if (c ? !serve(c) : socket != NULL) {
            kr_netstack_close(c ? c->socket : socket);
            free(c);
        }
    }
    return 0;
}
