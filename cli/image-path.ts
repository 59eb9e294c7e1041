// SPDX-License-Identifier: BSD-3-Clause

import type {InImage} from '../toolkit/engine.ts';

/** IMAGE:/PATH, or undefined. */
export function parseImagePath(text: string): InImage | undefined {
  const [, image, inside] = /^(.+?):(\/.*)$/.exec(text) ?? [];
  return image === undefined || inside === undefined ? undefined : {image, inside};
}
