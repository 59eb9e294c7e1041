// SPDX-License-Identifier: BSD-3-Clause

import type {Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {type Choice, chooseAccelerator} from './accelerator.ts';
import type {Image} from './image.ts';
import type {Accelerator, Machine, MachineOptions} from './machine.ts';
import {machineFor} from './machine-for.ts';
import type {Outcome} from './outcome.ts';
import {type InstanceEvent, type StartOptions, start} from './start.ts';
import {findVolumes} from './volumes.ts';

export type RunEvent = InstanceEvent | ({readonly type: 'run'; readonly reason: 'accelerator'} & Choice);

export interface RunImageOptions extends MachineOptions, Omit<StartOptions, 'onEvent'> {
  readonly accelerator?: 'auto' | Accelerator;
  readonly onEvent: (event: RunEvent) => void;
}

/** The machine that an image would run on here. */
export async function chooseMachine(
  host: Host,
  image: Image,
  options: MachineOptions & {readonly accelerator?: 'auto' | Accelerator},
): Promise<Result<{readonly machine: Machine; readonly choice: Choice}>> {
  const choice = await chooseAccelerator(host, {wanted: options.accelerator ?? 'auto', arch: image.facts.arch});
  if (!choice.ok) return choice;
  const volumes = await findVolumes(host, options.volumes ?? []);
  if (!volumes.ok) return volumes;
  const machine = machineFor(image, {...options, volumes: volumes.value, accelerator: choice.value.accelerator});
  return machine.ok ? {ok: true, value: {machine: machine.value, choice: choice.value}} : machine;
}

/** An image on the machine that fits it here, from start to end. */
export async function runImage(host: Host, image: Image, options: RunImageOptions): Promise<Result<Outcome>> {
  const input = host.inputIsTerminal ? 'terminal' : 'stream';
  const chosen = await chooseMachine(host, image, {input, ...options});
  if (!chosen.ok) return chosen;
  const {machine, choice} = chosen.value;
  if (machine.kind === 'qemu') options.onEvent({type: 'run', reason: 'accelerator', ...choice});
  return start(host, machine, options);
}
