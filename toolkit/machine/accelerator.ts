// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {Accelerator} from './machine.ts';

/** How a guest's instructions will be executed, and why so, as one sentence. */
export interface Choice {
  readonly accelerator: Accelerator;
  readonly because: string;
}

/**
 * KVM where it is hardware-assisted and works, else TCG, QEMU's own translator. A /dev/kvm without hardware behind it
 * emulates each instruction, thousands of times slower than TCG.
 */
export async function chooseAccelerator(
  host: Host,
  {wanted, arch}: {readonly wanted: 'auto' | Accelerator; readonly arch: string},
): Promise<Result<Choice>> {
  if (wanted === 'tcg') return ok({accelerator: 'tcg', because: 'TCG was asked for.'});
  const {reason, missing} = await kvmDefect(host, arch);
  if (reason === undefined)
    return ok({
      accelerator: 'kvm',
      because: wanted === 'kvm' ? 'KVM was asked for.' : 'This machine has KVM, and hardware behind it.',
    });
  if (wanted === 'auto') return ok({accelerator: 'tcg', because: `TCG, because ${reason}.`});
  if (missing)
    return fail([
      {
        severity: 'error',
        message: `KVM was asked for, but ${reason}.`,
        help: 'Leave the choice to --accel auto, or take --accel tcg.',
      },
    ]);
  return ok({accelerator: 'kvm', because: `KVM was asked for, although ${reason}: expect it to be slow.`});
}

/** What speaks against KVM; `missing` where it would not run at all. */
async function kvmDefect(host: Host, arch: string): Promise<{readonly reason?: string; readonly missing?: true}> {
  if (arch !== host.arch) return {reason: `the image is for ${arch} and this machine is ${host.arch}`, missing: true};
  if ((await host.facts('/dev/kvm')) === undefined) return {reason: 'this machine has no /dev/kvm', missing: true};
  if (!(await host.canOpen('/dev/kvm'))) return {reason: 'this account may not open /dev/kvm', missing: true};
  const flags = /^flags\s*:(.*)$/m.exec((await host.readFile('/proc/cpuinfo')) ?? '')?.[1];
  // Processors that list no flags have no such flag to lack.
  if (flags === undefined || /\b(vmx|svm)\b/.test(flags)) return {};
  return {reason: 'the KVM of this machine has no hardware behind it (neither vmx nor svm is in /proc/cpuinfo)'};
}
