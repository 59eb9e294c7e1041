/* SPDX-License-Identifier: BSD-3-Clause */
/* Signals, and sets of them: signal n is bit n - 1. */
#include "tracer.h"

#define SIGNALS 64
#define FIRST_REAL_TIME 32
#define DEFAULT 0
#define IGNORED 1

static const char *const signal_names[FIRST_REAL_TIME] = {
    "0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
    "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
};

static void show_short(int signal)
{
    if (signal < FIRST_REAL_TIME)
        line_put("%s", signal_names[signal]);
    else if (signal == FIRST_REAL_TIME)
        line_put("RTMIN");
    else
        line_put("RT_%d", signal - FIRST_REAL_TIME);
}

void show_signal(const struct value *value)
{
    int signal = (int)value->word;

    if (signal <= 0 || signal > SIGNALS) {
        line_put("%d", signal);
        return;
    }
    line_put("SIG");
    show_short(signal);
}

static int count_of(uint64_t set)
{
    int count = 0;

    for (; set != 0; set &= set - 1)
        count++;
    return count;
}

/* Those that are in it, or, where that is shorter, those that are not. */
static void show_set(uint64_t set)
{
    bool inverted = count_of(set) >= 2 * SIGNALS / 3;
    bool first = true;

    line_put(inverted ? "~[" : "[");
    for (int signal = 1; signal <= SIGNALS; signal++) {
        if ((set >> (signal - 1) & 1) == inverted)
            continue;
        line_put(first ? "" : " ");
        show_short(signal);
        first = false;
    }
    line_put("]");
}

void show_signals(const struct value *value)
{
    if (value->word == 0)
        line_put("NULL");
    else
        show_set(*(const uint64_t *)value->word);
}

/* pselect6's last: a set and its size. */
void show_blocked(const struct value *value)
{
    const struct {
        const uint64_t *set;
        size_t size;
    } *blocked = (const void *)value->word;

    if (blocked == NULL) {
        line_put("NULL");
        return;
    }
    line_put("{sigmask=");
    show_signals(&(struct value){.word = (long)blocked->set});
    line_put(", sigsetsize=%lu}", blocked->size);
}

void show_action(const struct value *value)
{
    static const struct name flags[] = {
        {0x4000000, "SA_RESTORER"}, {0x8000000, "SA_ONSTACK"}, {0x10000000, "SA_RESTART"}, {1, "SA_NOCLDSTOP"}, {2, "SA_NOCLDWAIT"},
        {4, "SA_SIGINFO"}, {0x40000000, "SA_NODEFER"}, {0x80000000, "SA_RESETHAND"},
    };
    const struct {
        unsigned long handler, flags, restorer;
        uint64_t mask;
    } *action = (const void *)value->word;

    if (action == NULL) {
        line_put("NULL");
        return;
    }
    line_put((action->flags & 4) != 0 ? "{sa_sigaction=" : "{sa_handler=");
    if (action->handler == DEFAULT)
        line_put("SIG_DFL");
    else if (action->handler == IGNORED)
        line_put("SIG_IGN");
    else
        line_put("%#lx", action->handler);
    line_put(", sa_mask=");
    show_set(action->mask);
    line_put(", sa_flags=");
    SHOW_FLAGS(flags, action->flags);
    if ((action->flags & 0x4000000) != 0)
        line_put(", sa_restorer=%#lx", action->restorer);
    line_put("}");
}

/* siginfo_t, as far as a process tells. */
void show_information(const struct value *value)
{
    static const char *const codes[] = {"SI_USER", "SI_QUEUE", "SI_TIMER", "SI_MESGQ", "SI_ASYNCIO", "SI_SIGIO", "SI_TKILL"};
    const int *words = (const int *)value->word;

    if (words == NULL) {
        line_put("NULL");
        return;
    }
    line_put("{si_signo=");
    show_signal(&(struct value){.word = words[0]});
    if (words[2] <= 0 && words[2] > -7)
        line_put(", si_code=%s", codes[-words[2]]);
    else
        line_put(words[2] == 0x80 ? ", si_code=SI_KERNEL" : ", si_code=%#x", (unsigned)words[2]);
    if (words[2] == -2)
        line_put(", si_timerid=%d, si_overrun=%d", words[4], words[5]);
    else if (words[2] <= 0)
        line_put(", si_pid=%d, si_uid=%d", words[4], words[5]);
    line_put("}");
}

void show_stack(const struct value *value)
{
    static const struct name flags[] = {{1, "SS_ONSTACK"}, {2, "SS_DISABLE"}};
    const struct {
        unsigned long start;
        uint32_t flags, padding;
        size_t size;
    } *stack = (const void *)value->word;

    if (stack == NULL) {
        line_put("NULL");
        return;
    }
    line_put(stack->start == 0 ? "{ss_sp=NULL" : "{ss_sp=%#lx", stack->start);
    line_put(", ss_flags=");
    SHOW_FLAGS(flags, stack->flags);
    line_put(", ss_size=%lu}", stack->size);
}
