// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {
  type Diagnostic,
  fail,
  type InterfaceName,
  interfaceName,
  type Language,
  languageOf,
  listing,
  ok,
  type Result,
} from '../base/index.ts';
import type {Catalog, Lib} from '../catalog/index.ts';
import type {Host} from '../host/index.ts';
import type {Findings, Library} from '../import/index.ts';
import type {CompilerName} from '../plan/index.ts';
import {foldersOf} from './contract-headers.ts';
import type {Engine} from './engine.ts';
import type {Obtained} from './obtain-library.ts';

/** What the catalog offers a library that comes to live in it. */
export interface Openings {
  readonly surroundings: {readonly headers: ReadonlySet<string>; readonly symbols: ReadonlySet<string>};
  readonly command: (
    file: string,
    flags: readonly string[],
  ) => {readonly program: string; readonly args: readonly string[]};
  /** Of what files define, what the public headers declare. */
  readonly exportsOf: (obtained: Obtained, findings: Findings) => Promise<Result<readonly string[]>>;
  readonly needsOf: (wants: Findings['wants']) => Library['needs'];
  readonly lackingOf: (
    wants: Findings['wants'],
  ) => readonly {readonly lib: string; readonly interface: string; readonly symbols: readonly string[]}[];
  readonly kraftfileFor: (library: Library, wants: Findings['wants']) => string;
  readonly close: () => Promise<void>;
}

/** C libraries are written against this one. */
const libc = interfaceName('libc');

export async function openHome(
  engine: Engine,
  {
    catalog,
    compiler,
    languages,
  }: {readonly catalog: Catalog; readonly compiler: CompilerName; readonly languages: ReadonlySet<Language>},
): Promise<Result<Openings>> {
  const {host} = engine;
  const arch = catalog.libs.find(({kind}) => kind === 'arch');
  const platform = catalog.libs.find(({kind}) => kind === 'platform');
  if (arch?.compile === undefined || platform?.boot === undefined)
    return fail([{severity: 'error', message: 'The catalog has no arch and platform to compile for.'}]);
  const {findToolchain, listFiles} = await import('../build/index.ts');
  const {storeFolder} = await import('../store/index.ts');
  const {cxxSymbols, symbolOwners} = await import('../plan/index.ts');
  const wanted = {compiler, triple: arch.compile.triple, cacheFolder: storeFolder(host)};
  // Many C libraries have a file of C++ somewhere: without its compiler, only that one is left out.
  const whole = await findToolchain(host, {...wanted, languages});
  const toolchain = whole.ok ? whole : await findToolchain(host, wanted);
  if (!toolchain.ok) return toolchain;
  const folder = await host.makeTemporaryFolder('kraft-ts-import-');
  const close = (): Promise<void> => host.remove(folder);
  const include = await foldersOf([libc], {engine, catalog, folder});
  if (!include.ok) {
    await close();
    return include;
  }
  const headers = await Promise.all(include.value.map((one) => listFiles(host, one)));
  const owners = new Map(Object.entries(symbolOwners(catalog)));
  const compilers = new Set(arch.compile.symbols);
  const general = [
    ...(compiler === 'clang' ? [`--target=${arch.compile.triple}`] : []),
    ...arch.compile.flags,
    ...platform.boot.compileFlags,
  ];
  const target = `${platform.name}/${arch.name}`;
  const {cc, cxx} = toolchain.value;
  const wrapped = cxx === undefined ? folder : await cxxHeaders(host, join(folder, 'c++'), headers.flat());
  const ofLibc = include.value.flatMap((one) => ['-I', one]);
  const ofCompiler = ['-isystem', toolchain.value.include];
  const seen = ['-nostdinc', ...ofLibc, ...ofCompiler];
  const ofCxx = (cxx?.include ?? []).flatMap((one) => ['-isystem', one]);
  const cxxSeen = ['-nostdinc', '-I', wrapped, ...ofLibc, ...ofCxx, ...ofCompiler];

  return ok({
    surroundings: {
      headers: new Set(headers.flat()),
      symbols: new Set([...owners.keys(), ...compilers, ...cxxSymbols()]),
    },
    command,
    exportsOf,
    needsOf,
    lackingOf,
    kraftfileFor,
    close,
  });

  /** Less is optimised than in the image: only who wants what is looked at. */
  function command(file: string, flags: readonly string[]): ReturnType<Openings['command']> {
    if (languageOf(file) !== 'c++') return {program: cc, args: [...general, '-O1', '-w', ...flags, ...seen]};
    const own = [
      '-std=gnu++20',
      '-fno-exceptions',
      '-fno-rtti',
      ...general.filter((flag) => !flag.startsWith('-std=')),
    ];
    const args = [...own, '-O1', '-w', ...flags, ...cxxSeen];
    return {program: cxx?.program ?? (compiler === 'gcc' ? 'g++' : 'clang++'), args};
  }

  async function exportsOf(
    obtained: Obtained,
    {headers: open, files, defines, include: inner, flags}: Findings,
  ): Promise<Result<readonly string[]>> {
    const {readSurface} = await import('../compare/index.ts');
    const root = join(obtained.folder, open.kind === 'folder' ? open.folder : '.');
    const own =
      open.kind === 'folder'
        ? [root]
        : [...new Set(open.headers.map(({name, from}) => join(obtained.folder, from.slice(0, -name.length))))];
    const surface = await readSurface(host, {
      toolchain: toolchain.ok ? toolchain.value : {compiler, cc, include: ''},
      flags: [...general, ...flags],
      include: [...own, ...inner.map((one) => join(obtained.folder, one)), ...(include.ok ? include.value : [])],
      own,
      headers:
        open.kind === 'folder' ? open.headers.filter((one) => one.endsWith('.h')) : open.headers.map(({name}) => name),
      symbols: [...defines],
      name: obtained.source.name,
    });
    if (!surface.ok) return files.some((file) => languageOf(file) === 'c++') ? fail([notOfC(open)]) : surface;
    const declared = [...surface.value.functions.keys(), ...surface.value.variables.keys()];
    const exports = declared.filter((symbol) => defines.has(symbol)).sort();
    return exports.length === 0 ? fail([nothingOffered(open)]) : ok(exports);
  }

  function byOwner(wants: Findings['wants']): ReadonlyMap<InterfaceName, readonly string[]> {
    const groups = new Map<InterfaceName, string[]>();
    for (const symbol of wants.keys()) {
      const owner = owners.get(symbol);
      if (owner === undefined || compilers.has(symbol)) continue;
      groups.set(owner, [...(groups.get(owner) ?? []), symbol]);
    }
    // Headers are the C library's, even of who calls nothing.
    if (!groups.has(libc)) groups.set(libc, []);
    return new Map([...groups].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  function needsOf(wants: Findings['wants']): Library['needs'] {
    return [...byOwner(wants)].map(([name, symbols]) => {
      const version = catalog.interfaces.find((one) => one.name === name)?.version ?? '1.0.0';
      const some = symbols.length > 4 ? [...symbols.slice(0, 3), `${symbols.length - 3} more`] : symbols;
      const because = symbols.length === 0 ? 'it includes its headers' : `it calls ${listing(some)}`;
      return {interface: name, range: `^${version.split('.')[0] ?? '1'}`, because};
    });
  }

  function lackingOf(wants: Findings['wants']) {
    return [...byOwner(wants)].flatMap(([name, symbols]) =>
      providersOf(name).flatMap((lib) => {
        const lacks = symbols.filter((symbol) => !lib.exports.includes(symbol));
        return lacks.length === 0 ? [] : [{lib: String(lib.name), interface: String(name), symbols: lacks}];
      }),
    );
  }

  /** Of an open interface, which each provider may fulfil in another measure. */
  function providersOf(name: InterfaceName): readonly Lib[] {
    const open = catalog.interfaces.some((one) => one.name === name && one.contract === 'open');
    return open ? catalog.libs.filter((lib) => lib.provides.some((one) => one.interface === name)) : [];
  }

  function kraftfileFor(library: Library, wants: Findings['wants']): string {
    const lacking = new Set(lackingOf(wants).map(({lib}) => lib));
    const choices = library.needs.flatMap(({interface: name}) => {
      const able = providersOf(interfaceName(name)).filter((lib) => !lacking.has(lib.name) && !lib.onlyByName);
      const [first] = [...able].sort((one, other) => other.exports.length - one.exports.length);
      return first === undefined ? [] : [`${name}: ${first.name}`];
    });
    return [
      'spec: v1',
      'name: import',
      'flags: [-w]',
      `needs: [${[library.name, ...library.needs.map((need) => need.interface)].join(', ')}]`,
      ...(choices.length === 0 ? [] : [`choose: {${choices.join(', ')}}`]),
      `targets: [${target}]`,
      '',
    ].join('\n');
  }
}

/** Headers of the C library as C++ reads them; the folder. */
async function cxxHeaders(host: Host, folder: string, headers: readonly string[]): Promise<string> {
  const {cxxFeatures, cxxHeader} = await import('../plan/index.ts');
  const named = [...new Set(headers)].filter((name) => name.endsWith('.h') && !name.startsWith('bits/'));
  await Promise.all(named.map((name) => host.writeFile(join(folder, name), cxxHeader(name))));
  await host.writeFile(join(folder, 'features.h'), cxxFeatures);
  return folder;
}

/** The headers of a library, as far as there is room for them. */
function some({headers}: Findings['headers']): string {
  const names = headers.map((one) => (typeof one === 'string' ? one : one.name));
  return listing(names.length <= 4 ? names : [...names.slice(0, 3), `${names.length - 3} more`]);
}

function notOfC(headers: Findings['headers']): Diagnostic {
  return {
    severity: 'error',
    message: `A compiler of C does not read ${some(headers)}: what crosses from one lib to another is C, and this library offers C++.`,
    help: 'Write a header of C, and a file of C++ behind it that calls the library; or compile the library with an app of C++.',
  };
}

function nothingOffered(headers: Findings['headers']): Diagnostic {
  return {
    severity: 'error',
    message: `The headers of the library declare no function of C that its files define: ${some(headers)}.`,
    help: 'Headers for others are those in include/, those that a build file installs, or the one that has the name of the library: --name gives another.',
  };
}
