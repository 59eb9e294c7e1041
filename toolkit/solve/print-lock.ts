// SPDX-License-Identifier: BSD-3-Clause

import type {Lock, LockedLib, LockedPackage, LockedTarget} from './lock.ts';

/** The text of `kraft.lock`: a line for each thing that can change, always in the same order. See docs/solver.md#the-lock. */
export function printLock(lock: Lock): string {
  return [
    '# What goes into each image. Written by kraft-ts; keep it with the Kraftfile. `kraft-ts solve --update` chooses anew.',
    `format: ${lock.format}`,
    ...printPackages(lock.packages ?? new Map()),
    'targets:',
    ...lock.targets.flatMap((target) => indent(printTarget(target))),
    '',
  ].join('\n');
}

function printPackages(packages: ReadonlyMap<string, LockedPackage>): readonly string[] {
  if (packages.size === 0) return [];
  const rows = [...packages].sort(([one], [other]) => (one < other ? -1 : 1));
  return ['packages:', ...rows.flatMap(([name, one]) => indent(printPackage(name, one)))];
}

function printPackage(name: string, {version, integrity, content}: LockedPackage): readonly string[] {
  return [
    `${name.startsWith('@') ? JSON.stringify(name) : name}:`,
    `  version: ${version}`,
    ...(integrity === undefined ? [] : [`  integrity: ${JSON.stringify(integrity)}`]),
    ...(content === undefined ? [] : [`  content: ${content}`]),
  ];
}

function printTarget(target: LockedTarget): readonly string[] {
  const {prefer, minimize} = target.objective;
  return [
    `${target.platform}/${target.arch}:`,
    ...indent([
      `prefer: [${prefer.join(', ')}]`,
      `minimize: [${minimize.join(', ')}]`,
      'libs:',
      ...indent(target.libs.flatMap(printLib)),
      target.providers.size === 0 ? 'providers: {}' : 'providers:',
      ...indent([...target.providers].map(([name, libs]) => `${name}: [${libs.join(', ')}]`)),
    ]),
  ];
}

function printLib(lib: LockedLib): readonly string[] {
  const lines = [`${lib.name}:`, `  version: ${lib.version}`];
  const options = Object.entries(lib.options);
  if (options.length > 0)
    lines.push('  options:', ...options.map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`));
  if (lib.sources.length > 0) {
    lines.push('  sources:');
    for (const source of lib.sources)
      lines.push(`    ${source.name}: {version: ${JSON.stringify(source.version)}, sha256: ${source.sha256}}`);
  }
  return lines;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
