/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib tell one another. */
#ifndef TRACER_H
#define TRACER_H

#include <kraft/base.h>

#define ARGUMENTS 6u

enum result {
    NUMBER,
    OCTAL,
    POINTER,
    FLAGS,  /* of an open file, where fcntl was asked for them */
    POLLED, /* a number, and what became of the array before it */
    SELECTED, /* likewise, of the sets */
    ENDS,   /* there is none */
};

struct call {
    const char *name;
    const char *arguments; /* words of arguments.c */
    enum result result;
};

/* A call that is being made; on the stack of whoever makes it. */
struct ongoing {
    const struct call *call;
    const long *arguments;
    int thread;
    unsigned next;    /* argument that has not been shown */
    const char *word; /* its word */
};

/* One argument, to be shown. */
struct value {
    long word;
    const long *rest; /* the arguments after it */
    const long *all;
    bool out;         /* the call wrote it */
    long result;      /* valid if out */
};

/* tracer.c: before and after. */
void tracer_begin(struct ongoing *one);
void tracer_end(struct ongoing *one, long result);

/* arguments.c: shows an argument as (word) of (length) bytes says; returns how
 * many more it has shown with it. */
unsigned tracer_show(const char *word, size_t length, const struct value *value);
bool tracer_is_out(const char *word);

/* line.c: text into the line. */
void line_put(const char *format, ...) KR_PRINTF(1, 2);
void line_text(const char *text, size_t length);
void line_quoted(const char *bytes, size_t length, bool cut);
void line_tab(unsigned column);
void line_end(void);
void line_flush(void);

/* names.c: names of numbers. */
struct name {
    unsigned long value;
    const char *name;
};

/* The name of (value), or the number. */
void show_name(const struct name *names, size_t count, unsigned long value);
/* The names of the bits of (value) that have some, and the rest as a number; for none the name of 0, or "0". */
void show_flags(const struct name *names, size_t count, unsigned long value);
#define SHOW_NAME(table, value) show_name(table, sizeof(table) / sizeof((table)[0]), value)
#define SHOW_FLAGS(table, value) show_flags(table, sizeof(table) / sizeof((table)[0]), value)

/* structures.c: what pointers lead to. */
void show_pointer(long word);
void show_string(const char *text);
void show_stat(const struct value *value);
void show_time(const struct value *value);
void show_timeval(const struct value *value);
void show_timer(const struct value *value);
void show_interval(const struct value *value);
void show_file_times(const struct value *value);
void show_parts(const struct value *value);
void show_pair(const struct value *value);
void show_limit(const struct value *value);
void show_names(const struct value *value);
void show_cpus(const struct value *value);
void show_number(const struct value *value);
void show_files(const struct value *value);
void show_polled(const struct value *value);
void show_event(const struct value *value);
void show_events(const struct value *value);
void show_polled_result(const long *arguments);
void show_selected_result(const long *arguments);

/* sockets.c */
void show_address(const struct value *value);
void show_peer(const struct value *value);
void show_length(const struct value *value);
void show_message(const struct value *value);
void show_option(const struct value *value);
void show_protocol(const struct value *value);
void show_socket_option(const struct value *value);

/* signals.c */
void show_signal(const struct value *value);
void show_signals(const struct value *value);
void show_blocked(const struct value *value);
void show_information(const struct value *value);
void show_stack(const struct value *value);
void show_action(const struct value *value);

/* files.c: flags of files, and calls whose arguments depend on one another. */
void show_open_flags(unsigned long flags);
void show_open_flags_of(const struct value *value);
unsigned show_open(const struct value *value);
void show_fcntl_result(long command, long result);
unsigned show_fcntl(const struct value *value);
unsigned show_futex(const struct value *value);

/* errors.c: the name of an error and what it says. */
const char *error_name(long error);
const char *error_text(long error);

#endif
