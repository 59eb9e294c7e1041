// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Outcome, PortForward} from '../machine/index.ts';
import type {Spec, Volume} from '../spec/index.ts';
import {type BuildRequest, buildProject} from './build-project.ts';
import type {Engine} from './engine.ts';
import {openProject} from './project.ts';
import {chooseTarget} from './target.ts';

/** What the user wants of the machine, as written. */
export interface RunRequest extends BuildRequest {
  readonly build: 'when-needed' | 'never';
  readonly machine?: string | undefined;
  /** As `64M`. */
  readonly memory?: string | undefined;
  /** As `8080:80`. */
  readonly ports: readonly string[];
  /** As `./data:/data`, relative to the folder that the user is in. */
  readonly volumes?: readonly string[] | undefined;
  readonly args: readonly string[];
  readonly accelerator?: 'auto' | 'kvm' | 'tcg' | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  /** Asked after each piece of the console: what to wait for before the guest can write more, if anything. */
  readonly drained?: (() => Promise<void> | undefined) | undefined;
  /** A port for the debugger. */
  readonly gdb?: number | undefined;
}

/** Builds where needed, and runs the image to its end. */
export async function runProject(engine: Engine, request: RunRequest): Promise<Result<Outcome>> {
  const prepared = await prepare(engine, request);
  if (!prepared.ok) return prepared;
  const {runImage} = await import('../machine/index.ts');
  const {image, options} = prepared.value;
  return runImage(engine.host, image, {
    ...options,
    ...(request.timeout !== undefined && {timeout: request.timeout}),
    ...(request.signal !== undefined && {signal: request.signal}),
    drained: request.drained,
    onEvent: (event) => {
      if (event.reason === 'console' || event.reason === 'trace') engine.emit(event);
      if (event.reason !== 'accelerator') return;
      engine.emit({type: 'run', reason: 'accelerator', text: event.because});
      if (options.gdb === undefined) return;
      const text = `Waiting for a debugger: gdb ${image.debugPath} -ex 'target remote :${options.gdb}'`;
      engine.emit({type: 'run', reason: 'debugger', text});
    },
  });
}

/** The command that would run the image: its words, and as a line for a shell. */
export async function runCommand(engine: Engine, request: RunRequest): Promise<Result<RunCommand>> {
  const prepared = await prepare(engine, request);
  if (!prepared.ok) return prepared;
  const {chooseMachine, commandLine} = await import('../machine/index.ts');
  const chosen = await chooseMachine(engine.host, prepared.value.image, prepared.value.options);
  if (!chosen.ok) return chosen;
  const {machine} = chosen.value;
  return ok({words: [machine.program, ...machine.args], text: commandLine(machine)});
}

export interface RunCommand {
  readonly words: readonly string[];
  readonly text: string;
}

/** The image, and the machine's options once they are read: their mistakes are told before anything is built. */
async function prepare(engine: Engine, request: RunRequest) {
  const options = await machineOptions(request);
  if (!options.ok) return options;
  const built = request.build === 'never' ? await builtFolder(engine, request) : await buildProject(engine, request);
  if (!built.ok) return built;
  const {openImage, placeVolumes} = await import('../machine/index.ts');
  const image = await openImage(engine.host, built.value.folder);
  if (!image.ok) return image;
  const {spec} = built.value;
  const volumes = placeVolumes(
    spec.volumes.map(({value}) => value),
    {folder: spec.folder, added: options.value.volumes, cwd: engine.host.cwd},
  );
  return ok({image: image.value, options: {...options.value, volumes}});
}

async function builtFolder(
  engine: Engine,
  request: RunRequest,
): Promise<Result<{readonly folder: string; readonly spec: Spec}>> {
  const project = await openProject(engine);
  if (!project.ok) return project;
  const target = chooseTarget(project.value.spec, project.value.catalog, request);
  if (!target.ok) return target;
  const {buildFolder} = await import('../build/index.ts');
  const {spec} = project.value;
  const variant = request.trace === undefined ? {} : {variant: 'traced' as const};
  return ok({folder: buildFolder({project: spec.folder}, {...target.value, ...variant}), spec});
}

async function machineOptions({machine, memory, ports, volumes = [], args, accelerator, gdb, trace}: RunRequest) {
  const {parseMemorySize, parsePortForward} = await import('../machine/index.ts');
  const wrong: Diagnostic[] = [];
  const forwards: PortForward[] = [];
  for (const text of ports) {
    const forward = parsePortForward(text);
    if (forward.ok) forwards.push(forward.value);
    else wrong.push(...forward.error);
  }
  const {parseVolume} = await import('../spec/index.ts');
  const added: Volume[] = [];
  for (const text of volumes) {
    const volume = parseVolume(text);
    if (!volume.ok) wrong.push({severity: 'error', ...volume.error});
    else if (added.some(({guest}) => guest === volume.value.guest))
      wrong.push({severity: 'error', message: `Two volumes lie at "${volume.value.guest}".`});
    else added.push(volume.value);
  }
  const bytes = memory === undefined ? undefined : parseMemorySize(memory);
  if (bytes !== undefined && !bytes.ok) wrong.push(...bytes.error);
  if (wrong.length > 0) return fail(wrong);
  return ok({
    ports: forwards,
    volumes: added,
    args,
    ...(machine !== undefined && {machine}),
    ...(bytes?.ok && {memory: bytes.value}),
    ...(accelerator !== undefined && {accelerator}),
    ...(gdb !== undefined && {gdb}),
    ...(trace !== undefined && {traced: true}),
  });
}
