// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, type Location, ok, type Result} from '../base/index.ts';
import {readSections} from '../build/index.ts';
import type {Host} from '../host/index.ts';
import {readDwarf} from './dwarf/read-dwarf.ts';
import {surfaceOf} from './dwarf/surface-of.ts';
import {findWord, type Headers, inlineFunctions, readHeaders} from './headers.ts';
import {readMacros} from './read-macros.ts';
import type {Surface} from './surface.ts';
import {argumentsOf, type SurfaceRequest} from './surface-request.ts';

const probe = 'kr_probe_';

/**
 * What a set of headers declares, as a compiler understands them: a file that includes them all, with a pointer to each
 * symbol, is compiled, and its debug information read. Nothing is run.
 */
export async function readSurface(host: Host, request: SurfaceRequest): Promise<Result<Surface>> {
  const headers = await readHeaders(host, request);
  const folder = await host.makeTemporaryFolder('kraft-ts-compare-');
  try {
    const symbols = [...new Set([...request.symbols, ...inlineFunctions(headers)])].sort();
    const compiled = await compile(host, {request, folder, symbols});
    if (!compiled.ok) return compiled;
    const sections = readSections(compiled.value.object);
    const units = sections === undefined ? undefined : readDwarf(sections);
    if (units === undefined) return fail([unreadable(request)]);
    const locate = (file: string, line: number, word: string): Location | 'elsewhere' =>
      findWord(headers, {file, line, word}) ?? 'elsewhere';
    const surface = surfaceOf(units, {probe, locate});
    const macros = await readMacros(host, {request: {...request, headers: compiled.value.headers}, folder, headers});
    if (!macros.ok) return macros;
    return ok({...surface, functions: placed(surface.functions, headers), macros: macros.value});
  } finally {
    await host.remove(folder);
  }
}

/** A prototype is where its name first stands before a bracket. */
function placed(functions: Surface['functions'], headers: Headers): Surface['functions'] {
  const found = [...functions].map(([name, one]) => {
    const at = headers.prototypeOf(name);
    return [name, {...one, ...(at !== undefined && {at})}] as const;
  });
  return new Map(found);
}

interface Compilation {
  readonly request: SurfaceRequest;
  readonly folder: string;
  readonly symbols: readonly string[];
}

interface Compiled {
  readonly object: Uint8Array;
  /** Those of the headers that compile by themselves. */
  readonly headers: readonly string[];
}

/** How often something is left out: each header that is not there ends a compilation. */
const attemptsAtMost = 30;

/**
 * Symbols that no header declares are left out: that they are missing is for whoever compares to say. So are headers
 * that are only for other headers to include.
 */
async function compile(host: Host, {request, folder, symbols}: Compilation): Promise<Result<Compiled>> {
  const input = join(folder, 'probe.c');
  const output = join(folder, 'probe.o');
  const flags = [`-gdwarf-${request.dwarf ?? 5}`, '-gz=none', '-fno-eliminate-unused-debug-types', '-O0'];
  let {headers} = request;
  let known = symbols;
  let firstWords = '';
  for (let attempts = 0; attempts < attemptsAtMost && headers.length > 0; attempts++) {
    const includes = headers.map((header) => `#include <${header}>`);
    const lines = [...includes, 'int kr_compared;', ...known.map((one) => `__typeof__(${one}) *${probe}${one};`)];
    await host.writeFile(input, `${lines.join('\n')}\n`);
    const result = await host.run(
      request.toolchain.cc,
      [...argumentsOf(request), ...flags, '-c', input, '-o', output],
      {env: {LC_ALL: 'C'}},
    );
    if (result === 'not-found') return fail([{severity: 'error', message: `There is no ${request.toolchain.cc}.`}]);
    if (result.exitCode === 0) return ok({object: (await host.readBytes(output)) ?? new Uint8Array(), headers});
    firstWords ||= result.stderr;
    const wrong = linesWithErrors(result.stderr, input);
    if (wrong.size === 0) break;
    const before = headers.length;
    headers = headers.filter((_, index) => !wrong.has(index + 1));
    // What symbols lack may be what such a header has broken.
    if (headers.length === before) known = known.filter((_, index) => !wrong.has(before + index + 2));
  }
  return fail([uncompiled(request, firstWords)]);
}

/** The lines of the input that errors are in, or in what they include. */
function linesWithErrors(text: string, input: string): ReadonlySet<number> {
  const found = new Set<number>();
  let including = 0;
  for (const line of text.split('\n')) {
    const [, from] = /^(?:In file included| +) from (.*?)[,:]?$/.exec(line) ?? [];
    if (from?.startsWith(`${input}:`) === true) including = Number.parseInt(from.slice(input.length + 1), 10);
    if (!/: (?:fatal )?error: /.test(line)) continue;
    const own = line.startsWith(`${input}:`);
    found.add(own ? Number.parseInt(line.slice(input.length + 1), 10) : including);
  }
  return found;
}

function uncompiled({name}: SurfaceRequest, text: string): Diagnostic {
  const first = text.split('\n').find((line) => /error: /.test(line)) ?? text.split('\n')[0] ?? '';
  return {
    severity: 'error',
    message: `The headers of ${name} do not compile by themselves, so they cannot be compared.`,
    notes: [{message: first}],
  };
}

function unreadable({name, toolchain}: SurfaceRequest): Diagnostic {
  return {
    severity: 'error',
    message: `${toolchain.cc} wrote no debug information of DWARF 4 or 5 for the headers of ${name}.`,
    help: 'Compare with the other compiler: --compiler gcc or --compiler clang.',
  };
}
