// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../base/index.ts';
import type {Action, CombineAction, CompileAction, LinkAction, Plan} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';
import {compileArguments} from './compile-arguments.ts';
import {type Kept, keptFile} from './kept.ts';
import type {Toolchain} from './toolchain.ts';

/** The plan as ninja reads it: one edge for each object, each relocatable and the image. */
export function ninjaFile(
  plan: Plan,
  {toolchain, paths, kept = []}: {toolchain: Toolchain; paths: BuildPaths; kept?: readonly Kept[]},
): string {
  const flags = new Map<string, string>();
  const taken = kept.filter((one) => one.taken);
  const own = plan.actions.filter((action) => !isTaken(action, taken));
  const edges = [...own.flatMap((action) => edge(action, {plan, paths, flags})), ...taken.flatMap(takeEdge(paths))];
  return [
    '# Written from the plan; kraft-ts build writes it again.',
    'ninja_required_version = 1.8',
    `cc = ${shell([toolchain.cc])}`,
    `ld = ${shell([toolchain.ld])}`,
    `objcopy = ${shell([toolchain.objcopy])}`,
    `fold = ${shell(fold(plan, paths))}`,
    ...[...flags].map(([text, name]) => `${name} = ${text}`),
    '',
    'rule compile',
    '  command = $cc $flags $fold -MMD -MF $out.d -c $in -o $out',
    '  depfile = $out.d',
    '  deps = gcc',
    '  description = compile $step',
    '',
    '# Commons become ordinary data (-d), or they could not be made local. All symbols stay in $out.all for the audit; in $out those that nobody was promised are local.',
    'rule combine',
    '  command = $ld -r -d -o $out.all $in && $objcopy @$out.keep $out.all $out',
    '  rspfile = $out.keep',
    '  rspfile_content = $keep',
    '  description = combine $step',
    '',
    'rule take',
    '  command = cp $from $out && cp $from.all $out.all',
    '  description = take $step',
    '',
    'rule link',
    '  command = $ld $flags -T $script -Map=$debug.map -o $debug $in && $objcopy --strip-all $debug $image',
    '  description = link $step',
    '',
    ...edges,
    '',
  ].join('\n');
}

/** Keeps the build folder's own name out of objects; clang's assembler wants to be told in another way. */
function fold({compiler}: Plan, {folder}: BuildPaths): readonly string[] {
  const map = `-ffile-prefix-map=${folder}=/build`;
  return compiler === 'clang' ? [map, '-ffile-compilation-dir=/build'] : [map];
}

interface Writing {
  readonly plan: Plan;
  readonly paths: BuildPaths;
  /** Each text of flags once, by the name of its variable. */
  readonly flags: Map<string, string>;
}

function edge(action: Action, writing: Writing): readonly string[] {
  switch (action.kind) {
    case 'compile':
      return compileEdge(action, writing);
    case 'combine':
      return combineEdge(action, writing);
    case 'link':
      return linkEdge(action, writing);
    case 'fetch':
    case 'generate':
    case 'audit':
      return []; // done by the toolkit itself
    default:
      return unreachable(action);
  }
}

function compileEdge(action: CompileAction, {plan, paths, flags}: Writing): readonly string[] {
  const text = shell(compileArguments(action, {plan, resolve: paths.inside, compiler: 'compiler'}));
  const name = flags.get(text) ?? `flags${flags.size + 1}`;
  flags.set(text, name);
  return [
    `build ${path(paths.inside(action.output))}: compile ${path(paths.inside(action.input))}`,
    `  flags = $${name}`,
    `  step = ${value(`${action.owner} ${action.input.replace(/^.*\/src\//, 'src/').replace(/^\$\w+\//, '')}`)}`,
  ];
}

function combineEdge(action: CombineAction, {paths}: Writing): readonly string[] {
  const inputs = action.inputs.map((input) => path(paths.inside(input))).join(' ');
  // An empty list would keep every symbol; no symbol is called `:`.
  const keep = [':', ...action.keep].map((symbol) => `-G ${symbol}`).join(' ');
  const output = path(paths.inside(action.output));
  return [`build ${output} | ${output}.all: combine ${inputs}`, `  keep = ${value(keep)}`, `  step = ${action.owner}`];
}

/** Whether the store has what an action would make. */
function isTaken(action: Action, taken: readonly Kept[]): boolean {
  return (action.kind === 'compile' || action.kind === 'combine') && taken.some(({owner}) => owner === action.owner);
}

function takeEdge(paths: BuildPaths): (one: Kept) => readonly string[] {
  return ({owner, output, folder}) => {
    const made = path(paths.inside(output));
    const from = `${folder}/${keptFile}`;
    return [`build ${made} | ${made}.all: take | ${path(from)}`, `  from = ${shell([from])}`, `  step = ${owner}`];
  };
}

function linkEdge(action: LinkAction, {plan, paths, flags: _}: Writing): readonly string[] {
  const inputs = action.inputs.map((input) => path(paths.inside(input))).join(' ');
  const image = paths.inside(action.output);
  const debug = paths.inside(action.debugOutput);
  const script = paths.inside(action.script);
  return [
    `build ${path(image)} ${path(debug)} ${path(debug)}.map: link ${inputs} | ${path(script)}`,
    `  flags = ${shell(action.flags)}`,
    `  script = ${shell([script])}`,
    `  image = ${shell([image])}`,
    `  debug = ${shell([debug])}`,
    `  step = ${value(plan.name)}`,
    '',
    `default ${path(image)}`,
  ];
}

/** Words for a shell, written as a value for ninja. */
function shell(words: readonly string[]): string {
  return value(words.map(quoted).join(' '));
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function value(text: string): string {
  return text.replaceAll('$', '$$$$').replaceAll('\n', ' ');
}

function path(text: string): string {
  return text.replace(/[$ :|]/g, '$$$&');
}
