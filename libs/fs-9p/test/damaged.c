/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A server that is played here damages its nth answer, for every n of a visit
 * and in every way: another tag or type, sizes that are wrong, lengths within
 * that reach beyond, answers that are cut, and noise. What a call returns then
 * is -KR_EIO or what an honest server would have said; no byte goes where it
 * does not belong (the sanitizers watch); nothing is lost; and the visit after
 * it finds everything in order.
 */
#include <kraft/alloc.h>
#include <kraft/conformance.h>
#include <kraft/fs.h>
#include <kraft/string.h>
#include <kraft/virtio-answers.h>

#include "server.h"

#define HEADER 7u
#define NEVER UINT32_MAX

enum damage {
    OTHER_TAG,
    OTHER_TYPE,
    SIZE_TOO_LARGE,
    SIZE_TOO_SMALL,
    NOTHING,      /* the device says that it wrote no byte */
    LESS,         /* the device says one byte less than the message has */
    CUT,          /* the message ends in the middle, and says so */
    LENGTHS,      /* all bytes of the body are 0xff */
    ERROR_ZERO,   /* an error of number 0 */
    ERROR_HUGE,
    NOISE,        /* from here on: seeds */
    DAMAGES = NOISE + 12
};

static struct {
    uint32_t answered;   /* answers so far */
    uint32_t nth;        /* to be damaged */
    unsigned damage;
    uint8_t type;        /* of the request whose answer was damaged; 0: none yet */
} server;

static void head(uint8_t *reply, uint32_t size, uint8_t type)
{
    struct reply back = {reply, reply};

    put(&back, 4, size);
    put(&back, 1, type);
}

/* xorshift, Marsaglia 2003 */
static void noise(uint8_t *bytes, uint32_t size, uint32_t seed)
{
    uint32_t state = seed * 2654435761u + 1;

    for (uint32_t i = 0; i < size; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes[i] = (uint8_t)state;
    }
}

/* Damages the message of (size) bytes; what the device says that it wrote. */
static uint32_t damage(uint8_t *reply, uint32_t size, uint32_t room)
{
    switch (server.damage) {
    case OTHER_TAG:
        reply[5] ^= 1;
        return size;
    case OTHER_TYPE:
        reply[4] = (uint8_t)(reply[4] + 2);
        return size;
    case SIZE_TOO_LARGE:
        head(reply, UINT32_MAX, reply[4]);
        return size;
    case SIZE_TOO_SMALL:
        head(reply, 3, reply[4]);
        return size;
    case NOTHING:
        return 0;
    case LESS:
        return size - 1;
    case CUT:
        head(reply, HEADER + (size - HEADER) / 2, reply[4]);
        return HEADER + (size - HEADER) / 2;
    case LENGTHS:
        memset(reply + HEADER, 0xff, room - HEADER);
        head(reply, room, reply[4]);
        return room;
    case ERROR_ZERO:
    case ERROR_HUGE:
        head(reply, HEADER + 4, 7);
        memset(reply + HEADER, server.damage == ERROR_ZERO ? 0 : 0xff, 4);
        return HEADER + 4;
    default: /* a body of noise, or everything */
        noise(reply + (server.damage % 2 == 0 ? HEADER : 0),
              room - (server.damage % 2 == 0 ? HEADER : 0), server.damage + server.answered);
        if (server.damage % 2 == 0)
            head(reply, room, reply[4]);
        return room;
    }
}

static uint32_t answer(const uint8_t *request, uint32_t length, uint8_t *bytes, uint32_t room)
{
    struct reply reply = {bytes, bytes + HEADER};
    uint8_t type = length < HEADER ? 0 : request[4];
    bool done = answer_to(type, request + HEADER, &reply);

    if (!done) {
        reply.at = bytes + HEADER;
        put(&reply, 4, KR_ENOENT);
    }
    uint32_t size = (uint32_t)(reply.at - bytes);
    head(bytes, size, done ? (uint8_t)(type + 1) : 7);
    memcpy(bytes + 5, request + 5, 2); /* the tag */
    if (server.answered++ != server.nth)
        return size;
    server.type = type;
    return damage(bytes, size, room);
}

/* What came of a visit. */
struct visit {
    unsigned damaged; /* calls that returned -KR_EIO */
    unsigned others;  /* that returned any other error */
    bool right;       /* what was read was so */
};

static void note(struct visit *visit, int64_t result)
{
    if (result == -KR_EIO)
        visit->damaged++;
    else if (result < 0)
        visit->others++;
}

static struct kr_fs_node *find(struct kr_fs_mount *mount, struct visit *visit, const char *name)
{
    struct kr_fs_node *node = NULL;
    int error = mount->driver->lookup(mount->root, (struct kr_fs_name){name, 4}, &node);

    note(visit, error);
    if (error != 0)
        return NULL;
    node->references++;
    return node;
}

static void drop(struct kr_fs_mount *mount, struct kr_fs_node *node)
{
    if (node != NULL && --node->references == 0)
        mount->driver->forget(node);
}

static void use_file(struct kr_fs_mount *mount, struct visit *visit)
{
    static uint8_t bytes[SIZE + 32];
    struct kr_fs_node *file = find(mount, visit, "file");
    struct kr_vfs_stat stat = {0};

    if (file == NULL)
        return;
    memset(bytes, 0xa5, sizeof(bytes));
    int64_t count = mount->driver->read(file, bytes, SIZE + 16, 0, 0);
    note(visit, count);
    KR_CHECK(count <= (int64_t)SIZE + 16 && bytes[SIZE + 16] == 0xa5);
    for (int64_t i = 0; i < count; i++)
        visit->right = visit->right && bytes[i] == (uint8_t)(i % 251);
    visit->right = visit->right && count == SIZE;
    count = mount->driver->write(file, "written", 7, 3, 0);
    note(visit, count);
    KR_CHECK(count <= 7);
    note(visit, mount->driver->sync(file));
    mount->driver->stat(file, &stat);
    drop(mount, file);
}

static void use_folder(struct kr_fs_mount *mount, struct visit *visit)
{
    struct kr_vfs_figures figures = {0};
    struct kr_fs_entry entry;
    uint64_t position = 0;
    unsigned count = 0;
    int found = 0;

    while (count < 4 && (found = mount->driver->list(mount->root, &position, &entry)) == 1) {
        KR_CHECK(entry.name.length > 0 && entry.name.length <= KR_VFS_NAME);
        count++;
    }
    note(visit, found);
    visit->right = visit->right && count == 2;
    mount->driver->figures(mount, &figures);

    struct kr_fs_node *link = find(mount, visit, "link");
    char target[KR_VFS_NAME];
    if (link == NULL)
        return;
    int64_t length = mount->driver->read_link(link, target, 4);
    note(visit, length);
    visit->right = visit->right && length == 4 && memcmp(target, "file", 4) == 0;
    drop(mount, link);
}

static size_t used(void)
{
    struct kr_alloc_figures figures;

    kr_alloc_figures(&figures);
    return figures.used;
}

static struct visit visit_with(uint32_t nth, unsigned damage)
{
    struct kr_fs_mount mount = {.driver = kr_fs_drivers[0], .device = 1, .source = "fake"};
    struct visit visit = {.right = true};
    size_t before = used();

    server.answered = 0;
    server.nth = nth;
    server.damage = damage;
    server.type = 0;
    kr_virtio_answers(answer);
    int error = mount.driver->mount(&mount);
    note(&visit, error);
    if (error == 0) {
        use_file(&mount, &visit);
        use_folder(&mount, &visit);
        mount.driver->unmount(&mount);
    } else {
        visit.right = false;
    }
    KR_CHECK(used() == before);
    return visit;
}

KR_TEST(an_honest_server_is_believed)
{
    struct visit visit = visit_with(NEVER, 0);

    KR_CHECK(visit.right && visit.damaged == 0 && visit.others == 0);
    KR_CHECK(server.answered > 15);
}

/* Whether the driver can pass on what it finds out about the answer to (type). */
static bool is_told(uint8_t type)
{
    return type != 120 && type != 8 && type != 24; /* Tclunk; Tstatfs, and Tgetattr for stat */
}

KR_TEST(any_answer_may_be_damaged_in_any_way)
{
    visit_with(NEVER, 0);
    uint32_t answers = server.answered;

    for (unsigned damage = 0; damage < DAMAGES; damage++) {
        for (uint32_t nth = 0; nth < answers; nth++) {
            struct visit visit = visit_with(nth, damage);
            bool header = damage <= LESS || damage == ERROR_ZERO || damage == ERROR_HUGE;

            KR_CHECK(server.type != 0);
            if (header && is_told(server.type))
                KR_CHECK(visit.damaged > 0);
        }
        struct visit after = visit_with(NEVER, 0);
        KR_CHECK(after.right && after.damaged == 0 && after.others == 0);
    }
}

KR_SUITE(&test_an_honest_server_is_believed, &test_any_answer_may_be_damaged_in_any_way)
