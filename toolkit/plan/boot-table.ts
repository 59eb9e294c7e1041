// SPDX-License-Identifier: BSD-3-Clause

import {interfaceName} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import {cString} from './c-text.ts';

/** What main is given. */
export interface Given {
  readonly name: string;
  readonly cmd: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The interface by which a platform hands over to the app. */
export const bootInterface = interfaceName('boot');

/** The symbols that `bootTable` defines. */
export const bootSymbols = [
  'kr_boot_default_arguments',
  'kr_boot_default_environment',
  'kr_boot_step_count',
  'kr_boot_steps',
] as const;

/** The C file that tells the platform what to start in which order and what to end in the reverse one, and what main is to be given. */
export function bootTable(
  order: readonly {readonly lib: Pick<Lib, 'name' | 'starts' | 'ends'>}[],
  given: Given,
): string {
  const steps = order.flatMap(({lib: {name, starts, ends}}) =>
    starts === undefined ? [] : [{lib: name, start: starts, end: ends}],
  );
  const declarations = steps.flatMap(({start, end}) => [
    `int ${start}(void);`,
    ...(end === undefined ? [] : [`void ${end}(void);`]),
  ]);
  const environment = Object.entries(given.env)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return [
    '/* What the platform starts, in this order, and what main is given; generated. */',
    '#include <kraft/boot.h>',
    '',
    ...declarations,
    ...(steps.length === 0 ? [] : ['']),
    'const struct kr_boot_step kr_boot_steps[] = {',
    ...steps.map(({lib, start, end = '0'}) => `    {${cString(lib)}, ${start}, ${end}},`),
    '    {0, 0, 0},',
    '};',
    `const size_t kr_boot_step_count = ${steps.length};`,
    '',
    ...strings('kr_boot_default_arguments', [given.name, ...given.cmd]),
    ...strings('kr_boot_default_environment', environment),
  ].join('\n');
}

function strings(name: string, values: readonly string[]): readonly string[] {
  return [`const char *const ${name}[] = {`, ...values.map((value) => `    ${cString(value)},`), '    0,', '};', ''];
}
