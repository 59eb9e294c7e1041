// SPDX-License-Identifier: BSD-3-Clause

import type {Interface, Lib, OptionValue} from '../../toolkit/catalog/index.ts';

/** Values of a lib's options; its defaults where absent. */
export type Settings = Readonly<Record<string, OptionValue>>;

/** The header `options.h` of a lib. */
export function optionsHeader(lib: Lib, settings: Settings): string {
  const lines = lib.options.flatMap((option) => {
    const name = `OPT_${constant(option.name)}`;
    const value = settings[option.name] ?? option.default;
    if (option.type === 'string') return [`#define ${name} ${JSON.stringify(value)}`];
    if (option.type !== 'enumeration') return [`#define ${name} ${Number(value)}`];
    const values = option.values.map((one, index) => `#define ${name}_${constant(one)} ${index}`);
    return [...values, `#define ${name} ${name}_${constant(String(value))}`];
  });
  return `${lines.join('\n')}\n`;
}

/** The boot table, and the table of drivers of each interface that has some. */
export function tables(libs: readonly Lib[], interfaces: readonly Interface[]): string {
  const starts = libs.flatMap((lib) => (lib.starts === undefined ? [] : [{lib: lib.name, start: lib.starts}]));
  const drivers = interfaces.filter(
    ({name, cardinality, driver}) =>
      cardinality === 'any' && driver !== undefined && libs.some((lib) => provides(lib, name)),
  );
  return [
    '#include <kraft/boot.h>',
    ...starts.map(({start}) => `int ${start}(void);`),
    'const struct kr_boot_step kr_boot_steps[] = {',
    ...starts.map(({lib, start}) => `    {"${lib}", ${start}},`),
    '    {NULL, NULL},',
    '};',
    `const size_t kr_boot_step_count = ${starts.length};`,
    ...drivers.flatMap((one) => driverTable(one, libs)),
    '',
  ].join('\n');
}

function driverTable({name, driver = '', headers}: Interface, libs: readonly Lib[]): readonly string[] {
  const providers = libs.filter((lib) => provides(lib, name));
  const symbols = providers.map((lib) => `${underscored(lib.name)}_${underscored(name)}`).sort();
  return [
    ...headers.map((header) => `#include <${header}>`),
    ...symbols.map((symbol) => `extern const struct ${driver} ${symbol};`),
    `const struct ${driver} *const kr_${underscored(name)}_drivers[] = {`,
    ...symbols.map((symbol) => `    &${symbol},`),
    '    NULL,',
    '};',
    `const size_t kr_${underscored(name)}_driver_count = ${symbols.length};`,
  ];
}

function provides(lib: Lib, name: string): boolean {
  return lib.provides.some((each) => each.interface === name);
}

function underscored(name: string): string {
  return name.replaceAll(/[-.]/g, '_');
}

function constant(name: string): string {
  return underscored(name).toUpperCase();
}
