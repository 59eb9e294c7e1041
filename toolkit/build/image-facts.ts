// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import type {Host} from '../host/index.ts';
import type {ImageFacts, LinkAction, Plan, Segment, Share} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';
import {readElf} from './elf.ts';
import {shares} from './link-map.ts';
import {systemCalls} from './system-calls.ts';

/** Facts about the image that was just linked, and how large it is. */
export async function imageFacts(host: Host, {plan, paths}: {plan: Plan; paths: BuildPaths}): Promise<ImageFacts> {
  const link = plan.actions.find((one): one is LinkAction => one.kind === 'link');
  if (link === undefined) throw new Error('Internal error: a plan links');
  const image = paths.inside(link.output);
  const debug = paths.inside(link.debugOutput);
  const elf = readElf((await host.readBytes(join(paths.folder, image))) ?? new Uint8Array());
  if (elf === undefined) throw new Error(`Internal error: ${image} is no ELF file`);
  const map = (await host.readFile(join(paths.folder, `${debug}.map`))) ?? '';
  const segments = elf.segments.map(
    ({access, ...segment}): Segment => ({name: segmentName(access, segment.fileSize), ...segment, access}),
  );
  return {
    format: 1,
    name: plan.name,
    platform: plan.platform,
    arch: plan.arch,
    image: basename(image),
    debug: basename(debug),
    entry: elf.entry,
    loaded: segments.reduce((sum, {memorySize}) => sum + memorySize, 0),
    segments,
    shares: sharesOfAll(map, plan).map((share) => withBudget(share, plan)),
    systemCalls: systemCalls(map),
    ...plan.machine,
  };
}

/** Also of those of whom the linker kept nothing. */
function sharesOfAll(map: string, {actions}: Plan): readonly Share[] {
  const kept = shares(map);
  const gone = actions
    .flatMap((one) => (one.kind === 'audit' && !kept.some(({owner}) => owner === one.owner) ? [one.owner] : []))
    .sort();
  return [...kept, ...gone.map((owner) => ({owner, text: 0, rodata: 0, data: 0, bss: 0}))];
}

function withBudget(share: Share, {actions}: Plan): Share {
  const action = actions.find((one) => one.kind === 'audit' && one.owner === share.owner);
  return action?.kind === 'audit' && action.budget !== undefined ? {...share, budget: action.budget} : share;
}

function segmentName(access: string, fileSize: number): string {
  if (access.includes('x')) return 'text';
  if (!access.includes('w')) return 'rodata';
  return fileSize === 0 ? 'bss' : 'data';
}
