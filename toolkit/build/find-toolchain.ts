// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, listing, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {CompilerName} from '../plan/index.ts';
import type {Toolchain} from './toolchain.ts';

export interface ToolchainRequest {
  readonly compiler: CompilerName;
  /** The arch's triple: a cross compiler's prefix. */
  readonly triple: string;
  /** Where the answer is kept, so that the next build starts no compiler to ask it. */
  readonly cacheFolder: string;
}

/** The programs that a build needs, or which are missing and the command that installs them. */
export async function findToolchain(host: Host, request: ToolchainRequest): Promise<Result<Toolchain>> {
  const [cc, ld, objcopy, ninja, flock] = await Promise.all([
    findCompiler(host, request),
    firstOf(host, [`${request.triple}-ld`, 'ld']),
    firstOf(host, [`${request.triple}-objcopy`, 'objcopy']),
    firstOf(host, ['ninja']),
    firstOf(host, ['flock']),
  ]);
  if (cc === undefined || ld === undefined || objcopy === undefined || ninja === undefined) {
    const binutils = ld === undefined || objcopy === undefined;
    return fail([missing({...request, cc: cc === undefined, binutils, ninja: ninja === undefined})]);
  }
  const facts = await probe(host, {...request, cc});
  if (!facts.ok) return facts;
  return ok({compiler: request.compiler, cc, ld, objcopy, ninja, ...(flock !== undefined && {flock}), ...facts.value});
}

function findCompiler(host: Host, {compiler, triple}: ToolchainRequest): Promise<string | undefined> {
  return firstOf(host, compiler === 'gcc' ? [`${triple}-gcc`, 'gcc'] : ['clang']);
}

async function firstOf(host: Host, programs: readonly string[]): Promise<string | undefined> {
  for (const program of programs) {
    const found = await host.which(program);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Missing {
  readonly compiler: CompilerName;
  readonly cc: boolean;
  readonly binutils: boolean;
  readonly ninja: boolean;
}

function missing({compiler, cc, binutils, ninja}: Missing): Diagnostic {
  const lacks = [
    ...(cc ? [{program: compiler, package: compiler}] : []),
    ...(binutils ? [{program: 'ld and objcopy', package: 'binutils'}] : []),
    ...(ninja ? [{program: 'ninja', package: 'ninja-build'}] : []),
  ];
  const programs = listing(lacks.map(({program}) => program));
  const verb = lacks.length === 1 && !binutils ? 'is' : 'are';
  return {
    severity: 'error',
    message: `Building an image needs ${programs}, which ${verb} not installed.`,
    help: `Run: sudo apt-get install ${lacks.map((one) => one.package).join(' ')}`,
  };
}

interface CompilerFacts {
  readonly version: string;
  readonly include: string;
}

interface Probe extends ToolchainRequest {
  readonly cc: string;
}

/** Asks the compiler, unless it answered before and is still the same file. */
async function probe(host: Host, request: Probe): Promise<Result<CompilerFacts>> {
  const key = await fingerprint(host, request.cc);
  const path = join(request.cacheFolder, `toolchain-${request.compiler}-${request.triple}.json`);
  const known = remembered(await host.readFile(path), key);
  if (known !== undefined) return ok(known);
  const facts = await ask(host, request);
  if (facts.ok) await host.writeFile(path, `${JSON.stringify({key, ...facts.value}, undefined, 2)}\n`);
  return facts;
}

async function fingerprint(host: Host, program: string): Promise<string> {
  const path = (await host.realPath(program)) ?? program;
  const facts = await host.facts(path);
  return `${path} ${facts?.size ?? 0} ${facts?.modified ?? 0}`;
}

function remembered(text: string | undefined, key: string): CompilerFacts | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('key' in value && 'version' in value && 'include' in value)) return undefined;
    const {key: of, version, include} = value;
    if (of !== key || typeof version !== 'string' || typeof include !== 'string') return undefined;
    return {version, include};
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function ask(host: Host, {compiler, cc, triple}: Probe): Promise<Result<CompilerFacts>> {
  const where = compiler === 'gcc' ? ['-print-file-name=include'] : ['-print-resource-dir'];
  const [version, machine, folder] = await Promise.all([
    firstLine(host, cc, ['--version']),
    compiler === 'gcc' ? firstLine(host, cc, ['-dumpmachine']) : triple,
    firstLine(host, cc, where),
  ]);
  if (version === undefined || machine === undefined || folder === undefined) {
    return fail([{severity: 'error', message: `${cc} does not answer as ${compiler} does.`}]);
  }
  if (machine.split('-')[0] !== triple.split('-')[0]) {
    return fail([
      {
        severity: 'error',
        message: `${cc} compiles for ${machine}, but the image is for ${triple}.`,
        help: `Run: sudo apt-get install gcc-${triple.replaceAll('_', '-')}`,
      },
    ]);
  }
  return ok({version, include: compiler === 'gcc' ? folder : join(folder, 'include')});
}

async function firstLine(host: Host, program: string, args: readonly string[]): Promise<string | undefined> {
  const result = await host.run(program, args);
  if (result === 'not-found' || result.exitCode !== 0) return undefined;
  return result.stdout.split('\n')[0];
}
