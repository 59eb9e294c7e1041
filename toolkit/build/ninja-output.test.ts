// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {type NinjaStep, ninjaOutput} from './ninja-output.ts';

const transcript = `[1/4] compile app main.c
main.c:1:1: warning: odd
[2/4] compile voice src/a.c
FAILED: obj/voice/src/a.c.o 
gcc -c a.c
a.c:1: error: no
a.c:2: error: no
[3/4] compile voice src/b.c
ninja: build stopped: cannot make progress due to previous errors.
`;

function read(chunks: readonly string[]) {
  const steps: NinjaStep[] = [];
  const progress: string[] = [];
  const output = ninjaOutput({
    onProgress: ({done, total, description}) => progress.push(`${done}/${total} ${description}`),
    onStep: (step) => steps.push({...step}),
  });
  for (const chunk of chunks) output.write(chunk);
  return {complaints: output.end(), steps, progress};
}

test('tells steps, what their programs printed, and which failed', () => {
  const {steps, progress, complaints} = read([transcript]);
  expect(progress).toEqual(['1/4 compile app main.c', '2/4 compile voice src/a.c', '3/4 compile voice src/b.c']);
  expect(steps).toEqual([
    {done: 1, total: 4, description: 'compile app main.c', failed: [], text: 'main.c:1:1: warning: odd\n'},
    {
      done: 2,
      total: 4,
      description: 'compile voice src/a.c',
      failed: ['obj/voice/src/a.c.o'],
      text: 'a.c:1: error: no\na.c:2: error: no\n',
    },
    {done: 3, total: 4, description: 'compile voice src/b.c', failed: [], text: ''},
  ]);
  expect(complaints).toEqual(['build stopped: cannot make progress due to previous errors.']);
});

test('reads the same from whatever chunks it comes in', () => {
  for (const size of [1, 2, 7, 50]) {
    const chunks = Array.from({length: Math.ceil(transcript.length / size)}, (_, index) =>
      transcript.slice(index * size, (index + 1) * size),
    );
    expect(read(chunks)).toEqual(read([transcript]));
  }
});
