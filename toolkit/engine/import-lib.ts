// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, languageOf, matchesGlob, ok, quote, type Result} from '../base/index.ts';
import type {Catalog} from '../catalog/index.ts';
import type {Findings, LeftOut, Library} from '../import/index.ts';
import type {CompilerName} from '../plan/index.ts';
import {buildProject} from './build-project.ts';
import type {Engine} from './engine.ts';
import {type Openings, openHome} from './import-home.ts';
import {type Obtained, obtainLibrary} from './obtain-library.ts';
import {openCatalog, projectFolder} from './project.ts';

export interface ImportRequest {
  /** A folder, `deb:NAME`, `npm:NAME` or a Web address. */
  readonly from: string;
  /** Of the lib and its interface; absent: the library's own. */
  readonly name?: string | undefined;
  /** Globs of files to leave out, and flags to compile with. */
  readonly exclude: readonly string[];
  readonly flags: readonly string[];
  readonly compiler?: CompilerName | undefined;
  readonly signal?: AbortSignal;
}

/** What was made of a library, and what is left to do. */
export interface Imported {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly source: Library['source'];
  /** What was written, absolute. */
  readonly written: readonly string[];
  readonly compiled: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly exports: readonly string[];
  readonly headers: readonly string[];
  readonly needs: Library['needs'];
  /** Providers of what it needs that lack some of it. */
  readonly lacking: readonly {readonly lib: string; readonly interface: string; readonly symbols: readonly string[]}[];
  /** Symbols that no interface has. */
  readonly unresolved: readonly {readonly symbol: string; readonly files: readonly string[]; readonly advice: string}[];
  /** An image in which everything is called; or why there is none. */
  readonly build: {readonly loaded: number; readonly target: string} | {readonly diagnostics: readonly Diagnostic[]};
}

/** Makes a lib and an interface of a C library, and builds an image with all of it. */
export async function importLib(engine: Engine, request: ImportRequest): Promise<Result<Imported>> {
  const {parseOrigin} = await import('../import/index.ts');
  const origin = parseOrigin(request.from);
  if (!origin.ok) return origin;
  const project = await projectFolder(engine);
  const catalog = await openCatalog(engine, project);
  if (!catalog.ok) return catalog;
  const obtained = await obtainLibrary(engine, origin.value, request.from);
  if (!obtained.ok) return obtained;
  const name = request.name ?? plainName(obtained.value.source.name);
  const taken = takenBy(name, catalog.value);
  if (taken !== undefined) return fail([taken]);
  const home = await openHome(
    {...engine, folder: project},
    {
      catalog: catalog.value,
      compiler: request.compiler ?? 'gcc',
      languages: new Set(obtained.value.files.some((file) => languageOf(file) === 'c++') ? ['c++'] : []),
    },
  );
  if (!home.ok) return home;
  try {
    const findings = await examined(engine, {obtained: obtained.value, name, home: home.value, request});
    if (request.signal?.aborted === true) return fail([{severity: 'error', message: 'The import was stopped.'}]);
    if (findings.files.length === 0) return fail([nothingToCompile(obtained.value, findings)]);
    const exports = await home.value.exportsOf(obtained.value, findings);
    if (!exports.ok) return exports;
    const library = libraryOf({name, obtained: obtained.value, findings, exports: exports.value, home: home.value});
    const written = await write(engine, {project, library, obtained: obtained.value});
    const build = await tryBuild(engine, {project, library, home: home.value, request, findings});
    return ok({...reportOf(library, findings, home.value), written, build});
  } finally {
    await home.value.close();
  }
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .replace(/^(?=\d)/, 'lib-');
}

function takenBy(name: string, {libs, interfaces}: Catalog): Diagnostic | undefined {
  if (!/^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/.test(name)) {
    const message = `A lib cannot be called ${quote(name)}: it begins with a small letter, and has small letters, digits and dashes.`;
    return {severity: 'error', message, help: 'Give another with --name.'};
  }
  const there = libs.find((lib) => lib.name === name) ?? interfaces.find((one) => one.name === name);
  if (there === undefined) return undefined;
  const noun = 'cardinality' in there ? 'an interface' : 'a lib';
  return {
    severity: 'error',
    message: `There is ${noun} ${quote(name)} already.`,
    notes: [{message: 'It is this.', at: there.at}],
    help: 'Give another name with --name, or remove its folder first.',
  };
}

interface Examining {
  readonly obtained: Obtained;
  readonly name: string;
  readonly home: Openings;
  readonly request: ImportRequest;
}

async function examined(engine: Engine, {obtained, name, home, request}: Examining): Promise<Findings> {
  const {examineLibrary} = await import('../import/index.ts');
  return examineLibrary(engine.host, {
    name,
    folder: obtained.folder,
    files: obtained.files,
    surroundings: home.surroundings,
    command: home.command,
    flags: request.flags,
    isExcluded: (file) => request.exclude.some((glob) => matchesGlob(file, glob)),
    onProgress: (done, total, file) =>
      engine.emit({type: 'build', reason: 'progress', done, total, step: `try ${file}`}),
    ...(request.signal !== undefined && {signal: request.signal}),
  });
}

function nothingToCompile({source}: Obtained, {leftOut}: Findings): Diagnostic {
  // What was tried says more than what is a test.
  const tried = leftOut.filter(({because}) => /^(?:is C\+\+|does not|includes|wants|defines)/.test(because));
  const notes = [...new Set([...tried, ...leftOut])].slice(0, 5).map(({file, because}) => ({
    message: `${file} ${because}.`,
  }));
  return {severity: 'error', message: `${source.name} ${source.version} has no file that makes a library.`, notes};
}

interface Parts {
  readonly name: string;
  readonly obtained: Obtained;
  readonly findings: Findings;
  readonly exports: readonly string[];
  readonly home: Openings;
}

function libraryOf({name, obtained, findings, exports, home}: Parts): Library {
  const {source} = obtained;
  const version = semverOf(source.version);
  return {
    name,
    version,
    summary: `${source.name} ${source.version}, imported.`,
    license: findings.license ?? 'NOASSERTION',
    needs: home.needsOf(findings.wants),
    exports,
    source,
    files: findings.files,
    others: findings.others,
    include: findings.include,
    headers: findings.headers,
    flags: [...findings.flags, '-w'],
  };
}

/** The first three numbers of whatever a library calls its version. */
function semverOf(version: string): string {
  const [major = '0', minor = '0', patch = '0'] = version.match(/\d+/g)?.map((number) => String(Number(number))) ?? [];
  return `${major}.${minor}.${patch}`;
}

async function write(
  {host}: Engine,
  {project, library, obtained}: {readonly project: string; readonly library: Library; readonly obtained: Obtained},
): Promise<readonly string[]> {
  const {interfaceYaml, libYaml} = await import('../import/index.ts');
  const lib = join(project, 'libs', library.name);
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    [join(project, 'libs/interfaces', library.name, 'interface.yaml'), interfaceYaml(library)],
    [join(lib, 'lib.yaml'), libYaml(library)],
    ...(obtained.beside === undefined ? [] : [[join(lib, obtained.beside[0]), obtained.beside[1]] as const]),
  ];
  for (const [path, content] of files) await host.writeFile(path, content);
  return files.map(([path]) => path);
}

function reportOf(library: Library, findings: Findings, home: Openings): Omit<Imported, 'written' | 'build'> {
  const {name, version, license, source, exports, needs, headers} = library;
  return {
    name,
    version,
    license,
    source,
    compiled: library.files,
    leftOut: findings.leftOut,
    exports,
    headers: headers.kind === 'folder' ? headers.headers : headers.headers.map((one) => one.name),
    needs,
    lacking: home.lackingOf(findings.wants),
    unresolved: findings.unresolved.map((symbol) => ({
      symbol,
      files: findings.wants.get(symbol) ?? [],
      advice: adviceFor(name),
    })),
  };
}

/** Who else could have a symbol that no interface has. */
function adviceFor(name: string): string {
  return `write it in libs/${name}/src/stubs.c, need an interface that has it, or leave out who wants it with --exclude`;
}

interface Trying {
  readonly project: string;
  readonly library: Library;
  readonly home: Openings;
  readonly request: ImportRequest;
  readonly findings: Findings;
}

/** A project that needs the lib, in which each export is in the image; the libs are those of the project. */
async function tryBuild(
  engine: Engine,
  {project, library, home, request, findings}: Trying,
): Promise<Imported['build']> {
  const folder = await engine.host.makeTemporaryFolder('kraft-ts-import-');
  try {
    await engine.host.symlink(join(project, 'libs'), join(folder, 'libs'));
    await engine.host.writeFile(join(folder, 'Kraftfile'), home.kraftfileFor(library, findings.wants));
    await engine.host.writeFile(join(folder, 'main.c'), programFor(library));
    const built = await buildProject(
      {...engine, folder},
      {compiler: request.compiler, ...(request.signal !== undefined && {signal: request.signal})},
    );
    if (!built.ok) return {diagnostics: built.error};
    const {facts} = built.value;
    return {loaded: facts.loaded, target: `${facts.platform}/${facts.arch}`};
  } finally {
    await engine.host.remove(folder);
  }
}

function programFor({headers, exports}: Library): string {
  const names = headers.kind === 'folder' ? headers.headers : headers.headers.map(({name}) => name);
  return [
    ...names.filter((name) => /\.h$/.test(name)).map((name) => `#include <${name}>`),
    'void *volatile everything[] = {',
    ...exports.map((symbol) => `    (void *)&${symbol},`),
    '    0};',
    'int main(void)',
    '{',
    '    return everything[0] == 0;',
    '}',
    '',
  ].join('\n');
}
