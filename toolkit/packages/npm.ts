// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {isObject, parse} from './package-json.ts';

/** What npm says went wrong: its code, such as E404, and its words. */
export interface NpmFailure {
  readonly code: string;
  readonly summary: string;
}

/** Codes of a network, or a registry, that is not there. */
const unreachable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH'],
  ...['ERR_SOCKET_TIMEOUT', 'E500', 'E502', 'E503', 'E504'],
]);

/**
 * No script of a package runs, whatever npm's settings say; and nothing is asked or reported beside the work. The lock
 * says where each tarball came from: by that alone npm finds it in its cache when there is no registry.
 */
const always = [
  ...[
    '--ignore-scripts',
    '--no-omit-lockfile-registry-resolved',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--json',
  ],
  ...['--fetch-retries=1', '--fetch-retry-mintimeout=200', '--fetch-retry-maxtimeout=1000'],
];

/**
 * Runs npm in a folder; its output. Where the registry cannot be reached, npm is asked to make do with its cache:
 * `offline` says that it did.
 */
export async function callNpm(
  host: Host,
  words: readonly string[],
  {cwd}: {readonly cwd: string},
): Promise<Result<{readonly output: string; readonly offline: boolean}, NpmFailure>> {
  const online = await once(host, words, cwd);
  if (online.ok) return ok({output: online.value, offline: false});
  if (!unreachable.has(online.error.code)) return online;
  const offline = await once(host, [...words, '--offline'], cwd);
  return offline.ok ? ok({output: offline.value, offline: true}) : fail({...online.error, code: 'UNREACHABLE'});
}

/** As callNpm, read as JSON. */
export async function npmJson(
  host: Host,
  words: readonly string[],
  place: {readonly cwd: string},
): Promise<Result<unknown, NpmFailure>> {
  const called = await callNpm(host, words, place);
  return called.ok ? ok(parse(called.value.output)) : called;
}

async function once(host: Host, words: readonly string[], cwd: string): Promise<Result<string, NpmFailure>> {
  const env = {npm_config_ignore_scripts: 'true', npm_config_loglevel: 'error'};
  const ended = await host.run('npm', [...words, ...always], {cwd, env});
  if (ended === 'not-found') return fail({code: 'NO-NPM', summary: 'npm is not installed'});
  // `npm outdated` ends with 1 where something is; it says nothing of an error then.
  const said = parse(ended.stdout);
  const error = isObject(said) && isObject(said.error) ? said.error : undefined;
  if (error === undefined && (ended.exitCode === 0 || (words[0] === 'outdated' && said !== undefined)))
    return ok(ended.stdout);
  const {code, summary} = error ?? {};
  const word = /npm (?:error|ERR!) code (\S+)/.exec(ended.stderr)?.[1];
  return fail({
    code: typeof code === 'string' ? code : (word ?? 'FAILED'),
    summary: typeof summary === 'string' && summary !== '' ? summary : lastLines(ended.stderr),
  });
}

function lastLines(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^npm (?:error|ERR!) /, '').trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('A complete log'))
    .slice(0, 4)
    .join('; ');
}
