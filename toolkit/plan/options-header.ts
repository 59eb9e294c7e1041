// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../base/index.ts';
import type {Lib, Option, OptionValue} from '../catalog/index.ts';
import {cName, cString} from './c-text.ts';

/** A lib, and what was chosen for its options; absent: their defaults. */
export interface Configured {
  readonly lib: Pick<Lib, 'name' | 'options'>;
  readonly chosen: {readonly options: Readonly<Record<string, OptionValue>>};
}

/** The header `options.h` that only this lib sees: its options as constants. */
export function optionsHeader({lib, chosen}: Configured): string {
  const lines = lib.options.flatMap((option) => [
    `/* ${option.means.replaceAll('*/', '* /')} */`,
    ...defines(option, chosen.options[option.name]),
  ]);
  return [
    `/* Options of ${lib.name}, generated. */`,
    '#ifndef OPTIONS_H',
    '#define OPTIONS_H',
    ...lines,
    '#endif',
    '',
  ].join('\n');
}

function defines(option: Option, value: OptionValue = option.default): readonly string[] {
  const name = `OPT_${constant(option.name)}`;
  switch (option.type) {
    case 'boolean':
      return [`#define ${name} ${value === true ? '1' : '0'}`];
    case 'integer':
    case 'size':
      return [`#define ${name} ${String(value)}`];
    case 'string':
      return [`#define ${name} ${cString(String(value))}`];
    case 'enumeration':
      return [
        ...option.values.map((one, index) => `#define ${name}_${constant(one)} ${index}`),
        `#define ${name} ${name}_${constant(String(value))}`,
      ];
    default:
      return unreachable(option);
  }
}

function constant(name: string): string {
  return cName(name).toUpperCase();
}
