/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages of 9P2000.L: a request is begun, filled in field by field, sent,
 * and is then its answer, which is read field by field. What does not fit, or
 * is not there, is remembered, and told by end.
 */
#ifndef FS_9P_MESSAGE_H
#define FS_9P_MESSAGE_H

#include <kraft/base.h>

/* Types of requests; an answer's is one more. */
enum {
    LERROR = 6,
    STATFS = 8,
    LOPEN = 12,
    LCREATE = 14,
    SYMLINK = 16,
    READLINK = 22,
    GETATTR = 24,
    SETATTR = 26,
    READDIR = 40,
    FSYNC = 50,
    LINK = 70,
    MKDIR = 72,
    RENAMEAT = 74,
    UNLINKAT = 76,
    VERSION = 100,
    ATTACH = 104,
    WALK = 110,
    READ = 116,
    WRITE = 118,
    CLUNK = 120,
};

#define NO_FID UINT32_MAX

/* A file as the server identifies it. */
struct qid {
    uint8_t type; /* QID_FOLDER, … */
    uint32_t version;
    uint64_t path;
};
#define QID_FOLDER 0x80u
#define QID_LINK 0x02u

struct server; /* one folder of the host */
struct slot;

struct message {
    struct server *server;
    struct slot *slot;
    uint8_t *at;  /* the next field */
    uint8_t *end; /* of the room, or of the answer */
    uint8_t type; /* of the request */
    bool short_;  /* a field did not fit, or was not there */
};

/* Finds the folders of the host. */
int fs_9p_find(void);

/* The folder called (tag), or the first where that is NULL, ready to be spoken to; or -KR_ENODEV, -KR_ENOMEM. */
int fs_9p_open(const char *tag, struct server **server);
void fs_9p_close(struct server *server);

/* Bytes of a file that one message can hold; with what Rversion said. */
uint32_t fs_9p_limit(const struct server *server);
int fs_9p_version(struct server *server);

/* Begins a request, when one may be under way. */
void fs_9p_begin(struct server *server, struct message *message, uint8_t type);

/* Sends it and waits for the answer, of (room) bytes at most after its
 * header. 0, or what the server said, or -KR_EIO. */
int fs_9p_call(struct message *message, uint32_t room);

/* Lets go of the message. (error) is what the call returned; the same, or
 * -KR_EIO where the answer was cut. */
int fs_9p_end(struct message *message, int error);

/* Tells, once for each folder, that it does not keep to the protocol. */
int fs_9p_damaged(struct message *message);

void fs_9p_put(struct message *message, unsigned bytes, uint64_t value);
void fs_9p_put_text(struct message *message, const char *text, size_t length);
uint64_t fs_9p_get(struct message *message, unsigned bytes);
struct qid fs_9p_get_qid(struct message *message);

/* (length) bytes of the answer where they lie, or NULL. */
const uint8_t *fs_9p_get_bytes(struct message *message, size_t length);

/* Room for (length) bytes of the request, or NULL. */
uint8_t *fs_9p_put_bytes(struct message *message, size_t length);

/* Numbers of files that the server knows. */
uint32_t fs_9p_new_fid(struct server *server);
void fs_9p_free_fid(struct server *server, uint32_t fid); /* after Tclunk */

#endif
