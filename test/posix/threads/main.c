/* SPDX-License-Identifier: BSD-3-Clause */
/* Exercises threads; prints nothing that depends on when who runs. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define CROWD 8

static _Thread_local int begun = 7;
static _Thread_local char zeros[100];
static _Thread_local _Alignas(64) char line[64] = "aligned";

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn;

static struct timespec in_milliseconds(int count)
{
    struct timespec time;

    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec += count * 1000000L;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

static void *take_turns(void *argument)
{
    int number = (int)(long)argument;

    begun += number;
    zeros[3] = (char)number;
    line[0] = (char)('a' + number);
    errno = number;
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&lock);
        while (turn % 3 != number)
            pthread_cond_wait(&changed, &lock);
        printf("thread %d, turn %d: %d %d %s %d %d\n", number, turn, begun, zeros[3], line, errno == number,
               (int)((unsigned long)line % 64));
        turn++;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    return (void *)(long)(number * number);
}

static void turns(void)
{
    pthread_t threads[3];
    void *results[3];
    int errors = 0;

    printf("main: %d %d %s\n", begun, zeros[3], line);
    for (long i = 0; i < 3; i++)
        errors += pthread_create(&threads[i], NULL, take_turns, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], &results[i]);
    for (int i = 0; i < 3; i++)
        printf("join %ld\n", (long)results[i]);
    printf("errors %d\n", errors);
    printf("main: %d %d %s\n", begun, zeros[3], line);
}

static void times(void)
{
    struct timespec soon = in_milliseconds(20);
    sem_t semaphore;

    pthread_mutex_lock(&lock);
    printf("cond %d\n", pthread_cond_timedwait(&changed, &lock, &soon) == ETIMEDOUT);
    soon = in_milliseconds(20);
    pthread_mutex_t errorcheck;
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&errorcheck, &attributes);
    pthread_mutex_lock(&errorcheck);
    printf("mutex %d %d\n", pthread_mutex_lock(&errorcheck) == EDEADLK, pthread_mutex_trylock(&lock) == EBUSY);
    pthread_mutex_unlock(&errorcheck);
    pthread_mutex_unlock(&lock);
    sem_init(&semaphore, 0, 2);
    sem_wait(&semaphore);
    sem_wait(&semaphore);
    soon = in_milliseconds(20);
    printf("sem %d %d\n", sem_timedwait(&semaphore, &soon) < 0 && errno == ETIMEDOUT, sem_trywait(&semaphore));
}

static pthread_barrier_t barrier;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static sem_t done;
static int onces, destroyed, serials, sum;

static void do_once(void)
{
    onces++;
}

static void destroy(void *value)
{
    pthread_mutex_lock(&lock);
    destroyed += (int)(long)value;
    pthread_mutex_unlock(&lock);
}

static void *meet(void *argument)
{
    pthread_setspecific(key, argument);
    for (int round = 0; round < 5; round++) {
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
            pthread_rwlock_wrlock(&rwlock);
            serials++;
            pthread_rwlock_unlock(&rwlock);
        }
        pthread_once(&once, do_once);
        pthread_rwlock_rdlock(&rwlock);
        sched_yield();
        pthread_rwlock_unlock(&rwlock);
    }
    pthread_mutex_lock(&lock);
    sum += (int)(long)pthread_getspecific(key);
    pthread_mutex_unlock(&lock);
    sem_post(&done);
    pthread_exit(argument);
}

static void crowds(void)
{
    pthread_t threads[CROWD];
    pthread_attr_t attributes;
    size_t size;

    pthread_key_create(&key, destroy);
    pthread_barrier_init(&barrier, NULL, CROWD);
    sem_init(&done, 0, 0);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 1 << 18);
    for (long i = 0; i < CROWD; i++)
        pthread_create(&threads[i], &attributes, meet, (void *)(i + 1));
    for (int i = 0; i < CROWD; i++)
        sem_wait(&done);
    long results = 0;
    for (int i = 0; i < CROWD; i++) {
        void *result;
        pthread_join(threads[i], &result);
        results += (long)result;
    }
    pthread_attr_getstacksize(&attributes, &size);
    printf("crowd %d %d %d %d %ld %zu\n", onces, serials, sum, destroyed, results, size);
}

static void *post(void *argument)
{
    sem_post(argument);
    return NULL;
}

static void detached(void)
{
    pthread_attr_t attributes;
    pthread_t thread;
    sem_t semaphore;
    int errors = 0;

    sem_init(&semaphore, 0, 0);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    for (int i = 0; i < 1000; i++) {
        errors += pthread_create(&thread, i % 2 ? &attributes : NULL, post, &semaphore) != 0;
        if (i % 2 == 0)
            errors += pthread_detach(thread) != 0;
        sem_wait(&semaphore);
    }
    printf("detached %d\n", errors);
}

static pthread_key_t plain;

/* Leaves its data, its keys and its stack full, and tells what it found. */
static void *soil(void *told)
{
    char deep[100000];

    for (size_t i = 0; i < sizeof(deep); i++)
        ((volatile char *)deep)[i] = 'x';
    sprintf(told, "%d %d %s", begun, pthread_getspecific(plain) == NULL, line);
    for (size_t i = 0; i < sizeof(zeros); i++)
        sprintf((char *)told + strlen(told), "%s%d", i == 0 ? " " : "", zeros[i]);
    begun = -1;
    memset(zeros, 1, sizeof(zeros));
    memset(line, 'y', sizeof(line) - 1);
    pthread_setspecific(plain, told);
    errno = 99;
    return NULL;
}

/* One thread after another, of which those that come may have the stack of those that were. */
static void again(void)
{
    static const size_t guards[] = {8192, 8192, 16384, 4096, 8192};
    char told[400];
    pthread_attr_t attributes;
    pthread_t thread;

    pthread_attr_init(&attributes);
    for (int i = 0; i < 5; i++) {
        pthread_attr_setguardsize(&attributes, guards[i]);
        pthread_attr_setstacksize(&attributes, 131072 + 8192 - guards[i]);
        pthread_create(&thread, &attributes, soil, told);
        pthread_join(thread, NULL);
        printf("again %s\n", told);
    }
}

/* A stack of the program's is nobody's when its thread has been joined. */
static void brought(void)
{
    static _Alignas(64) char stack[1 << 18];
    char told[400];
    pthread_attr_t attributes;
    pthread_t thread;

    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, stack, sizeof(stack));
    for (int i = 0; i < 4; i++) {
        pthread_create(&thread, i % 2 ? NULL : &attributes, soil, told);
        pthread_join(thread, NULL);
        memset(stack, 0xff, sizeof(stack));
        printf("brought %s\n", told);
    }
}

static pthread_mutex_t robust;

static void *die_with_it(void *unused)
{
    pthread_mutex_lock(&robust);
    return unused;
}

static void robustness(void)
{
    pthread_mutexattr_t attributes;
    pthread_t thread;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&robust, &attributes);
    pthread_create(&thread, NULL, die_with_it, NULL);
    pthread_join(thread, NULL);
    printf("robust %d", pthread_mutex_lock(&robust) == EOWNERDEAD);
    printf(" %d", pthread_mutex_consistent(&robust));
    printf(" %d", pthread_mutex_unlock(&robust));
    printf(" %d\n", pthread_mutex_lock(&robust));
}

static void *outlive(void *argument)
{
    usleep(20000);
    printf("main is gone; %s\n", (const char *)argument);
    return NULL;
}

static int deeper(volatile int *above)
{
    volatile int here[64];

    here[0] = *above + 1;
    return deeper(here) + here[0];
}

static void *overflow(void *unused)
{
    volatile int start = 0;

    deeper(&start);
    return unused;
}

/* Maps until there is no more, and unmaps all; returns how much there was. */
static int exhaust(void)
{
    static void *maps[1 << 16];
    int count = 0;

    while ((maps[count] = mmap(NULL, 1 << 15, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) != MAP_FAILED)
        count++;
    for (int i = 0; i < count; i++)
        munmap(maps[i], 1 << 15);
    return count;
}

static void crowd_and_exhaust(void)
{
    pthread_t threads[CROWD];
    int before = exhaust();

    sem_init(&done, 0, 0);
    for (int i = 0; i < CROWD; i++)
        pthread_create(&threads[i], NULL, post, &done);
    for (int i = 0; i < CROWD; i++)
        pthread_join(threads[i], NULL);
    printf("exhaust %d %d\n", before > CROWD, exhaust() + 4 >= before); /* 4: in between */
}

int main(int argc, char **argv)
{
    pthread_t last;

    pthread_key_create(&plain, NULL);
    if (argc > 1 && strcmp(argv[1], "exhaust") == 0) {
        crowd_and_exhaust();
        return 0;
    }
    if (argc > 1 && strcmp(argv[1], "overflow") == 0) {
        if (argc > 2)
            again();
        pthread_create(&last, NULL, overflow, NULL);
        return pthread_join(last, NULL);
    }
    turns();
    times();
    crowds();
    detached();
    again();
    brought();
    robustness();
    fflush(stdout);
    pthread_create(&last, NULL, outlive, "the last thread ends the process");
    pthread_exit(NULL);
}
