// SPDX-License-Identifier: BSD-3-Clause

import {join, resolve} from 'node:path';
import {fail, ok, type Result} from '../base/index.ts';
import {openAuthored} from './author.ts';
import type {Engine} from './engine.ts';
import {checkPackage} from './package-check.ts';
import {npmDiagnostic} from './package-place.ts';
import {leftOut, packedFiles} from './packed-files.ts';

export interface Packed {
  /** Absolute. */
  readonly tarball: string;
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  /** Bytes, unpacked. */
  readonly size: number;
  readonly files: readonly string[];
}

/** Has npm make the tarball of a lib or an interface. */
export async function packLib(engine: Engine, {to}: {readonly to?: string | undefined}): Promise<Result<Packed>> {
  const authored = await openAuthored(engine);
  if (!authored.ok) return authored;
  const {folder} = authored.value;
  const checked = await checkPackage(engine, folder);
  if (!checked.ok) return checked;
  const destination = resolve(engine.folder, to ?? folder);
  await engine.host.makeFolder(destination);
  const {npmJson} = await import('../packages/index.ts');
  const packed = await npmJson(engine.host, ['pack', '--pack-destination', destination], {cwd: folder});
  if (!packed.ok) return fail([await npmDiagnostic(engine, packed.error, {spec: checked.value.facts.name, folder})]);
  const [one]: readonly unknown[] = Array.isArray(packed.value) ? packed.value : [];
  const facts = packedOf(one, {destination, files: packedFiles(packed.value)});
  const absent = await leftOut(engine, {folder, checked: checked.value, packed: facts.files});
  if (absent === undefined) return ok(facts);
  await engine.host.remove(facts.tarball);
  return fail([absent]);
}

function packedOf(
  row: unknown,
  {destination, files}: {readonly destination: string; readonly files: readonly string[]},
): Packed {
  if (typeof row !== 'object' || row === null) throw new Error('Internal error: npm says nothing of what it packed');
  const value = (key: string): unknown => Reflect.get(row, key);
  return {
    tarball: join(destination, String(value('filename')).replace(/^@/, '').replaceAll('/', '-')),
    name: String(value('name')),
    version: String(value('version')),
    integrity: String(value('integrity')),
    size: Number(value('unpackedSize')),
    files,
  };
}
