/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The texts (man 5 proc, whose order the fields have), and the table of all
 * entries. What nobody counts here is 0.
 */
#include <kraft/alloc.h>
#include <kraft/boot.h>
#include <kraft/clock.h>
#include <kraft/fs.h>
#include <kraft/syscall-process.h>

#include "proc.h"

#define PAGE 4096u
#define HUNDREDTH (KR_CLOCK_SECOND / 100)

static struct kr_alloc_figures memory(void)
{
    struct kr_alloc_figures figures;

    kr_alloc_figures(&figures);
    return figures;
}

/* Bytes that the program takes: its text, and what has been taken of the heap. */
static unsigned long resident(void)
{
    return (unsigned long)memory().used + (unsigned long)(kr_text_end - kr_text_start);
}

static unsigned long hundredths(void)
{
    return (unsigned long)(kr_clock_monotonic() / HUNDREDTH);
}

static size_t length_of(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    return length;
}

const char *proc_name(void)
{
    const char *name = kr_boot_arguments()[0];

    for (const char *at = name; *at != '\0'; at++)
        if (*at == '/')
            name = at + 1;
    return name;
}

static void meminfo(struct text *text)
{
    struct kr_alloc_figures figures = memory();
    unsigned long free = (unsigned long)(figures.total - figures.used) / 1024;
    unsigned long total = (unsigned long)figures.total / 1024;

    proc_format(text, "MemTotal:       %8lu kB\n", total);
    proc_format(text, "MemFree:        %8lu kB\nMemAvailable:   %8lu kB\n", free, free);
    proc_format(text, "Buffers:               0 kB\nCached:                0 kB\n");
    proc_format(text, "SwapCached:            0 kB\nSwapTotal:             0 kB\nSwapFree:              0 kB\n");
    proc_format(text, "Shmem:                 0 kB\nSReclaimable:          0 kB\n");
    proc_format(text, "CommitLimit:    %8lu kB\nCommitted_AS:   %8lu kB\n", total, total - free);
    proc_format(text, "HugePages_Total:       0\nHugePages_Free:        0\nHugepagesize:       2048 kB\n");
}

static void uptime(struct text *text)
{
    unsigned long now = hundredths();

    proc_format(text, "%lu.%02lu 0.00\n", now / 100, now % 100);
}

static void loadavg(struct text *text)
{
    proc_format(text, "0.00 0.00 0.00 1/1 1\n");
}

static void machine_stat(struct text *text)
{
    unsigned long now = hundredths();
    uint64_t begin = (kr_clock_wall() - kr_clock_monotonic()) / KR_CLOCK_SECOND;

    proc_format(text, "cpu  %lu 0 0 0 0 0 0 0 0 0\ncpu0 %lu 0 0 0 0 0 0 0 0 0\n", now, now);
    proc_format(text, "btime %lu\nprocesses 1\nprocs_running 1\nprocs_blocked 0\n", (unsigned long)begin);
}

static void version(struct text *text)
{
    struct kr_syscall_names names;

    kr_syscall_uname(&names);
    proc_format(text, "%s version %s (%s)\n", names.system, names.release, names.version);
}

/* pid, comm, state, ppid …: the 52 fields of Linux 3.5 and later. */
static void self_stat(struct text *text)
{
    unsigned long used = resident();

    proc_format(text, "%ld (%.15s) R 0 1 1 0 -1 0 0 0 0 0 %lu 0 0 0 20 0 1 0 0 %lu %lu ",
                kr_syscall_getpid(), proc_name(), hundredths(), used, used / PAGE);
    proc_format(text, "18446744073709551615 %lu %lu 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
                (unsigned long)(uintptr_t)kr_text_start, (unsigned long)(uintptr_t)kr_text_end);
}

static void statm(struct text *text)
{
    unsigned long pages = resident() / PAGE;
    unsigned long code = (unsigned long)(kr_text_end - kr_text_start) / PAGE;

    proc_format(text, "%lu %lu 0 %lu 0 %lu 0\n", pages, pages, code, pages);
}

static void status(struct text *text)
{
    unsigned long used = resident() / 1024;

    proc_format(text, "Name:\t%.15s\nUmask:\t0022\nState:\tR (running)\n", proc_name());
    proc_format(text, "Tgid:\t1\nPid:\t1\nPPid:\t0\nTracerPid:\t0\n");
    proc_format(text, "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n");
    proc_format(text, "VmPeak:\t%8lu kB\nVmSize:\t%8lu kB\nVmHWM:\t%8lu kB\nVmRSS:\t%8lu kB\n", used, used,
                used, used);
    proc_format(text, "RssAnon:\t%8lu kB\nVmSwap:\t%8u kB\n", used, 0u);
    proc_format(text, "Threads:\t1\nCpus_allowed:\t1\nCpus_allowed_list:\t0\n");
}

static void comm(struct text *text)
{
    proc_format(text, "%.15s\n", proc_name());
}

/* Each with its NUL. */
static void all(struct text *text, char **words)
{
    for (; *words != NULL; words++)
        proc_put(text, *words, length_of(*words) + 1);
}

static void cmdline(struct text *text)
{
    all(text, kr_boot_arguments());
}

static void environ_text(struct text *text)
{
    all(text, kr_boot_environment());
}

static void put_limit(struct text *text, uint64_t limit)
{
    if (limit == UINT64_MAX)
        proc_format(text, "%-20s ", "unlimited");
    else
        proc_format(text, "%-20lu ", (unsigned long)limit);
}

static void limits(struct text *text)
{
    static const char *const names[][2] = { /* by their numbers, man 2 getrlimit */
        {"Max cpu time", "seconds"},      {"Max file size", "bytes"},
        {"Max data size", "bytes"},       {"Max stack size", "bytes"},
        {"Max core file size", "bytes"},  {"Max resident set", "bytes"},
        {"Max processes", "processes"},   {"Max open files", "files"},
        {"Max locked memory", "bytes"},   {"Max address space", "bytes"},
        {"Max file locks", "locks"},      {"Max pending signals", "signals"},
        {"Max msgqueue size", "bytes"},   {"Max nice priority", ""},
        {"Max realtime priority", ""},    {"Max realtime timeout", "us"},
    };

    proc_format(text, "%-25s %-20s %-20s %-10s\n", "Limit", "Soft Limit", "Hard Limit", "Units");
    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct kr_syscall_limit limit;

        if (kr_syscall_prlimit(0, i, NULL, &limit) != 0)
            continue;
        proc_format(text, "%-25s ", names[i][0]);
        put_limit(text, limit.now);
        put_limit(text, limit.most);
        proc_format(text, "%-10s\n", names[i][1]);
    }
}

static void exe(struct text *text)
{
    proc_put(text, "/", 1);
    proc_put(text, proc_name(), length_of(proc_name()));
}

#define LONGEST_PATH 4096u

static void cwd(struct text *text)
{
    char *path = kr_alloc_allocate(LONGEST_PATH); /* a thread may have a small stack */

    bool known = path != NULL && proc_mounted->here != NULL && proc_mounted->here(path, LONGEST_PATH) > 0;
    proc_put(text, known ? path : "/", known ? length_of(path) : 1);
    kr_alloc_free(path);
}

/* A word of a line, whose blanks are octal. */
static void put_word(struct text *text, const char *word)
{
    for (; *word != '\0'; word++) {
        if (*word == ' ' || *word == '\t' || *word == '\n' || *word == '\\')
            proc_format(text, "\\%c%c%c", '0' + *word / 64, '0' + *word / 8 % 8, '0' + *word % 8);
        else
            proc_put(text, word, 1);
    }
    proc_put(text, " ", 1);
}

static void put_mount(struct text *text, const struct kr_fs_mount *one, const char *path)
{
    put_word(text, one->source == NULL ? one->driver->name : one->source);
    put_word(text, path);
    put_word(text, one->driver->name);
    proc_format(text, "%s 0 0\n", one->read_only ? "ro" : "rw");
}

/* Which mount covers which is not kept: the first of all is every other's parent. */
static void put_mount_info(struct text *text, const struct kr_fs_mount *one, const char *path)
{
    const char *access = one->read_only ? "ro" : "rw";
    unsigned long device = (unsigned long)one->device;

    proc_format(text, "%lu 1 %lu:%lu / ", device + 1, device >> 8, device & 0xff);
    put_word(text, path);
    proc_format(text, "%s - ", access);
    put_word(text, one->driver->name);
    put_word(text, one->source == NULL ? one->driver->name : one->source);
    proc_format(text, "%s\n", access);
}

static void each_mount(struct text *text,
                       void (*put)(struct text *text, const struct kr_fs_mount *one, const char *path))
{
    char *path = kr_alloc_allocate(LONGEST_PATH);
    const struct kr_fs_mount *one;

    for (size_t i = 0; path != NULL && proc_mounted->mounted != NULL &&
                       (one = proc_mounted->mounted(i, path, LONGEST_PATH)) != NULL;
         i++)
        put(text, one, path);
    kr_alloc_free(path);
}

static void mounts(struct text *text)
{
    each_mount(text, put_mount);
}

static void mountinfo(struct text *text)
{
    each_mount(text, put_mount_info);
}

static void zero(struct text *text)
{
    proc_format(text, "0\n");
}

/* Promises are kept: mmap fails where there is no memory (2: never overcommit). */
static void overcommit(struct text *text)
{
    proc_format(text, "2\n");
}

static void file_max(struct text *text)
{
    struct kr_syscall_limit limit;

    if (kr_syscall_prlimit(0, 7, NULL, &limit) == 0)
        proc_format(text, "%lu\n", (unsigned long)limit.most);
}

/* As the mappings of a process are bounded on Linux, which nothing here is. */
static void max_map_count(struct text *text)
{
    proc_format(text, "65530\n");
}

static void somaxconn(struct text *text)
{
    proc_format(text, "4096\n");
}

static void pid_max(struct text *text)
{
    proc_format(text, "32768\n");
}

static void name_text(struct text *text, size_t which)
{
    struct kr_syscall_names names;

    kr_syscall_uname(&names);
    proc_format(text, "%s\n", (const char *)&names + which);
}

static void ostype(struct text *text)
{
    name_text(text, offsetof(struct kr_syscall_names, system));
}

static void osrelease(struct text *text)
{
    name_text(text, offsetof(struct kr_syscall_names, release));
}

static void hostname(struct text *text)
{
    name_text(text, offsetof(struct kr_syscall_names, node));
}

static void os_version(struct text *text)
{
    name_text(text, offsetof(struct kr_syscall_names, version));
}

#define FOLDER (KR_VFS_DIRECTORIES | 0555)
#define LINK (KR_VFS_LINK | 0777)
#define SELF 1u
#define SYS 2u
#define KERNEL 3u
#define VM 4u
#define FS 5u
#define NET 6u
#define CORE 7u
#define DESCRIPTORS 8u

const struct proc_entry proc_entries[] = {
    [PROC_ROOT] = {"", PROC_ROOT, FOLDER, NULL, NULL},
    [SELF] = {"1", PROC_ROOT, FOLDER, NULL, NULL},
    [SYS] = {"sys", PROC_ROOT, FOLDER, NULL, NULL},
    [KERNEL] = {"kernel", SYS, FOLDER, NULL, NULL},
    [VM] = {"vm", SYS, FOLDER, NULL, NULL},
    [FS] = {"fs", SYS, FOLDER, NULL, NULL},
    [NET] = {"net", SYS, FOLDER, NULL, NULL},
    [CORE] = {"core", NET, FOLDER, NULL, NULL},
    [DESCRIPTORS] = {"fd", SELF, KR_VFS_DIRECTORIES | 0500, NULL, NULL},
    {"self", PROC_ROOT, LINK, NULL, "1"},
    {"mounts", PROC_ROOT, LINK, NULL, "self/mounts"},
    {"meminfo", PROC_ROOT, 0444, meminfo, NULL},
    {"uptime", PROC_ROOT, 0444, uptime, NULL},
    {"loadavg", PROC_ROOT, 0444, loadavg, NULL},
    {"stat", PROC_ROOT, 0444, machine_stat, NULL},
    {"version", PROC_ROOT, 0444, version, NULL},
    {"cpuinfo", PROC_ROOT, 0444, proc_cpuinfo, NULL},
    {"stat", SELF, 0444, self_stat, NULL},
    {"statm", SELF, 0444, statm, NULL},
    {"status", SELF, 0444, status, NULL},
    {"comm", SELF, 0444, comm, NULL},
    {"cmdline", SELF, 0444, cmdline, NULL},
    {"environ", SELF, 0400, environ_text, NULL},
    {"maps", SELF, 0444, proc_maps, NULL},
    {"smaps", SELF, 0444, proc_smaps, NULL},
    {"smaps_rollup", SELF, 0444, proc_smaps_rollup, NULL},
    {"limits", SELF, 0444, limits, NULL},
    {"oom_score_adj", SELF, 0444, zero, NULL},
    {"exe", SELF, LINK, exe, NULL}, /* the program's name */
    {"cwd", SELF, LINK, cwd, NULL},
    {"mounts", SELF, 0444, mounts, NULL},
    {"mountinfo", SELF, 0444, mountinfo, NULL},
    {"root", SELF, LINK, NULL, "/"},
    {"ostype", KERNEL, 0444, ostype, NULL},
    {"osrelease", KERNEL, 0444, osrelease, NULL},
    {"hostname", KERNEL, 0444, hostname, NULL},
    {"version", KERNEL, 0444, os_version, NULL},
    {"pid_max", KERNEL, 0444, pid_max, NULL},
    {"overcommit_memory", VM, 0444, overcommit, NULL},
    {"max_map_count", VM, 0444, max_map_count, NULL},
    {"swappiness", VM, 0444, zero, NULL},
    {"nr_open", FS, 0444, file_max, NULL},
    {"file-max", FS, 0444, file_max, NULL},
    {"somaxconn", CORE, 0444, somaxconn, NULL},
};
const size_t proc_entry_count = sizeof(proc_entries) / sizeof(proc_entries[0]);
const size_t proc_descriptors = DESCRIPTORS;
