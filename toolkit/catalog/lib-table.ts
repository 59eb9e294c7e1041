// SPDX-License-Identifier: BSD-3-Clause

import {
  archRule,
  boolean,
  flag,
  integer,
  interfaceRule,
  type LibName,
  libRule,
  list,
  listOfDistinct,
  map,
  oneOrMore,
  optional,
  optionRule,
  platformRule,
  record,
  required,
  sentence,
  size,
  symbolRule,
  text,
  versionShape,
  type WordRule,
  word,
} from '../base/index.ts';
import {excludesTable, needsTable} from './need-table.ts';
import {optionTable} from './option-table.ts';
import {bootTable, compileTable} from './platform-table.ts';
import {sourceTable} from './source-table.ts';

const someOf = (rule: WordRule<LibName>, expects: string) => oneOrMore(word(rule), listOfDistinct(word(rule), expects));

const budget = record(
  {
    text: optional(size(), {means: 'Bytes of code and constants.', example: '24 KiB', otherwise: 'no promise'}),
    data: optional(size(), {
      means: 'Bytes of variables that begin with a value.',
      example: '1 KiB',
      otherwise: 'no promise',
    }),
    bss: optional(size(), {
      means: 'Bytes of variables that begin as zero.',
      example: '48 KiB',
      otherwise: 'no promise',
    }),
  },
  {expects: 'a map of text, data and bss'},
);

const measured = record(
  {
    size: optional(size(), {means: 'Bytes in the image.', example: '21 KiB', otherwise: 'not measured'}),
    memory: optional(size(), {means: 'Bytes at rest, after the start.', example: '64 KiB', otherwise: 'not measured'}),
    boot: optional(integer([0, Number.MAX_SAFE_INTEGER]), {
      means: 'Instructions until it has started.',
      example: '1200',
      otherwise: 'not measured',
    }),
    surface: optional(integer([0, Number.MAX_SAFE_INTEGER]), {
      means: 'Symbols that it offers others.',
      example: '12',
      otherwise: 'not measured',
    }),
  },
  {expects: 'a map of size, memory, boot and surface'},
);

const suiteRule: WordRule<string> = {...libRule, expects: 'the name of a suite', make: String};

const traceRule: WordRule<string> = {...libRule, expects: 'a word for --trace', make: String};

/** The table of keys of a lib.yaml. */
export const libTable = record(
  {
    name: required(word(libRule), {
      means: 'The name of the lib, `<interface>-<how>`, which is also the name of its folder.',
      example: 'alloc-mine',
    }),
    version: required(versionShape(), {means: 'Its version.', example: '0.1.0'}),
    summary: required(sentence(), {means: 'One line for listings.', example: 'First fit, for those who free nothing.'}),
    license: required(text('a licence such as BSD-3-Clause'), {
      means: 'Its licence, as SPDX writes it.',
      example: 'BSD-3-Clause',
    }),
    category: optional(text('a word'), {
      means: 'The heading under which listings show it.',
      example: 'memory',
      otherwise: 'none',
    }),
    provides: optional(map(interfaceRule, versionShape(), 'a map of interfaces and versions'), {
      means: 'The interfaces that it provides, and which version of each.',
      example: '{alloc: 1.0.0}',
      otherwise: 'none',
    }),
    needs: optional(needsTable, {
      means: 'The interfaces that it calls: each a range of versions, or a map.',
      example: '{mem: ^1, clock: {version: ^1, because: timeouts are measured}}',
      otherwise: 'none',
    }),
    excludes: optional(excludesTable, {
      means: 'Libs that cannot be in the same image: each a range of versions, or a map.',
      example: "{sched-mine: {version: '*', because: it takes no locks}}",
      otherwise: 'none',
    }),
    options: optional(map(optionRule, optionTable, 'a map of options'), {
      means: 'Its settings. Each becomes a constant `OPT_…` in the header `options.h`, which only this lib sees.',
      example: '{blocks: {type: integer, range: [1, 256], default: 16, means: Blocks that it keeps ready.}}',
      otherwise: 'none',
    }),
    arch: optional(someOf(archRule, 'a list of arches'), {
      means: 'The arches that it is for.',
      example: '[ARCH]',
      otherwise: 'all',
    }),
    platform: optional(someOf(platformRule, 'a list of platforms'), {
      means: 'The platforms that it is for. Prefer to need an interface that only they provide.',
      example: '[PLATFORM]',
      otherwise: 'all',
    }),
    recommended: optional(boolean(), {
      means: 'Whether it is the provider to take where neither the Kraftfile nor a figure decides.',
      example: 'true',
      otherwise: '`false`',
    }),
    'only-by-name': optional(boolean(), {
      means: 'Whether it is in an image only where the Kraftfile names it, as the fakes beside interfaces are.',
      example: 'true',
      otherwise: '`false`, but `true` for fakes',
    }),
    starts: optional(word(symbolRule), {
      means:
        'The function `int f(void)` that is called once, after everything that it needs has started. 0 is success, a negative number stops the boot.',
      example: 'alloc_mine_start',
      otherwise: 'nothing is called',
    }),
    ends: optional(word(symbolRule), {
      means:
        'The function `void f(void)` that is called when the program ends by itself, before everything that it needs has ended. Not after a panic. Only for a lib that `starts`.',
      example: 'fs_mine_end',
      otherwise: 'nothing is called',
    }),
    main: optional(word(symbolRule), {
      means:
        "The function `int f(int argc, char **argv)` that is called where the app's main would be, and calls main as `__real_main`: for a libc that has something to do afterwards.",
      example: 'libc_mine_main',
      otherwise: 'main is called as it is',
    }),
    wraps: optional(listOfDistinct(word(interfaceRule), 'a list of interfaces'), {
      means:
        'Interfaces of cardinality `one` whose calls come to it first: for each function `f` of theirs it defines `__wrap_f`, which may call `__real_f`. It need not need them, and does not bring them.',
      example: '[clock]',
      otherwise: 'none',
    }),
    traces: optional(word(traceRule), {
      means: 'What `kraft-ts run --trace` calls the calls that it prints. It is in an image only then.',
      example: 'syscalls',
      otherwise: 'it traces nothing',
    }),
    exports: optional(listOfDistinct(word(symbolRule), 'a list of C symbols'), {
      means: 'For providers of an open interface: the symbols that it offers.',
      example: '[malloc, free]',
      otherwise: 'none',
    }),
    exempt: optional(map(suiteRule, sentence(), 'a map of suites and reasons'), {
      means: 'Suites of its interfaces that it need not pass, each with the reason, which whoever looks at it reads.',
      example: '{alloc-bugs: it notices no bug of its callers}',
      otherwise: 'it passes them all',
    }),
    flags: optional(list(flag, 'a list of flags'), {
      means: 'More compiler flags for its own files.',
      example: '[-O3]',
      otherwise: 'none',
    }),
    budget: optional(budget, {
      means: 'How large it may become. The audit measures.',
      example: '{text: 24 KiB, bss: 48 KiB}',
      otherwise: 'no promise',
    }),
    measured: optional(measured, {
      means: 'What it costs, as last measured; `minimize` weighs these. Written by a benchmark.',
      example: '{size: 21 KiB, boot: 1200}',
      otherwise: 'not measured',
    }),
    sources: optional(list(sourceTable, 'a list of sources'), {
      means: 'Third-party code that is fetched, checked and compiled into the lib.',
      example: '[{name: lwip, version: 2.1.3, sha256: 0a82…, npm: lwip@2.1.3}]',
      otherwise: 'none',
    }),
    boot: optional(bootTable, {
      means: 'How its images are laid out and started. A lib with this key is a platform.',
      example:
        '{entry: shop_entry, base: 0x100000, machines: {microvm: {means: A PC., qemu: microvm}}, default-machine: microvm}',
      otherwise: 'it is not a platform',
    }),
    compile: optional(compileTable, {
      means: 'How files are compiled. A lib with this key is an arch.',
      example: '{triple: cpu-linux-gnu, elf-machine: 62, qemu: qemu-system-cpu}',
      otherwise: 'it is not an arch',
    }),
  },
  {expects: 'a map of keys, such as name: alloc-mine'},
);
