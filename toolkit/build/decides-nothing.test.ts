// SPDX-License-Identifier: BSD-3-Clause
// What is done stands in the plan, and build carries out just that: it adds no step, drops none, and doubts none.

import {expect, test} from 'vitest';
import type {Action, Plan} from '../plan/index.ts';
import {buildPaths} from './build-paths.ts';
import {fixturePlan} from './fixture/fixture.ts';
import {fixtureInput} from './fixture/input.ts';
import {ninjaFile} from './ninja-file.ts';
import type {Toolchain} from './toolchain.ts';

const request = {kit: '/kit', project: '/project', compiler: 'gcc'} as const;
const plan = fixturePlan(request);
const paths = buildPaths(fixtureInput(request).places, {
  folder: '/project/.kraft',
  toolchain: {include: '/gcc'},
  cwd: '/project',
});
const toolchain: Toolchain = {
  ...{compiler: 'gcc', version: 'gcc 1', include: '/gcc'},
  ...{cc: '/bin/cc', ld: '/bin/ld', objcopy: '/bin/objcopy', ninja: '/bin/ninja'},
};

type Step = Extract<Action, {readonly kind: 'compile' | 'combine' | 'link'}>;

const isStep = (action: Action): action is Step => ['compile', 'combine', 'link'].includes(action.kind);

/** Every edge of the ninja file: the first that it makes, its rule, and what it is made from. */
function edgesOf(of: Plan): readonly string[] {
  const text = ninjaFile(of, {toolchain, paths});
  const edges = text.matchAll(/^build ([^\s:]+)[^:\n]*: (\w+) ([^|\n]*)/gm);
  return [...edges].map(([, output = '', rule = '', inputs = '']) => `${rule} ${output} < ${inputs.trim()}`).sort();
}

/** What the plan says, in the same words. */
function stepsOf(of: Plan): readonly string[] {
  return of.actions
    .filter(isStep)
    .map((action) => {
      const inputs = action.kind === 'compile' ? [action.input] : action.inputs;
      return `${action.kind} ${paths.inside(action.output)} < ${inputs.map(paths.inside).join(' ')}`;
    })
    .sort();
}

test('an edge for each step of the plan, with its inputs, and no edge besides', () => {
  expect(stepsOf(plan).length).toBeGreaterThan(10);
  expect(edgesOf(plan)).toEqual(stepsOf(plan));
});

test.each(plan.actions.filter(isStep).map((action) => [action.kind, action.output] as const))(
  'a plan without the step %s %s is carried out without it',
  (_, output) => {
    const less = {...plan, actions: plan.actions.filter((action) => !(isStep(action) && action.output === output))};
    expect(edgesOf(less)).toEqual(stepsOf(less));
    expect(edgesOf(less)).toHaveLength(edgesOf(plan).length - 1);
  },
);

test('the order of the steps is ninja’s affair: another one gives the same edges', () => {
  expect(edgesOf({...plan, actions: [...plan.actions].reverse()})).toEqual(edgesOf(plan));
});

test('flags, folders of headers and kept symbols are the plan’s, each as it stands there', () => {
  const odd = (action: Action): Action => {
    if (action.kind === 'compile')
      return {...action, flags: [...action.flags, '-DODD=1'], include: [...action.include, '$kit/odd']};
    if (action.kind === 'combine') return {...action, keep: [...action.keep, 'odd_symbol']};
    return action.kind === 'link' ? {...action, flags: [...action.flags, '--odd']} : action;
  };
  const [before, after] = [plan, {...plan, actions: plan.actions.map(odd)}].map((of) =>
    ninjaFile(of, {toolchain, paths}),
  );
  const plain = after
    ?.replaceAll(' -DODD=1', '')
    .replaceAll(' -Ikit/odd', '')
    .replaceAll(' -G odd_symbol', '')
    .replaceAll(' --odd', '');
  expect(after).not.toBe(before);
  expect(plain).toBe(before);
});

test('nothing is asked of the host: the file follows from plan, tools and places', () => {
  expect(ninjaFile(structuredClone(plan), {toolchain: {...toolchain}, paths})).toBe(
    ninjaFile(plan, {toolchain, paths}),
  );
});
