// SPDX-License-Identifier: BSD-3-Clause

import {counted, printCount, printRoundSize} from '../../toolkit/engine.ts';
import {signedSize, unsavedWords} from '../model/edits.ts';
import {bindingsNow} from '../model/keys.ts';
import {imageNow, targetNow} from '../model/now.ts';
import {rowsNow} from '../model/rows.ts';
import {placeNow, type Screen, type State} from '../model/state.ts';
import {cut, type Line, type Span, span, widthOf} from './line.ts';

/** Who is looked at, and what is not saved. */
export function titleLine(state: State): Line {
  const {size, file} = state;
  const target = targetNow(state)?.target ?? state.draft.wishes.targets[0] ?? '';
  const right: Span[] = [];
  const unsaved = unsavedWords(state);
  if (unsaved !== '') right.push(span(unsaved, 'warn'), span('   '));
  right.push(span(target, 'dim'), span(' '));
  const room = size.columns - widthOfLine(right) - 2;
  const left = [span(' kraft-ts', 'strong'), span(`  ${file}`, 'dim')];
  return spread(cutLine(left, room), right, size.columns);
}

/** Where one is, from the first screen on. */
export function pathLine(state: State): Line {
  const {places, size} = state;
  const words = places.map(({screen}) => screenName(screen));
  const shown = words.length > 4 ? [...words.slice(0, 1), '…', ...words.slice(-2)] : words;
  const spans = shown.flatMap((word, index) => [
    ...(index === 0 ? [span(' ')] : [span(' › ', 'dim')]),
    span(word, index === shown.length - 1 ? 'strong' : 'dim'),
  ]);
  const count = rowsNow(state).length;
  const row = placeNow(state).row;
  const right = count > 1 && placeNow(state).screen.kind !== 'home' ? [span(`${row + 1} of ${count} `, 'dim')] : [];
  return spread(cutLine(spans, size.columns - widthOfLine(right) - 1), right, size.columns);
}

function screenName(screen: Screen): string {
  switch (screen.kind) {
    case 'home':
      return 'Home';
    case 'interfaces':
      return 'Components';
    case 'categories':
      return 'Libraries';
    case 'targets':
      return 'Targets';
    case 'goals':
      return 'Goal';
    case 'image':
      return 'Image';
    case 'changed':
      return 'Changed';
    case 'search':
      return 'Search';
    default:
      return screen.name;
  }
}

/** What was said last. */
export function messageLine({message, size}: State): Line {
  return message === undefined ? [] : [span(cut(` ${message.text}`, size.columns), message.tone)];
}

/** What the image comes to, and how that differs from what was opened; what was measured beside it. */
export function costLine(state: State): Line {
  const {size, base, waiting, draft} = state;
  const image = imageNow(state);
  const isSolving = (waiting.length > 0 && state.sheet?.kind !== 'clash') || !state.examined;
  const busy = isSolving ? [span('solving …  ', 'dim')] : [];
  if (image === undefined) {
    const words = !state.examined
      ? []
      : [span(draft.mistakes.length > 0 ? ' The Kraftfile has mistakes.' : ' There is no image.', 'bad')];
    return spread(words, busy, size.columns);
  }
  const {estimate, built} = image;
  const was = targetOf(base, targetNow(state)?.target);
  const parts: Span[] = [
    span(' image ', 'dim'),
    span(printRoundSize(estimate.size), 'strong'),
    ...delta(was?.size, estimate.size),
    span('   memory ', 'dim'),
    span(printRoundSize(estimate.memory), 'strong'),
    ...delta(was?.memory, estimate.memory),
    ...(built === undefined ? [] : [span(` measured ${printRoundSize(built)}`, 'dim')]),
    ...(estimate.boot === undefined
      ? []
      : [
          span('   boot ', 'dim'),
          span(`${printCount(estimate.boot)} instructions`, 'strong'),
          ...delta(was?.boot, estimate.boot, signedCount),
        ]),
    span(`   ${counted(estimate.libs, 'lib')}`, 'dim'),
  ];
  return spread(cutLine(parts, size.columns - widthOfLine(busy)), busy, size.columns);
}

function targetOf(base: State['base'], target: string | undefined) {
  const answer = base?.targets.find((each) => each.target === target)?.answer;
  return answer?.kind === 'image' ? answer.estimate : undefined;
}

function delta(was: number | undefined, is: number, signed = signedSize): readonly Span[] {
  if (was === undefined || was === is) return [];
  return [span(` (${signed(is - was)})`, is > was ? 'warn' : 'good')];
}

function signedCount(count: number): string {
  return `${count < 0 ? '−' : '+'}${printCount(Math.abs(count))}`;
}

/** The keys that work here, as many as there is room for. */
export function keysLine(state: State): Line {
  const spans: Span[] = [];
  let width = 1;
  const seen = new Set<string>();
  for (const binding of bindingsNow(state)) {
    const label = binding.label(state);
    if (label === undefined || seen.has(binding.shown)) continue;
    seen.add(binding.shown);
    const more = widthOf(binding.shown) + 1 + widthOf(label) + 3;
    if (width + more > state.size.columns + 2) break;
    spans.push(span(width === 1 ? ' ' : '   '), span(binding.shown, 'accent'), span(` ${label}`, 'dim'));
    width += more;
  }
  return spans;
}

function spread(left: Line, right: Line, columns: number): Line {
  const gap = columns - widthOfLine(left) - widthOfLine(right);
  return gap < 0 ? left : [...left, span(' '.repeat(gap)), ...right];
}

export function widthOfLine(line: Line): number {
  return line.reduce((sum, {text}) => sum + widthOf(text), 0);
}

export function cutLine(line: Line, columns: number): Line {
  const spans: Span[] = [];
  let room = columns;
  for (const part of line) {
    if (room <= 0) break;
    const text = cut(part.text, room);
    spans.push({...part, text});
    room -= widthOf(text);
  }
  return spans;
}
