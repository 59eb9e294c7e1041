/* SPDX-License-Identifier: BSD-3-Clause */
/* Names (man 7 unix): a path, which is no file here; abstract; or none. */
#include <kraft/string.h>

#include "local.h"

#define FAMILY_SIZE 2u
#define DIGITS 5u

int local_read_name(const void *address, uint32_t length, struct name *name)
{
    *name = (struct name){.family = AF_UNIX};
    if (length < FAMILY_SIZE || length > FAMILY_SIZE + NAME_SIZE)
        return -KR_EINVAL;
    memcpy(&name->family, address, FAMILY_SIZE);
    if (name->family != AF_UNIX)
        return -KR_EINVAL;
    memcpy(name->path, (const char *)address + FAMILY_SIZE, length - FAMILY_SIZE);
    name->length = length - FAMILY_SIZE;
    if (name->length == 0 || name->path[0] == '\0')
        return 0;
    for (uint32_t i = 0; i < name->length; i++)
        if (name->path[i] == '\0')
            name->length = i;
    return 0;
}

void local_write_name(const struct name *name, void *address, uint32_t *length)
{
    /* A path is told with the 0 behind it. */
    uint32_t end = name->length > 0 && name->path[0] != '\0' ? 1 : 0;
    uint32_t whole = FAMILY_SIZE + name->length + end;
    char bytes[FAMILY_SIZE + NAME_SIZE + 1] = {AF_UNIX};

    memcpy(bytes + FAMILY_SIZE, name->path, name->length);
    memcpy(address, bytes, *length < whole ? *length : whole);
    *length = whole;
}

static struct local *owner(const struct name *name)
{
    for (struct local *at = local_all; at != NULL; at = at->next)
        if (at->name.length == name->length && at->socket != NULL &&
            memcmp(at->name.path, name->path, name->length) == 0)
            return at;
    return NULL;
}

struct local *local_find(const struct name *name, int *error)
{
    struct local *found = name->length == 0 ? NULL : owner(name);

    *error = name->length == 0           ? -KR_EINVAL
             : name->path[0] == '\0'     ? -KR_ECONNREFUSED
                                         : -KR_ENOENT;
    return found;
}

/* An abstract name of five digits, as Linux gives. */
static void choose(struct name *name)
{
    static unsigned last;

    do {
        unsigned number = last++;

        name->length = 1 + DIGITS;
        name->path[0] = '\0';
        for (unsigned i = DIGITS; i > 0; i--, number /= 16)
            name->path[i] = "0123456789abcdef"[number % 16];
    } while (owner(name) != NULL);
}

int local_bind(struct kr_socket *socket, const void *address, uint32_t length)
{
    struct local *local = local_of(socket);
    struct name name;
    int error = local_read_name(address, length, &name);

    if (error < 0)
        return error;
    bool is_path = name.length > 0 && name.path[0] != '\0';
    if (is_path && owner(&name) != NULL) /* before all else, as its file would be there */
        return -KR_EADDRINUSE;
    if (local->name.length != 0)
        return name.length == 0 ? 0 : -KR_EINVAL;
    if (name.length == 0)
        choose(&name);
    else if (owner(&name) != NULL)
        return -KR_EADDRINUSE;
    local->name = name;
    return 0;
}

int local_own_address(struct kr_socket *socket, void *address, uint32_t *length)
{
    local_write_name(&local_of(socket)->name, address, length);
    return 0;
}

int local_peer_address(struct kr_socket *socket, void *address, uint32_t *length)
{
    const struct local *peer = local_of(socket)->peer;

    if (peer == NULL)
        return -KR_ENOTCONN;
    local_write_name(&peer->name, address, length);
    return 0;
}
