// SPDX-License-Identifier: BSD-3-Clause

import {
  type Answer,
  answerProject,
  type Clash,
  dimacsOf,
  dotOf,
  editProject,
  explain,
  noSuchRepair,
  notProven,
  offersFor,
  updateLock,
  whatIf,
} from '../../toolkit/engine.ts';
import {lockFlags, targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {builtLines, costLines, differenceLines} from '../report/difference-words.ts';
import {notANumber, repairNumber, tell, tellClash} from '../report/edited-words.ts';
import {gapLines, libTable} from '../report/solution-words.ts';
import {type VerbInput, verb} from '../verb.ts';

const flags = {
  ...targetFlags,
  if: {
    value: 'WISH',
    repeatable: true,
    mayBeginWithDash: true,
    means:
      'What would be otherwise with +LIB, without it (-LIB), or with NAME=VALUE as in kraft-ts set. Writes nothing.',
  },
  build: {means: 'With --if: build both images, and say what they came to. Neither Kraftfile nor lock is written.'},
  apply: {value: 'N', means: 'On a conflict: write repair N into the Kraftfile.'},
  update: {means: 'Choose anew what kraft.lock holds, and write that down.'},
  ...lockFlags,
  deadline: {
    value: 'SECONDS',
    means:
      'Be content with the best answer that is found in this time, and say how far from the best it may be. So does Ctrl-C at any time.',
  },
  dot: {means: 'Print the answer as a graph for Graphviz.'},
  dimacs: {means: 'Print the problem for another SAT solver, and do not solve it.'},
} as const;

type Input = VerbInput<typeof flags>;

export const solve = verb({
  name: 'solve',
  summary: 'Show which libs the image will be made of.',
  about: `Finds the best set of libs for a target: exactly one provider of each interface that takes one, every need met, nothing excluded. Where there is none, says which facts clash, and what would help; --apply then writes one of the repairs into the Kraftfile. What kraft.lock says is kept where it can be; only --update writes it.`,
  positionals: [{name: 'LIB', means: 'With --update: choose this lib anew, and keep the rest.'}],
  flags,
  examples: [
    {command: 'kraft-ts solve', means: 'For the first target.'},
    {command: 'kraft-ts solve --if +{lib} --if minimize=size', means: 'What would be otherwise.'},
    {command: 'kraft-ts solve --if minimize=size --build', means: 'What it would come to, built and measured.'},
    {command: 'kraft-ts solve --apply 1', means: 'On a conflict: what helps best.'},
    {command: 'kraft-ts solve --update', means: 'Choose everything anew.'},
    {command: 'kraft-ts solve --dot | dot -Tsvg > image.svg', means: 'A picture.'},
  ],
  async act(input) {
    const {flags, reporter} = input;
    const wrong = [
      repairNumber(flags.apply) === 'no number' ? notANumber(flags.apply) : undefined,
      milliseconds(flags.deadline) === 'no number' ? noSeconds(flags.deadline) : undefined,
      flags.build && flags.if.length === 0 ? nothingToBuild : undefined,
    ].filter((diagnostic) => diagnostic !== undefined);
    if (wrong.length > 0) {
      reporter.diagnostics(wrong);
      return exitStatus.usage;
    }
    if (flags.dimacs) return showDimacs(input);
    if (flags.if.length > 0) return showWhatIf(input);
    const answer = await (flags.update ? updateLock : answerProject)(input.engine, requestOf(input));
    if (!answer.ok) {
      reporter.diagnostics(answer.error);
      return input.signal.aborted ? exitStatus.interrupted : exitStatus.diagnostics;
    }
    if ('conflict' in answer.value) return onConflict(input, answer.value);
    await showAnswer(input, answer.value);
    const unlocked = flags.update && !answer.value.solution.proven;
    if (unlocked) reporter.diagnostics([notProven(requestOf(input))]);
    if (input.signal.aborted) return exitStatus.interrupted;
    return unlocked ? exitStatus.diagnostics : exitStatus.ok;
  },
});

function requestOf({flags, positionals: [lib], signal}: Input) {
  const {plat, arch} = flags;
  const deadline = milliseconds(flags.deadline);
  return {
    plat,
    arch,
    signal,
    ...(flags.update && {update: lib === undefined ? ('everything' as const) : [lib]}),
    ...(flags.locked && {lockfile: 'obey' as const}),
    ...(typeof deadline === 'number' && {deadline}),
  };
}

async function showAnswer({flags, reporter}: Input, answer: Answer): Promise<void> {
  const {solution} = answer;
  if (flags.dot) reporter.print((await dotOf(solution)).trimEnd());
  else if (reporter.format === 'json') reporter.json(solution);
  else reporter.print(libTable(answer).join('\n'));
  if (reporter.format === 'text' && !solution.proven) reporter.note(gapLines(solution).join('\n'));
  if (reporter.format === 'text' && flags.apply !== undefined)
    reporter.note('Nothing clashes, so there is no repair to apply.');
}

async function showDimacs(input: Input): Promise<number> {
  const {reporter} = input;
  const text = await dimacsOf(input.engine, requestOf(input));
  if (text.ok) reporter.print(text.value.trimEnd());
  else reporter.diagnostics(text.error);
  return text.ok ? exitStatus.ok : exitStatus.diagnostics;
}

async function showWhatIf(input: Input): Promise<number> {
  const {flags, reporter, engine} = input;
  const images = flags.build ? 'build' : 'estimate';
  const found = await whatIf(engine, {...requestOf(input), suppositions: flags.if, images});
  reporter.settle();
  if (!found.ok) {
    reporter.diagnostics(found.error);
    return exitStatus.diagnostics;
  }
  if (found.value.kind === 'clash') {
    const {clash, before} = found.value;
    const command = ['solve', ...flags.if.map((wish) => `--if ${wish}`)].join(' ');
    tellClash({diagnostic: await explain(clash), offers: await offersFor(clash, before)}, reporter, {
      command,
      offer: 'show',
    });
    return exitStatus.diagnostics;
  }
  const {difference, before, after, answer, built} = found.value;
  if (reporter.format === 'json') reporter.json({difference, before, after, built, solution: answer.solution});
  else if (flags.dot) reporter.print((await dotOf(answer.solution)).trimEnd());
  else {
    const lines = differenceLines(difference);
    const same = ['The image would be made of the same.'];
    reporter.print(
      (lines.length === 0 ? same : [...lines, ...(built ? builtLines(built) : costLines(before, after))]).join('\n'),
    );
  }
  if (reporter.format === 'text' && !answer.solution.proven) reporter.note(gapLines(answer.solution).join('\n'));
  return input.signal.aborted ? exitStatus.interrupted : exitStatus.ok;
}

async function onConflict({flags, reporter, engine}: Input, clash: Clash): Promise<number> {
  const offers = await offersFor(clash);
  const apply = repairNumber(flags.apply);
  if (typeof apply !== 'number') {
    tellClash({diagnostic: await explain(clash), offers}, reporter, {command: 'solve', offer: 'apply'});
    return exitStatus.diagnostics;
  }
  const taken = offers[apply - 1];
  if (taken === undefined) {
    reporter.diagnostics([noSuchRepair(apply, offers.length)]);
    return exitStatus.diagnostics;
  }
  const {plat, arch} = flags;
  const edited = await editProject(engine, {wish: {kind: 'edits', edits: taken.edits}, plat, arch});
  if (!edited.ok) {
    reporter.diagnostics(edited.error);
    return exitStatus.diagnostics;
  }
  tell(edited.value, reporter, {command: 'solve', offer: 'apply'});
  return edited.value.kind === 'clash' ? exitStatus.diagnostics : exitStatus.ok;
}

/** Seconds as somebody writes them. */
function milliseconds(given: string | undefined): number | undefined | 'no number' {
  if (given === undefined) return undefined;
  const seconds = /^[0-9]*\.?[0-9]+$/.test(given) ? Number(given) : 0;
  return seconds > 0 ? seconds * 1000 : 'no number';
}

const nothingToBuild = {
  severity: 'error' as const,
  message: '--build is for what would be otherwise, but there is no --if.',
  help: 'Add --if WISH, or run kraft-ts build.',
};

function noSeconds(given: string | undefined) {
  return {severity: 'error' as const, message: `Expected seconds for --deadline, but was "${given ?? ''}".`};
}
