// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Host, RunningProcess, SpawnOptions} from '../host/index.ts';
import {panicFilter, symbolise} from './backtrace.ts';
import {checkPorts} from './check-ports.ts';
import {decodeQemuExit, type ProcessEnd} from './decode-exit.ts';
import {anew} from './image.ts';
import type {Machine} from './machine.ts';
import {type Outcome, statusOf} from './outcome.ts';
import {serialInput} from './serial-input.ts';

/** What an instance lets know while it runs. */
export type InstanceEvent =
  | {readonly type: 'run'; readonly reason: 'console' | 'trace'; readonly bytes: Uint8Array}
  | {readonly type: 'run'; readonly reason: 'exited'; readonly status: number};

export interface StartOptions {
  readonly onEvent: (event: InstanceEvent) => void;
  /** Aborted: the instance is ended, and the outcome is 'interrupted'. */
  readonly signal?: AbortSignal;
  /** Milliseconds; then the instance is ended, and the outcome is 'timed-out'. */
  readonly timeout?: number;
  /** Asked after each piece of the console: what to wait for before the guest can write more, if anything. */
  readonly drained?: (() => Promise<void> | undefined) | undefined;
}

/** How long an ended process may take to go before it is made to. */
const patience = 2000;

/** An instance from its start to its end. When this settles no process of it is left. */
export async function start(host: Host, machine: Machine, options: StartOptions): Promise<Result<Outcome>> {
  const wrong = [...checkArch(host, machine), ...(await checkPorts(host, machine))];
  if (wrong.length > 0) return fail(wrong);
  if (options.signal?.aborted) return ok({kind: 'interrupted'});

  const filter = panicFilter((bytes) => options.onEvent({type: 'run', reason: 'console', bytes}));
  const onTrace = (bytes: Uint8Array): void => options.onEvent({type: 'run', reason: 'trace', bytes});
  let status: number | undefined;
  let stderr = '';
  const process = await host.spawn(machine.program, [...machine.args, ...machine.statusArgs], {
    stdin: inputOf(machine),
    ...(machine.kind === 'process' && machine.input !== undefined && {env: {'kraft.input': machine.input}}),
    lifetime: 'tool',
    drained: options.drained,
    onStdout: filter.write,
    onStderr: (chunk) => {
      if (machine.kind === 'process' && machine.traced) onTrace(chunk);
      else if (machine.kind === 'process') filter.write(chunk);
      else stderr += Buffer.from(chunk).toString();
    },
    ...(machine.kind === 'qemu' ? {onStatus: (chunk: Uint8Array) => (status = chunk.at(-1))} : {}),
    ...(machine.kind === 'qemu' && machine.traced ? {onTrace} : {}),
  });
  if (process === 'not-found') return fail([missing(machine)]);

  const stopped = await untilEnd(host, process, options);
  const panic = filter.end();
  if (panic !== undefined) {
    const text = await symbolise(host, {text: Buffer.from(panic).toString(), debugPath: machine.image.debugPath});
    options.onEvent({type: 'run', reason: 'console', bytes: Buffer.from(text)});
  }
  const outcome = outcomeOf(machine, {
    ...(await process.exited),
    status,
    stderr,
    stopped,
    panicked: panic !== undefined,
  });
  if (outcome.ok) options.onEvent({type: 'run', reason: 'exited', status: statusOf(outcome.value)});
  return outcome;
}

/**
 * A serial line has no end, and QEMU must not hear of one: while its own input is hung up, it takes that for a sign that
 * its output can be written, tries four times at once, and drops the byte (QEMU 7.2, serial_xmit).
 */
function inputOf({kind, input}: Machine): SpawnOptions['stdin'] {
  if (input === undefined) return 'ignore';
  return kind === 'qemu' ? serialInput : 'forward';
}

/** QEMU can be any machine; a program of this system runs on its own kind only. */
function checkArch(host: Host, {kind, image}: Machine): readonly Diagnostic[] {
  const {name, arch} = image.facts;
  if (kind === 'qemu' || arch === host.arch) return [];
  return [
    {
      severity: 'error',
      message: `The image ${name} is a program for ${arch}, but this machine is ${host.arch}.`,
      help: 'Build it for this machine, or for a platform that QEMU can be.',
    },
  ];
}

/** Waits for the end, or brings it about. */
async function untilEnd(
  host: Host,
  process: RunningProcess,
  {signal, timeout}: StartOptions,
): Promise<'timed-out' | 'interrupted' | undefined> {
  const over = new AbortController();
  const ended = process.exited.then(() => undefined);
  const interrupted = new Promise<'interrupted'>((resolve) => {
    signal?.addEventListener('abort', () => resolve('interrupted'), {once: true, signal: over.signal});
    if (signal?.aborted) resolve('interrupted');
  });
  const late =
    timeout === undefined
      ? []
      : [host.sleep(timeout, over.signal).then(() => (over.signal.aborted ? undefined : ('timed-out' as const)))];
  const reason = await Promise.race([ended, interrupted, ...late]);
  over.abort();
  if (reason === undefined) {
    await ended;
    return undefined;
  }
  process.kill('SIGTERM');
  const gone = new AbortController();
  void ended.then(() => gone.abort());
  void host.sleep(patience, gone.signal).then(() => {
    if (!gone.signal.aborted) process.kill('SIGKILL');
  });
  await ended;
  return reason;
}

function outcomeOf(
  machine: Machine,
  end: ProcessEnd & {readonly stopped: 'timed-out' | 'interrupted' | undefined; readonly panicked: boolean},
): Result<Outcome> {
  if (end.stopped !== undefined) return ok({kind: end.stopped});
  if (machine.kind === 'process') return ok(processOutcome(end));
  const outcome = decodeQemuExit(end);
  return outcome.kind === 'failed' ? fail([failure(machine, outcome.message)]) : ok(outcome);
}

/** QEMU's own words, and what they come to where that is known. */
function failure({program, args, name, image}: Machine, message: string): Diagnostic {
  const said = `${program} says: ${message.replace(/\.?$/, '.')}`;
  const port =
    /host forwarding rule '\w+:[\d.]*:(\d+)-/.exec(message)?.[1] ??
    /(\d+): .*Address already in use/.exec(message)?.[1];
  if (port !== undefined) {
    return {severity: 'error', message: `Port ${port} of this machine was taken just now.`, notes: [{message: said}]};
  }
  const drive = /drive=(\w+)[^:]*: Failed to get .*"write" lock/.exec(message)?.[1];
  if (drive !== undefined) {
    const file = args.map((arg) => (arg.includes(`id=${drive},`) ? /file=((?:[^,]|,,)+)/.exec(arg)?.[1] : undefined));
    const path = file.find((each) => each !== undefined)?.replaceAll(',,', ',') ?? drive;
    return {
      severity: 'error',
      message: `The disk image ${path} is in use: one guest at a time can have it.`,
      notes: [{message: said}],
    };
  }
  const closed = /ailed to open '([^']+)': Permission denied|ould not open '([^']+)': Permission denied/.exec(message);
  if (closed !== null) {
    const path = closed[1] ?? closed[2] ?? '';
    return {severity: 'error', message: `This account may not open ${path}.`, notes: [{message: said}]};
  }
  if (/elf kernel|ELF Note|load kernel/.test(message)) {
    return {
      severity: 'error',
      message: `The image ${image.path} is not one that the machine ${name} can boot.`,
      notes: [{message: said}],
      help: anew,
    };
  }
  // In paths there may be a folder of that name.
  if (!args.includes('kvm') || !/\bkvm(_\w+)?\b(?![-/])/i.test(message)) return {severity: 'error', message: said};
  return {
    severity: 'error',
    message: 'The KVM of this machine cannot execute the guest.',
    notes: [{message: said}],
    help: 'Leave the choice to --accel auto, or take --accel tcg.',
  };
}

/** A program of the host that is killed has the status that shells give it. */
function processOutcome({exitCode, signal, panicked}: ProcessEnd & {readonly panicked: boolean}): Outcome {
  if (panicked) return {kind: 'panicked'};
  if (exitCode !== null) return {kind: 'exited', status: exitCode};
  return signal === 'SIGINT' || signal === 'SIGTERM' ? {kind: 'interrupted'} : {kind: 'reset'};
}

function missing({kind, program}: Machine): Diagnostic {
  if (kind === 'process')
    return {severity: 'error', message: `The image ${program} cannot be executed on this machine.`};
  // Debian's packages provide each of QEMU's programs under its own name.
  return {
    severity: 'error',
    message: `The program ${program}, which makes the machine, is missing.`,
    help: `sudo apt-get install -y ${program.replaceAll('_', '-')}`,
  };
}
