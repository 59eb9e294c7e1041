/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * count: counts the instructions that a guest executes, one by one.
 *
 * The counters lie in a file that the benchmark reads while the guest runs,
 * so a request can be priced from outside: read, send requests, read again.
 * A halted CPU executes nothing. A repeated string instruction counts once
 * an iteration, as TCG executes it.
 *
 *   -plugin count.so,figures=PATH[,from=ADDRESS][,to=ADDRESS]
 *
 * ADDRESS (hexadecimal, 0x…) marks an instruction: the count before its
 * first execution is kept, and its executions are counted.
 */
#include "qemu-plugin.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

EXPORT extern const int qemu_plugin_version;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info, int argc,
                               char **argv);

const int qemu_plugin_version = 1;

struct mark {
    uint64_t first;      /* instructions executed before its first execution */
    uint64_t executions; /* how often it was executed */
};

/* What the file holds: five 64-bit numbers in the host's byte order. */
struct figures {
    uint64_t instructions;
    struct mark from;
    struct mark to;
};

static struct figures *figures;
static uint64_t from_address;
static uint64_t to_address;

/* The instruction's own inline count is added before this call. */
static void reached(unsigned int vcpu, void *data)
{
    (void)vcpu;
    struct mark *mark = data;
    if (mark->executions++ == 0)
        mark->first = figures->instructions - 1;
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    size_t count = qemu_plugin_tb_n_insns(block);
    for (size_t i = 0; i < count; i++) {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, i);
        uint64_t address = qemu_plugin_insn_vaddr(instruction);
        qemu_plugin_register_vcpu_insn_exec_inline(instruction, QEMU_PLUGIN_INLINE_ADD_U64,
                                                   &figures->instructions, 1);
        if (from_address != 0 && address == from_address)
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, reached, QEMU_PLUGIN_CB_NO_REGS,
                                                   &figures->from);
        if (to_address != 0 && address == to_address)
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, reached, QEMU_PLUGIN_CB_NO_REGS,
                                                   &figures->to);
    }
}

static struct figures *map_figures(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, sizeof(struct figures)) != 0) {
        perror(path);
        return NULL;
    }
    void *memory = mmap(NULL, sizeof(struct figures), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED) {
        perror(path);
        return NULL;
    }
    memset(memory, 0, sizeof(struct figures));
    return memory;
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info, int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        const char *value = strchr(argv[i], '=');
        if (value == NULL) {
            fprintf(stderr, "count: expected NAME=VALUE, but was \"%s\"\n", argv[i]);
            return -1;
        }
        value++;
        if (strncmp(argv[i], "figures=", 8) == 0) {
            figures = map_figures(value);
        } else if (strncmp(argv[i], "from=", 5) == 0) {
            from_address = strtoull(value, NULL, 16);
        } else if (strncmp(argv[i], "to=", 3) == 0) {
            to_address = strtoull(value, NULL, 16);
        } else {
            fprintf(stderr, "count: there is no argument \"%s\"\n", argv[i]);
            return -1;
        }
    }
    if (figures == NULL) {
        fprintf(stderr, "count: figures= is missing\n");
        return -1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
