/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes, reads, renames and lists files in a folder that is empty at first. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const struct dirent **one, const struct dirent **other)
{
    return strcmp((*one)->d_name, (*other)->d_name);
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
    printf("unlinked %d\n", unlink("folder/text"));
    printf("removed %d\n", rmdir("folder"));
    return 0;
}
