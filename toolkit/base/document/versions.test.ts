// SPDX-License-Identifier: BSD-3-Clause

import semver from 'semver';
import {describe, expect, test} from 'vitest';
import {readDocument} from './read-document.ts';
import {record, required} from './record.ts';
import {range, version} from './scalars.ts';
import type {Shape} from './shape.ts';

const about = {means: 'A key.', example: '1'};
const table = record({v: required(version(), about)}, {expects: 'a map'});
const ranges = record({r: required(range(), about)}, {expects: 'a map'});
const accepts = (shape: Shape<unknown>, key: string, text: string) =>
  readDocument({path: 'x', text: `${key}: ${JSON.stringify(text)}\n`}, shape).ok;

describe('what is a version here is one for semver, and the other way', () => {
  test.each([
    '1.2.3',
    '0.0.0',
    '1.2.3-rc.1',
    '1.2.3-0a',
    '1.2.3+b.01',
    '1.2.3-a.b+c',
    '1.2',
    '1',
    '01.2.3',
    '1.2.3-01',
    '1.2.3-',
    '1.2.3+',
    '',
    'latest',
    '1.2.3.4',
  ])('%s', (text) => {
    expect(accepts(table, 'v', text)).toBe(semver.parse(text) !== null);
  });
});

describe('what is a range here is one for semver', () => {
  test.each([
    '^1',
    '~1.2',
    '>=1.2 <2',
    '1.x',
    '*',
    '1.2.3 - 2',
    '^1 || ^2',
    '1',
    '>1.0.0-rc.1',
    '= 1.2.3',
    'v1.2',
    '^1.2.3-a.b',
    '1.2.x || 3',
    '<=2',
    '~>1',
  ])('%s', (text) => {
    expect([semver.validRange(text) !== null, accepts(ranges, 'r', text)]).toEqual([true, true]);
  });
});

describe('what semver refuses is no range here', () => {
  test.each(['latest', '^', '>=', '1.2.3.4', 'a || b', '^1 && ^2', '01', '1..2', '>=1 <'])('%s', (text) => {
    expect([semver.validRange(text), accepts(ranges, 'r', text)]).toEqual([null, false]);
  });
});
