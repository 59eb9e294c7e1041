/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes, reads, renames and lists files in a folder that is empty at first. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/uio.h>
#include <unistd.h>

static int by_name(const struct dirent **one, const struct dirent **other)
{
    return strcmp((*one)->d_name, (*other)->d_name);
}

static void facts_of(const char *path)
{
    struct stat facts = {0};
    int found = stat(path, &facts);

    printf("%d: mode %o size %ld at %ld.%09ld own %d\n", found, (unsigned)facts.st_mode, (long)facts.st_size,
           (long)facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec, facts.st_uid == geteuid());
}

static void attributes(const char *path)
{
    struct timespec times[2] = {{1, 2}, {1000000000, 3}};
    struct statfs figures = {0};
    char one[4] = "", two[3] = "";
    struct iovec parts[] = {{one, 3}, {two, 2}};
    int file = open(path, O_RDWR);

    printf("chmod %d %d\n", chmod(path, 0640), fchmod(file, 0604));
    printf("chown %d %d %d\n", chown(path, geteuid(), getegid()), fchown(file, -1, -1), lchown("nowhere", 1, 1));
    printf("times %d", utimensat(AT_FDCWD, path, times, 0));
    facts_of(path);
    printf("futimens %d truncate %d %d", futimens(file, times), truncate(path, 20), truncate("nowhere", 1));
    printf(" times %d", futimens(file, times));
    facts_of(path);
    umask(022);
    printf("umask %o", umask(027));
    printf(" %o\n", umask(022));
    printf("locked %d %d\n", flock(file, LOCK_EX), flock(file, LOCK_UN));
    printf("preadv %d", (int)preadv(file, parts, 2, 1));
    printf(" [%s][%s]", one, two);
    printf(" pwritev %d\n", (int)pwritev(file, parts, 2, 15));
    printf("statfs %d %ld", statfs(path, &figures), (long)figures.f_namelen);
    printf(" %d", statfs("nowhere", &figures));
    printf(" fstatfs %d\n", fstatfs(file, &figures));
    printf("syncfs %d\n", syncfs(file));
    close(file);
    file = open("folder", O_RDONLY | O_DIRECTORY);
    printf("fchdir %d", fchdir(file));
    printf(" %d", access("text", F_OK));
    printf(" %d\n", chdir(".."));
    close(file);
}

static volatile int signals;

static void count_signal(int signal)
{
    signals += signal == SIGXFSZ;
}

/* Limits that are lowered hold, and nothing beyond them is done. */
static void limits(void)
{
    struct rlimit files = {12, 1024};
    struct rlimit size = {100, RLIM_INFINITY};
    char bytes[80] = "";
    int last = 0;
    int fd;

    setrlimit(RLIMIT_NOFILE, &files);
    while ((fd = open("text", O_WRONLY | O_CREAT, 0600)) >= 0)
        last = fd;
    printf("last %d, then %d", last, errno == EMFILE);
    printf(" %d %d", dup(last) < 0 && errno == EMFILE, dup2(last, 12) < 0 && errno == EBADF);
    printf(" %d\n", fcntl(last, F_DUPFD, 12) < 0 && errno == EINVAL);
    close(last);
    printf("again %d\n", dup(1));
    for (fd = 3; fd < 12; fd++)
        close(fd);
    signal(SIGXFSZ, count_signal);
    setrlimit(RLIMIT_FSIZE, &size);
    fd = open("text", O_RDWR | O_TRUNC);
    printf("written %d", (int)write(fd, bytes, 80));
    printf(" %d", (int)write(fd, bytes, 80));
    int result = (int)write(fd, bytes, 80);
    printf(" %d %d, signals %d\n", result, errno == EFBIG, signals);
    result = ftruncate(fd, 101);
    printf("resized %d %d", result, errno == EFBIG);
    result = ftruncate(fd, 90);
    printf(" %d, signals %d\n", result, signals);
    printf("pwrite %d %d\n", (int)pwrite(fd, bytes, 80, 95), (int)pwrite(fd, bytes, 80, 200));
    close(fd);
    unlink("text");
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    struct stat facts;
    char line[64];
    int lines = 0;

    if (argc < 2 || (mkdir(argv[1], 0700) != 0 && errno != EEXIST) || chdir(argv[1]) != 0)
        return 1;
    FILE *file = fopen("text", "w");
    for (int i = 0; file != NULL && i < 1000; i++)
        fprintf(file, "line %d\n", i);
    printf("closed %d\n", file == NULL ? -1 : fclose(file));
    int found = stat("text", &facts);
    printf("stat %d %ld %d\n", found, (long)facts.st_size, S_ISREG(facts.st_mode));
    file = fopen("text", "r+");
    while (fgets(line, sizeof(line), file) != NULL)
        lines++;
    printf("%d lines, last %s", lines, line);
    fseek(file, 5, SEEK_SET);
    fputs("X", file);
    rewind(file);
    printf("%s", fgets(line, sizeof(line), file));
    printf("closed %d\n", fclose(file));
    printf("folder %d\n", mkdir("folder", 0755));
    printf("renamed %d\n", rename("text", "folder/text"));
    int there = rmdir("folder");
    printf("not removed %d %d\n", there, errno == ENOTEMPTY);
    printf("linked %d\n", symlink("folder/text", "link"));
    int count = scandir(".", &entries, NULL, by_name);
    for (int i = 0; i < count; i++)
        printf("[%s]", entries[i]->d_name);
    int descriptor = open("folder/text", O_RDONLY);
    int got = pread(descriptor, line, 6, 5);
    printf("\n%d %d\n", got, memcmp(line, "X\nline", 6) == 0);
    printf("closed %d\n", close(descriptor));
    attributes("folder/text");
    printf("unlinked %d\n", unlink("folder/text"));
    printf("removed %d\n", rmdir("folder"));
    printf("terminal %d\n", isatty(0));
    limits();
    return 0;
}
