// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const repository = fileURLToPath(new URL('..', import.meta.url));
const program = path.join(repository, 'bin/kraft-ts.mjs');

/** A folder for what the benchmarks make. */
export const workFolder = path.join(tmpdir(), 'kraft-ts-bench');
mkdirSync(workFolder, {recursive: true});

/** Runs `kraft-ts` as a user does who keeps nothing of the toolkit's; throws with its output when it fails. */
export function kraft(
  folder: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): string {
  const env = {...process.env, KRAFT_TS_KEEP: '', ...variables};
  const result = spawnSync(process.execPath, [program, ...args], {cwd: folder, env, encoding: 'utf8'});
  if (result.status !== 0) {
    throw new Error(
      `kraft-ts ${args.join(' ')} in ${folder} ended with ${result.status}:\n${result.stdout}${result.stderr}`,
    );
  }
  return result.stdout;
}

/** Builds the project in `folder`, relative to the repository, and returns its image with symbols. */
export function build(folder: string): BuiltImage {
  const project = path.resolve(repository, folder);
  kraft(project, ['build']);
  const facts: unknown = JSON.parse(readFileSync(path.join(project, '.kraft/build/kvm-x86_64/image.json'), 'utf8'));
  return {project, folder: path.join(project, '.kraft/build/kvm-x86_64'), facts};
}

export interface BuiltImage {
  readonly project: string;
  readonly folder: string;
  readonly facts: unknown;
}

/** The QEMU command of `kraft-ts run`, as a shell line. */
export function runCommand(image: BuiltImage, args: readonly string[]): string {
  return kraft(image.project, ['run', '--no-build', '--accel', 'tcg', '--print', ...args]).trim();
}

/** Compiles a shared object or program once; recompiles when the source is newer. */
export function compile(source: string, output: string, flags: readonly string[]): string {
  const from = path.join(repository, source);
  const to = path.join(workFolder, output);
  if (!existsSync(to) || statSync(to).mtimeMs < statSync(from).mtimeMs) {
    execFileSync('gcc', [...flags, '-o', to, from], {stdio: 'inherit'});
  }
  return to;
}
