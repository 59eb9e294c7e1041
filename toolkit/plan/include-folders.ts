// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import type {ImageLibs} from './image-libs.ts';
import {type Places, toPlace} from './places.ts';
import {offeredFolders} from './source-headers.ts';

/** Error numbers and attributes, which every contract is written in and everybody sees. */
const baseHeaders = '$kit/libs/interfaces/base/include';

/**
 * The first lock: the folders whose headers somebody sees who names these interfaces. What an interface's header
 * includes comes with it; an open interface's headers are its provider's.
 */
export function includeFolders(
  names: Iterable<InterfaceName>,
  {image, places}: {image: ImageLibs; places: Places},
): readonly string[] {
  const folders = withUses(names, image).flatMap((name) => {
    const one = image.interfaces.get(name);
    if (one === undefined) return [];
    if (one.contract === 'closed') return one.headers.length === 0 ? [] : [`${toPlace(one.folder, places)}/include`];
    return providersOf(name, image).flatMap((lib) => [
      ...(lib.headers?.length === 0 ? [] : [`${toPlace(lib.folder, places)}/include`]),
      ...offeredFolders(lib),
    ]);
  });
  return [...new Set([...folders, baseHeaders])];
}

/** These interfaces, and those whose headers theirs include. */
export function withUses(
  names: Iterable<InterfaceName>,
  image: Pick<ImageLibs, 'interfaces'>,
): readonly InterfaceName[] {
  const seen = new Set<InterfaceName>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    queue.push(...(image.interfaces.get(name)?.uses ?? []));
  }
  return [...seen].sort();
}

/** The libs of the image that provide an interface. */
export function providersOf(name: InterfaceName, image: ImageLibs): readonly Lib[] {
  const names = image.providers.get(name) ?? [];
  return image.libs.map(({lib}) => lib).filter((lib) => names.includes(lib.name));
}
