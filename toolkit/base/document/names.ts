// SPDX-License-Identifier: BSD-3-Clause

import {type InterfaceName, interfaceName, type LibName, libName} from '../brand.ts';
import type {WordRule} from './scalars.ts';

/** How everything is named that has a name in this toolkit, as a regular expression. */
export const namePattern = '[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*';

const pattern = `^${namePattern}$`;
const fits = new RegExp(pattern);

function respell(text: string): string | undefined {
  const better = text.trim().toLowerCase().replaceAll(/[ /]+/g, '-');
  return better !== text && fits.test(better) ? `Write ${better}.` : undefined;
}

export const libRule: WordRule<LibName> = {expects: 'the name of a lib', pattern, make: libName, help: respell};
export const platformRule: WordRule<LibName> = {
  expects: 'the name of a platform',
  pattern,
  make: libName,
  help: respell,
};
export const archRule: WordRule<LibName> = {expects: 'the name of an arch', pattern, make: libName, help: respell};
export const interfaceRule: WordRule<InterfaceName> = {
  expects: 'the name of an interface',
  pattern,
  make: interfaceName,
  help: respell,
};
export const optionRule: WordRule<string> = {expects: 'the name of an option', pattern, make: String, help: respell};

/** A name in C. */
export const symbolRule: WordRule<string> = {
  expects: 'the name of a C symbol',
  pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
  make: String,
};
