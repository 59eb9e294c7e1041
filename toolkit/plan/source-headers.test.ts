// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import type {Source} from '../catalog/index.ts';
import type {Plan} from './action.ts';
import {aLib, anInterface, arch, place, planInput, platform, someDigest} from './fixture.ts';
import {plan} from './plan.ts';
import {headerInputs} from './source-headers.ts';

const source: Source = {
  name: 'bigc',
  version: '3',
  sha256: someDigest,
  from: {kind: 'url', url: 'https://example.com/bigc.tar.gz'},
  compile: ['src/**'],
  exclude: [],
  include: [],
  offer: ['include'],
  headers: [
    {
      name: 'bits/types.h',
      from: ['one.h.in', 'two.h.in'],
      replace: [
        {pattern: '^TYPE (\\S+) (\\S+)$', with: 'typedef $1 $2;'},
        {pattern: '@V@', with: '3'},
      ],
    },
  ],
  flags: [],
  at: place('libs/libc-big/lib.yaml', 'bigc'),
};

const libc = aLib('libc-big', {provides: ['libc'], exports: ['puts'], headers: [], sources: [source]});
const whole = aLib('libc-whole', {provides: ['libc'], exports: ['puts'], headers: ['stdio.h'], main: 'whole_main'});
const texts = new Map([
  [`$store/${someDigest}/one.h.in`, 'TYPE int a_t\nTYPE long b_t\n'],
  [`$store/${someDigest}/two.h.in`, '/* @V@ */\n'],
]);

function planned(lib: typeof libc): Plan {
  const interfaces = [anInterface('libc', {contract: 'open', headers: []})];
  const base = planInput({libs: [platform({}), arch(), lib], interfaces, needs: ['libc']});
  const result = plan({...base, files: ['main.c'], sources: new Map([[someDigest, ['src/a.c', 'src/b.s']]]), texts});
  if (!result.ok) throw new Error('the plan fails');
  return result.value;
}

test('a header is made of files of the archive, as its own build would', () => {
  expect(headerInputs(libc)).toEqual([...texts.keys()]);
  const made = planned(libc).actions.find((one) => one.kind === 'generate' && one.output.endsWith('bits/types.h'));
  expect(made).toMatchObject({
    output: '$build/generated/libc-big/bigc/bits/types.h',
    content: 'typedef int a_t;\ntypedef long b_t;\n/* 3 */\n',
  });
});

test('what a source offers and what is made of it is seen by the lib and by users of its open interface', () => {
  const folders = ['$build/generated/libc-big/bigc', `$store/${someDigest}/include`];
  const compiles = planned(libc).actions.filter((one) => one.kind === 'compile');
  for (const owner of ['app', 'libc-big'])
    expect(compiles.find((one) => one.owner === owner)?.include).toEqual(expect.arrayContaining(folders));
});

test('a file of an archive that ends in .s is assembly', () => {
  const {actions} = planned(libc);
  const theirs = actions.filter((one) => one.kind === 'compile' && one.input.startsWith('$store/'));
  expect(theirs).toMatchObject([{language: 'c'}, {language: 'assembly'}]);
});

test('a lib with the key main is called in place of main, which it may call', () => {
  const {actions} = planned(whole);
  const flags = ['--wrap=main', '--defsym=__wrap_main=whole_main'];
  expect(actions.find((one) => one.kind === 'link')?.flags).toEqual(expect.arrayContaining(flags));
  const audit = actions.find((one) => one.kind === 'audit' && one.owner === 'libc-whole');
  expect(audit).toMatchObject({promises: [{symbol: 'puts'}, {symbol: 'whole_main', interface: 'start'}]});
  expect(audit?.kind === 'audit' && audit.mayWant).toContain('__real_main');
});
