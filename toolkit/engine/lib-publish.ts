// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, listing, ok, quote, type Result} from '../base/index.ts';
import {openAuthored} from './author.ts';
import type {Engine} from './engine.ts';
import {type CheckReport, checkAuthored} from './lib-check.ts';
import {type Packed, packLib} from './lib-pack.ts';
import {type TestReport, testAuthored} from './lib-test.ts';
import {npmDiagnostic} from './package-place.ts';
import {shown} from './project.ts';

export interface PublishRequest {
  readonly tag?: string | undefined;
  readonly access?: string | undefined;
  /** All but the last step. */
  readonly rehearsal: 'yes' | 'no';
  readonly signal?: AbortSignal;
}

/** What came of it, as far as it came. */
export interface PublishReport {
  readonly checked: CheckReport;
  readonly tested?: TestReport;
  readonly packed?: Packed;
  /** Why nothing was published; absent: it was, or would have been. */
  readonly refused?: readonly Diagnostic[];
}

/** Publishes a lib or an interface that passes every check and every suite. */
export async function publishLib(engine: Engine, request: PublishRequest): Promise<Result<PublishReport>> {
  const authored = await openAuthored(engine);
  if (!authored.ok) return authored;
  const {folder, what} = authored.value;
  const {signal} = request;
  const closed = await privately(engine, folder);
  if (closed !== undefined) return fail([closed]);
  const checked = await checkAuthored(authored.value, {...(signal && {signal})});
  const wrong = [...checked.checks.flatMap(({diagnostics}) => diagnostics), ...taken(checked)];
  if (wrong.length > 0) return ok({checked, refused: wrong});
  const tested = await testAuthored(authored.value, {until: 'first-stage-fails', ...(signal && {signal})});
  if (!tested.passed)
    return ok({checked, tested, refused: [fails(tested, what.kind === 'lib' ? what.lib.at : what.interface.at)]});
  const packed = await packLib({...authored.value.engine, packages: []}, {to: `${folder}/.kraft/packed`});
  if (!packed.ok) return packed;
  if (request.rehearsal === 'yes') return ok({checked, tested, packed: packed.value});
  const {callNpm} = await import('../packages/index.ts');
  const flags = [
    ...(request.tag === undefined ? [] : ['--tag', request.tag]),
    ...(request.access === undefined ? [] : ['--access', request.access]),
  ];
  const published = await callNpm(engine.host, ['publish', packed.value.tarball, ...flags], {cwd: folder});
  if (!published.ok) return fail([await npmDiagnostic(engine, published.error, {spec: packed.value.name, folder})]);
  return ok({checked, tested, packed: packed.value});
}

/** What npm would say at the end, said at the beginning. */
async function privately(engine: Engine, folder: string): Promise<Diagnostic | undefined> {
  const {readPackageJson} = await import('../packages/index.ts');
  const path = join(folder, 'package.json');
  if (readPackageJson((await engine.host.readFile(path)) ?? '')?.isPrivate !== true) return undefined;
  const message = `${shown(engine, path)} says "private": true, and npm publishes no such package.`;
  return {severity: 'error', message, help: 'Take the line out, if others may have it.'};
}

/** A name or a number that is gone. */
function taken({name, version, published}: CheckReport): readonly Diagnostic[] {
  switch (published.kind) {
    case 'nothing':
      return [];
    case 'unknown':
      return [published.because];
    case 'foreign':
      return [
        {
          severity: 'error',
          message: `The name ${quote(name)} is taken: the registry has a package of that name that is not for kraft-ts.`,
          help: `Take another name, or a scope: "name": "@you/${name}" in package.json.`,
        },
      ];
    case 'versions':
      if (!published.versions.includes(version)) return [];
      return [
        {
          severity: 'error',
          message: `${name} ${version} is published already.`,
          notes: [{message: `Published: ${published.versions.join(', ')}.`}],
          help: 'Raise the version in the manifest and in package.json; kraft-ts lib check says by how much.',
        },
      ];
  }
}

/** The first case that failed stands for all of them. */
function fails({name, version, trials}: TestReport, at: NonNullable<Diagnostic['at']>): Diagnostic {
  const failed = trials.filter(({outcome}) => outcome === 'failed');
  const suites = [...new Set(failed.map(({suite}) => suite))];
  const notes = failed.flatMap(({suite, on, cases, because}) => {
    const wrong = cases.find(({passed}) => !passed);
    if (wrong?.check !== undefined) {
      const {file, line, condition} = wrong.check;
      return [{message: `${suite} on ${on}: ${wrong.name}: ${file}:${line}: ${condition}`}];
    }
    return [{message: `${suite} on ${on}: ${because?.split('\n')[0] ?? 'it failed'}`}];
  });
  const message =
    failed.length === 0
      ? `${name} ${version} is not published: its suites ran nowhere.`
      : `${name} ${version} is not published: it fails ${listing(suites)}.`;
  return {severity: 'error', message, at, notes, help: 'kraft-ts lib test shows all of it.'};
}
