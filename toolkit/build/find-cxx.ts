// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {CompilerName} from '../plan/index.ts';
import {askOnce, firstLine, firstOf} from './ask-program.ts';
import type {Toolchain} from './toolchain.ts';

interface CxxRequest {
  readonly compiler: CompilerName;
  readonly triple: string;
  readonly cacheFolder: string;
}

/**
 * The C++ compiler that belongs to a C compiler, and the folders of its library's headers: those of them that are all
 * templates and constants work without the library.
 */
export async function findCxx(host: Host, request: CxxRequest): Promise<Result<NonNullable<Toolchain['cxx']>>> {
  const {compiler, triple, cacheFolder} = request;
  const names = compiler === 'gcc' ? [`${triple}-g++`, 'g++'] : ['clang++'];
  const program = await firstOf(host, names);
  if (program === undefined) return fail([missing(compiler)]);
  const answers = await askOnce(host, {
    program,
    path: join(cacheFolder, `toolchain-c++-${compiler}-${triple}.json`),
    async ask() {
      const version = await firstLine(host, program, ['--version']);
      const target = compiler === 'gcc' ? [] : [`--target=${triple}`];
      const said = await host.run(program, [...target, '-x', 'c++', '-E', '-v', '/dev/null']);
      if (version === undefined || said === 'not-found' || said.exitCode !== 0)
        return fail([{severity: 'error', message: `${program} does not answer as a C++ compiler does.`}]);
      return ok({version, include: (await headerFolders(host, said.stderr)).join('\n')});
    },
  });
  if (!answers.ok) return answers;
  const {version = '', include = ''} = answers.value;
  return ok({program, version, include: include.split('\n').filter((folder) => folder !== '')});
}

function missing(compiler: CompilerName): Diagnostic {
  const [program, name] = compiler === 'gcc' ? ['g++', 'g++'] : ['clang++', 'clang'];
  return {
    severity: 'error',
    message: `Building an image with C++ in it needs ${program}, which is not installed.`,
    help: `Run: sudo apt-get install ${name}`,
  };
}

/** The library's own folders among those that the compiler searches. */
async function headerFolders(host: Host, said: string): Promise<readonly string[]> {
  const [, list = ''] = /search starts here:\n(?!#)([\s\S]*?)\nEnd of search list/.exec(said) ?? [];
  const own = list
    .split('\n')
    .map((line) => line.trim())
    .filter((folder) => /\/c\+\+\//.test(folder) && !folder.endsWith('/backward'));
  return Promise.all(own.map(async (folder) => (await host.realPath(folder)) ?? folder));
}
