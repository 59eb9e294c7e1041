/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A line for each call. It begins before the call, so that one that never ends
 * is seen, and goes on after it unless another thread has begun a line of its
 * own: then what is left comes on a line that says whose rest it is.
 */
#include "tracer.h"

#include <kraft/syscall-threads.h>

#define RESULT_COLUMN 40u
#define ERRORS 4095

long __real_kr_syscall_gettid(void);

static struct {
    const struct ongoing *open; /* whose line is not at its end; NULL: nobody's */
    bool many;                  /* threads have been seen besides the first */
} tracer;

static void begin_line(const struct ongoing *one)
{
    if (tracer.open != NULL) {
        line_put(" <unfinished ...>");
        line_end();
    }
    tracer.many = tracer.many || one->thread != 1;
    if (tracer.many)
        line_put("[pid %5d] ", one->thread);
    tracer.open = one;
}

static size_t length_of(const char *word)
{
    size_t length = 0;

    while (word[length] != '\0' && word[length] != ' ')
        length++;
    return length;
}

/* Shows arguments from the next one on: up to the first that the call writes, or all. */
static void show_arguments(struct ongoing *one, bool over, long result)
{
    while (*one->word != '\0') {
        size_t length = length_of(one->word);

        if (!over && tracer_is_out(one->word))
            return;
        const struct value value = {
            .word = one->arguments[one->next],
            .rest = one->arguments + one->next + 1,
            .all = one->arguments,
            .out = tracer_is_out(one->word),
            .result = result,
        };
        one->next += 1 + tracer_show(one->word, length, &value);
        one->word += length;
        if (*one->word == ' ')
            one->word++;
        if (*one->word != '\0')
            line_text(", ", 2);
    }
}

void tracer_begin(struct ongoing *one)
{
    one->thread = (int)__real_kr_syscall_gettid();
    one->word = one->call->arguments;
    begin_line(one);
    line_put("%s(", one->call->name);
    show_arguments(one, false, 0);
    if (one->call->result == ENDS) {
        line_text(") ", 2);
        line_tab(RESULT_COLUMN);
        line_put("= ?");
        line_end();
        if (one->call->name[4] == '_') /* exit_group */
            line_put("+++ exited with %ld +++\n", one->arguments[0] & 0xff);
        tracer.open = NULL;
    }
    line_flush();
}

static void show_result(const struct ongoing *one, long result)
{
    if (result < 0 && result >= -ERRORS) {
        line_put("-1 %s (%s)", error_name(-result), error_text(-result));
        return;
    }
    switch (one->call->result) {
    case OCTAL:
        line_put("%#lo", (unsigned long)result);
        return;
    case POINTER:
        show_pointer(result);
        return;
    case FLAGS:
        show_fcntl_result(one->arguments[1], result);
        return;
    case POLLED:
    case SELECTED:
        line_put("%ld", result);
        if (result == 0)
            line_put(" (Timeout)");
        else if (one->call->result == POLLED)
            show_polled_result(one->arguments);
        else
            show_selected_result(one->arguments);
        return;
    default:
        break;
    }
    line_put("%ld", result);
}

void tracer_end(struct ongoing *one, long result)
{
    if (tracer.open != one) {
        begin_line(one);
        line_put("<... %s resumed>", one->call->name);
    }
    show_arguments(one, true, result);
    line_text(") ", 2);
    line_tab(RESULT_COLUMN);
    line_put("= ");
    show_result(one, result);
    line_end();
    line_flush();
    tracer.open = NULL;
}
