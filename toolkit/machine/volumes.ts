// SPDX-License-Identifier: BSD-3-Clause

import {resolve} from 'node:path';
import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {Volume} from '../spec/index.ts';
import type {AttachedVolume, PlacedVolume} from './machine.ts';

/** Volumes of a Kraftfile in `folder`, and those of the command line in their place where they lie at the same path. */
export function placeVolumes(
  own: readonly Volume[],
  {folder, added, cwd}: {readonly folder: string; readonly added: readonly Volume[]; readonly cwd: string},
): readonly PlacedVolume[] {
  const replaced = new Set(added.map(({guest}) => guest));
  const place = (volumes: readonly Volume[], from: string): readonly PlacedVolume[] =>
    volumes.map((volume) => ({...volume, path: resolve(from, volume.host)}));
  return [
    ...place(
      own.filter(({guest}) => !replaced.has(guest)),
      folder,
    ),
    ...place(added, cwd),
  ];
}

/** What the host has where volumes are to be, or which are not there. */
export async function findVolumes(
  host: Host,
  volumes: readonly PlacedVolume[],
): Promise<Result<readonly AttachedVolume[]>> {
  const wrong: Diagnostic[] = [];
  const found: AttachedVolume[] = [];
  for (const volume of volumes) {
    const real = await host.realPath(volume.path);
    const kind = real === undefined ? undefined : (await host.facts(real))?.kind;
    const mistake = mistakeOf(volume, kind);
    const before = found.find(({kind: other, path}) => other === 'disk' && path === real);
    if (mistake !== undefined || real === undefined) wrong.push(mistake ?? missing(volume));
    else if (before !== undefined && !(before.readOnly && volume.readOnly)) wrong.push(twice(volume, before));
    else found.push({...volume, path: real, attributes: await host.keepsAttributes(real)});
  }
  return wrong.length > 0 ? fail(wrong) : ok(found);
}

function mistakeOf(volume: PlacedVolume, kind: string | undefined): Diagnostic | undefined {
  if (kind === undefined) return missing(volume);
  if (kind === (volume.kind === 'folder' ? 'folder' : 'file')) return undefined;
  const help = volume.kind === 'folder' ? {help: 'The name of a disk image ends in .img.'} : {};
  return {
    severity: 'error',
    message: `The volume ${volume.host} is to be a ${volume.kind === 'folder' ? 'folder' : 'disk image'}, but ${volume.path} is none.`,
    ...help,
  };
}

function twice({host, guest}: PlacedVolume, before: Volume): Diagnostic {
  return {
    severity: 'error',
    message: `The disk image ${host} is to be at ${guest}, but it is at ${before.guest} already.`,
    help: 'A disk that nobody writes can be at several places: add :ro to each.',
  };
}

function missing({kind, host, path}: PlacedVolume): Diagnostic {
  if (kind === 'disk')
    return {
      severity: 'error',
      message: `The disk image of the volume ${host} is not there: ${path}.`,
      help: `kraft-ts volume create ${path}`,
    };
  return {
    severity: 'error',
    message: `The folder of the volume ${host} is not there: ${path}.`,
    help: `mkdir -p ${path}`,
  };
}
