/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Handlers as function calls, on the stack of whoever made the system call or
 * on the one of sigaltstack. What a handler does to the mask in its context
 * counts when it returns, as on Linux.
 */
#include <kraft/boot.h>
#include <kraft/print.h>
#include <kraft/sched.h>

#include "self.h"

#define FLAG_INFORMATION 4u       /* SA_SIGINFO */
#define FLAG_OTHER_STACK 0x08000000u /* SA_ONSTACK */
#define FLAG_RESTART 0x10000000u  /* SA_RESTART */
#define FLAG_NO_DEFER 0x40000000u /* SA_NODEFER */
#define FLAG_RESET 0x80000000u    /* SA_RESETHAND */

/* siginfo_t and ucontext_t, as far as there is anything to tell. */
struct information {
    int signal, error, code, unused, sender, user;
    uint64_t value;
    uint64_t rest[12];
};
_Static_assert(sizeof(struct information) == 128, "as Linux has it");

#define CONTEXT_WORDS 121 /* of ucontext_t; nothing of it is known but the mask */
#define CONTEXT_MASK 37

static void call(const struct kr_syscall_action *action, const struct kr_signals_information *told,
                 struct kr_thread_signals *self)
{
    struct information information = {
        .signal = told->signal, .code = told->code, .sender = told->sender, .user = told->user, .value = told->value,
    };
    uint64_t context[CONTEXT_WORDS] = {[CONTEXT_MASK] = self->blocked};
    void (*handler)(int, void *, void *) = (void (*)(int, void *, void *))(uintptr_t)action->handler;
    uint64_t before = self->blocked;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    bool there = here - self->stack < self->stack_size; /* a handler is interrupted by another */

    self->blocked |= action->blocked | ((action->flags & FLAG_NO_DEFER) != 0 ? 0 : self_bit(told->signal));
    if ((action->flags & FLAG_OTHER_STACK) != 0 && self->stack_size > 0 && !there)
        self_call_on((void *)((self->stack + self->stack_size) & ~(uintptr_t)15), handler, told->signal, &information,
                     context);
    else
        handler(told->signal, &information, context); /* who takes one argument ignores the others */
    self->blocked = (action->flags & FLAG_INFORMATION) != 0 ? context[CONTEXT_MASK] : before;
}

/* Whether a handler ran, and if so whether a call that was interrupted may go on. */
static bool act(const struct kr_signals_information *told, bool *restarts)
{
    struct kr_syscall_action action = self_actions[told->signal];

    if (self_is_ignored(told->signal))
        return false;
    if (action.handler == NULL) {
        kr_print_format("syscall-signals-self: signal %d ends the program\n", told->signal);
        kr_boot_exit(128 + told->signal);
    }
    if ((action.flags & FLAG_RESET) != 0)
        self_actions[told->signal].handler = NULL;
    *restarts = (action.flags & FLAG_RESTART) != 0;
    call(&action, told, kr_thread_signals_self());
    return true;
}

bool self_deliver(void)
{
    struct kr_thread_signals *self = kr_thread_signals_self();
    struct kr_signals_information told;
    bool allowed = true;

    kr_sched_uninterrupt();
    for (bool first = true; kr_signals_take(~self->blocked, &told);) {
        bool restarts;

        if (!act(&told, &restarts) || !first)
            continue;
        allowed = restarts;
        first = false;
    }
    return allowed;
}

bool kr_signals_interrupted(void)
{
    return self_deliver();
}
