/* SPDX-License-Identifier: BSD-3-Clause */
/* The words that the table describes arguments by, and how each shows one. */
#include "tracer.h"

#include "numbers.h"

#define OUT "out:"
#define OUT_LENGTH (sizeof(OUT) - 1)

static void show_int(const struct value *value)
{
    line_put("%d", (int)value->word);
}

static void show_unsigned(const struct value *value)
{
    line_put("%u", (unsigned)value->word);
}

static void show_size(const struct value *value)
{
    line_put("%lu", (unsigned long)value->word);
}

static void show_offset(const struct value *value)
{
    line_put("%ld", value->word);
}

static void show_hex(const struct value *value)
{
    line_put("%#lx", (unsigned long)value->word);
}

static void show_mode(const struct value *value)
{
    line_put((unsigned)value->word < 010 ? "%02o" : "%#03o", (unsigned)value->word);
}

static void show_address_of(const struct value *value)
{
    show_pointer(value->word);
}

static void show_at(const struct value *value)
{
    if ((int)value->word == -100)
        line_put("AT_FDCWD");
    else
        show_int(value);
}

static void show_path(const struct value *value)
{
    show_string((const char *)value->word);
}

static void show_data(const struct value *value)
{
    if (value->word == 0)
        line_put("NULL");
    else
        line_quoted((const char *)value->word, (size_t)(value->out ? value->result : value->rest[0]), true);
}

/* What is random is of no interest but for being there. */
static void show_bytes(const struct value *value)
{
    const unsigned char *bytes = (const unsigned char *)value->word;

    line_put("\"");
    for (long i = 0; i < value->result && i < 32; i++)
        line_put("\\x%02x", bytes[i]);
    line_put("\"%s", value->result > 32 ? "..." : "");
}

static const struct {
    const char *word;
    void (*show)(const struct value *value);
} shown[] = {
    {"fd", show_int}, {"int", show_int}, {"unsigned", show_unsigned}, {"size", show_size},
    {"offset", show_offset}, {"hex", show_hex}, {"mode", show_mode}, {"pointer", show_address_of},
    {"at", show_at}, {"path", show_path}, {"data", show_data}, {"bytes", show_bytes},
    {"parts", show_parts}, {"stat", show_stat}, {"time", show_time}, {"timeval", show_timeval},
    {"timer", show_timer}, {"file-times", show_file_times}, {"pair", show_pair}, {"limit", show_limit},
    {"names", show_names}, {"cpus", show_cpus}, {"number", show_number}, {"files", show_files},
    {"polled", show_polled}, {"event", show_event}, {"events", show_events}, {"address", show_address},
    {"peer", show_peer}, {"length", show_length}, {"message", show_message},
    {"option-value", show_option}, {"protocol", show_protocol}, {"socket-option", show_socket_option},
    {"signal", show_signal}, {"signals", show_signals}, {"blocked", show_blocked}, {"action", show_action},
    {"information", show_information}, {"stack", show_stack},
    {"interval", show_interval}, {"open-flags", show_open_flags_of},
};

static const struct {
    const char *word;
    unsigned (*show)(const struct value *value);
} together[] = {
    {"open", show_open},
    {"fcntl", show_fcntl},
    {"futex", show_futex},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Those that are a number with a name, or a set of bits with names. */
static const struct {
    const char *word;
    const struct name *names;
    size_t count;
    bool flags;
} named[] = {
#define NAMED(word, table) {word, table, COUNT(table), false}
#define FLAGGED(word, table) {word, table, COUNT(table), true}
    NAMED("whence", whence_names), NAMED("request", request_names), NAMED("advice", advice_names),
    NAMED("clock", clock_names), NAMED("epoll-operation", epoll_operation_names),
    NAMED("limited", limited_names), NAMED("usage-of", usage_names), NAMED("prctl", prctl_names),
    NAMED("mask-how", mask_names), NAMED("family", family_names), NAMED("shutdown", shutdown_names),
    NAMED("level", level_names), NAMED("itimer", itimer_names), NAMED("file-advice", file_advice_names),
    FLAGGED("flock", flock_names), FLAGGED("msync-flags", msync_names), FLAGGED("at-flags", at_names), FLAGGED("remove-flags", remove_names),
    FLAGGED("access", access_names), FLAGGED("rename-flags", rename_names),
    FLAGGED("map-flags", map_names), FLAGGED("mremap-flags", mremap_names),
    FLAGGED("protection", protection_names), FLAGGED("event-flags", event_names),
    FLAGGED("timerfd-flags", timerfd_names), FLAGGED("timerfd-how", timerfd_how_names),
    FLAGGED("sleep-flags", sleep_names), FLAGGED("epoll-flags", epoll_names),
    FLAGGED("random-flags", random_names), FLAGGED("socket-type", socket_type_names),
    FLAGGED("socket-flags", socket_flag_names), FLAGGED("message-flags", message_names),
    FLAGGED("clone-flags", clone_names),
};

static bool is(const char *word, size_t length, const char *name)
{
    size_t i = 0;

    while (i < length && name[i] == word[i])
        i++;
    return i == length && name[i] == '\0';
}

bool tracer_is_out(const char *word)
{
    for (size_t i = 0; i < OUT_LENGTH; i++)
        if (word[i] != OUT[i])
            return false;
    return true;
}

unsigned tracer_show(const char *word, size_t length, const struct value *value)
{
    if (value->out) {
        word += OUT_LENGTH;
        length -= OUT_LENGTH;
    }
    if (value->out && (value->word == 0 || value->result < 0)) { /* nothing was written */
        show_pointer(value->word);
        return 0;
    }
    for (size_t i = 0; i < COUNT(shown); i++) {
        if (!is(word, length, shown[i].word))
            continue;
        shown[i].show(value);
        return 0;
    }
    for (size_t i = 0; i < COUNT(together); i++)
        if (is(word, length, together[i].word))
            return together[i].show(value);
    for (size_t i = 0; i < COUNT(named); i++) {
        if (!is(word, length, named[i].word))
            continue;
        if (named[i].flags)
            show_flags(named[i].names, named[i].count, (unsigned)value->word);
        else
            show_name(named[i].names, named[i].count, (unsigned)value->word);
        return 0;
    }
    line_put("?");
    return 0;
}
