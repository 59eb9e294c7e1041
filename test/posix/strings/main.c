/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What reads or writes by words and vectors, beside what does so by bytes: at
 * every alignment, of every length to where a loop has gone round some times,
 * with everything up to the end of a page behind which there is no memory, and
 * after the start of one before which there is none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096)
#define LONGEST 300u

static unsigned char *page; /* between two that are not there */
static unsigned char *other;
static unsigned wrong;

static unsigned char *lonely_page(void)
{
    unsigned char *pages = mmap(NULL, 3 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (pages == MAP_FAILED || mprotect(pages + PAGE, PAGE, PROT_READ | PROT_WRITE) < 0)
        exit(2);
    return pages + PAGE;
}

/* Tells, and forgets, how many were not as they should be. */
static void tell(const char *what)
{
    printf("%s %u\n", what, wrong);
    wrong = 0;
}

/* Where one of (length) bytes begins: at each alignment from the start of the
 * page, and up to its end. */
static size_t place(unsigned which, unsigned length)
{
    return which < 32 ? which : PAGE - length;
}

static void lengths(void)
{
    for (unsigned length = 0; length <= LONGEST; length++) {
        for (unsigned which = 0; which <= 32; which++) {
            char *text = (char *)page + place(which, length + 1);
            memset(page, 0, PAGE);
            memset(text, 'x', length);
            wrong += strlen(text) != length;
            memset(page, 'y', PAGE);
            memset(text, 0xff, length);
            text[length] = 0;
            wrong += strlen(text) != length;
        }
    }
    tell("strlen");
}

/* Of the byte (at) of one of (length), first alone and then with others behind. */
static void look_for(char *text, unsigned length, unsigned at)
{
    memset(text, 'x', length);
    text[length] = 0;
    wrong += strcspn(text, "ab") != length || strcspn(text, "a") != length || strcspn(text, "") != length;
    wrong += strcspn(text, "\x80\xff" "ab") != length || strcspn(text, "a\xff") != length;
    wrong += strchrnul(text, 'a') != text + length || strchr(text, 'a') != NULL || strchr(text, 0) != text + length;
    if (at >= length)
        return;
    for (int round = 0; round < 2; round++) {
        text[at] = 'a';
        wrong += strcspn(text, "ab") != at || strcspn(text, "ba") != at || strcspn(text, "a") != at;
        wrong += strcspn(text, "cdbae") != at || strcspn(text, "bc") != length;
        wrong += strchrnul(text, 'a' + 256) != text + at || strchr(text, 'a') != text + at;
        text[at] = (char)0xff;
        wrong += strcspn(text, "\xff") != at || strcspn(text, "a\xff") != at || strcspn(text, "abc\xff") != at;
        wrong += strchr(text, 0xff) != text + at || strchr(text, -1) != text + at;
        memset(text + at, 'a', length - at);
    }
}

static void spans(void)
{
    memset(page, 'a', PAGE);
    for (unsigned length = 0; length <= LONGEST; length += 1 + length / 50)
        for (unsigned which = 0; which <= 32; which++)
            for (unsigned at = 0; at <= length; at += 1 + at / 20)
                look_for((char *)page + place(which, length + 1), length, at);
    tell("strcspn and strchr");
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void compare(unsigned which, unsigned length)
{
    unsigned char *one = page + place(which, length), *two = other + place((which * 7 + length) % 33, length);

    for (unsigned i = 0; i < length; i++)
        one[i] = two[i] = (unsigned char)(i * 5 + which);
    wrong += memcmp(one, two, length) != 0;
    for (unsigned at = 0; at < length; at += 1 + at / 24) {
        unsigned char kept = one[at], last = two[length - 1];
        two[length - 1] ^= 0x80; /* a later one does not decide */
        one[at] = (unsigned char)(two[at] ^ 0x80);
        wrong += sign(memcmp(one, two, length)) != (one[at] > two[at] ? 1 : -1);
        wrong += sign(memcmp(two, one, length)) != (one[at] > two[at] ? -1 : 1);
        one[at] = kept;
        two[length - 1] = last;
    }
}

static void comparisons(void)
{
    for (unsigned length = 0; length <= LONGEST; length++)
        for (unsigned which = 0; which <= 32; which++)
            compare(which, length);
    tell("memcmp");
}

static unsigned char expected[PAGE];

static void fill(void)
{
    for (size_t i = 0; i < PAGE; i++) {
        page[i] = expected[i] = (unsigned char)(i * 7 + i / 256);
        other[i] = (unsigned char)(i * 11 + 3);
    }
}

static void check(void)
{
    for (size_t i = 0; i < PAGE; i++)
        wrong += page[i] != expected[i];
}

static void copies(void)
{
    for (unsigned length = 0; length <= LONGEST; length++) {
        for (unsigned which = 0; which <= 32; which += 3) {
            size_t to = place(which, length), from = place((which * 5 + length) % 33, length);
            fill();
            for (unsigned i = 0; i < length; i++)
                expected[to + i] = other[from + i];
            wrong += memcpy(page + to, other + from, length) != page + to;
            check();
        }
    }
    tell("memcpy");
}

static void moves(void)
{
    unsigned char copy[LONGEST];

    for (unsigned length = 0; length <= LONGEST; length += 1 + length / 80) {
        for (unsigned distance = 0; distance <= 80; distance += 1 + distance / 9) {
            for (int up = 0; up < 2; up++) {
                size_t low = distance % 2 ? PAGE - length - distance : distance / 2, high = low + distance;
                size_t to = up ? high : low, from = up ? low : high;
                fill();
                for (unsigned i = 0; i < length; i++)
                    copy[i] = page[from + i];
                for (unsigned i = 0; i < length; i++)
                    expected[to + i] = copy[i];
                wrong += memmove(page + to, page + from, length) != page + to;
                check();
            }
        }
    }
    tell("memmove");
}

static void sets(void)
{
    for (unsigned length = 0; length <= LONGEST; length++) {
        for (unsigned which = 0; which <= 32; which += 3) {
            size_t to = place(which, length);
            fill();
            for (unsigned i = 0; i < length; i++)
                expected[to + i] = 0xa5;
            wrong += memset(page + to, 0x3a5, length) != page + to;
            check();
        }
    }
    tell("memset");
}

int main(void)
{
    page = lonely_page();
    other = lonely_page();
    lengths();
    spans();
    comparisons();
    copies();
    moves();
    sets();
    return 0;
}
