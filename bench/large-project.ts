// SPDX-License-Identifier: BSD-3-Clause

import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** A project with a catalog of its own: libs with eight options each, a quarter of them providers of shared interfaces. */
export function writeLargeProject(folder: string, libs: number): void {
  const interfaces = Math.round(libs / 16);
  const write = (file: string, text: string): void => {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), {recursive: true});
    writeFileSync(target, text);
  };
  write(
    'Kraftfile',
    `spec: v1\nname: large\nneeds: [libc]\nlibraries:\n  large-lib-${pad(libs - 1)}: '*'\ntargets: [kvm/x86_64]\n`,
  );
  write('main.c', 'int main(void)\n{\n    return 0;\n}\n');
  for (let index = 0; index < interfaces; index++) {
    const name = `large-interface-${pad(index)}`;
    write(
      `libs/interfaces/${name}/interface.yaml`,
      `name: ${name}\nversion: 1.0.0\nsummary: What number ${index} offers.\ncardinality: one\nsymbols: []\n`,
    );
    write(`libs/interfaces/${name}/include/kraft/${name}.h`, '/* Nothing. */\n');
  }
  for (let index = 0; index < libs; index++)
    write(`libs/large-lib-${pad(index)}/lib.yaml`, manifest(index, interfaces));
}

/** As writeLargeProject, but each lib and interface is an installed package, as npm leaves them. */
export function writeInstalledProject(folder: string, libs: number): void {
  writeLargeProject(folder, libs);
  const modules = path.join(folder, 'node_modules');
  mkdirSync(modules, {recursive: true});
  const packages: Record<string, unknown> = {};
  for (const [below, of] of [
    ['libs/interfaces', 'interface.yaml'],
    ['libs', 'lib.yaml'],
  ] as const) {
    for (const name of readdirSync(path.join(folder, below))) {
      if (name === 'interfaces') continue;
      const at = path.join(modules, name);
      renameSync(path.join(folder, below, name), at);
      const version = /^version: (.*)$/m.exec(readFileSync(path.join(at, of), 'utf8'))?.[1];
      const facts = {name, version, license: 'BSD-3-Clause', engines: {'kraft-ts': '>=0.1.0'}};
      writeFileSync(path.join(at, 'package.json'), JSON.stringify(facts));
      packages[`node_modules/${name}`] = facts;
    }
  }
  rmSync(path.join(folder, 'libs'), {recursive: true});
  writeFileSync(path.join(folder, 'package.json'), '{}');
  writeFileSync(path.join(modules, '.package-lock.json'), JSON.stringify({lockfileVersion: 3, packages}));
}

const categories = ['network', 'files', 'memory', 'threads', 'output', 'time', 'crypto', 'devices'];

function manifest(index: number, interfaces: number): string {
  const name = `large-lib-${pad(index)}`;
  const provides = index < interfaces * 4 ? `provides: {large-interface-${pad(index % interfaces)}: 1.0.0}\n` : '';
  // Always of interfaces further up, so that nothing goes in circles.
  const level = index < interfaces * 4 ? (index % interfaces) + 1 : 0;
  const needs = [7, 31, 53]
    .map((step) => level + ((index * step) % interfaces))
    .filter((of, place, all) => of < interfaces && all.indexOf(of) === place)
    .map((of) => `  large-interface-${pad(of)}: {version: ^1, because: number ${index} builds upon it}\n`);
  return `name: ${name}
version: 1.${index % 10}.0
summary: Does what number ${index} does, in a small and predictable way.
license: BSD-3-Clause
category: ${categories[index % categories.length] ?? ''}
${provides}${needs.length === 0 ? '' : `needs:\n${needs.join('')}`}options:
  entries: {type: integer, range: [1, 4096], default: 64, means: Entries that are kept at once. Each costs ${8 + (index % 64)} bytes.}
  buffer: {type: size, range: [4 KiB, 1 MiB], default: 16 KiB, means: Bytes that wait in a buffer at most.}
  checks: {type: boolean, default: true, means: Verify what callers say. Costs a dozen instructions a call.}
  trace: {type: boolean, default: false, means: Print each call.}
  order: {type: enumeration, values: [first, last, random], default: first, means: Which entry goes when there is no room.}
  retries: {type: integer, range: [0, 100], default: 3, means: How often it is tried again.}
  label: {type: string, default: '', means: A word that stands before each line that is printed.}
  lazy: {type: boolean, default: true, means: Begin with the first call rather than at boot.}
budget: {text: ${1 + (index % 40)} KiB, data: ${64 * (index % 9)}, bss: ${index % 13} KiB}
`;
}

function pad(index: number): string {
  return String(index).padStart(4, '0');
}
