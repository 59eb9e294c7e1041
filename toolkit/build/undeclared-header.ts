// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, didYouMean} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {CompileAction, Plan} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';
import {locateHeader} from './locate.ts';

/** A header that the compiler did not find: the first lock, seen from outside. */
export interface MissingHeader {
  readonly header: string;
  /** As the compiler was given it. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What the compiler said besides. */
  readonly rest: string;
}

const patterns = [
  /^(.+?):(\d+):(\d+): fatal error: (\S+): No such file or directory$/,
  /^(.+?):(\d+):(\d+): fatal error: '(\S+)' file not found$/,
];

/** Finds the complaint of gcc or clang in what it printed for one file. */
export function missingHeader(text: string): MissingHeader | undefined {
  const lines = text.split('\n');
  for (const [index, one] of lines.entries()) {
    for (const pattern of patterns) {
      const [, path, line, column, header] = pattern.exec(one) ?? [];
      if (path === undefined || header === undefined) continue;
      return {header, path, line: Number(line), column: Number(column), rest: without(lines, index)};
    }
  }
  return undefined;
}

/** All but the complaint: how the file was included before it, the excerpt after it, and the compiler's farewell. */
function without(lines: readonly string[], at: number): string {
  let start = at;
  while (/^(?:In file included from| +from) /.test(lines[start - 1] ?? '')) start--;
  let end = at + 1;
  while (/^ *\d* *[|^#]|^ +\^/.test(lines[end] ?? '')) end++;
  const rest = [...lines.slice(0, start), ...lines.slice(end)];
  return rest.filter((line) => !/^(?:compilation terminated\.|1 error generated\.|)$/.test(line)).join('\n');
}

/** Who must declare what, where the header belongs to an interface; undefined where nobody knows the header. */
export async function undeclaredHeader(
  host: Host,
  {missing, action, plan, paths}: {missing: MissingHeader; action: CompileAction; plan: Plan; paths: BuildPaths},
): Promise<Diagnostic | undefined> {
  const message = headerMessage(missing, {action, plan, paths});
  if (message === undefined) return undefined;
  const at = await locateHeader(host, {paths, ...missing});
  return {severity: 'error', ...message, ...(at !== undefined && {at})};
}

/** The sentence about a header and what to do; undefined where the compiler has said all that is known. */
export function headerMessage(
  {header, path}: MissingHeader,
  {action, plan, paths}: {action: CompileAction; plan: Plan; paths: BuildPaths},
): Pick<Diagnostic, 'message' | 'help'> | undefined {
  const manifest = plan.actions.flatMap((one) =>
    one.kind === 'audit' && one.owner === action.owner ? [one.manifest] : [],
  )[0];
  const who = action.owner === 'app' ? 'The app' : action.owner;
  if (header === 'options.h' && manifest !== undefined) {
    return {message: `${who} includes "options.h", but ${paths.shown(manifest)} declares no options.`};
  }
  const wanted = known(plan, header);
  if (wanted === undefined) return misspelt(plan, header);
  const [, folder = '', inner = ''] = /^(.*)\/include\/(.+)$/.exec(path) ?? [];
  const from = known(plan, inner);
  if (from !== undefined) {
    return {
      message: `The header <${inner}> includes <${header}>, but its interface ${from} does not use ${wanted}.`,
      help: `Declare ${wanted} under \`uses\` in ${paths.shown(`${folder}/interface.yaml`)}.`,
    };
  }
  return {
    message: `${who} includes <${header}>, but does not need the interface ${wanted}.`,
    ...(manifest !== undefined && {help: `Declare ${wanted} under \`needs\` in ${paths.shown(manifest)}.`}),
  };
}

function misspelt({headerOwners}: Plan, header: string): Pick<Diagnostic, 'message' | 'help'> | undefined {
  const meant = didYouMean(header, Object.keys(headerOwners));
  if (meant === undefined) return undefined;
  return {message: `No interface has a header <${header}>.`, help: `Did you mean <${meant}>?`};
}

function known({headerOwners}: Plan, header: string) {
  return Object.hasOwn(headerOwners, header) ? headerOwners[header] : undefined;
}
