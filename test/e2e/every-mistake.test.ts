// SPDX-License-Identifier: BSD-3-Clause
// What is wrong with a file's shape does not hide what is wrong with the names in the rest of it.

import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {runTool} from '../rig/tool.ts';

const kraftfile = `spec: v1
name: My App
sorces: [a.c]
needs: {libcc: ^1, netstack: 1.x.y}
choose: {sched: alloc-tlsf, consol: x}
libraries:
  netstack-lwip: {options: {tcp-connections: many}}
targets: [kvm/arm, xen/x86_64, kvm]
minimize: [sise]
`;

test('every mistake of a Kraftfile is told at once, in its order', async () => {
  const {folder} = temporaryProject({Kraftfile: kraftfile});
  const {status, error} = await runTool(['check'], folder);
  const found = [...error.matchAll(/^\S*Kraftfile:(\d+:\d+): error: (.*)$/gm)].map(
    ([, at, message]) => `${at} ${message}`,
  );
  expect(found).toEqual([
    '2:7 Expected a name of letters, digits, dots, dashes and underscores, but was "My App".',
    '3:1 Unknown key "sorces".',
    '4:9 There is no interface "libcc".',
    '4:30 Expected a range of versions such as ^1.2, but was "1.x.y".',
    '5:17 The lib "alloc-tlsf" does not provide "sched".',
    '5:29 There is no interface "consol".',
    '5:37 There is no lib "x".',
    '7:46 Expected a whole number from 4 to 16384, but was "many".',
    '8:15 There is no arch "arm".',
    '8:20 There is no platform "xen".',
    '8:32 Expected a target such as PLATFORM/ARCH, but was "kvm".',
    '9:12 Expected one of size, boot, surface or memory, but was "sise".',
  ]);
  expect(status).toBe(1);
});
