/* SPDX-License-Identifier: BSD-3-Clause */
/* The searching half of string.h (C17 7.24.5), and strerror. */
#include <errno.h>
#include <string.h>

/* C's own types lose a const here (7.24.5.2); this is where. */
static char *mutable(const char *text)
{
    return (char *)(size_t)text;
}

char *strchr(const char *text, int c)
{
    for (; *text != (char)c; text++)
        if (*text == '\0')
            return NULL;
    return mutable(text);
}

char *strrchr(const char *text, int c)
{
    const char *found = NULL;
    for (;; text++) {
        if (*text == (char)c)
            found = text;
        if (*text == '\0')
            return mutable(found);
    }
}

size_t strspn(const char *text, const char *accepted)
{
    size_t length = 0;
    while (text[length] != '\0' && strchr(accepted, text[length]))
        length++;
    return length;
}

size_t strcspn(const char *text, const char *rejected)
{
    size_t length = 0;
    while (text[length] != '\0' && !strchr(rejected, text[length]))
        length++;
    return length;
}

char *strpbrk(const char *text, const char *accepted)
{
    text += strcspn(text, accepted);
    return *text ? mutable(text) : NULL;
}

char *strstr(const char *text, const char *part)
{
    size_t length = strlen(part);
    for (; *text != '\0' || length == 0; text++)
        if (strncmp(text, part, length) == 0)
            return mutable(text);
    return NULL;
}

char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest)
{
    char *token = text ? text : *rest;
    token += strspn(token, separators);
    if (*token == '\0') {
        *rest = token;
        return NULL;
    }
    char *end = token + strcspn(token, separators);
    *rest = *end ? end + 1 : end;
    *end = '\0';
    return token;
}

char *strtok(char *restrict text, const char *restrict separators)
{
    static char *rest;
    return strtok_r(text, separators, &rest);
}

struct message {
    int number;
    const char *text;
};

static const struct message messages[] = {
    {0, "Success"},
    {ENOENT, "No such file or directory"},
    {EIO, "Input/output error"},
    {EAGAIN, "Resource temporarily unavailable"},
    {ENOMEM, "Cannot allocate memory"},
    {EBUSY, "Device or resource busy"},
    {EEXIST, "File exists"},
    {ENODEV, "No such device"},
    {EINVAL, "Invalid argument"},
    {ENFILE, "Too many open files in system"},
    {ENOSPC, "No space left on device"},
    {EPIPE, "Broken pipe"},
    {EDOM, "Numerical argument out of domain"},
    {ERANGE, "Numerical result out of range"},
    {ENOSYS, "Function not implemented"},
    {EPROTO, "Protocol error"},
    {EMSGSIZE, "Message too long"},
    {EOPNOTSUPP, "Operation not supported"},
    {EAFNOSUPPORT, "Address family not supported by protocol"},
    {EADDRINUSE, "Address already in use"},
    {EADDRNOTAVAIL, "Cannot assign requested address"},
    {ENETUNREACH, "Network is unreachable"},
    {ECONNABORTED, "Software caused connection abort"},
    {ECONNRESET, "Connection reset by peer"},
    {EISCONN, "Transport endpoint is already connected"},
    {ENOTCONN, "Transport endpoint is not connected"},
    {ETIMEDOUT, "Connection timed out"},
    {ECONNREFUSED, "Connection refused"},
    {EHOSTUNREACH, "No route to host"},
};

char *strerror(int number)
{
    for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
        if (messages[i].number == number)
            return mutable(messages[i].text);
    return mutable("Unknown error");
}
