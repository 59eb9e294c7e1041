/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Requests and answers over a virtio 9P device (VIRTIO 1.2, 5.10; 9P: Plan 9
 * manual, section 5; its variant .L: diod's protocol.md). Each request under
 * way has a slot, whose number is its tag. In the slot's buffer the request
 * lies first and room for the answer behind it: only one of them is ever
 * large. What the device writes is read once, and never beyond what it says
 * that it wrote.
 */
#include <options.h>

#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/irq.h>
#include <kraft/print.h>
#include <kraft/sched.h>
#include <kraft/string.h>
#include <kraft/virtio.h>

#include "message.h"

#define QUEUE 0u
#define QUEUE_SIZE (2u * OPT_REQUESTS)
#define HEADER 7u       /* size[4] type[1] tag[2] */
#define DATA_HEADER 24u /* of Twrite and Rread, and a byte more than they need */
#define SMALL 8192u     /* room for the smaller of request and answer */
#define MESSAGE (OPT_MESSAGE + DATA_HEADER)
#define NO_TAG UINT16_MAX
#define TAG_LENGTH 255u
#define CONFIG_LENGTH 0u /* struct virtio_9p_config [5.10.4] */
#define CONFIG_TAG 2u
#define MOUNT_TAG KR_VIRTIO_FEATURE(0)

struct slot {
    uint8_t *buffer; /* MESSAGE + SMALL bytes */
    uint32_t written;
    bool used;
    bool done;
};

struct server {
    struct kr_virtio_device *device;
    struct kr_virtio_queue queue;
    struct kr_sched_queue answers; /* who waits for one */
    struct kr_sched_queue slots_wanted;
    struct slot slots[OPT_REQUESTS];
    uint32_t limit;     /* bytes of a whole message */
    uint32_t next_fid;
    uint32_t *free_fids; /* freed_room of them, the first (freed) valid */
    uint32_t freed, freed_room;
    uint8_t *memory;    /* the slots' buffers */
    bool opened;
    bool told;          /* that it is damaged */
    char tag[TAG_LENGTH + 1];
    _Alignas(KR_VIRTIO_QUEUE_ALIGN) uint8_t queue_memory[KR_VIRTIO_QUEUE_MEMORY(QUEUE_SIZE)];
};

static struct {
    struct server all[OPT_DEVICES];
    unsigned count;
} servers;

/* Interrupt context: whoever waits looks whether it was for him. */
static void changed_isr(void *argument)
{
    struct server *server = argument;

    kr_sched_wake_all_isr(&server->answers);
}

static int find(struct server *server, struct kr_virtio_device *device)
{
    static const struct kr_virtio_wants wants = {.required = MOUNT_TAG,
                                                 .changed_isr = changed_isr};
    uint64_t features;
    uint16_t length;

    server->device = device;
    int error = kr_virtio_begin(device, &wants, server, &features);
    if (error == 0)
        error = kr_virtio_queue_start(device, QUEUE, &server->queue, server->queue_memory,
                                      QUEUE_SIZE);
    if (error != 0)
        return error;
    kr_virtio_config(device, CONFIG_LENGTH, &length, sizeof(length));
    if (length > TAG_LENGTH)
        length = TAG_LENGTH;
    for (unsigned i = 0; i < length; i++)
        kr_virtio_config(device, CONFIG_TAG + i, &server->tag[i], 1);
    server->tag[length] = '\0';
    kr_virtio_ready(device);
    return 0;
}

int fs_9p_find(void)
{
    struct kr_virtio_device *device;

    while (servers.count < OPT_DEVICES &&
           (device = kr_virtio_find(KR_VIRTIO_9P, servers.count)) != NULL) {
        int error = find(&servers.all[servers.count], device);

        if (error != 0)
            return error;
        servers.count++;
    }
    return 0;
}

static bool is_same(const char *one, const char *other)
{
    while (*one != '\0' && *one == *other)
        one++, other++;
    return *one == *other;
}

int fs_9p_open(const char *tag, struct server **server)
{
    for (unsigned i = 0; i < servers.count; i++) {
        struct server *one = &servers.all[i];

        if (tag != NULL && !is_same(one->tag, tag))
            continue;
        if (one->opened)
            return -KR_EBUSY;
        one->memory = kr_alloc_allocate((size_t)OPT_REQUESTS * (MESSAGE + SMALL));
        if (one->memory == NULL)
            return -KR_ENOMEM;
        for (unsigned slot = 0; slot < OPT_REQUESTS; slot++)
            one->slots[slot] =
                (struct slot){.buffer = one->memory + (size_t)slot * (MESSAGE + SMALL)};
        one->opened = true;
        one->limit = MESSAGE;
        one->next_fid = 0;
        *server = one;
        return 0;
    }
    return -KR_ENODEV;
}

void fs_9p_close(struct server *server)
{
    server->opened = false;
    kr_alloc_free(server->memory);
    kr_alloc_free(server->free_fids);
    server->free_fids = NULL;
    server->freed = server->freed_room = 0;
}

uint32_t fs_9p_limit(const struct server *server)
{
    return server->limit - DATA_HEADER;
}

void fs_9p_begin(struct server *server, struct message *message, uint8_t type)
{
    unsigned free = 0;

    for (;;) {
        for (free = 0; free < OPT_REQUESTS && server->slots[free].used;)
            free++;
        if (free < OPT_REQUESTS)
            break;
        kr_sched_wait(&server->slots_wanted, KR_CLOCK_NEVER);
    }
    struct slot *slot = &server->slots[free];
    slot->used = true;
    slot->done = false;
    *message = (struct message){.server = server,
                                .slot = slot,
                                .at = slot->buffer + HEADER,
                                .end = slot->buffer + server->limit,
                                .type = type};
}

/* Takes all answers that are there. */
static void collect(struct server *server)
{
    struct slot *slot;
    uint32_t written;

    while ((slot = kr_virtio_queue_take(&server->queue, &written)) != NULL) {
        slot->written = written;
        slot->done = true;
    }
}

/* Disarmed or woken for another's answer, it looks again; with interrupts
 * disabled between look and wait, none is missed. */
static void await(struct server *server, const struct slot *slot)
{
    bool enabled = kr_irq_disable();

    for (collect(server); !slot->done && !kr_virtio_is_stopped(server->device); collect(server))
        if (kr_virtio_queue_arm(&server->queue))
            kr_sched_wait(&server->answers, KR_CLOCK_NEVER);
    kr_irq_restore(enabled);
}

/* Sends the request of (message), and waits; the answer lies at (answer). */
static int exchange(struct message *message, uint8_t *answer, uint32_t room)
{
    struct server *server = message->server;
    struct slot *slot = message->slot;
    const struct kr_virtio_segment segments[] = {
        {slot->buffer, (uint32_t)(message->at - slot->buffer)},
        {answer, room},
    };
    int error;

    while ((error = kr_virtio_queue_add(&server->queue, segments, 1, 1, slot)) == -KR_EAGAIN)
        kr_sched_wait(&server->slots_wanted, KR_CLOCK_NEVER);
    if (error != 0)
        return -KR_EIO;
    kr_virtio_queue_publish(&server->queue);
    await(server, slot);
    return slot->done ? 0 : -KR_EIO;
}

int fs_9p_damaged(struct message *message)
{
    struct server *server = message->server;

    if (!server->told)
        kr_print_format("fs-9p: %s: the answer to request %u is damaged\n", server->tag,
                        (unsigned)message->type);
    server->told = true;
    return -KR_EIO;
}

int fs_9p_call(struct message *message, uint32_t room)
{
    struct slot *slot = message->slot;
    uint8_t *request = slot->buffer;
    uint32_t length = (uint32_t)(message->at - request);
    uint8_t *answer = request + length;
    uint16_t tag = message->type == VERSION ? NO_TAG
                                            : (uint16_t)(slot - message->server->slots);

    if (message->short_)
        return -KR_EMSGSIZE;
    message->at = request;
    message->end = request + HEADER;
    fs_9p_put(message, 4, length);
    fs_9p_put(message, 1, message->type);
    fs_9p_put(message, 2, tag);
    message->at = request + length;
    room = room < 64 ? 64 : room; /* any answer may be Rlerror */
    int error = exchange(message, answer, HEADER + room);
    if (error != 0)
        return error;
    message->at = answer;
    message->end = answer + slot->written;
    uint32_t size = (uint32_t)fs_9p_get(message, 4);
    uint8_t type = (uint8_t)fs_9p_get(message, 1);
    bool right = fs_9p_get(message, 2) == tag;
    if (message->short_ || !right || size < HEADER || size > slot->written)
        return fs_9p_damaged(message);
    message->end = answer + size;
    if (type == message->type + 1)
        return 0;
    uint32_t code = (uint32_t)fs_9p_get(message, 4);
    if (type != LERROR + 1 || message->short_ || code == 0 || code > 4095)
        return fs_9p_damaged(message);
    return -(int)code;
}

int fs_9p_end(struct message *message, int error)
{
    if (error == 0 && message->short_)
        error = fs_9p_damaged(message);
    message->slot->used = false;
    kr_sched_wake_one_isr(&message->server->slots_wanted);
    return error;
}

int fs_9p_version(struct server *server)
{
    static const char version[] = "9P2000.L";
    struct message message;

    fs_9p_begin(server, &message, VERSION);
    fs_9p_put(&message, 4, MESSAGE);
    fs_9p_put_text(&message, version, sizeof(version) - 1);
    int error = fs_9p_call(&message, 4 + 2 + sizeof(version) - 1);
    if (error == 0) {
        uint32_t limit = (uint32_t)fs_9p_get(&message, 4);
        size_t length = (size_t)fs_9p_get(&message, 2);
        const uint8_t *text = fs_9p_get_bytes(&message, length);

        if (text == NULL || length != sizeof(version) - 1 || memcmp(text, version, length) != 0 ||
            limit < 1024)
            error = -KR_EPROTO;
        else if (limit < server->limit)
            server->limit = limit;
    }
    return fs_9p_end(&message, error);
}

void fs_9p_put(struct message *message, unsigned bytes, uint64_t value)
{
    uint8_t *to = fs_9p_put_bytes(message, bytes);

    for (unsigned i = 0; to != NULL && i < bytes; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

uint8_t *fs_9p_put_bytes(struct message *message, size_t length)
{
    uint8_t *to = message->at;

    if (length > (size_t)(message->end - message->at)) {
        message->short_ = true;
        return NULL;
    }
    message->at += length;
    return to;
}

void fs_9p_put_text(struct message *message, const char *text, size_t length)
{
    fs_9p_put(message, 2, length);
    uint8_t *to = fs_9p_put_bytes(message, length);
    if (to != NULL)
        memcpy(to, text, length);
}

const uint8_t *fs_9p_get_bytes(struct message *message, size_t length)
{
    return fs_9p_put_bytes(message, length);
}

uint64_t fs_9p_get(struct message *message, unsigned bytes)
{
    /* volatile: the device could change it between two looks */
    const volatile uint8_t *from = fs_9p_get_bytes(message, bytes);
    uint64_t value = 0;

    for (unsigned i = 0; from != NULL && i < bytes; i++)
        value |= (uint64_t)from[i] << 8 * i;
    return value;
}

struct qid fs_9p_get_qid(struct message *message)
{
    struct qid qid = {.type = (uint8_t)fs_9p_get(message, 1)};

    qid.version = (uint32_t)fs_9p_get(message, 4);
    qid.path = fs_9p_get(message, 8);
    return qid;
}

uint32_t fs_9p_new_fid(struct server *server)
{
    return server->freed > 0 ? server->free_fids[--server->freed] : server->next_fid++;
}

void fs_9p_free_fid(struct server *server, uint32_t fid)
{
    if (server->freed == server->freed_room) {
        uint32_t room = server->freed_room == 0 ? 64 : 2 * server->freed_room;
        uint32_t *more = kr_alloc_resize(server->free_fids, room * sizeof(*more));

        if (more == NULL)
            return; /* this number is not used again */
        server->free_fids = more;
        server->freed_room = room;
    }
    server->free_fids[server->freed++] = fid;
}
