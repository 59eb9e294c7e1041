/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions come as signals (sigaction(2), signal(7)). Each is a bug, hence
 * a panic, in the words that a machine's platform uses for the same one. They
 * run on a stack of their own, so that a stack overflow can be told.
 */
#include "linuxu.h"

#include <kraft/linux.h>
#include <kraft/panic.h>

#define SIGILL 4
#define SIGTRAP 5
#define SIGBUS 7
#define SIGFPE 8
#define SIGSEGV 11
#define SIGPIPE 13
#define SIG_IGN ((linuxu_handler)1)

#define SA_SIGINFO UINT64_C(0x4)
#define SA_RESTORER UINT64_C(0x04000000)
#define SA_ONSTACK UINT64_C(0x08000000)
#define SET_SIZE 8u /* bytes of a set of signals */

#define DIVIDE 0u
#define INVALID_OPCODE 6u
#define PROTECTION 13u
#define PAGE_FAULT 14u
#define ERROR_PRESENT 0x1u
#define ERROR_WRITE 0x2u /* of a page fault's error code (Intel SDM 3, 4.7) */
#define ERROR_FETCH 0x10u

struct action { /* struct kernel_sigaction */
    linuxu_handler handler;
    uint64_t flags;
    void (*restorer)(void);
    uint64_t mask;
};

struct stack { /* stack_t */
    void *start;
    int flags;
    size_t size;
};

struct linuxu_context { /* ucontext_t, as far as it is read */
    uint64_t flags;
    uint64_t link;
    struct stack stack;
    uint64_t r8, r9, r10, r11, r12, r13, r14, r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip;
    uint64_t eflags, segments, error, vector, mask, address;
};

_Static_assert(offsetof(struct linuxu_context, rip) == 168, "as asm/sigcontext.h has it");

static char handler_stack[16384] __attribute__((aligned(16)));

long linuxu_signal_attach(int number, linuxu_handler handler, uint64_t flags, uint64_t mask)
{
    struct action action = {
        .handler = handler,
        .flags = SA_SIGINFO | SA_RESTORER | SA_ONSTACK | flags,
        .restorer = linuxu_signal_return,
        .mask = mask,
    };

    return kr_linux_call(KR_LINUX_RT_SIGACTION, (uintptr_t)number, (uintptr_t)&action, 0, SET_SIZE,
                         0, 0);
}

static KR_NORETURN void page_fault(const struct linuxu_context *context)
{
    uintptr_t address = context->address;
    const char *guard = linuxu_guard_name(address);
    const char *what = "read of";

    if (guard == NULL && !(context->error & (ERROR_FETCH | ERROR_PRESENT)) && linuxu_is_memory(address))
        guard = "memory mapped without access";
    if (context->error & ERROR_WRITE)
        what = "write to";
    if (context->error & ERROR_FETCH)
        what = "execution of";
    if (guard != NULL)
        kr_panic_at(context->rip, context->rbp, "cpu: %s the guard page of %s at 0x%lx", what,
                    guard, address);
    kr_panic_at(context->rip, context->rbp, "cpu: %s %s at 0x%lx", what,
                linuxu_memory_name(address), address);
}

static const char *name_of(uint64_t vector)
{
    switch (vector) {
    case DIVIDE:
        return "division by zero, or its result too large";
    case INVALID_OPCODE:
        return "invalid opcode";
    case PROTECTION:
        return "general protection";
    default:
        return "exception";
    }
}

static void handle_exception_isr(int number, const struct linuxu_signal *signal,
                                 struct linuxu_context *context)
{
    (void)number;
    (void)signal;
    if (context->vector == PAGE_FAULT)
        page_fault(context);
    kr_panic_at(context->rip, context->rbp, "cpu: %s (vector %u, error 0x%x)",
                name_of(context->vector), (unsigned)context->vector, (unsigned)context->error);
}

uintptr_t *linuxu_program_counter(struct linuxu_context *context)
{
    return &context->rip;
}

uintptr_t *linuxu_stack_pointer(struct linuxu_context *context)
{
    return &context->rsp;
}

void linuxu_signals_start(void)
{
    static const int numbers[] = {SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV};
    struct stack stack = {.start = handler_stack, .size = sizeof(handler_stack)};

    kr_linux_call3(KR_LINUX_SIGALTSTACK, (uintptr_t)&stack, 0, 0);
    for (unsigned i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        linuxu_signal_attach(numbers[i], handle_exception_isr, LINUXU_NODEFER, 0);
    linuxu_signal_attach(SIGPIPE, SIG_IGN, 0, 0); /* output that nobody reads is lost */
}
