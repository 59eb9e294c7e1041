// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, type Language, listing, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {CompilerName} from '../plan/index.ts';
import {type Answers, askOnce, firstLine, firstOf} from './ask-program.ts';
import {findCxx} from './find-cxx.ts';
import {findRust} from './find-rust.ts';
import type {Toolchain} from './toolchain.ts';

export interface ToolchainRequest {
  readonly compiler: CompilerName;
  /** The arch's triple: a cross compiler's prefix. */
  readonly triple: string;
  /** What the plan's files are written in. */
  readonly languages?: ReadonlySet<Language>;
  /** As rustc's --target. */
  readonly rust?: string | undefined;
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
  const more = await findMore(host, request);
  if (!more.ok) return more;
  const own = {compiler: request.compiler, cc, ld, objcopy, ninja, ...(flock !== undefined && {flock})};
  return ok({...own, ...facts.value, ...more.value});
}

/** The compilers of what is not C, where there is something for them. */
async function findMore(host: Host, request: ToolchainRequest): Promise<Result<Pick<Toolchain, 'cxx' | 'rust'>>> {
  const cxx = request.languages?.has('c++') === true ? await findCxx(host, request) : undefined;
  if (cxx?.ok === false) return cxx;
  const rust = request.languages?.has('rust') === true ? await findRust(host, request.rust ?? '') : undefined;
  if (rust?.ok === false) return rust;
  return ok({...(cxx && {cxx: cxx.value}), ...(rust && {rust: rust.value})});
}

function findCompiler(host: Host, {compiler, triple}: ToolchainRequest): Promise<string | undefined> {
  return firstOf(host, compiler === 'gcc' ? [`${triple}-gcc`, 'gcc'] : ['clang']);
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

type CompilerFacts = Pick<Toolchain, 'version' | 'include' | 'runtime'>;

interface Probe extends ToolchainRequest {
  readonly cc: string;
}

/** Asks the compiler, unless it answered before and is still the same file. */
async function probe(host: Host, request: Probe): Promise<Result<CompilerFacts>> {
  const {compiler, triple, cacheFolder, cc} = request;
  const path = join(cacheFolder, `toolchain-${compiler}-${triple}.json`);
  const facts = await askOnce(host, {program: cc, path, ask: () => ask(host, request)});
  if (!facts.ok) return facts;
  const {version = '', include = '', runtime = ''} = facts.value;
  return ok({version, include, ...(runtime !== '' && {runtime})});
}

async function ask(host: Host, {compiler, cc, triple}: Probe): Promise<Result<Answers>> {
  const where = compiler === 'gcc' ? ['-print-file-name=include'] : ['-print-resource-dir'];
  const target = compiler === 'gcc' ? [] : [`--target=${triple}`];
  const [version, machine, folder, runtime] = await Promise.all([
    firstLine(host, cc, ['--version']),
    compiler === 'gcc' ? firstLine(host, cc, ['-dumpmachine']) : triple,
    firstLine(host, cc, where),
    firstLine(host, cc, [...target, '-print-libgcc-file-name']),
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
  const archive = runtime === undefined ? undefined : await host.realPath(runtime);
  return ok({version, include: compiler === 'gcc' ? folder : join(folder, 'include'), runtime: archive ?? ''});
}
