// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {interfaceName, libName} from '../base/index.ts';
import type {AuditAction} from '../plan/index.ts';
import {auditOwner} from './audit-owner.ts';
import type {Elf, ElfSymbol} from './elf.ts';

const action: AuditAction = {
  kind: 'audit',
  owner: libName('voice'),
  input: '$build/lib/voice.o',
  objects: [],
  manifest: '$kit/libs/voice/lib.yaml',
  promises: [{symbol: 'kr_voice_say', interface: interfaceName('voice')}],
  mayWant: ['kr_raw_write'],
  threadData: false,
  because: '',
};

const context = {
  elfMachine: 62,
  symbolOwners: {
    kr_voice_say: interfaceName('voice'),
    kr_raw_write: interfaceName('raw'),
    printf: interfaceName('libc'),
  },
  openInterfaces: [interfaceName('libc')],
};

function elf(symbols: Readonly<Record<string, Partial<ElfSymbol>>>, change: Partial<Elf> = {}): Elf {
  const said = {kr_voice_say: {}, ...symbols};
  return {
    kind: 'relocatable',
    machine: 62,
    entry: 0,
    segments: [],
    sections: [],
    symbols: Object.entries(said).map(([name, more]) => ({
      name,
      binding: 'global',
      place: 'defined',
      value: 0,
      size: 0,
      ...more,
    })),
    ...change,
  };
}

const findings = (of: Elf): readonly string[] =>
  auditOwner(action, of, context).map((one) => ('symbol' in one ? `${one.kind} ${one.symbol}` : one.kind));

test.each([
  {title: 'what it should', of: elf({kr_raw_write: {place: 'undefined'}, helper: {}}), expected: []},
  {title: 'a wish too many', of: elf({kr_other: {place: 'undefined'}}), expected: ['wants kr_other']},
  {title: 'a weak wish', of: elf({kr_other: {place: 'undefined', binding: 'weak'}}), expected: ['wants kr_other']},
  {title: "another's symbol", of: elf({kr_raw_write: {}}), expected: ['leaks kr_raw_write']},
  {title: "another's symbol, common", of: elf({kr_raw_write: {place: 'common'}}), expected: ['leaks kr_raw_write']},
  {title: "another's symbol, static", of: elf({kr_raw_write: {binding: 'local'}}), expected: []},
  {title: "a standard's name, which becomes its own", of: elf({printf: {}}), expected: []},
  {
    title: 'a promise kept only in private',
    of: elf({kr_voice_say: {binding: 'local'}}),
    expected: ['lacks kr_voice_say'],
  },
  {
    title: 'a promise of which it has only the wish',
    of: elf({kr_voice_say: {place: 'undefined'}}),
    expected: ['lacks kr_voice_say', 'wants kr_voice_say'],
  },
  {title: 'constructors', of: elf({}, {sections: ['.text', '.init_array.00099', '.ctors']}), expected: ['constructor']},
  {title: 'data for each thread', of: elf({}, {sections: ['.tbss.x']}), expected: ['thread-data']},
  {
    title: "another machine's code",
    of: elf({kr_other: {place: 'undefined'}}, {machine: 183}),
    expected: ['other-arch'],
  },
])('$title', ({of, expected}) => {
  expect(findings(of)).toEqual(expected);
});

test('data for each thread is fit where somebody makes room for it', () => {
  const found = auditOwner({...action, threadData: true}, elf({}, {sections: ['.tbss.x']}), context);
  expect(found).toEqual([]);
});

test('a symbol is no key of a table by accident', () => {
  expect(findings(elf({constructor: {}, toString: {}, __proto__x: {}}))).toEqual([]);
});
