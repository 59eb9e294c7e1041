// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../base/index.ts';
import type {Option, OptionValue} from '../catalog/index.ts';
import {cName} from './c-text.ts';
import type {Configured} from './options-header.ts';

/** What rustc is called with for a crate, but for input and output. A panic ends the image, so nothing unwinds. */
export function rustFlags({name, target}: {readonly name: string; readonly target: string}): readonly string[] {
  return [
    '--edition=2021',
    '--crate-type=staticlib',
    `--crate-name=${cName(name)}`,
    `--target=${target}`,
    ...['opt-level=2', 'panic=abort', 'relocation-model=static', 'codegen-units=1', 'force-frame-pointers=yes'].map(
      (setting) => `-C${setting}`,
    ),
    ...['embed-bitcode=no', 'debuginfo=1', 'overflow-checks=yes'].map((setting) => `-C${setting}`),
  ];
}

/**
 * How ld makes one object of the archive that rustc wrote: what nobody can reach from the symbols that the lib promises
 * is left out, or all of Rust's core library would be in it.
 */
export function rustJoinFlags(promises: readonly string[]): readonly string[] {
  return ['-r', '--gc-sections', '--force-group-allocation', ...promises.flatMap((symbol) => ['-u', symbol])];
}

/** How objcopy leaves out what is for unwinding, of which the core library has tables, and the compiler's notes. */
export const rustStripFlags = [
  ...['.eh_frame', '.rela.eh_frame', '.gcc_except_table*', '.debug_gdb_scripts', '.llvmbc', '.llvmcmd'].flatMap(
    (section) => ['-R', section],
  ),
  '--strip-unneeded-symbol=rust_eh_personality',
];

/** What the core library calls that C has under another name. */
export const rustRuntime = `/* What Rust's core library calls by itself; generated. */
#include <kraft/string.h>

int bcmp(const void *one, const void *other, size_t size);

__attribute__((weak)) int bcmp(const void *one, const void *other, size_t size)
{
    return memcmp(one, other, size);
}
`;

/** The lib's options as constants, for \`include!(env!("KRAFT_OPTIONS"));\`. */
export function rustOptions({lib, chosen}: Configured): string {
  const lines = lib.options.flatMap((option) => [
    `/// ${option.means}`,
    '#[allow(dead_code)]',
    ...constants(option, chosen.options[option.name] ?? option.default),
  ]);
  return [`// Options of ${lib.name}, generated.`, ...lines, ''].join('\n');
}

function constants(option: Option, value: OptionValue): readonly string[] {
  const name = `OPT_${cName(option.name).toUpperCase()}`;
  switch (option.type) {
    case 'boolean':
      return [`pub const ${name}: bool = ${String(value === true)};`];
    case 'integer':
      return [`pub const ${name}: i64 = ${String(value)};`];
    case 'size':
      return [`pub const ${name}: usize = ${String(value)};`];
    case 'string':
    case 'enumeration':
      return [`pub const ${name}: &str = ${rustString(String(value))};`];
    default:
      return unreachable(option);
  }
}

function rustString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\p{Cc}/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16) ?? ''}}`);
  return `"${escaped}"`;
}
