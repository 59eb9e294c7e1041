/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Records of a cpio archive in the format "newc" (Linux,
 * buffer-format.rst): a header of 110 characters, the name, the content, each
 * padded to 4 bytes. The archive is hostile: every number is held against
 * what is left.
 */
#include <kraft/string.h>

#include "index.h"

#define HEADER 110u
#define FIELDS 13u

/* 8 hexadecimal digits. */
static bool number(const unsigned char *text, uint32_t *value)
{
    *value = 0;
    for (int i = 0; i < 8; i++) {
        unsigned char digit = text[i];

        if (digit >= '0' && digit <= '9')
            digit = (unsigned char)(digit - '0');
        else if ((digit | 32) >= 'a' && (digit | 32) <= 'f')
            digit = (unsigned char)((digit | 32) - 'a' + 10);
        else
            return false;
        *value = *value << 4 | digit;
    }
    return true;
}

static size_t padded(size_t size)
{
    return (size + 3) & ~(size_t)3;
}

int fs_cpio_record(const unsigned char **at, const unsigned char *end, struct record *record)
{
    static const char trailer[] = "TRAILER!!!";
    const unsigned char *header = *at;
    size_t left = (size_t)(end - header);
    uint32_t fields[FIELDS];

    if (left < HEADER || (memcmp(header, "070701", 6) != 0 && memcmp(header, "070702", 6) != 0))
        return -KR_EIO;
    for (size_t i = 0; i < FIELDS; i++)
        if (!number(header + 6 + 8 * i, &fields[i]))
            return -KR_EIO;
    size_t size = fields[6];
    size_t name = fields[11]; /* NUL included */
    if (name < 2 || name > KR_VFS_PATH || padded(HEADER + name) > left ||
        size > left - padded(HEADER + name))
        return -KR_EIO;
    *record = (struct record){
        .path = {(const char *)header + HEADER, name - 1},
        .content = header + padded(HEADER + name),
        .size = fields[6],
        .mode = fields[1],
        .user = fields[2],
        .group = fields[3],
        .links = fields[4],
        .modified = fields[5],
        .inode = fields[0],
        .device = fields[7] << 8 | fields[8],
    };
    for (size_t i = 0; i < name; i++) /* one NUL, at the end */
        if ((record->path.text[i] == '\0') != (i == name - 1))
            return -KR_EIO;
    size_t whole = padded(padded(HEADER + name) + size);
    *at = whole > left ? end : header + whole; /* the last need not be padded */
    return name != sizeof(trailer) || memcmp(record->path.text, trailer, sizeof(trailer)) != 0;
}
