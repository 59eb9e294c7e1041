// SPDX-License-Identifier: BSD-3-Clause

import type {Lib} from '../catalog/index.ts';
import type {Workbench} from './workbench.ts';

/** What a linker says, in a sentence for each symbol that the provider owes; as it is, where it owes none of them. */
export function undefinedSymbols(text: string, {catalog}: Pick<Workbench, 'catalog'>, provider: Lib): string {
  const wanted = [...text.matchAll(/undefined references? to [`'‘]([^'’]+)['’]/g)].map(([, symbol = '']) => symbol);
  const owed = [...new Set(wanted)].flatMap((symbol) => {
    if (symbol === provider.starts) return [`${provider.name} is started at ${symbol}, but does not define it.`];
    const contract = catalog.interfaces.find(
      ({name, symbols}) => symbols.includes(symbol) && provider.provides.some((each) => each.interface === name),
    );
    return contract === undefined ? [] : [`${provider.name} provides ${contract.name}, but does not define ${symbol}.`];
  });
  return owed.length === 0 ? text : `${owed.join('\n')}\n`;
}
