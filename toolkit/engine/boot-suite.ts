// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import {type Location, printDiagnostics, type Result} from '../base/index.ts';
import type {Catalog, Lib} from '../catalog/index.ts';
import type {Ended} from '../conform/index.ts';
import type {Outcome} from '../machine/index.ts';
import type {Conflict} from '../solve/index.ts';
import {answerProject} from './answer.ts';
import type {Authored} from './author.ts';
import type {Engine} from './engine.ts';
import type {Pairing} from './lib-test.ts';
import {runProject} from './run-project.ts';

interface BootRequest {
  readonly pairing: Pairing;
  readonly platform: Lib;
  /** A folder for images. */
  readonly place: string;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds that a suite has in an image. */
const patience = 120_000;

/** Runs a suite as the app of an image with the lib in it; or says why there is no such image. */
export async function boot(
  authored: Authored,
  {pairing, platform, place, signal}: BootRequest,
): Promise<Ended | {readonly unfit: string}> {
  const project = await suiteProject(authored, {program: suiteProgram(pairing), lib: pairing.lib, platform, place});
  if ('unfit' in project) return project;
  let output = '';
  const inside: Engine = {
    ...project.engine,
    emit: (event) => {
      if (event.type === 'run' && event.reason === 'console') output += Buffer.from(event.bytes).toString();
      if (event.type === 'build' && event.reason === 'output') output += event.text;
    },
  };
  const ended = await runProject(inside, {
    build: 'when-needed',
    ports: [],
    args: [],
    accelerator: 'tcg',
    timeout: patience,
    ...(signal !== undefined && {signal}),
  });
  return endedWith(ended, output);
}

/** A file of C that is the app of an image. */
export interface SuiteProgram {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly needs: readonly string[];
  /** Interfaces that the lib is there for. */
  readonly promises: readonly string[];
  /** Whether it is a suite, which somebody runs, or has a main of its own. */
  readonly runner: 'of-suites' | 'itself';
}

/** A suite as the app of an image. */
export function suiteProgram({lib, interface: of, suite}: Pairing): SuiteProgram {
  const promises = of !== undefined && provides(lib, of.name) ? [of.name] : [];
  return {name: suite.name, file: suite.file, needs: suite.needs, promises, runner: 'of-suites'};
}

export interface SuiteProjectRequest {
  /** Its app; absent: one that does nothing. */
  readonly program: SuiteProgram | undefined;
  readonly lib: Lib;
  readonly platform: Lib;
  /** A folder for projects. */
  readonly place: string;
}

/** Why there is no image with a lib in it, and where that is written. */
export interface Unfit {
  readonly unfit: string;
  readonly at?: Location;
}

/** A project whose image has the lib in it, and an engine for it; or why there is no such image. */
export async function suiteProject(
  {engine, catalog}: Authored,
  {program, lib, platform, place}: SuiteProjectRequest,
): Promise<{readonly engine: Engine} | Unfit> {
  const [arch] = catalog.libs.filter((each) => each.kind === 'arch' && !each.onlyByName);
  if (lib.kind === 'platform' && lib.name !== platform.name) return {unfit: `${lib.name} is a platform of its own`};
  if (arch === undefined) return {unfit: 'the catalog has no arch'};
  const folder = join(place, `${platform.name}-${program?.name ?? 'nothing'}-${lib.name}`);
  const file = program === undefined ? 'main.c' : basename(program.file);
  if (program !== undefined) await engine.host.copyFile(program.file, join(folder, file));
  else await engine.host.writeFileIfChanged(join(folder, file), 'int main(void)\n{\n    return 0;\n}\n');
  const target = `${platform.name}/${arch.name}`;
  await engine.host.writeFileIfChanged(join(folder, 'Kraftfile'), kraftfile({program, lib, catalog, target, file}));
  const inside: Engine = {...engine, folder, emit: () => undefined};
  const answer = await answerProject(inside, {});
  return answer.ok && 'conflict' in answer.value ? reason(answer.value.conflict) : {engine: inside};
}

function endedWith(ended: Result<Outcome>, output: string): Ended {
  if (!ended.ok) return {exitCode: null, output: `${output}${printDiagnostics(ended.error)}\n`};
  const {value} = ended;
  if (value.kind === 'exited') return {exitCode: value.status, output};
  return {
    exitCode: null,
    output: `${output}\nThe instance ${value.kind === 'panicked' ? 'panicked' : `ended: ${value.kind}`}.\n`,
  };
}

/** The first fact of a clash that is not the test's own Kraftfile, which nobody wrote. */
function reason({facts}: Conflict): Unfit {
  const told = facts.find(({at}) => at !== undefined && basename(at.source.path) !== 'Kraftfile') ?? facts[0];
  if (told === undefined) throw new Error('Internal error: a clash of no facts');
  return {unfit: told.text, ...(told.at !== undefined && {at: told.at})};
}

/** The app is the suite; who runs suites also hears the panics that they provoke. */
function kraftfile({
  program,
  lib,
  catalog,
  target,
  file,
}: Pick<SuiteProjectRequest, 'program' | 'lib'> & {
  readonly catalog: Catalog;
  readonly target: string;
  readonly file: string;
}): string {
  const runner = catalog.libs.find((each) => provides(each, 'conformance'));
  if (runner === undefined) throw new Error('Internal error: the catalog has nobody who runs suites');
  const runs = program?.runner === 'of-suites' || lib.name === runner.name;
  const needs = [...new Set([...(program?.needs ?? []), ...(program?.promises ?? [])])];
  const libraries = [
    ...(runs ? [`${runner.name}: '*'`] : []),
    ...(lib.kind === 'lib' && lib.name !== runner.name ? [`${lib.name}: '${lib.version}'`] : []),
  ];
  return [
    'spec: v1',
    'name: suite',
    `sources: [${file}]`,
    `needs: [${needs.join(', ')}]`,
    `libraries: {${libraries.join(', ')}}`,
    ...(runs && provides(runner, 'panic') ? [`choose: {panic: ${runner.name}}`] : []),
    `targets: [${target}]`,
    '',
  ].join('\n');
}

function provides(lib: Lib, name: string): boolean {
  return lib.provides.some((each) => each.interface === name);
}
