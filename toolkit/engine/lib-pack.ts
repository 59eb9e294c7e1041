// SPDX-License-Identifier: BSD-3-Clause

import {join, resolve} from 'node:path';
import {fail, ok, type Result} from '../base/index.ts';
import {openAuthored} from './author.ts';
import type {Engine} from './engine.ts';
import {checkPackage} from './package-check.ts';
import {npmDiagnostic} from './package-place.ts';

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
  const facts = packedOf(one, destination);
  const manifest = checked.value.brings.kind === 'lib' ? 'lib.yaml' : 'interface.yaml';
  if (facts.files.includes(manifest)) return ok(facts);
  await engine.host.remove(facts.tarball);
  const message = `The tarball of ${facts.name} would not have ${manifest}: it would bring nothing.`;
  return fail([{severity: 'error', message, help: `Add ${manifest} to "files" in package.json.`}]);
}

function packedOf(row: unknown, destination: string): Packed {
  if (typeof row !== 'object' || row === null) throw new Error('Internal error: npm says nothing of what it packed');
  const value = (key: string): unknown => Reflect.get(row, key);
  const files = value('files');
  return {
    tarball: join(destination, String(value('filename')).replace(/^@/, '').replaceAll('/', '-')),
    name: String(value('name')),
    version: String(value('version')),
    integrity: String(value('integrity')),
    size: Number(value('unpackedSize')),
    files: (Array.isArray(files) ? files : []).map((file: {readonly path: string}) => file.path),
  };
}
