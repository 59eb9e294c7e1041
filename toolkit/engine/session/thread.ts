// SPDX-License-Identifier: BSD-3-Clause

import type {Event} from '../../events.ts';
import {nodeHost, startThread, thisThread} from '../../host/index.ts';
import {type Engine, openEngine} from '../engine.ts';
import {openSession, type Session} from './session.ts';

/** What a thread needs to work as the engine that started it does. */
interface Start {
  readonly kit: string;
  readonly folder: string;
  /** How many changes were wanted so far; looking for what is locked stops when there is another. */
  readonly turns: Int32Array;
}

interface Call {
  readonly id: number;
  readonly name: keyof Session;
  readonly argument: unknown;
  readonly turn: number;
}

type Answer =
  | {readonly id: number; readonly value: unknown}
  | {readonly id: number; readonly problem: {readonly message: string; readonly stack: string; readonly name: string}}
  | {readonly event: Event};

/** Calls after which what is locked is another. */
const turning: ReadonlySet<keyof Session> = new Set(['attempt', 'examine']);

/** A session in a thread of its own, so that nothing it does keeps this one waiting. `file` runs `serveSession`. */
export function openSessionThread({kit, folder, emit}: Engine, file: string): Session {
  const turns = new Int32Array(new SharedArrayBuffer(4));
  const start: Start = {kit, folder, turns};
  const port = startThread(file, start);
  const waiting = new Map<number, {resolve: (value: never) => void; reject: (error: Error) => void}>();
  let calls = 0;
  port.onMessage((message) => hear(message as Answer));
  let dead: Error | undefined;
  port.onError((error) => {
    dead = error;
    for (const {reject} of waiting.values()) reject(error);
    waiting.clear();
  });

  function hear(answer: Answer): void {
    if ('event' in answer) return emit(answer.event);
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (call === undefined) return;
    if ('value' in answer) return call.resolve(answer.value as never);
    const {message, stack, name} = answer.problem;
    call.reject(Object.assign(new Error(message), {stack, name}));
  }

  function ask<T>(name: keyof Session, argument?: unknown): Promise<T> {
    if (turning.has(name)) Atomics.add(turns, 0, 1);
    if (dead !== undefined) return Promise.reject(dead);
    const id = calls++;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, {resolve, reject});
      const call: Call = {id, name, argument, turn: Atomics.load(turns, 0)};
      port.post(call);
    });
  }

  return {
    open: () => ask('open'),
    catalog: (from) => ask('catalog', from),
    examine: (text) => ask('examine', text),
    attempt: (request) => ask('attempt', request),
    clash: (text) => ask('clash', text),
    fixes: (text) => ask('fixes', text),
    standing: (request) => ask('standing', request),
    why: (request) => ask('why', request),
    save: (request) => ask('save', request),
    onDisk: () => ask('onDisk'),
    build: (target) => ask('build', target),
    stopBuild: () => ask('stopBuild'),
    dispose: () => port.close(),
  };
}

/** What the thread runs. */
export function serveSession(): void {
  const {port, data} = thisThread();
  const {kit, folder, turns} = data as Start;
  const host = nodeHost();
  const engine = openEngine({
    kit,
    cwd: folder,
    directory: undefined,
    onEvent: (event) => answer({event}),
    host,
  });
  const session = openSession(engine);

  function answer(message: Answer): void {
    port.post(message);
  }

  port.onMessage((message) => {
    const {id, name, argument, turn} = message as Call;
    const stop = (): boolean => Atomics.load(turns, 0) !== turn;
    const act = session[name] as (argument: unknown, stop: () => boolean) => unknown;
    Promise.resolve(act(argument, stop)).then(
      (value) => answer({id, value}),
      (error: unknown) => {
        const {message, stack = '', name} = error instanceof Error ? error : new Error(String(error));
        answer({id, problem: {message, stack, name}});
      },
    );
  });
}
