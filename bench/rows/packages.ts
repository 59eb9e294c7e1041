// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import {mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {startRegistry} from '../../test/packages/registry.ts';
import {writeInstalledProject} from '../large-project.ts';
import type {Group, Row} from '../row.ts';
import {kraft, repository, workFolder} from '../tool.ts';

/** What authors of libs, and those who add them, wait for. */
export const packages: Group = {
  name: 'packages',
  rows: async () => [
    {name: 'lib new → all suites of alloc run', unit: 's', peer: '–', atMost: 60, measure: async () => begun()},
    {name: 'add of a package, from a registry here', unit: 's', peer: '–', atMost: 3, measure: added},
    ...catalogRows(),
  ],
};

/** An allocator is begun, gets a body, and is put to its suites, hosted with both compilers and booted. */
function begun(): number {
  const folder = emptied('author');
  const body = new URL('../../examples/alloc-fit/', import.meta.url).pathname;
  const began = performance.now();
  kraft(folder, ['lib', 'new', 'alloc-mine', '--provides', 'alloc']);
  const at = path.join(folder, 'alloc-mine');
  execFileSync('cp', ['-r', `${body}src/.`, path.join(at, 'src')]);
  execFileSync('cp', [`${body}lib.yaml`, at]);
  rmSync(path.join(at, 'src/alloc-mine.c'));
  execFileSync('sed', ['-i', 's/alloc-fit/alloc-mine/', path.join(at, 'lib.yaml')]);
  kraft(at, ['lib', 'test']);
  return (performance.now() - began) / 1000;
}

async function added(): Promise<number> {
  const registry = await startRegistry();
  try {
    registry.publish(registry.copy('examples/alloc-fit', 'alloc-fit'));
    const folder = registry.project('shop', {
      Kraftfile: 'spec: v1\nname: shop\nneeds: [alloc]\ntargets: [kvm/x86_64]\n',
      'main.c': 'int main(void)\n{\n    return 0;\n}\n',
    });
    const began = performance.now();
    kraft(folder, ['add', 'alloc-fit']);
    return (performance.now() - began) / 1000;
  } finally {
    await registry.stop();
  }
}

function catalogRows(): readonly Row[] {
  const folder = path.join(workFolder, 'installed');
  const env = {...process.env, KRAFT_TS_CACHE: path.join(workFolder, 'installed-cache')};
  const open = (): {readonly cold: number; readonly warm: number} =>
    JSON.parse(
      execFileSync(process.execPath, ['--import', 'tsx', 'bench/open-catalog.ts', folder], {
        cwd: repository,
        env,
        encoding: 'utf8',
      }),
    );
  let isReady = false;
  /** Each row may be measured alone. */
  const ready = async (): Promise<void> => {
    if (isReady) return;
    emptied('installed');
    emptied('installed-cache');
    writeInstalledProject(folder, 2000);
    await new Promise((resolve) => setTimeout(resolve, 200)); // until the files have settled
    open();
    isReady = true;
  };
  return [
    {
      name: 'catalog of 2,000 installed libs, new process',
      unit: 'ms',
      peer: '–',
      atMost: 150,
      measure: async () => {
        await ready();
        return Math.min(...Array.from({length: 5}, () => open().cold));
      },
    },
    {
      name: 'catalog of 2,000 installed libs, again',
      unit: 'ms',
      peer: '–',
      atMost: 40,
      measure: async () => {
        await ready();
        return Math.min(...Array.from({length: 3}, () => open().warm));
      },
    },
  ];
}

function emptied(name: string): string {
  const folder = path.join(workFolder, name);
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder);
  return folder;
}
