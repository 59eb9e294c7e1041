// SPDX-License-Identifier: BSD-3-Clause

import semver from 'semver';
import {describe, expect, test} from 'vitest';
import {
  canonicalJson,
  compareVersions,
  counted,
  type Diagnostic,
  diagnosticToJson,
  didYouMean,
  digestOf,
  digestOfValue,
  findCycle,
  listing,
  matchesGlob,
  parseSize,
  printCount,
  printDiagnostic,
  printDiagnostics,
  printRoundSize,
  printSize,
  quote,
  topologicalOrder,
  unreachable,
  version,
} from './index.ts';

describe('didYouMean', () => {
  const names = ['libraries', 'name', 'needs', 'targets', 'cmd', 'env'];
  test.each([
    ['a letter too few', 'libaries', 'libraries'],
    ['a letter too many', 'targetss', 'targets'],
    ['a wrong letter', 'nane', 'name'],
    ['two swapped', 'agrv', undefined],
    ['two letters swapped', 'naem', 'name'],
    ['another case', 'Name', 'name'],
    ['nothing alike', 'volumes', undefined],
    ['short words must be very close', 'x', undefined],
    ['short words may miss one letter', 'emv', 'env'],
  ])('%s: %s', (_title, word, meant) => {
    expect(didYouMean(word, names)).toBe(meant);
  });
});

describe('topologicalOrder', () => {
  const graph = (edges: Readonly<Record<string, readonly string[]>>) => (node: string) => edges[node] ?? [];

  test('everything comes after what it depends on, and equals by name', () => {
    const edges = {app: ['net', 'alloc'], net: ['alloc'], alloc: ['mem'], log: []};
    for (const nodes of [
      ['app', 'net', 'alloc', 'mem', 'log'],
      ['mem', 'log', 'alloc', 'net', 'app'],
    ]) {
      expect(topologicalOrder(nodes, graph(edges))).toEqual({
        kind: 'order',
        order: ['log', 'mem', 'alloc', 'net', 'app'],
      });
    }
  });

  test('what is not among the nodes does not count', () => {
    expect(topologicalOrder(['b', 'a'], graph({a: ['z']}))).toEqual({kind: 'order', order: ['a', 'b']});
  });

  test('a cycle is shown from its first member, and is a shortest one', () => {
    const edges = {a: ['b'], b: ['c'], c: ['d', 'b'], d: ['b'], e: ['a']};
    expect(topologicalOrder(['e', 'd', 'c', 'b', 'a'], graph(edges))).toEqual({kind: 'cycle', cycle: ['b', 'c']});
    expect(findCycle(['x'], graph({x: ['x']}))).toEqual(['x']);
    expect(findCycle(['x', 'y'], graph({x: ['y']}))).toBeUndefined();
  });
});

describe('digests', () => {
  test('do not depend on the order of keys', () => {
    expect(digestOfValue({a: 1, b: {c: [1, 2], d: undefined}})).toBe(digestOfValue({b: {c: [1, 2]}, a: 1}));
    expect(canonicalJson({b: 1, a: [{d: 1, c: 2}]})).toBe('{"a":[{"c":2,"d":1}],"b":1}');
  });

  test('are SHA-256', () => {
    expect(digestOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(digestOf(new Uint8Array([97]))).toBe(digestOf('a'));
  });

  test('exist for plain values only', () => {
    expect(() => digestOfValue(new Map())).toThrow('Internal error: only plain values have a digest');
  });
});

test.each([
  ['64 KiB', 65536],
  ['64KiB', 65536],
  ['1.5 MiB', 1572864],
  ['4096', 4096],
  ['512 B', 512],
  ['1 GiB', 1073741824],
  ['0', 0],
  ['64 KB', undefined],
  ['64k', undefined],
  ['-1 KiB', undefined],
  ['1.0001 KiB', undefined],
  ['', undefined],
])('the size %s', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each([
  [65536, '64 KiB', '64 KiB'],
  [1000, '1000 B', '1000 B'],
  [1572864, '1536 KiB', '1.5 MiB'],
  [48243, '48243 B', '47.1 KiB'],
  [0, '0 B', '0 B'],
])('%d bytes are printed exactly and roundly', (bytes, exact, round) => {
  expect([printSize(bytes), printRoundSize(bytes)]).toEqual([exact, round]);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
])('the count %d', (count, text) => {
  expect(printCount(count)).toBe(text);
});

test.each([
  ['src/*.c', 'src/a.c', true],
  ['src/*.c', 'src/b/a.c', false],
  ['src/**/*.c', 'src/a.c', true],
  ['src/**/*.c', 'src/b/c/a.c', true],
  ['src/**/*.{c,S}', 'src/b/a.S', true],
  ['src/**', 'src/b/a.S', true],
  ['*.c', '.hidden.c', false],
  ['**/*.c', '.git/a.c', false],
  ['src/**', 'src/.git/a', false],
  ['.github/*', '.github/a', true],
  ['a?.c', 'ab.c', true],
  ['a?.c', 'a/.c', false],
  ['a+b(1).c', 'a+b(1).c', true],
  ['src/[a].c', 'src/[a].c', true],
  ['{a,b/*}.c', 'b/x.c', true],
  ['', 'a', false],
])('the glob %s and %s', (glob, path, expected) => {
  expect(matchesGlob(path, glob)).toBe(expected);
});

test('versions are ordered as semver orders them', () => {
  const versions = [
    '1.0.0',
    '1.0.0-rc.1',
    '1.0.0-rc.2',
    '1.0.0-rc.10',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-1',
    '2.0.0',
    '1.10.0',
    '1.9.0',
    '1.0.0+b1',
    '0.1.0-a-b.c',
  ];
  for (const a of versions) {
    for (const b of versions) {
      expect([a, b, Math.sign(compareVersions(version(a), version(b)))]).toEqual([a, b, semver.compare(a, b)]);
    }
  }
});

test('words', () => {
  expect([listing([]), listing(['a']), listing(['a', 'b']), listing(['a', 'b', 'c'], 'or')]).toEqual([
    '',
    'a',
    'a and b',
    'a, b or c',
  ]);
  expect([counted(1, 'error'), counted(2, 'error'), counted(0, 'library', 'libraries')]).toEqual([
    '1 error',
    '2 errors',
    '0 libraries',
  ]);
  expect([quote('a\nb'), quote('x'.repeat(70))]).toEqual(['"a\\nb"', `"${'x'.repeat(57)}…"`]);
});

test('reaching what cannot be is our mistake', () => {
  expect(() => unreachable('x' as never)).toThrow('Internal error: unexpected "x"');
});

describe('a diagnostic', () => {
  const source = {path: 'Kraftfile', text: 'spec: v1\nlibaries:\n  größe: 1\n'};
  const diagnostic: Diagnostic = {
    severity: 'error',
    message: 'Unknown key "libaries".',
    at: {source, offset: 9, length: 8},
    notes: [{message: 'It holds this.', at: {source, offset: 21, length: 5}}, {message: 'And that is all.'}],
    help: 'Did you mean "libraries"?',
  };

  test('in a terminal without colours', () => {
    expect(printDiagnostic(diagnostic)).toBe(
      [
        'Kraftfile:2:1: error: Unknown key "libaries".',
        '  2 | libaries:',
        '    | ~~~~~~~~',
        '  note: It holds this. (Kraftfile:3:3)',
        '  3 |   größe: 1',
        '    |   ~~~~~',
        '  note: And that is all.',
        '  help: Did you mean "libraries"?',
      ].join('\n'),
    );
  });

  test('in colours says the same', () => {
    const coloured = printDiagnostic(diagnostic, 'colour');
    expect(coloured).toContain('\u001b[31merror\u001b[39m');
    expect(coloured.replaceAll(/\u001b\[[0-9]+m/g, '')).toBe(printDiagnostic(diagnostic));
  });

  test('for programs has no text of the file', () => {
    expect(diagnosticToJson(diagnostic)).toEqual({
      severity: 'error',
      message: 'Unknown key "libaries".',
      at: {path: 'Kraftfile', line: 2, column: 1, endLine: 2, endColumn: 9},
      notes: [
        {message: 'It holds this.', at: {path: 'Kraftfile', line: 3, column: 3, endLine: 3, endColumn: 8}},
        {message: 'And that is all.'},
      ],
      help: 'Did you mean "libraries"?',
    });
    expect(diagnosticToJson({severity: 'warning', message: 'Well.'})).toEqual({severity: 'warning', message: 'Well.'});
  });

  test('of several lines is shown by its first', () => {
    const text = 'a:\n  b: 1\n  c: 2\n';
    const at = {source: {path: 'x', text}, offset: 5, length: 11};
    expect(printDiagnostic({severity: 'warning', message: 'Both.', at})).toBe(
      'x:2:3: warning: Both.\n  2 |   b: 1\n    |   ~~~~',
    );
  });

  test('under a tab, an end of file, a carriage return', () => {
    const at = (text: string, offset: number, length: number) => ({source: {path: 'x', text}, offset, length});
    expect(printDiagnostic({severity: 'error', message: 'M.', at: at('\ta: b\r\n', 4, 2)})).toBe(
      'x:1:5: error: M.\n  1 | \ta: b\n    | \t   ~',
    );
    expect(printDiagnostic({severity: 'error', message: 'M.', at: at('a\n', 2, 0)})).toBe(
      'x:2:1: error: M.\n  2 | \n    | ^',
    );
  });

  test('does not count a byte order mark', () => {
    const at = {source: {path: 'x', text: '\ufeffa: b\n'}, offset: 4, length: 1};
    expect(printDiagnostic({severity: 'error', message: 'M.', at})).toBe('x:1:4: error: M.\n  1 | a: b\n    |    ~');
  });

  test('comes in the order of the file, once, and without a place last', () => {
    const at = (offset: number) => ({source, offset, length: 1});
    const all: Diagnostic[] = [
      {severity: 'error', message: 'C.'},
      {severity: 'error', message: 'B.', at: at(9)},
      {severity: 'error', message: 'A.', at: at(0)},
      {severity: 'error', message: 'A.', at: at(0)},
    ];
    expect(
      printDiagnostics(all)
        .split('\n')
        .filter((line) => line.includes('error')),
    ).toEqual(['Kraftfile:1:1: error: A.', 'Kraftfile:2:1: error: B.', 'error: C.']);
  });
});
