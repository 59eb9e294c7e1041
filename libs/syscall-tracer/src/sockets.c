/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses, messages and options of sockets. */
#include "tracer.h"

#define LOCAL 1
#define INTERNET 2
#define INTERNET6 10
#define RIGHTS 1 /* SCM_RIGHTS */
#define SOCKET_LEVEL 1

static void show_local(const char *path, size_t length)
{
    size_t end = 0;

    line_put("{sa_family=AF_UNIX");
    if (length > 0 && path[0] == '\0') { /* a name of the abstract kind */
        line_put(", sun_path=@");
        line_quoted(path + 1, length - 1, false);
    } else if (length > 0) {
        while (end < length && path[end] != '\0')
            end++;
        line_put(", sun_path=");
        line_quoted(path, end, false);
    }
    line_put("}");
}

static void show_internet6(const unsigned char *bytes)
{
    line_put("{sa_family=AF_INET6, sin6_port=htons(%d), sin6_flowinfo=htonl(%u), inet_pton(AF_INET6, \"",
             bytes[2] << 8 | bytes[3], (unsigned)(bytes[4] << 24 | bytes[5] << 16 | bytes[6] << 8 | bytes[7]));
    for (unsigned i = 8; i < 24; i += 2)
        line_put(i == 8 ? "%x" : ":%x", (unsigned)(bytes[i] << 8 | bytes[i + 1]));
    line_put("\", &sin6_addr), sin6_scope_id=%u}", *(const unsigned *)(const void *)(bytes + 24));
}

static void show_sockaddr(long word, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)word;
    unsigned family = length < 2 ? 0 : bytes[0] | (unsigned)bytes[1] << 8;

    if (bytes == NULL || length < 2)
        show_pointer(word);
    else if (family == LOCAL)
        show_local((const char *)bytes + 2, length - 2);
    else if (family == INTERNET && length >= 8)
        line_put("{sa_family=AF_INET, sin_port=htons(%d), sin_addr=inet_addr(\"%d.%d.%d.%d\")}", bytes[2] << 8 | bytes[3],
                 bytes[4], bytes[5], bytes[6], bytes[7]);
    else if (family == INTERNET6 && length >= 28)
        show_internet6(bytes);
    else
        line_put("{sa_family=%#x, ...}", family);
}

void show_address(const struct value *value)
{
    show_sockaddr(value->word, (uint32_t)value->rest[0]);
}

/* Whose length the next argument points to. */
void show_peer(const struct value *value)
{
    const uint32_t *length = (const uint32_t *)value->rest[0];

    show_sockaddr(value->word, length == NULL ? 0 : *length);
}

void show_length(const struct value *value)
{
    line_put("[%u]", *(const uint32_t *)value->word);
}

struct header { /* struct cmsghdr */
    size_t length;
    int level, type;
};

static void show_control(const char *control, size_t size)
{
    line_put(", msg_control=[");
    for (size_t at = 0; at + sizeof(struct header) <= size;) {
        const struct header *header = (const void *)(control + at);
        const int *files = (const int *)(header + 1);

        if (header->length < sizeof(*header) || header->length > size - at)
            break;
        line_put("%s{cmsg_len=%lu, cmsg_level=%s", at == 0 ? "" : ", ", header->length,
                 header->level == SOCKET_LEVEL ? "SOL_SOCKET" : "?");
        line_put(", cmsg_type=%s", header->type == RIGHTS ? "SCM_RIGHTS" : "?");
        for (size_t i = 0; i < (header->length - sizeof(*header)) / sizeof(int); i++)
            line_put(i == 0 ? ", cmsg_data=[%d" : ", %d", files[i]);
        line_put("]}");
        at += (header->length + 7) & ~(size_t)7;
    }
    line_put("]");
}

void show_message(const struct value *value)
{
    static const struct name flags[] = {{8, "MSG_CTRUNC"}, {0x20, "MSG_TRUNC"}, {0x80, "MSG_EOR"}, {0x40000000, "MSG_CMSG_CLOEXEC"}};
    const struct {
        long address;
        uint32_t address_length, padding;
        long parts, count;
        const char *control;
        size_t control_length;
        int flags;
    } *message = (const void *)value->word;

    if (message == NULL) {
        line_put("NULL");
        return;
    }
    line_put("{msg_name=");
    show_sockaddr(message->address, message->address_length);
    line_put(", msg_namelen=%u, msg_iov=", message->address_length);
    show_parts(&(struct value){.word = message->parts, .rest = &message->count, .out = value->out, .result = value->result});
    line_put(", msg_iovlen=%ld", message->count);
    if (message->control != NULL && message->control_length > 0)
        show_control(message->control, message->control_length);
    line_put(", msg_controllen=%lu, msg_flags=", message->control_length);
    SHOW_FLAGS(flags, (unsigned)message->flags);
    line_put("}");
}

void show_option(const struct value *value)
{
    if (value->word == 0 || value->rest[0] != sizeof(int))
        show_pointer(value->word);
    else
        line_put("[%d]", *(const int *)value->word);
}

void show_protocol(const struct value *value)
{
    static const struct name names[] = {{0, "IPPROTO_IP"}, {1, "IPPROTO_ICMP"}, {6, "IPPROTO_TCP"}, {17, "IPPROTO_UDP"}};
    int family = (int)value->all[0];

    if (family == INTERNET || family == INTERNET6)
        SHOW_NAME(names, (unsigned)value->word);
    else
        line_put("%d", (int)value->word);
}

void show_socket_option(const struct value *value)
{
    static const struct name general[] = {
        {2, "SO_REUSEADDR"}, {3, "SO_TYPE"}, {4, "SO_ERROR"}, {6, "SO_BROADCAST"}, {7, "SO_SNDBUF"}, {8, "SO_RCVBUF"},
        {9, "SO_KEEPALIVE"}, {13, "SO_LINGER"}, {15, "SO_REUSEPORT"}, {17, "SO_PEERCRED"}, {20, "SO_RCVTIMEO_OLD"},
        {21, "SO_SNDTIMEO_OLD"}, {30, "SO_ACCEPTCONN"}, {38, "SO_PROTOCOL"}, {39, "SO_DOMAIN"},
    };
    static const struct name tcp[] = {
        {1, "TCP_NODELAY"}, {2, "TCP_MAXSEG"}, {4, "TCP_KEEPIDLE"}, {5, "TCP_KEEPINTVL"}, {6, "TCP_KEEPCNT"},
    };

    if (value->all[1] == SOCKET_LEVEL)
        SHOW_NAME(general, (unsigned)value->word);
    else if (value->all[1] == 6)
        SHOW_NAME(tcp, (unsigned)value->word);
    else
        line_put("%d", (int)value->word);
}
