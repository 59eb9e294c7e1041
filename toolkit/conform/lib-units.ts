// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {matchesGlob} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import {fetchSource} from '../store/index.ts';
import type {Unit} from './compile.ts';
import {Refused} from './refused.ts';
import type {Settings, Workbench} from './workbench.ts';

interface Wanted {
  readonly lib: Lib;
  readonly settings: Settings;
  /** Its own files that count, absolute. */
  readonly files: readonly string[];
  /** More flags for these. */
  readonly flags: readonly string[];
}

/** What is compiled for a lib: its own files, and those of its third-party sources. */
export async function libUnits({host}: Workbench, {lib, settings, files, flags}: Wanted): Promise<readonly Unit[]> {
  const units: Unit[] = [];
  const include: string[] = [];
  for (const source of lib.sources) {
    const fetched = await fetchSource(host, source);
    if (!fetched.ok) throw new Refused(fetched.error.map(({message}) => `${message}\n`).join(''));
    const {folder, files: all} = fetched.value;
    include.push(...[...source.include, ...source.offer].map((inner) => join(folder, inner)));
    const wanted = all.filter(
      (file) =>
        source.compile.some((glob) => matchesGlob(file, glob)) &&
        !source.exclude.some((glob) => matchesGlob(file, glob)),
    );
    for (const file of wanted)
      units.push({file: join(folder, file), lib, settings, flags: source.flags, author: 'third-party'});
  }
  const theirs = include.map((folder) => `-I${folder}`);
  const own = [...lib.flags, ...flags, ...include.flatMap((folder) => ['-isystem', folder])];
  return [
    ...files.map((file) => ({file, lib, settings, flags: own})),
    ...units.map((unit) => ({...unit, flags: [...(unit.flags ?? []), ...theirs]})),
  ];
}
