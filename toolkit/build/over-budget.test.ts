// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {libName, printDiagnostics} from '../base/index.ts';
import type {ImageFacts, Share} from '../plan/index.ts';
import {overBudget} from './over-budget.ts';

const facts = (...shares: readonly Share[]): ImageFacts => ({
  format: 1,
  name: 'shop',
  platform: libName('metal'),
  arch: libName('chip'),
  image: 'shop.elf',
  debug: 'shop.debug.elf',
  entry: 0,
  loaded: 0,
  segments: [],
  machines: [],
  defaultMachine: 'box',
  qemu: '',
  cmd: [],
  drives: [],
  shares,
  systemCalls: [],
});

const share: Share = {owner: libName('net-tiny'), text: 3000, rodata: 1000, data: 10, bss: 5000};

test.each([
  {title: 'a lib without a budget', one: share, message: ''},
  {title: 'a lib within its budget', one: {...share, budget: {text: 4000, data: 10, bss: 5000}}, message: ''},
  {
    title: 'a lib above it',
    one: {...share, budget: {text: 3072, bss: 4096}},
    message:
      'warning: net-tiny has 3.91 KiB of text, but its budget is 3 KiB.\n\nwarning: net-tiny has 4.88 KiB of bss, but its budget is 4 KiB.',
  },
])('$title', ({one, message}) => {
  expect(printDiagnostics(overBudget(facts(one)))).toBe(message);
});
