// SPDX-License-Identifier: BSD-3-Clause

import path from 'node:path';
import {command} from '../../cli/command.ts';
import {type Host, nodeHost} from '../../toolkit/host/index.ts';
import {filesOf} from '../rig/golden.ts';
import {temporaryProject} from '../rig/project.ts';
import {readRepositoryFile} from '../rig/repository.ts';

/** A project beside the small catalog of `solver-kit.txt`. */
export interface Desk {
  readonly read: (file: string) => string;
  readonly write: (file: string, content: string) => void;
  /** Runs a command line; what it says on both streams, and its status. */
  readonly run: (line: string) => Promise<{readonly status: number; readonly said: string}>;
  /** The same desk, at which somebody does something before a file is read for the second time. */
  readonly whenAskedAgain: (file: string, act: () => void) => Pick<Desk, 'run'>;
}

export function openDesk(files: Readonly<Record<string, string>>): Desk {
  const manifests = filesOf(readRepositoryFile('test/e2e/solver-kit.txt'));
  const sources = Object.keys(manifests)
    .filter((file) => file.endsWith('/lib.yaml'))
    .map((file) => [file.replace('lib.yaml', 'src/lib.c'), '']);
  const kit = temporaryProject({...manifests, ...Object.fromEntries(sources)});
  const project = temporaryProject({'main.c': 'int main(void) { return 0; }\n', ...files});
  return {read: project.read, write: project.write, run: (line) => run(line, nodeHost()), whenAskedAgain};

  function whenAskedAgain(file: string, act: () => void): Pick<Desk, 'run'> {
    const host = nodeHost();
    let times = 0;
    const readFile = (asked: string): Promise<string | undefined> => {
      times += asked === path.join(project.folder, file) ? 1 : 0;
      if (times === 2) act();
      return host.readFile(asked);
    };
    return {run: (line) => run(line, {...host, readFile})};
  }

  async function run(line: string, host: Host): Promise<{readonly status: number; readonly said: string}> {
    let said = '';
    const say = (text: string | Uint8Array): void => void (said += typeof text === 'string' ? text : '');
    const status = await command(wordsOf(line), {
      terminal: {
        out: say,
        error: say,
        drained: () => undefined,
        outIsTty: false,
        errorIsTty: false,
        columns: () => 80,
        env: {},
      },
      kit: kit.folder,
      version: '0.0.0',
      cwd: project.folder,
      host: {...host, cwd: project.folder},
      signal: new AbortController().signal,
    });
    return {status, said: said.replaceAll(`${kit.folder}${path.sep}`, '').replaceAll(project.folder, 'PROJECT')};
  }
}

/** Runs each line that begins with `$ `; what was said stands behind it. A line `$ cat FILE` shows a file. */
export async function transcript(files: Readonly<Record<string, string>>, lines: readonly string[]): Promise<string> {
  const desk = openDesk(files);
  const parts: string[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^\$ (\S+) ?(.*)$/.exec(line) ?? [];
    if (name === 'cat') parts.push(`${line}\n${desk.read(rest)}`);
    else if (name === 'kraft-ts') parts.push(`${line}\n${(await desk.run(rest)).said}`);
    else throw new Error(`Expected $ kraft-ts or $ cat, but was ${line}`);
  }
  return parts.join('').trimEnd();
}

/** As a shell splits a line with no more in it than quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}
