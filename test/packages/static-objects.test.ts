// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from 'vitest';
import {cxxRuntime} from '../../toolkit/plan/index.ts';
import {temporaryProject} from '../rig/project.ts';
import {repository} from '../rig/repository.ts';

/** Two threads come upon the same static objects, one after another, as near to each other as they can. */
const program = `#include <pthread.h>
#include <sched.h>
#include <stdio.h>
int __cxa_guard_acquire(char *guard);
void __cxa_guard_release(char *guard);
void kr_sched_yield(void) { sched_yield(); }
enum {objects = 400000};
static char guards[objects][8];
static int made[objects], seen[objects][2];
static int arrived;
static void *visit(void *who)
{
    for (int i = 0; i < objects; i++) {
        __atomic_add_fetch(&arrived, 1, __ATOMIC_SEQ_CST);
        for (int turn = 0; __atomic_load_n(&arrived, __ATOMIC_SEQ_CST) < 2 * i + 1 && turn < 100; turn++)
            ;
        if (__atomic_load_n(guards[i], __ATOMIC_ACQUIRE) == 0 && __cxa_guard_acquire(guards[i])) {
            made[i]++;
            __cxa_guard_release(guards[i]);
        }
        seen[i][who != NULL] = made[i];
    }
    return NULL;
}
int main(void)
{
    pthread_t other;
    int wrong = 0;
    pthread_create(&other, NULL, visit, &wrong);
    visit(NULL);
    pthread_join(other, NULL);
    for (int i = 0; i < objects; i++)
        wrong += made[i] != 1 || seen[i][0] != 1 || seen[i][1] != 1;
    printf("%d\\n", wrong);
    return 0;
}
`;

test('a static object that two threads come upon is made once, and seen whole by both', {timeout: 120_000}, () => {
  const {folder} = temporaryProject({
    'c++.c': cxxRuntime({owner: 'dice', threads: true}),
    'panic.c': 'void kr_panic(const char *format, ...)\n{\n    (void)format;\n    __builtin_trap();\n}\n',
    'main.c': program,
  });
  const includes = ['base', 'panic', 'sched'].map(
    (name) => `-I${path.join(repository, 'libs/interfaces', name, 'include')}`,
  );
  execFileSync('gcc', ['-O2', '-w', ...includes, 'c++.c', 'panic.c', 'main.c', '-lpthread', '-o', 'objects'], {
    cwd: folder,
  });
  expect(execFileSync(path.join(folder, 'objects'), {encoding: 'utf8'})).toBe('0\n');
});
