// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../base/index.ts';
import {
  type Action,
  type CombineAction,
  type CompileAction,
  type LinkAction,
  type Plan,
  rustJoinFlags,
  rustStripFlags,
} from '../plan/index.ts';
import {type BuildPaths, cxxLinks} from './build-paths.ts';
import {compileArguments} from './compile-arguments.ts';
import {type Kept, keptFile} from './kept.ts';
import type {Reached} from './reach.ts';
import type {Toolchain} from './toolchain.ts';

/** The plan as ninja reads it: one edge for each object, each relocatable and the image. */
export function ninjaFile(
  plan: Plan,
  {
    toolchain,
    paths,
    kept = [],
    chosen = {members: new Set(), candidates: new Set()},
  }: {toolchain: Toolchain; paths: BuildPaths; kept?: readonly Kept[]; chosen?: Reached},
): string {
  const flags = new Map<string, string>();
  const taken = kept.filter((one) => one.taken);
  const objects = new Map(kept.flatMap((one) => [...(one.objects ?? [])]));
  const members = new Set(plan.actions.flatMap((one) => (one.kind === 'combine' ? (one.members ?? []) : [])));
  const own = plan.actions.filter(
    (action) =>
      !isTaken(action, taken) &&
      (action.kind !== 'compile' ||
        (!objects.has(action.output) && (!members.has(action.output) || chosen.candidates.has(action.output)))),
  );
  const cxx = cxxLinks(toolchain);
  const edges = [
    ...own.flatMap((action) => edge(action, {plan, paths, flags, cxx, chosen, objects})),
    ...taken.flatMap(takeEdge(paths)),
    ...(members.size === 0 ? [] : objectsEdge(plan, {paths, chosen, objects})),
  ];
  return [
    '# Written from the plan; kraft-ts build writes it again.',
    'ninja_required_version = 1.8',
    `cc = ${shell([toolchain.cc])}`,
    ...(toolchain.cxx === undefined ? [] : [`cxx = ${shell([toolchain.cxx.program])}`]),
    ...(toolchain.rust === undefined ? [] : [`rustc = ${shell([toolchain.rust.program])}`]),
    `ld = ${shell([toolchain.ld])}`,
    `objcopy = ${shell([toolchain.objcopy])}`,
    `runtime = ${shell(toolchain.runtime === undefined ? [] : [toolchain.runtime])}`,
    `fold = ${shell(fold(plan, paths))}`,
    ...[...flags].map(([text, name]) => `${name} = ${text}`),
    '',
    'rule compile',
    '  command = $cc $flags $fold -MMD -MF $out.d -c $in -o $out',
    '  depfile = $out.d',
    '  deps = gcc',
    '  description = compile $step',
    '',
    ...(toolchain.cxx === undefined ? [] : cxxRule(plan)),
    ...(toolchain.rust === undefined ? [] : rustRule(paths)),
    '# Commons become ordinary data (-d), or they could not be made local. Each owner gets what its compiler calls as its own. All symbols stay in $out.all for the audit; in $out those that nobody was promised are local.',
    'rule combine',
    '  command = $ld -r -d --force-group-allocation -o $out.all $in $runtime && $objcopy @$out.keep $out.all $out',
    '  rspfile = $out.keep',
    '  rspfile_content = $keep',
    '  description = combine $step',
    '',
    '# Of an owner of whom nothing is reached.',
    'rule nothing',
    `  command = $cc ${shell([...(plan.compiler === 'clang' ? [`--target=${plan.triple}`] : [])])} -x c -c /dev/null -o $out.all && cp $out.all $out`,
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

/** Where nothing is hosted, clang takes main for a function like any other, and gives it a name of C++. */
const cxxMains = ['_Z4mainv', '_Z4mainiPPc'].map((name) => ` && $objcopy --redefine-sym ${name}=main $out`).join('');

function cxxRule({compiler}: Plan): readonly string[] {
  return [
    'rule compile-cxx',
    `  command = $cxx $flags $fold -MMD -MF $out.d -c $in -o $out${compiler === 'clang' ? cxxMains : ''}`,
    '  depfile = $out.d',
    '  deps = gcc',
    '  description = compile $step',
    '',
  ];
}

/** rustc writes an archive, of which only what is reached becomes the object; and it names the archive's files, not ours. */
function rustRule({folder}: BuildPaths): readonly string[] {
  const compile = `$environment $rustc $flags --remap-path-prefix=${shell([folder])}=/build --emit=dep-info=$out.dep,link=$out.a $in`;
  const depend = "sed -n '1s|^[^:]*:|'$out':|p' $out.dep > $out.d";
  return [
    'rule compile-rust',
    `  command = ${compile} && ${depend} && $ld $join $out.a -o $out.whole && $objcopy ${shell(rustStripFlags)} $out.whole $out`,
    '  depfile = $out.d',
    '  deps = gcc',
    '  description = compile $step',
    '',
  ];
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
  /** The folders of the C++ library's headers. */
  readonly cxx: readonly string[];
  readonly chosen: Reached;
  /** Objects that are taken from the store, by output. */
  readonly objects: ReadonlyMap<string, string>;
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

/** The name of the goal that `objectsEdge` makes. */
export const objectsGoal = 'objects';

const rules = {c: 'compile', assembly: 'compile', 'c++': 'compile-cxx', rust: 'compile-rust'} as const;

function compileEdge(action: CompileAction, {plan, paths, flags, cxx}: Writing): readonly string[] {
  const text = shell(compileArguments(action, {plan, resolve: paths.inside, compiler: 'compiler', cxx}));
  const name = flags.get(text) ?? `flags${flags.size + 1}`;
  flags.set(text, name);
  return [
    `build ${path(paths.inside(action.output))}: ${rules[action.language]} ${path(paths.inside(action.input))}`,
    `  flags = $${name}`,
    ...crateLines(action, paths),
    `  step = ${value(`${action.owner} ${action.input.replace(/^.*\/src\//, 'src/').replace(/^\$\w+\//, '')}`)}`,
  ];
}

function crateLines({crate}: CompileAction, paths: BuildPaths): readonly string[] {
  if (crate === undefined) return [];
  const {promises, options} = crate;
  return [
    `  join = ${shell(rustJoinFlags(promises))}`,
    ...(options === undefined
      ? []
      : [`  environment = ${shell([`KRAFT_OPTIONS=${paths.folder}/${paths.inside(options)}`])}`]),
  ];
}

function combineEdge(action: CombineAction, writing: Writing): readonly string[] {
  const {paths, chosen} = writing;
  const members = (action.members ?? []).filter((member) => chosen.members.has(member));
  const inputs = [...action.inputs, ...members].map(objectPath(writing)).join(' ');
  // What only might have been wanted is kept up to date, and is in nothing.
  const others = (action.members ?? []).filter((each) => chosen.candidates.has(each) && !chosen.members.has(each));
  const beside = others.length === 0 ? '' : ` || ${others.map(objectPath(writing)).join(' ')}`;
  // An empty list would keep every symbol; no symbol is called `:`.
  const keep = [':', ...action.keep].map((symbol) => `-G ${symbol}`).join(' ');
  const output = path(paths.inside(action.output));
  return [
    `build ${output} | ${output}.all: ${inputs === '' ? 'nothing' : 'combine'} ${inputs}${beside}`,
    `  keep = ${value(keep)}`,
    `  step = ${action.owner}`,
  ];
}

function objectPath({paths, objects}: Pick<Writing, 'paths' | 'objects'>): (output: string) => string {
  return (output) => path(objects.get(output) ?? paths.inside(output));
}

/** What is made before it is known which members the image takes: everything that may want or define something. */
function objectsEdge(plan: Plan, writing: Pick<Writing, 'paths' | 'chosen' | 'objects'>): readonly string[] {
  const outputs = plan.actions.flatMap((action) => {
    if (action.kind !== 'combine') return [];
    return action.members === undefined ? [action.output] : action.inputs;
  });
  const all = [...outputs, ...writing.chosen.candidates].map(objectPath(writing));
  return [`build ${objectsGoal}: phony ${all.join(' ')}`];
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
