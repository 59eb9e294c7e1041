// SPDX-License-Identifier: BSD-3-Clause

import {interfaceName, type InterfaceName, libName, type LibName, type WordRule} from '../base/index.ts';

const pattern = '^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$';

function respell(text: string): string | undefined {
  const better = text.trim().toLowerCase().replaceAll(/[ /]+/g, '-');
  return better !== text && new RegExp(pattern).test(better) ? `Write ${better}.` : undefined;
}

/** How libs, platforms and arches are named. */
export const libRule: WordRule<LibName> = {expects: 'the name of a lib', pattern, make: libName, help: respell};
export const platformRule: WordRule<LibName> = {expects: 'the name of a platform', pattern, make: libName, help: respell};
export const archRule: WordRule<LibName> = {expects: 'the name of an arch', pattern, make: libName, help: respell};
export const interfaceRule: WordRule<InterfaceName> = {expects: 'the name of an interface', pattern, make: interfaceName, help: respell};
export const optionRule: WordRule<string> = {expects: 'the name of an option', pattern, make: String, help: respell};
