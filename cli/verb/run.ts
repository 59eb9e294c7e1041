// SPDX-License-Identifier: BSD-3-Clause

import {runCommand, runProject} from '../../toolkit/engine.ts';
import {compilerFlags, lockFlags, targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {statusOf} from '../outcome-status.ts';
import {verb} from '../verb.ts';

export const run = verb({
  name: 'run',
  summary: 'Boot the image, building it first where needed.',
  about: `Boots the image on a machine of its platform and joins its console to yours. The app's exit status becomes the command's. Ctrl-C ends the guest. With --accel auto, KVM is taken where hardware assists it, and TCG, an emulator, elsewhere.`,
  positionals: [],
  flags: {
    ...targetFlags,
    machine: {
      value: 'NAME',
      means: "One of the platform's machines. Default: the Kraftfile's, else the one that it prefers.",
    },
    memory: {value: 'SIZE', short: 'm', means: 'Memory of the machine, such as 64M.'},
    port: {
      value: 'HOST:GUEST',
      short: 'p',
      repeatable: true,
      means: "Forward a port of this machine to one of the guest's, such as 8080:80 or 5353:53/udp.",
    },
    volume: {
      value: 'HOST:GUEST',
      short: 'v',
      repeatable: true,
      means: 'Show a folder of this machine to the guest, such as ./data:/data, or ./data:/data:ro to read only.',
    },
    accel: {value: 'NAME', choices: ['auto', 'kvm', 'tcg'], means: 'What executes the guest. Default: auto.'},
    timeout: {value: 'SECONDS', means: 'End the guest after this time, with status 124.'},
    trace: {
      value: 'WHAT',
      suggests: ['syscalls'],
      means: 'Print each system call of the app on the error stream, as strace does: --trace syscalls.',
    },
    print: {means: 'Print the command that would run, and do not run it.'},
    gdb: {means: 'Wait for a debugger before the first instruction, and say how to attach it.'},
    'gdb-port': {value: 'PORT', means: 'The port for --gdb. Default: 1234.'},
    'no-build': {means: 'Run what was built last.'},
    ...compilerFlags,
    ...lockFlags,
  },
  rest: {name: 'ARGUMENT', means: "Arguments for the app, in place of the Kraftfile's cmd."},
  exits: [
    {status: '70', means: 'The guest panicked.'},
    {status: '124', means: 'The time of --timeout was over.'},
    {status: 'other', means: "The app's own."},
  ],
  examples: [
    {command: 'kraft-ts run', means: 'Build where needed, and boot.'},
    {command: 'kraft-ts run --plat {platform} -p 8080:80', means: 'A server, on http://localhost:8080/.'},
    {command: 'kraft-ts run -v ./data:/data', means: 'With a folder in which data stays.'},
    {command: 'kraft-ts run -- --verbose', means: 'With an argument for the app.'},
    {command: 'kraft-ts run --timeout 5 -m 2M', means: 'For five seconds, in 2 MiB.'},
    {command: 'kraft-ts run --trace syscalls 2>calls.txt', means: 'With every system call that the app makes.'},
    {command: 'kraft-ts run --print', means: 'The command only.'},
  ],
  async act({flags, rest, reporter, engine, signal}) {
    const timeout = flags.timeout === undefined ? undefined : Number(flags.timeout);
    const gdb = flags.gdb || flags['gdb-port'] !== undefined ? Number(flags['gdb-port'] ?? 1234) : undefined;
    const wrong = [
      timeout !== undefined && !(timeout > 0)
        ? `Expected seconds for --timeout, but was "${flags.timeout}".`
        : undefined,
      gdb !== undefined && !(gdb >= 1 && gdb <= 65535)
        ? `Expected a port for --gdb-port, but was "${flags['gdb-port']}".`
        : undefined,
    ].filter((message) => message !== undefined);
    if (wrong.length > 0) {
      reporter.diagnostics(wrong.map((message) => ({severity: 'error', message})));
      return exitStatus.usage;
    }
    const request = {
      plat: flags.plat,
      arch: flags.arch,
      compiler: flags.compiler === 'clang' ? ('clang' as const) : ('gcc' as const),
      lockfile: flags.locked ? ('obey' as const) : ('keep' as const),
      build: flags['no-build'] ? ('never' as const) : ('when-needed' as const),
      machine: flags.machine,
      memory: flags.memory,
      ports: flags.port,
      volumes: flags.volume,
      args: rest,
      accelerator: accelerator(flags.accel),
      timeout: timeout === undefined ? undefined : timeout * 1000,
      trace: flags.trace,
      gdb,
      drained: reporter.drained,
      signal,
    };
    if (flags.print) {
      const command = await runCommand(engine, request);
      reporter.settle();
      if (!command.ok) reporter.diagnostics(command.error);
      else if (reporter.format === 'json') reporter.json(command.value.words);
      else reporter.print(command.value.text);
      return command.ok ? exitStatus.ok : exitStatus.diagnostics;
    }
    const outcome = await runProject(engine, request);
    reporter.settle();
    if (!outcome.ok) {
      if (signal.aborted) return exitStatus.interrupted;
      reporter.diagnostics(outcome.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(outcome.value);
    if (outcome.value.kind === 'timed-out') reporter.note(`Stopped after ${flags.timeout} s, as --timeout says.`);
    if (outcome.value.kind === 'reset')
      reporter.note('The guest reset its machine without a word: a fault within a fault.');
    return statusOf(outcome.value);
  },
});

function accelerator(name: string | undefined): 'auto' | 'kvm' | 'tcg' {
  return name === 'kvm' || name === 'tcg' ? name : 'auto';
}
