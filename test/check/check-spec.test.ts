// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {printDiagnostics} from '../../toolkit/base/index.ts';
import {checkSpec, loadCatalog} from '../../toolkit/catalog/index.ts';
import {memoryHost} from '../../toolkit/host/index.ts';
import {parseKraftfile} from '../../toolkit/spec/index.ts';
import {testGoldens} from '../rig/golden.ts';

const facts = 'version: 1.0.0\nsummary: x\nlicense: BSD-3-Clause\n';
const named = (name: string, body = '') => `name: ${name}\n${facts}${body}`;
const contract = (name: string) => `name: ${name}\nversion: 1.0.0\nsummary: x\ncardinality: one\n`;

/** A kit of made-up parts. */
const kit = {
  'libs/interfaces/alloc/interface.yaml': contract('alloc'),
  'libs/interfaces/clock/interface.yaml': contract('clock'),
  'libs/interfaces/sched/interface.yaml': contract('sched'),
  'libs/alloc-first/lib.yaml': named(
    'alloc-first',
    [
      'provides: {alloc: 1.0.0}',
      'options:',
      '  blocks: {type: integer, range: [1, 64], default: 8, means: Blocks kept ready.}',
      '  heap: {type: size, range: [4 KiB, 1 MiB], default: 64 KiB, means: Bytes at first.}',
      '  mode: {type: enumeration, values: [fast, small], default: fast, means: How it searches.}',
      '  check: {type: boolean, default: true, means: Whether it looks twice.}',
      '  title: {type: string, default: shop, means: What it calls itself.}',
      '',
    ].join('\n'),
  ),
  'libs/alloc-best/lib.yaml': named('alloc-best', 'provides: {alloc: 1.0.0}\n'),
  'libs/sched-none/lib.yaml': named('sched-none', 'provides: {sched: 1.0.0}\n'),
  'platforms/shopbox/lib.yaml': named(
    'shopbox',
    'boot: {entry: e, base: 0, default-machine: a, machines: {a: {means: A.}}}\n',
  ),
  'arch/abacus/lib.yaml': named('abacus', 'compile: {triple: abacus-linux, elf-machine: 3, qemu: qemu-abacus}\n'),
};

testGoldens(join(import.meta.dirname, 'golden'), async (input) => {
  const files = Object.fromEntries(Object.entries(kit).map(([path, content]) => [`/kit/${path}`, content]));
  const catalog = await loadCatalog(memoryHost({files, cwd: '/kit'}), [{folder: '/kit', origin: 'bundled'}]);
  if (!catalog.ok) throw new Error(printDiagnostics(catalog.error));
  const spec = parseKraftfile({path: 'Kraftfile', text: input}, '/home/me/shop/Kraftfile');
  if (!spec.ok) throw new Error(printDiagnostics(spec.error));
  const found = checkSpec(spec.value, catalog.value);
  return found.length === 0 ? 'Nothing is wrong.' : printDiagnostics(found);
});
