/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-memory: memory by pages, as Linux hands it to a process.
 *
 * Cardinality: one provider.
 * Context:     thread context.
 * Failure:     as each call on Linux: -KR_ENOMEM when memory has run out,
 *              -KR_EINVAL for what no caller should pass. What fails leaves
 *              memory as it was.
 * Ownership:   a page belongs to the caller from mmap to munmap.
 *
 * Each function is the call that its name ends in (man 2); flags and
 * protections have Linux's values. Nothing is executable: a request for that
 * is -KR_EACCES.
 *
 * A private mapping of a file is a copy of it as it was when it was mapped,
 * and takes as much memory; what lies behind the file's end is zero, to the
 * end of the mapping. -KR_EACCES where the file is not open for reading. A
 * shared one is -KR_ENODEV, as is a mapping of what is no file; /dev/zero is
 * anonymous memory.
 */
#ifndef KRAFT_SYSCALL_MEMORY_H
#define KRAFT_SYSCALL_MEMORY_H

#include <kraft/base.h>

long kr_syscall_mmap(void *address, size_t size, int protection, int flags, int file, long offset);
long kr_syscall_munmap(void *address, size_t size);
long kr_syscall_mremap(void *address, size_t old_size, size_t size, int flags, void *wish);
long kr_syscall_mprotect(void *address, size_t size, int protection);
long kr_syscall_madvise(void *address, size_t size, int advice);

/* Nothing that is mapped belongs to a file any more, so there is nothing to do. */
long kr_syscall_msync(void *address, size_t size, int flags);

/* Every page that is mapped is in memory: 1 for each. -KR_ENOMEM for others. */
long kr_syscall_mincore(void *address, size_t size, unsigned char *resident);

/*
 * Where the break is afterwards: at (address), or, where that is below its
 * start or there is no memory, where it was. From its start to the break are
 * pages that are readable and writable, and zero when the break passes them;
 * mprotect, madvise and mincore know them. NULL moves nothing. A break that
 * returns to its start gives all its memory back; NULL may then have another
 * start for an answer. 0: there was never room for a single page, or the
 * provider has no break.
 */
long kr_syscall_brk(void *address);

#endif
