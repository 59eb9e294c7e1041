// SPDX-License-Identifier: BSD-3-Clause

import {expect, it} from 'vitest';
import {memoryHost} from '../host/index.ts';
import {chooseAccelerator} from './accelerator.ts';

const hardware = 'processor : 0\nflags\t\t: fpu vmx sse\n';
const software = 'processor : 0\nflags\t\t: fpu sse hypervisor\n';

it.each([
  ['auto', {}, 'x86_64', 'tcg', 'TCG, because this machine has no /dev/kvm.'],
  [
    'auto',
    {'/dev/kvm': '', '/proc/cpuinfo': hardware},
    'x86_64',
    'kvm',
    'This machine has KVM, and hardware behind it.',
  ],
  [
    'auto',
    {'/dev/kvm': '', '/proc/cpuinfo': software},
    'x86_64',
    'tcg',
    'TCG, because the KVM of this machine has no hardware behind it (neither vmx nor svm is in /proc/cpuinfo).',
  ],
  [
    'auto',
    {'/dev/kvm': '', '/proc/cpuinfo': hardware},
    'riscv64',
    'tcg',
    'TCG, because the image is for riscv64 and this machine is x86_64.',
  ],
  [
    'auto',
    {'/dev/kvm': '', '/proc/cpuinfo': 'Features : fp asimd\n'},
    'x86_64',
    'kvm',
    'This machine has KVM, and hardware behind it.',
  ],
  ['tcg', {'/dev/kvm': '', '/proc/cpuinfo': hardware}, 'x86_64', 'tcg', 'TCG was asked for.'],
  ['kvm', {'/dev/kvm': '', '/proc/cpuinfo': hardware}, 'x86_64', 'kvm', 'KVM was asked for.'],
  [
    'kvm',
    {'/dev/kvm': '', '/proc/cpuinfo': software},
    'x86_64',
    'kvm',
    'KVM was asked for, although the KVM of this machine has no hardware behind it (neither vmx nor svm is in /proc/cpuinfo): expect it to be slow.',
  ],
] as const)('wanted %s with %o for %s takes %s', async (wanted, files, arch, accelerator, because) => {
  expect(await chooseAccelerator(memoryHost({files: {...files}}), {wanted, arch})).toEqual({
    ok: true,
    value: {accelerator, because},
  });
});

it('says why KVM cannot be had when it was asked for', async () => {
  const closed = {...memoryHost({files: {'/dev/kvm': ''}}), canOpen: async () => false};
  const result = await chooseAccelerator(closed, {wanted: 'kvm', arch: 'x86_64'});
  expect(result).toEqual({
    ok: false,
    error: [
      {
        severity: 'error',
        message: 'KVM was asked for, but this account may not open /dev/kvm.',
        help: 'Leave the choice to --accel auto, or take --accel tcg.',
      },
    ],
  });
});
