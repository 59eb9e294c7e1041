// SPDX-License-Identifier: BSD-3-Clause

import {ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';

/** What a program said of itself. */
export type Answers = Readonly<Record<string, string>>;

export interface Question {
  /** Absolute. */
  readonly program: string;
  /** Where the answer is kept. */
  readonly path: string;
  readonly ask: () => Promise<Result<Answers>>;
}

/** Asks a program, unless it answered before and is still the same file. */
export async function askOnce(host: Host, {program, path, ask}: Question): Promise<Result<Answers>> {
  const key = await fingerprint(host, program);
  const known = remembered(await host.readFile(path), key);
  if (known !== undefined) return ok(known);
  const answers = await ask();
  if (answers.ok) await host.writeFile(path, `${JSON.stringify({key, ...answers.value}, undefined, 2)}\n`);
  return answers;
}

async function fingerprint(host: Host, program: string): Promise<string> {
  const path = (await host.realPath(program)) ?? program;
  const facts = await host.facts(path);
  return `2 ${path} ${facts?.size ?? 0} ${facts?.modified ?? 0}`; // 2: what is asked, counted up when it changes
}

function remembered(text: string | undefined, key: string): Answers | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('key' in value) || value.key !== key) return undefined;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, answer]) => (typeof answer === 'string' ? [[name, answer]] : [])),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The first of these that is installed. */
export async function firstOf(host: Host, programs: readonly string[]): Promise<string | undefined> {
  for (const program of programs) {
    const found = await host.which(program);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a program prints first, where it does what it is told. */
export async function firstLine(host: Host, program: string, args: readonly string[]): Promise<string | undefined> {
  const result = await host.run(program, args);
  if (result === 'not-found' || result.exitCode !== 0) return undefined;
  return result.stdout.split('\n')[0];
}
