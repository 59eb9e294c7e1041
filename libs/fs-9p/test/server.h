/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An honest server of 9P2000.L (diod's protocol.md) for one client: a folder
 * with a file and a link to it, which nothing changes.
 */
#ifndef SERVER_H
#define SERVER_H

#include <kraft/base.h>
#include <kraft/string.h>

#define FIDS 64u
#define SIZE 5000u /* bytes of the file */

enum { ROOT = 1, FILE_ = 2, LINK_ = 3 }; /* what there is, by qid path */

static uint8_t fids[FIDS]; /* what each stands for */

struct reply {
    uint8_t *start, *at;
};

static uint64_t number(const uint8_t *from, unsigned bytes)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < bytes; i++)
        value |= (uint64_t)from[i] << 8 * i;
    return value;
}

static void put(struct reply *reply, unsigned bytes, uint64_t value)
{
    for (unsigned i = 0; i < bytes; i++)
        *reply->at++ = (uint8_t)(value >> 8 * i);
}

static void put_text(struct reply *reply, const char *text, size_t length)
{
    put(reply, 2, length);
    memcpy(reply->at, text, length);
    reply->at += length;
}

static void put_qid(struct reply *reply, unsigned file)
{
    put(reply, 1, file == ROOT ? 0x80 : file == LINK_ ? 0x02 : 0);
    put(reply, 4, 0);
    put(reply, 8, file);
}

static void put_attributes(struct reply *reply, unsigned file)
{
    static const uint32_t modes[] = {0, 0040755, 0100644, 0120777};

    put(reply, 8, 0x7ff);
    put_qid(reply, file);
    put(reply, 4, modes[file]);
    put(reply, 8, 0); /* uid, gid */
    put(reply, 8, file == ROOT ? 2 : 1);
    put(reply, 8, 0); /* rdev */
    put(reply, 8, file == FILE_ ? SIZE : file == LINK_ ? 4 : 4096);
    put(reply, 8, 4096);
    put(reply, 8, 16);
    for (unsigned i = 0; i < 10; i++) /* times, generation, version */
        put(reply, 8, 0);
}

static void put_entry(struct reply *reply, unsigned file, uint64_t next, const char *name, size_t length)
{
    put_qid(reply, file);
    put(reply, 8, next);
    put(reply, 1, file == ROOT ? 4 : file == LINK_ ? 10 : 8);
    put_text(reply, name, length);
}

/* A walk of one name, or none. */
static bool walk(const uint8_t *body, struct reply *reply)
{
    unsigned file = fids[number(body, 4) % FIDS];
    unsigned count = (unsigned)number(body + 8, 2);

    if (count == 1) {
        size_t length = (size_t)number(body + 10, 2);
        bool is_file = length == 4 && memcmp(body + 12, "file", 4) == 0;
        bool is_link = length == 4 && memcmp(body + 12, "link", 4) == 0;

        if (!is_file && !is_link)
            return false;
        file = is_file ? FILE_ : LINK_;
    }
    fids[number(body + 4, 4) % FIDS] = (uint8_t)file;
    put(reply, 2, count);
    if (count == 1)
        put_qid(reply, file);
    return true;
}

static void read_file(const uint8_t *body, struct reply *reply)
{
    uint64_t offset = number(body + 4, 8);
    uint64_t count = number(body + 12, 4);
    uint64_t left = offset < SIZE ? SIZE - offset : 0;

    count = count < left ? count : left;
    put(reply, 4, count);
    for (uint64_t i = 0; i < count; i++)
        *reply->at++ = (uint8_t)((offset + i) % 251);
}

static void read_folder(const uint8_t *body, struct reply *reply)
{
    uint8_t *length = reply->at;

    put(reply, 4, 0);
    if (number(body + 4, 8) == 0) {
        put_entry(reply, ROOT, 1, ".", 1);
        put_entry(reply, ROOT, 2, "..", 2);
        put_entry(reply, FILE_, 3, "file", 4);
        put_entry(reply, LINK_, 4, "link", 4);
    }
    struct reply back = {length, length};
    put(&back, 4, (uint64_t)(reply->at - length - 4));
}

/* The body of an honest answer; false: an error. */
static bool answer_to(uint8_t type, const uint8_t *body, struct reply *reply)
{
    switch (type) {
    case 100: /* Tversion */
        put(reply, 4, number(body, 4));
        put_text(reply, "9P2000.L", 8);
        return true;
    case 104: /* Tattach */
        fids[number(body, 4) % FIDS] = ROOT;
        put_qid(reply, ROOT);
        return true;
    case 110: /* Twalk */
        return walk(body, reply);
    case 24: /* Tgetattr */
        put_attributes(reply, fids[number(body, 4) % FIDS]);
        return true;
    case 12: /* Tlopen */
        put_qid(reply, fids[number(body, 4) % FIDS]);
        put(reply, 4, 0);
        return true;
    case 116: /* Tread */
        read_file(body, reply);
        return true;
    case 118: /* Twrite */
        put(reply, 4, number(body + 12, 4));
        return true;
    case 40: /* Treaddir */
        read_folder(body, reply);
        return true;
    case 22: /* Treadlink */
        put_text(reply, "file", 4);
        return true;
    case 8: /* Tstatfs */
        for (unsigned i = 0; i < 15; i++)
            put(reply, 4, 1);
        return true;
    case 50: /* Tfsync */
    case 120: /* Tclunk */
        return true;
    default:
        return false;
    }
}

#endif
