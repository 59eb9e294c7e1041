/* SPDX-License-Identifier: BSD-3-Clause */
/* Texts that are made when they are read, and the table of their names. */
#ifndef PROC_H
#define PROC_H

#include <kraft/base.h>

/* What a read wants of a text: bytes from (skip) on, at most (room) of them. */
struct text {
    char *at;
    size_t room;
    size_t skip;
};

/* Appends; what is not wanted is only counted. A format makes 255 bytes at most. */
void proc_put(struct text *text, const char *bytes, size_t length);
void proc_format(struct text *text, const char *format, ...) KR_PRINTF(2, 3);

struct proc_entry {
    const char *name;
    uint8_t folder;  /* the number of the entry that it lies in */
    uint16_t mode;   /* permission; of a folder or link its kind, too */
    void (*make)(struct text *text); /* of a text, or of a link that changes */
    const char *target;              /* of any other link */
};

#define PROC_ROOT 0u

extern const struct proc_entry proc_entries[];
extern const size_t proc_entry_count;
extern const size_t proc_descriptors; /* the number of the folder of descriptors */

extern const struct kr_fs_mount *proc_mounted; /* NULL: nowhere */

void proc_cpuinfo(struct text *text);
void proc_maps(struct text *text);
void proc_smaps(struct text *text);
void proc_smaps_rollup(struct text *text);

/* The name of the process: of its program, without folders. */
const char *proc_name(void);

#endif
