// SPDX-License-Identifier: BSD-3-Clause

import {
  type Diagnostic,
  type InterfaceName,
  type LibName,
  type Located,
  type Location,
  listing,
  quote,
  textAt,
} from '../base/index.ts';
import type {Catalog} from './catalog.ts';
import {fitOption} from './fit-option.ts';
import type {Lib} from './lib.ts';
import type {OptionValue} from './option.ts';
import {unknownWord} from './unknown-word.ts';

/** What of a spec speaks of the catalog. */
export interface Wishes {
  readonly needs: readonly {readonly name: InterfaceName; readonly at: Location}[];
  readonly libraries: readonly {
    readonly name: LibName;
    readonly options: readonly {
      readonly name: string;
      readonly value: OptionValue;
      readonly nameAt: Location;
      readonly at: Location;
    }[];
    readonly at: Location;
  }[];
  readonly choose: readonly {readonly interface: Located<InterfaceName>; readonly provider: Located<LibName>}[];
  readonly prefer: readonly Located<LibName>[];
  readonly rootfs?: Located<string>;
  readonly volumes?: readonly Located<{readonly kind: string}>[];
  readonly targets: readonly {readonly platform: LibName; readonly arch: LibName; readonly at: Location}[];
  readonly machine?: Located<string>;
}

/** Names in a Kraftfile that the catalog does not have, and options that do not fit; in the order written. */
export function checkSpec(wishes: Wishes, catalog: Catalog): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const look = {catalog, report: reporter(found)};
  for (const need of wishes.needs) findInterface({value: need.name, at: need.at}, look);
  for (const {name, options, at} of wishes.libraries) {
    const isOfTarget = wishes.targets.some((target) => target.platform === name || target.arch === name);
    const libs = isOfTarget ? catalog.libs.filter((each) => each.name === name) : findLib({value: name, at}, look);
    if (libs.length > 0) for (const option of options) checkOption(option, libs, look);
  }
  for (const {interface: wanted, provider} of wishes.choose) checkChoice(wanted, provider, look);
  for (const preferred of wishes.prefer) findLib(preferred, look);
  for (const target of wishes.targets) checkTarget(target, look);
  if (wishes.machine !== undefined) checkMachine(wishes.machine, wishes.targets, look);
  const lacks = (name: string): boolean => !catalog.interfaces.some((each) => each.name === name);
  if (wishes.rootfs !== undefined && lacks(rootInterface))
    found.push(noEffect('rootfs', rootInterface, wishes.rootfs.at));
  const unseen = wishes.volumes?.find(({value}) => lacks(`${volumeInterface}-${value.kind}`));
  if (unseen !== undefined) found.push(noEffect('volumes', `${volumeInterface}-${unseen.value.kind}`, unseen.at));
  return found;
}

/** Those who show the root file system that an image carries, and volumes; of these each kind has its own. */
const rootInterface = 'initrd';
const volumeInterface = 'volume';

/** A key of the format that no lib of this catalog can serve. */
function noEffect(key: string, missing: string, at: Location): Diagnostic {
  return {
    severity: 'warning',
    message: `The key "${key}" has no effect: there is no interface "${missing}" in this catalog.`,
    at,
  };
}

type Report = (
  at: Location,
  words: {readonly message: string; readonly help?: string | undefined; readonly notes?: Diagnostic['notes']},
) => void;

/** What every check looks into, and where it says what it found. */
interface Look {
  readonly catalog: Catalog;
  readonly report: Report;
}

function reporter(found: Diagnostic[]): Report {
  return (at, {message, help, notes}) => {
    found.push({
      severity: 'error',
      message,
      at,
      ...(help !== undefined && {help}),
      ...(notes !== undefined && {notes}),
    });
  };
}

function findInterface({value: name, at}: Located<InterfaceName>, {catalog, report}: Look): boolean {
  if (catalog.interfaces.some((each) => each.name === name)) return true;
  const {message, help} = unknownWord(`There is no interface ${quote(name)}.`, name, {
    existing: catalog.interfaces.map((each) => each.name),
    seeAll: 'kraft-ts list shows the interfaces that there are.',
  });
  const isLib = catalog.libs.map((each): string => each.name).includes(name);
  report(at, {message, help: isLib ? `${name} is a lib: write it under libraries.` : help});
  return false;
}

/** Every version of a lib that a Kraftfile may name anywhere; platforms and arches are named as targets first. */
function findLib({value: name, at}: Located<LibName>, {catalog, report}: Look): readonly Lib[] {
  const found = catalog.libs.filter((each) => each.name === name);
  const other = found.find((each) => each.kind !== 'lib');
  if (other !== undefined) {
    const article = other.kind === 'arch' ? 'an arch' : `a ${other.kind}`;
    report(at, {
      message: `Expected the name of a lib, but ${quote(name)} is ${article}.`,
      help: 'Write it under targets.',
    });
    return [];
  }
  if (found.length > 0) return found;
  const libs = catalog.libs.filter((each) => each.kind === 'lib').map((each) => each.name);
  const {message, help} = unknownWord(`There is no lib ${quote(name)}.`, name, {
    existing: libs,
    seeAll: 'kraft-ts list shows the libs that there are.',
  });
  const providers = providersOf(name, catalog);
  const isInterface = catalog.interfaces.map((each): string => each.name).includes(name);
  if (!isInterface) report(at, {message, help});
  else if (providers.length === 0) report(at, {message, help: `${name} is an interface: write it under needs.`});
  else report(at, {message, help: `${name} is an interface, which ${listing(providers, 'or')} provides.`});
  return [];
}

function checkOption(
  setting: {readonly name: string; readonly value: OptionValue; readonly nameAt: Location; readonly at: Location},
  libs: readonly Lib[],
  {report}: Look,
): void {
  const {kind = 'lib', name: lib = ''} = libs[0] ?? {};
  const all = libs.flatMap((each) => each.options);
  const options = all.filter((option) => option.name === setting.name);
  const [option] = options;
  if (option === undefined) {
    const message =
      all.length === 0
        ? `The ${kind} ${quote(lib)} has no options.`
        : `The ${kind} ${quote(lib)} has no option ${quote(setting.name)}.`;
    report(
      setting.nameAt,
      unknownWord(message, setting.name, {
        existing: all.map((each) => each.name),
        seeAll: `kraft-ts list ${lib} shows its options.`,
      }),
    );
    return;
  }
  const misfits = options.map((each) => fitOption(each, setting.value));
  const [first] = misfits;
  if (first === undefined || first.ok || misfits.some((each) => each.ok)) return;
  report(setting.at, {
    ...first.error,
    notes: [{message: `${option.name}: ${firstSentence(option.means)}`, at: option.at}],
  });
}

function checkChoice(wanted: Located<InterfaceName>, provider: Located<LibName>, look: Look): void {
  const interfaceExists = findInterface(wanted, look);
  const libs = findLib(provider, look);
  const [lib] = libs;
  if (!interfaceExists || lib === undefined) return;
  if (libs.some((each) => each.provides.some((row) => row.interface === wanted.value))) return;
  const providers = providersOf(wanted.value, look.catalog);
  look.report(provider.at, {
    message: `The lib ${quote(provider.value)} does not provide ${quote(wanted.value)}.`,
    help: providers.length === 0 ? undefined : `${listing(providers)} ${providers.length === 1 ? 'does' : 'do'}.`,
    notes: [{message: provisions(lib), at: lib.at}],
  });
}

function checkTarget({platform, arch, at}: Wishes['targets'][number], {catalog, report}: Look): void {
  const named = (kind: Lib['kind']): readonly LibName[] =>
    catalog.libs.filter((each) => each.kind === kind).map((each) => each.name);
  const platforms = named('platform');
  const arches = named('arch');
  if (platforms.includes(arch) && arches.includes(platform)) {
    report(at, {
      message: `Expected the platform before the arch, but was "${platform}/${arch}".`,
      help: `Write ${arch}/${platform}`,
    });
    return;
  }
  const whole = textAt(at) === `${platform}/${arch}`;
  if (!platforms.includes(platform)) {
    const part = whole ? {...at, length: platform.length} : at;
    report(part, unknownWord(`There is no platform ${quote(platform)}.`, platform, {existing: platforms}));
  }
  if (!arches.includes(arch)) {
    const part = whole ? {...at, offset: at.offset + platform.length + 1, length: arch.length} : at;
    report(part, unknownWord(`There is no arch ${quote(arch)}.`, arch, {existing: arches}));
  }
}

/** A machine that some target's platform has; where no target is written, any platform's. */
function checkMachine({value, at}: Located<string>, targets: Wishes['targets'], {catalog, report}: Look): void {
  const meant = catalog.libs.filter(
    ({kind, name}) => kind === 'platform' && (targets.length === 0 || targets.some(({platform}) => platform === name)),
  );
  const existing = [...new Set(meant.flatMap(({boot}) => boot?.machines.map(({name}) => name) ?? []))];
  // Of a platform that there is not, something is said where it is written.
  if (existing.length === 0 || existing.includes(value)) return;
  const {message, help} = unknownWord(`There is no machine ${quote(value)}.`, value, {existing});
  report(at, {message, help: help ?? `There is ${listing(existing, 'or')}.`});
}

function providersOf(name: string, catalog: Catalog): readonly LibName[] {
  const providers = catalog.libs.filter(
    (each) => each.onlyByName !== true && each.provides.some((row) => row.interface === name),
  );
  return [...new Set(providers.map((each) => each.name))];
}

function provisions({name, provides}: Lib): string {
  if (provides.length === 0) return `${name} provides no interface.`;
  return `${name} provides ${listing(provides.map((row) => row.interface))}.`;
}

function firstSentence(text: string): string {
  return /^.*?[.](?= |$)/.exec(text)?.[0] ?? text;
}
