// SPDX-License-Identifier: BSD-3-Clause

import {type Event, printRoundSize, unreachable} from '../../toolkit/engine.ts';

/** How an event is told: a line that stays, or a state of the status line. */
export type Words =
  | {readonly kind: 'line'; readonly text: string}
  | {readonly kind: 'status'; readonly text: string; readonly milestone: boolean};

export function wordsFor(event: Event): Words | undefined {
  switch (event.type) {
    case 'diagnostic':
      return undefined;
    case 'fetch':
      return fetchWords(event);
    case 'build':
      if (event.reason === 'output') return {kind: 'line', text: event.text.trimEnd()};
      return {kind: 'status', text: `[${event.done}/${event.total}] ${event.step}`, milestone: true};
    case 'test':
      return {kind: 'status', text: `Testing ${event.suite} on ${event.on}`, milestone: true};
    case 'run':
      return runWords(event);
    default:
      return unreachable(event);
  }
}

function fetchWords(event: Extract<Event, {type: 'fetch'}>): Words {
  const {source, received, total} = event;
  if (event.reason === 'start') return {kind: 'status', text: `Fetching ${source}`, milestone: true};
  if (event.reason === 'done') return {kind: 'line', text: `Fetched ${source}, ${printRoundSize(received)}`};
  const share = total === undefined || total === 0 ? '' : ` (${Math.floor((100 * received) / total)} %)`;
  return {kind: 'status', text: `Fetching ${source}: ${printRoundSize(received)}${share}`, milestone: false};
}

function runWords(event: Extract<Event, {type: 'run'}>): Words | undefined {
  return 'bytes' in event ? undefined : {kind: 'line', text: event.text};
}
