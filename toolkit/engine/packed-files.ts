// SPDX-License-Identifier: BSD-3-Clause

import {join, relative} from 'node:path';
import {type Diagnostic, listing, ok, type Result} from '../base/index.ts';
import type {NpmFailure} from '../packages/index.ts';
import type {Engine} from './engine.ts';
import {type CheckedPackage, manifestOf} from './package-check.ts';

/** Folders of a package that whoever adds it builds or tests from. */
const folders = {lib: ['src', 'include'], interface: ['include', 'conformance', 'fake', 'hosted', 'bench']} as const;

/** The files that npm would put into the tarball of a folder. */
export async function filesToPack({host}: Engine, folder: string): Promise<Result<readonly string[], NpmFailure>> {
  const {npmJson} = await import('../packages/index.ts');
  const packed = await npmJson(host, ['pack', '--dry-run'], {cwd: folder});
  return packed.ok ? ok(packedFiles(packed.value)) : packed;
}

/** Of what npm says of a tarball that it made, or would make. */
export function packedFiles(said: unknown): readonly string[] {
  const [row]: readonly unknown[] = Array.isArray(said) ? said : [];
  const files: unknown = typeof row === 'object' && row !== null && 'files' in row ? row.files : [];
  return (Array.isArray(files) ? files : []).map((file: {readonly path: string}) => file.path);
}

/** What a package is of no use without, and its tarball would not have; undefined: nothing. */
export async function leftOut(
  {host}: Engine,
  {
    folder,
    checked,
    packed,
  }: {readonly folder: string; readonly checked: CheckedPackage; readonly packed: readonly string[]},
): Promise<Diagnostic | undefined> {
  const {facts, brings} = checked;
  const {listFiles} = await import('../build/index.ts');
  const within = await Promise.all(
    folders[brings.kind].map(async (part) =>
      (await listFiles(host, join(folder, part))).map((file) => `${part}/${file}`),
    ),
  );
  const archives = (brings.kind === 'lib' ? brings.lib.sources : []).flatMap(({from}) =>
    from.kind === 'local' ? [relative(folder, from.path)] : [],
  );
  const there = new Set(packed);
  const absent = [manifestOf(brings), ...within.flat(), ...archives].filter((file) => !there.has(file));
  if (absent.length === 0) return undefined;
  const some = absent.length > 4 ? [...absent.slice(0, 3), `${absent.length - 3} more files`] : absent;
  return {
    severity: 'error',
    message: `The tarball of ${facts.name} would not have ${listing(some)}.`,
    help: `Add ${listing([...new Set(absent.map((file) => file.replace(/\/.*$/s, '')))])} to "files" in package.json.`,
  };
}
