// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Diagnostic} from '../base/index.ts';
import type {Authored} from './author.ts';
import {compareFolders} from './compare-folders.ts';
import type {Engine} from './engine.ts';
import type {Checked} from './lib-check.ts';
import {npmDiagnostic} from './package-place.ts';

/** What the registry has under a package's name. */
export type Published =
  | {readonly kind: 'nothing'}
  | {readonly kind: 'unknown'; readonly because: Diagnostic}
  /** Somebody's package that is none for this toolkit. */
  | {readonly kind: 'foreign'}
  | {readonly kind: 'versions'; readonly versions: readonly string[]; readonly latest: string};

/** The last version that was published, and whether this one may have the number that it has. */
export async function comparePublished(
  authored: Authored,
  {name, version}: {readonly name: string; readonly version: string},
): Promise<{readonly published: Published; readonly check: Checked}> {
  const published = await publishedUnder(authored, name);
  const checked = (outcome: Checked['outcome'], found: string, diagnostics: readonly Diagnostic[] = []) => ({
    published,
    check: {what: 'compatibility' as const, outcome, found, diagnostics},
  });
  if (published.kind === 'nothing') return checked('ok', 'nothing is published yet');
  if (published.kind === 'foreign') return checked('not-known', 'the registry has another package of this name');
  if (published.kind === 'unknown') return checked('not-known', published.because.message);
  const before = await fetchPublished(authored, `${name}@${published.latest}`);
  if ('message' in before) return checked('not-known', before.message);
  const compared = await compareFolders(authored.engine, {before: before.folder, after: authored.folder});
  if (!compared.ok) return checked('failed', `with ${published.latest}`, compared.error);
  const {enough, needs, changes, least} = compared.value;
  const told = needs === undefined ? 'nothing that others see has changed' : `a ${needs} change`;
  if (enough) return checked('ok', `since ${published.latest}: ${told}`);
  const notes = changes.filter(({bump}) => bump === needs).map(({message, at}) => ({message, ...(at && {at})}));
  const message = `${name} ${version} is a ${needs ?? 'patch'} change from ${published.latest}, which is published.`;
  return checked('failed', `since ${published.latest}: ${told}`, [
    {severity: 'error', message, notes, help: `Make it version ${least}, or take the change back.`},
  ]);
}

async function publishedUnder({engine, folder}: Authored, name: string): Promise<Published> {
  const {npmJson} = await import('../packages/index.ts');
  const found = await npmJson(engine.host, ['view', name], {cwd: folder});
  if (!found.ok && found.error.code === 'E404') return {kind: 'nothing'};
  if (!found.ok) return {kind: 'unknown', because: await npmDiagnostic(engine, found.error, {spec: name, folder})};
  const facts = found.value;
  if (typeof facts !== 'object' || facts === null) return {kind: 'nothing'};
  const engines: unknown = Reflect.get(facts, 'engines');
  if (typeof engines !== 'object' || engines === null || !('kraft-ts' in engines)) return {kind: 'foreign'};
  const versions: unknown = Reflect.get(facts, 'versions');
  const list = (Array.isArray(versions) ? versions : [versions]).map(String);
  return {kind: 'versions', versions: list, latest: String(Reflect.get(facts, 'version'))};
}

/** A published version, unpacked beside what is made here. Nothing of it is run. */
async function fetchPublished(
  {engine, folder}: Authored,
  spec: string,
): Promise<{readonly folder: string} | Diagnostic> {
  const place = join(folder, '.kraft', 'published');
  await engine.host.remove(place);
  await engine.host.makeFolder(place);
  const {npmJson} = await import('../packages/index.ts');
  const packed = await npmJson(engine.host, ['pack', spec, '--pack-destination', place], {cwd: folder});
  if (!packed.ok) return npmDiagnostic(engine, packed.error, {spec, folder});
  const [file = ''] = ((await engine.host.list(place)) ?? []).filter((name) => name.endsWith('.tgz'));
  return unpackInto(engine, {file, from: place, to: join(place, 'package')});
}

async function unpackInto(
  {host}: Engine,
  {file, from, to}: {readonly file: string; readonly from: string; readonly to: string},
): Promise<{readonly folder: string} | Diagnostic> {
  const {unpack} = await import('../store/index.ts');
  const unpacked = await unpack(host, {
    name: file,
    bytes: (await host.readBytes(join(from, file))) ?? new Uint8Array(),
  });
  if (!unpacked.ok) return unpacked.error;
  for (const [path, bytes] of unpacked.value.files) await host.writeFile(join(to, path), bytes);
  return {folder: to};
}
