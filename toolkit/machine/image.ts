// SPDX-License-Identifier: BSD-3-Clause

import {basename, dirname, join, resolve} from 'node:path';
import {fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {ImageFacts} from '../plan/index.ts';

/** An image on disk: what boots, the same with symbols, and the facts that were written beside it. */
export interface Image {
  readonly facts: ImageFacts;
  /** Absolute paths. */
  readonly path: string;
  readonly debugPath: string;
}

/** A build has nothing to do where an image was written over later: what is there must go first. */
export const anew = 'Build it anew: kraft-ts clean, then kraft-ts build';

/** The image that a folder, its image.json or the file that boots stands for. */
export async function openImage(host: Host, path: string): Promise<Result<Image>> {
  const place = resolve(host.cwd, path);
  const kind = (await host.facts((await host.realPath(place)) ?? place))?.kind;
  const folder = kind === 'folder' ? place : dirname(place);
  const text = await host.readFile(join(folder, 'image.json'));
  if (kind === undefined || text === undefined) {
    return refuse(`Nothing that was built is at ${path}.`, 'Build it first: kraft-ts build');
  }
  const facts = parseFacts(text);
  if (facts === undefined) {
    return refuse(
      `The file ${join(folder, 'image.json')} is not one that this version wrote.`,
      'Build again: kraft-ts build',
    );
  }
  const image = {facts, path: join(folder, facts.image), debugPath: join(folder, facts.debug)};
  const elf = await host.readBytes(image.path);
  if (elf === undefined)
    return refuse(`The image ${basename(image.path)} is missing in ${folder}.`, 'Build again: kraft-ts build');
  if (![0x7f, 0x45, 0x4c, 0x46].every((byte, index) => elf[index] === byte)) {
    return refuse(`The image ${image.path} is no ELF file.`, anew);
  }
  return ok(image);
}

function refuse(message: string, help: string): Result<never> {
  return fail([{severity: 'error', message, help}]);
}

function parseFacts(text: string): ImageFacts | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFacts(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The tool wrote it, so this asks for no more than that it was this version. */
function isFacts(value: unknown): value is ImageFacts {
  if (typeof value !== 'object' || value === null) return false;
  const facts: Partial<Record<keyof ImageFacts, unknown>> = value;
  const lists = [facts.machines, facts.segments, facts.cmd, facts.drives];
  const texts = [facts.name, facts.image, facts.debug, facts.qemu, facts.defaultMachine, facts.platform, facts.arch];
  return facts.format === 1 && lists.every(Array.isArray) && texts.every((text) => typeof text === 'string');
}
