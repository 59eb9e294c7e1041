/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads /proc as programs do; prints nothing that depends on where it runs. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char bytes[65536];

/* The whole text, in pieces of (piece) bytes; how long it is. */
static size_t read_all(const char *path, size_t piece)
{
    int file = open(path, O_RDONLY);
    size_t length = 0;
    ssize_t count = 0;

    while (length + piece < sizeof(bytes) && (count = read(file, bytes + length, piece)) > 0)
        length += (size_t)count;
    bytes[length] = '\0';
    close(file);
    return length;
}

/* The sum of a figure over all areas, as Redis finds it, in kB; -1: there is none. */
static long summed(const char *path, const char *name)
{
    long sum = -1;

    read_all(path, 1000);
    for (char *line = strtok(bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (strncmp(line, name, strlen(name)) == 0)
            sum += strtol(line + strlen(name), NULL, 10) + (sum < 0);
    return sum;
}

/* Where names stand in a line of maps, and what a line of smaps looks like. */
static void areas(void)
{
    static const char *const names[] = {"Size:", "Rss:", "Pss:", "Shared_Clean:", "Private_Clean:", "Private_Dirty:",
                                        "Referenced:", "Anonymous:", "AnonHugePages:", "Swap:", "Locked:"};
    int lines = 0, right = 0;

    read_all("/proc/self/maps", 1000);
    char *heap = strstr(bytes, "[heap]"), *start = heap;
    while (start > bytes && start[-1] != '\n')
        start--;
    printf("heap at %d: %.5s %.16s\n", (int)(heap - start), strchr(start, ' '), strchr(start, ' ') + 6);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        printf("%s%d", i == 0 ? "smaps " : " ", summed("/proc/self/smaps", names[i]) >= 0);
    read_all("/proc/self/smaps", 333);
    for (char *line = strtok(bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (strncmp(line, "Private_Dirty:", 14) == 0 && ++lines)
            right += strlen(line) == 27 && strcmp(line + 24, " kB") == 0;
    printf(" %d %d", lines > 1, lines == right);
    printf(" %d\n", summed("/proc/self/smaps", "Rss:") <= summed("/proc/self/smaps", "Size:"));
    printf("rollup %d", summed("/proc/self/smaps_rollup", "Private_Dirty:") > 0);
    read_all("/proc/self/smaps_rollup", 1000);
    printf(" %.8s", strchr(bytes, '['));
    printf(" %d\n", strchr(bytes, '[') - bytes == heap - start);
    read_all("/proc/self/statm", 1000);
    long size = 0, resident = 0;
    printf("statm %d", sscanf(bytes, "%ld %ld", &size, &resident));
    printf(" %d", resident > 0 && resident <= size);
    printf(" %d %d\n", summed("/proc/self/status", "VmSize:") > 0, summed("/proc/self/status", "RssAnon:") > 0);
    printf("limits %d", read_all("/proc/sys/vm/max_map_count", 100) > 1);
    printf(" %d\n", read_all("/proc/sys/fs/nr_open", 100) > 1);
}

/* As Redis finds its resident set. */
static void own_stat(void)
{
    read_all("/proc/self/stat", 1000);
    char *after = strrchr(bytes, ')');
    int fields = 2;

    printf("stat %d", strtol(bytes, NULL, 10) == getpid());
    for (char *word = strtok(after + 1, " \n"); word != NULL; word = strtok(NULL, " \n")) {
        fields++;
        if (fields == 24)
            printf(" resident %d", strtol(word, NULL, 10) > 0);
    }
    printf(" %d\n", fields);
}

static void own_texts(int argc, char **argv)
{
    size_t length = read_all("/proc/self/cmdline", 1000), at = 0;
    const char *base = strrchr(argv[0], '/');
    unsigned long from, to;
    char access[5];
    int found = 0;

    for (int i = 0; i < argc && strcmp(bytes + at, argv[i]) == 0; i++)
        at += strlen(argv[i]) + 1;
    printf("cmdline %d", at == length);
    length = read_all("/proc/self/comm", 1000);
    printf(" comm %d", strncmp(bytes, base == NULL ? argv[0] : base + 1, length - 1) == 0);
    read_all("/proc/self/status", 1000);
    printf(" status %d %d", strstr(bytes, "\nPid:\t") != NULL, strstr(bytes, "\nVmRSS:\t") != NULL);
    read_all("/proc/self/environ", 1000);
    printf(" environ %d\n", getenv("PATH") == NULL || strstr(bytes, "=") != NULL);
    read_all("/proc/self/maps", 1000);
    for (char *line = strtok(bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
        found += sscanf(line, "%lx-%lx %4s", &from, &to, access) == 3 && access[2] == 'x' &&
                 from <= (unsigned long)own_texts && (unsigned long)own_texts < to;
    printf("maps %d", found);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    read_all("/proc/self/limits", 1000);
    printf(" limits %d\n", strtoul(strstr(bytes, "Max open files") + 14, NULL, 10) == limit.rlim_cur);
}

static void machine(void)
{
    unsigned long total = 0, unused = 0;
    double now = 0;

    read_all("/proc/meminfo", 100);
    sscanf(bytes, "MemTotal: %lu kB MemFree: %lu kB", &total, &unused);
    printf("meminfo %d %d", total > unused && unused > 0, strstr(bytes, "\nMemAvailable:") != NULL);
    read_all("/proc/uptime", 100);
    printf(" uptime %d", sscanf(bytes, "%lf", &now) == 1 && now > 0);
    read_all("/proc/cpuinfo", 1000);
    printf(" cpuinfo %d", strncmp(bytes, "processor\t: 0\n", 14));
    read_all("/proc/stat", 1000);
    printf(" stat %d", strncmp(bytes, "cpu  ", 5));
    read_all("/proc/sys/kernel/ostype", 1000);
    printf(" %s", bytes);
    char whole[400];
    size_t length = read_all("/proc/version", 300);
    memcpy(whole, bytes, length);
    printf("pieces %d", read_all("/proc/version", 7) == length && memcmp(whole, bytes, length) == 0);
    struct stat facts = {0};
    printf(" %d %ld %o", stat("/proc/version", &facts), (long)facts.st_size, facts.st_mode);
    read_all("/proc/sys/net/core/somaxconn", 1000);
    printf(" %d", atoi(bytes) >= 128);
    printf(" %d %d\n", open("/proc/nothing", O_RDONLY), errno == ENOENT);
}

/* The open descriptors as their folder lists them, a bit each. */
static unsigned long listed(void)
{
    DIR *folder = opendir("/proc/self/fd");
    unsigned long bits = 0;

    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            bits |= 1ul << atoi(entry->d_name);
    bits &= ~(1ul << dirfd(folder));
    closedir(folder);
    return bits;
}

static void descriptors(void)
{
    int pair[2], file = open("/proc/version", O_RDONLY);
    char target[64] = "", path[32];
    unsigned long before = listed();

    printf("fd %d %d", (before & 7) == 7, (before >> file & 1) == 1);
    dup2(file, 20);
    printf(" %d", (listed() ^ before) == 1ul << 20);
    close(20);
    printf(" %d", listed() == before);
    printf(" %d", pipe(pair));
    snprintf(path, sizeof(path), "/proc/self/fd/%d", pair[0]);
    printf(" %d %.6s", readlink(path, target, sizeof(target) - 1) > 7, target);
    close(pair[0]);
    printf(" %d %d\n", (int)readlink(path, target, sizeof(target)), errno == ENOENT);
}

/* The line of /proc/mounts about (folder): that it is there, and writable. */
static void mounted(const char *folder)
{
    char source[64], place[256], type[32], options[256];
    int first = 0, found = 0;

    read_all("/proc/mounts", 500);
    for (char *line = strtok(bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (sscanf(line, "%63s %255s %31s %255s 0 0", source, place, type, options) == 4 && strcmp(place, folder) == 0)
            found = strncmp(options, "rw", 2) == 0 ? 2 : 1;
    printf("mounts %s %d", folder, found > 0);
    read_all("/proc/self/mountinfo", 500);
    for (char *line = strtok(bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (sscanf(line, "%*d %*d %*d:%*d / %255s %255s", place, options) == 2 && strcmp(place, folder) == 0)
            printf(" %d%s", options[0] == 'r', strstr(line, " - ") != NULL ? " -" : "");
    printf(" %d\n", readlink("/proc/mounts", place, sizeof(place)) == 11 && memcmp(place, "self/mounts", 11) == 0);
}

static void current_folder(void)
{
    char there[256] = "", here[256];

    chdir("/tmp");
    mkdir("proc test", 0755);
    chdir("proc test");
    getcwd(here, sizeof(here));
    printf("cwd %d", readlink("/proc/self/cwd", there, sizeof(there)) == (ssize_t)strlen(here));
    printf(" %d", strcmp(here, there) == 0);
    printf(" %d", open("/proc/self/cwd/nothing", O_RDONLY) < 0 && errno == ENOENT);
    chdir("/");
    rmdir("/tmp/proc test");
    printf(" %zd %.1s\n", readlink("/proc/self/cwd", there, sizeof(there)), there);
}

int main(int argc, char **argv)
{
    free(malloc(1000)); /* that there is a heap */
    own_stat();
    own_texts(argc, argv);
    machine();
    areas();
    descriptors();
    current_folder();
    mounted("/proc");
    mounted("/nowhere");
    return 0;
}
