/* SPDX-License-Identifier: BSD-3-Clause */
/* Exercises a C library; prints nothing that depends on where it runs. */
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <complex.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

static uint64_t seed = 88172645463325252u;

static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static void formats(void)
{
    static const double values[] = {0.0,  -0.0,   1.0,      3.14159265358979, 1e-7,  123456789.125,
                                    1e22, 1e-300, 6.022e23, 0.1,              255.5, 5e-324};

    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        printf("%f|%.3e|%g|%.17g|%10.2f|%-12.4g|%+.0f\n", values[i], values[i], values[i], values[i], values[i],
               values[i], values[i]);
    printf("%a %a\n", 1.0 / 3, -1e10);
    printf("%g %g %G\n", HUGE_VAL, -HUGE_VAL, HUGE_VAL);
    printf("%Lg %.20Lf\n", 1.5L, 0.1L);
    printf("%5d|%-5d|%05d|%+d|%x|%#o|%llu|%zu|%c|%.3s|%p\n", 42, 42, 42, 42, 48879, 8, ~0ull, (size_t)7, 'q',
           "string", (void *)0x1234);
    printf("%jd %td %hhd %*d %-*d|\n", INTMAX_MIN, (ptrdiff_t)-3, (signed char)300, 6, 12, 6, 12);
}

static void numbers(void)
{
    static const char *const texts[] = {"1.5",   "  -2.25e3x", "0x1.8p3", "inf",    "nan", "1e400",
                                        "1e-400", "123456789012345678901234567890", ".5",  "x"};
    char *end;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        errno = 0;
        double value = strtod(texts[i], &end);
        printf("%s: %.17g, %td, %d\n", texts[i], isnan(value) ? 0.5 : value, end - texts[i], errno == ERANGE);
    }
    errno = 0;
    printf("%ld %d\n", strtol("99999999999999999999", &end, 10), errno == ERANGE);
    printf("%lu %ld\n", strtoul("0777", NULL, 0), strtol("-zz", NULL, 36));
    int first;
    double second;
    char word[8];
    printf("%d", sscanf("12 3.5 words", "%d %lf %7s", &first, &second, word));
    printf(" %d %g %s\n", first, second, word);
    printf("%.10f %.10f %.10f %.10f\n", sin(1), exp(1), pow(2, 0.5), log(10));
}

static int by_value(const void *one, const void *other)
{
    uint64_t first = *(const uint64_t *)one, second = *(const uint64_t *)other;

    return first < second ? -1 : first > second;
}

static void sorting(void)
{
    enum { COUNT = 5000 };
    static uint64_t values[COUNT];

    for (int i = 0; i < COUNT; i++)
        values[i] = next_random() % 1000;
    qsort(values, COUNT, sizeof(values[0]), by_value);
    int wrong = 0;
    for (int i = 1; i < COUNT; i++)
        wrong += values[i - 1] > values[i];
    printf("sorted %d, %" PRIu64 " %" PRIu64 "\n", wrong, values[0], values[COUNT / 2]);
    uint64_t key = values[77];
    uint64_t *found = bsearch(&key, values, COUNT, sizeof(values[0]), by_value);
    printf("found %d\n", found != NULL && *found == key);
}

/* Blocks of all sizes, each filled with its own byte, checked before it goes. */
static void memory(void)
{
    enum { SLOTS = 256, ROUNDS = 20000 };
    static struct {
        unsigned char *bytes;
        size_t size;
    } slots[SLOTS];
    size_t wrong = 0, done = 0;

    for (int round = 0; round < ROUNDS; round++) {
        unsigned slot = next_random() % SLOTS;
        unsigned scale = next_random() % 100;
        size_t size = next_random() % (scale < 90 ? 512 : scale < 99 ? 16384 : 300000) + 1;
        size_t keep = slots[slot].size < size ? slots[slot].size : size;
        unsigned char *moved = realloc(slots[slot].bytes, size);

        for (size_t i = 0; i < keep; i++)
            wrong += moved[i] != (unsigned char)slot;
        memset(moved, (int)slot, size);
        slots[slot].bytes = moved;
        slots[slot].size = size;
        if (next_random() % 4 == 0) {
            free(slots[slot].bytes);
            slots[slot].bytes = NULL;
            slots[slot].size = 0;
        }
        done += size;
    }
    printf("wrong %zu of %zu\n", wrong, done);
    unsigned char *zeros = calloc(1000, 1000);
    size_t dirty = 0;
    for (size_t i = 0; i < 1000000; i++)
        dirty += zeros[i] != 0;
    free(zeros);
    errno = 0;
    void *volatile huge = malloc(SIZE_MAX / 2);
    printf("dirty %zu, huge %d %d\n", dirty, huge == NULL, errno == ENOMEM);
}

static void pages(void)
{
    size_t size = 16 * 4096;
    char *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    printf("mapped %d, zero %d\n", start != MAP_FAILED, start[0] == 0 && start[size - 1] == 0);
    memset(start, 'x', size);
    printf("%d", munmap(start + 4096, 4096));
    printf(" %d", munmap(start + 4 * 4096, 2 * 4096));
    printf(" %c%c", start[0], start[3 * 4096]);
    printf(" %d %d", mprotect(start, 4096, PROT_READ), start[4095]);
    printf(" %d\n", mprotect(start, 4096, PROT_READ | PROT_WRITE));
    start[0] = 'y';
    printf("%d %d\n", munmap(start, size), munmap(start + 1, 4096) == -1 && errno == EINVAL);
    char *small = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(small, "kept");
    char *large = mremap(small, 4096, 65536, MREMAP_MAYMOVE);
    printf("%s %d\n", large, large[65535]);
    printf("%d\n", munmap(large, 65536));
    errno = 0;
    void *none = mmap(NULL, (size_t)1 << 46, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("too much %d %d\n", none == MAP_FAILED, errno == ENOMEM);
}

static jmp_buf back;
static volatile sig_atomic_t signals;

static int deep(int depth)
{
    if (depth == 0)
        longjmp(back, 7);
    return deep(depth - 1) + depth;
}

static void on_signal(int signal)
{
    signals += signal;
}

static void jumps(void)
{
    volatile int before = 5;
    int value = setjmp(back);

    if (value == 0) {
        before = 6;
        deep(10);
    }
    printf("jumped %d %d\n", value, before);
    signal(SIGUSR1, on_signal);
    printf("raised %d %d\n", raise(SIGUSR1), signals == SIGUSR1);
    sigset_t set, pending;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    sigpending(&pending);
    printf("blocked %d %d", signals == SIGUSR1, sigismember(&pending, SIGUSR1));
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    printf(" %d\n", signals == 2 * SIGUSR1);
}

static void times_of_day(void)
{
    struct timespec before, after, wait = {.tv_nsec = 2000000};
    time_t moment = 1700000000;
    char text[64];

    clock_gettime(CLOCK_MONOTONIC, &before);
    int slept = nanosleep(&wait, NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    long passed = (after.tv_sec - before.tv_sec) * 1000000000L + after.tv_nsec - before.tv_nsec;
    printf("slept %d %d, now %d\n", slept, passed >= 2000000, time(NULL) > 1500000000);
    strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %a %j", gmtime(&moment));
    puts(text);
    errno = 0;
    printf("clock %d %d\n", clock_gettime(77, &after), errno == EINVAL);
}

/* The error that (result) came with, 0 for none. */
static int error_of(long result)
{
    return result < 0 ? errno : 0;
}

static void limits(void)
{
    struct rlimit limit;
    int error = error_of(getrlimit(RLIMIT_NOFILE, &limit));

    printf("limit %d %d\n", error, limit.rlim_cur <= limit.rlim_max);
    limit.rlim_cur = 100;
    error = error_of(setrlimit(RLIMIT_NOFILE, &limit));
    getrlimit(RLIMIT_NOFILE, &limit);
    printf("lower %d %d\n", error, (int)limit.rlim_cur);
    limit.rlim_cur = limit.rlim_max;
    error = error_of(setrlimit(RLIMIT_NOFILE, &limit));
    printf("raise %d\n", error);
    limit.rlim_cur = 11;
    limit.rlim_max = 10;
    printf("upside down %d\n", error_of(setrlimit(RLIMIT_FSIZE, &limit)));
    printf("no such %d\n", error_of(getrlimit(99, &limit)));
}

static void options(void)
{
    char name[17] = "";
    int error = error_of(prctl(PR_SET_NAME, "a name that is too long", 0, 0, 0));

    prctl(PR_GET_NAME, name, 0, 0, 0);
    printf("name %d %s\n", error, name);
    printf("dumpable %d\n", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
    printf("not %d\n", error_of(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)));
    printf("dumpable %d\n", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
    printf("no such %d\n", error_of(prctl(12345, 0, 0, 0, 0)));
    printf("mask %o\n", (unsigned)umask(022) != 022);
    printf("mask %o\n", (unsigned)umask(02027));
    printf("mask %o\n", (unsigned)umask(022));
}

static void facts(void)
{
    struct rusage usage;
    struct sysinfo info;
    struct tms used;
    cpu_set_t set;
    int error = error_of(getrusage(RUSAGE_SELF, &usage));

    printf("usage %d %d\n", error, usage.ru_maxrss > 0);
    error = error_of(getrusage(RUSAGE_CHILDREN, &usage));
    printf("children %d %d\n", error, (int)usage.ru_utime.tv_sec);
    printf("who %d\n", error_of(getrusage(77, &usage)));
    int worked = times(&used) != -1;
    printf("times %d %d\n", worked, (int)used.tms_cutime);
    error = error_of(sysinfo(&info));
    printf("info %d %d %d\n", error, info.totalram > info.freeram, info.mem_unit > 0);
    error = error_of(sched_getaffinity(0, sizeof(set), &set));
    printf("cpus %d %d\n", error, CPU_COUNT(&set) > 0);
    CPU_ZERO(&set);
    printf("none %d\n", error_of(sched_setaffinity(0, sizeof(set), &set)));
}

static void files(void)
{
    errno = 0;
    printf("open %d %d\n", open("/nowhere/at/all", O_RDONLY), errno == ENOENT);
    errno = 0;
    printf("close %d %d\n", close(99), errno == EBADF);
    errno = 0;
    printf("stream %d %d\n", fopen("/nowhere/at/all", "r") == NULL, errno == ENOENT);
    printf("parts %d\n", (int)write(STDOUT_FILENO, "", 0));
    wchar_t wide[] = L"wide";
    printf("%ls %zu %d\n", wide, wcslen(wide), toupper('a'));
    printf("%s %d\n", setlocale(LC_ALL, "C"), getenv("NOBODY_SET_THIS") == NULL);
}

/* What compilers call by themselves. */
static void runtime(void)
{
    unsigned __int128 wide = (unsigned __int128)next_random() << 60;
    double complex turn = cpow(2 + 1 * I, 3 - 1 * I), root = csqrt(-2 + 2 * I);

    printf("%" PRIu64 " %" PRIu64 "\n", (uint64_t)(wide / 1000003), (uint64_t)(wide % 1000003));
    printf("%.9f %.9f %.9f %.9f\n", creal(turn), cimag(turn), creal(root), cimag(root));
}

static void last(void)
{
    printf("at exit");
}

int main(int argc, char **argv)
{
    static void (*const parts[])(void) = {formats,      numbers, sorting, memory, pages, jumps,
                                          times_of_day, limits,  options, facts,  files, runtime};

    if (argc > 1 && strcmp(argv[1], "absent") == 0) {
        for (int i = 0; i < 3; i++) {
            int child = fork();
            printf("fork %d %d\n", child, errno == ENOSYS);
        }
        return 0;
    }
    if (argc > 1 && strcmp(argv[1], "parent") == 0)
        return getppid();
    atexit(last);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        parts[i]();
    return 3; /* what is printed without a newline must be seen */
}
