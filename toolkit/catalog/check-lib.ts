// SPDX-License-Identifier: BSD-3-Clause

import {basename} from 'node:path';
import {
  compareVersions,
  type Diagnostic,
  didYouMean,
  type InterfaceName,
  type LibName,
  type Location,
  languageOf,
  listing,
  quote,
} from '../base/index.ts';
import type {Shelf} from './check-catalog.ts';
import type {Manifest} from './find-manifests.ts';
import {fitOption} from './fit-option.ts';
import type {Interface} from './interface.ts';
import type {OpenLib, OpenNeed} from './read-manifest.ts';
import {unknownWord} from './unknown-word.ts';

type Report = (at: Location, message: string, more?: Pick<Diagnostic, 'help' | 'notes'>) => void;

/** What a lib says, against its folder and the rest of the catalog. */
export function checkLib(
  {lib, manifest}: {readonly lib: OpenLib; readonly manifest: Manifest},
  shelf: Shelf,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report: Report = (at, message, more = {}) => void found.push({severity: 'error', message, at, ...more});
  const warn: Report = (at, message, more = {}) => void found.push({severity: 'warning', message, at, ...more});
  checkPlace(lib, manifest, report);
  checkProvides(lib, shelf, report);
  for (const need of lib.needs) checkNeed(need, shelf, report);
  checkWraps(lib, shelf, report);
  checkFiles(lib, shelf, report);
  checkCrate(lib, shelf, report);
  const names = (kind: OpenLib['kind']) =>
    shelf.libs.filter((each) => each.lib.kind === kind).map((each) => each.lib.name);
  const limits = {shelf, report, warn};
  for (const arch of lib.arches?.value ?? [])
    checkLimit({name: arch, at: lib.arches?.at ?? lib.at, noun: 'arch', existing: names('arch')}, limits);
  for (const platform of lib.platforms?.value ?? []) {
    checkLimit(
      {name: platform, at: lib.platforms?.at ?? lib.at, noun: 'platform', existing: names('platform')},
      limits,
    );
  }
  for (const each of [...lib.needs, ...lib.excludes]) {
    if (each.when?.arch !== undefined)
      checkLimit({name: each.when.arch, at: each.at, noun: 'arch', existing: names('arch')}, limits);
    if (each.when?.platform !== undefined)
      checkLimit({name: each.when.platform, at: each.at, noun: 'platform', existing: names('platform')}, limits);
  }
  for (const excluded of lib.excludes) {
    checkLimit(
      {name: excluded.lib, at: excluded.at, noun: 'lib', existing: shelf.libs.map((each) => each.lib.name)},
      limits,
    );
  }
  return found;
}

function checkPlace(lib: OpenLib, {place, folder}: Manifest, report: Report): void {
  const name = quote(lib.name);
  if (place !== 'fake' && place !== 'package' && basename(folder) !== lib.name) {
    report(lib.at, `The lib ${name} lies in a folder named ${quote(basename(folder))}.`, {
      help: 'Give both the same name.',
    });
  }
  if (place === 'platforms' && lib.kind !== 'platform') {
    report(lib.at, `The platform ${name} does not say how to boot.`, {
      help: 'Add the key boot, or move the folder to libs/.',
    });
  }
  if (place === 'arch' && lib.kind !== 'arch') {
    report(lib.at, `The arch ${name} does not say how to compile.`, {
      help: 'Add the key compile, or move the folder to libs/.',
    });
  }
  if (place === 'libs' && lib.kind !== 'lib') {
    const [key, better] = lib.kind === 'platform' ? ['boot', 'platforms/'] : ['compile', 'arch/'];
    report(lib.at, `The lib ${name} has the key "${key}", which is for folders in ${better}.`, {
      help: `Move the folder to ${better}, or remove the key.`,
    });
  }
}

function checkProvides(lib: OpenLib, shelf: Shelf, report: Report): void {
  const open: InterfaceName[] = [];
  for (const {interface: name, version, at} of lib.provides) {
    const known = interfaceNamed(name, {at, shelf, report});
    if (known === undefined) continue;
    if (known.contract === 'open') open.push(name);
    if (compareVersions(version, known.version) <= 0) continue;
    report(
      at,
      `The lib ${quote(lib.name)} provides ${name} ${version}, but the interface is only at version ${known.version}.`,
      {
        notes: [{message: `The interface ${quote(name)} is here.`, at: known.at}],
      },
    );
  }
  if (lib.exports.length > 0 && open.length === 0 && lib.provides.every((each) => !shelf.unread.has(each.interface))) {
    report(lib.at, `The lib ${quote(lib.name)} has the key "exports", but provides no open interface.`, {
      help: 'Remove it; what a lib offers is what its interfaces list.',
    });
  }
  if (open.length > 0 && lib.exports.length === 0) {
    report(
      lib.at,
      `The lib ${quote(lib.name)} provides the open interface ${quote(open[0] ?? '')}, but does not list its symbols.`,
      {
        help: 'Add the key exports.',
      },
    );
  }
}

function checkNeed(need: OpenNeed, shelf: Shelf, report: Report): void {
  const known = interfaceNamed(need.interface, {at: need.at, shelf, report});
  if (known === undefined) return;
  if (known.cardinality === 'one' && need.atLeast !== undefined && need.atLeast.value !== 1) {
    report(
      need.atLeast.at,
      `Expected 1, but was ${need.atLeast.value}: the interface ${quote(known.name)} has one provider.`,
      {help: 'Remove at-least.'},
    );
  }
  const providers = shelf.libs
    .map(({lib}) => lib)
    .filter((lib) => lib.provides.some((each) => each.interface === need.interface));
  if (providers.length === 0) return;
  for (const {name, value} of need.settings) {
    const options = providers.flatMap((lib) => lib.options.filter((option) => option.name === name.value));
    if (options.length === 0) {
      const all = providers.flatMap((lib) => lib.options.map((option) => option.name));
      const {message, help} = unknownWord(
        `No provider of ${quote(need.interface)} has an option ${quote(name.value)}.`,
        name.value,
        {existing: all},
      );
      report(name.at, message, help === undefined ? {} : {help});
      continue;
    }
    const misfits = options.map((option) => fitOption(option, value.value));
    const [first] = misfits;
    if (first?.ok === false && misfits.every((fitted) => !fitted.ok)) {
      report(value.at, first.error.message, first.error.help === undefined ? {} : {help: first.error.help});
    }
  }
}

/** Only what the linker dispatches can be put something before. */
function checkWraps(lib: OpenLib, shelf: Shelf, report: Report): void {
  for (const {interface: name, at} of lib.wraps ?? []) {
    const known = interfaceNamed(name, {at, shelf, report});
    if (known === undefined || (known.cardinality === 'one' && known.contract === 'closed')) continue;
    report(
      at,
      `The lib ${quote(lib.name)} wraps ${quote(name)}, which is not called by symbols that its manifest lists.`,
    );
  }
}

/** Rust's core library is compiled to use vector registers, which are not saved where an interrupt comes. */
function checkCrate(lib: OpenLib, shelf: Shelf, report: Report): void {
  if (!lib.files.some((file) => languageOf(file) === 'rust')) return;
  const interrupts = lib.needs.find((each) => each.interface === 'irq');
  if (interrupts !== undefined) {
    report(
      interrupts.at,
      `The lib ${quote(lib.name)} is written in Rust, but what irq calls must not touch vector registers.`,
      {
        help: 'Attach handlers in a lib of C or C++.',
      },
    );
  }
  for (const {interface: name, at} of lib.provides) {
    const handler = shelf.interfaces
      .find((each) => each.name === name)
      ?.symbols.find((symbol) => symbol.endsWith('_isr'));
    if (handler === undefined) continue;
    report(
      at,
      `The lib ${quote(lib.name)} is written in Rust, but ${handler} of ${name} is called by interrupt handlers.`,
      {
        help: 'Write it in C or C++: what Rust compiles may use vector registers, which an interrupt does not save.',
      },
    );
  }
}

/** A lib that promises code must have some. */
function checkFiles(lib: OpenLib, shelf: Shelf, report: Report): void {
  if (lib.files.length > 0 || lib.sources.some((source) => source.compile.length > 0)) return;
  const promised = lib.provides.filter(({interface: name}) =>
    shelf.interfaces.some((each) => each.name === name && (each.symbols.length > 0 || each.driver !== undefined)),
  );
  const promises = [...promised.map((each) => each.interface), ...(lib.starts === undefined ? [] : [lib.starts])];
  if (promises.length === 0) return;
  report(lib.at, `The lib ${quote(lib.name)} promises ${listing(promises)}, but has no source file.`, {
    help: 'Write src/*.c beside the manifest, or src/*.cpp, or src/lib.rs.',
  });
}

function interfaceNamed(
  name: InterfaceName,
  {at, shelf, report}: {at: Location; shelf: Shelf; report: Report},
): Interface | undefined {
  // Of several versions, the newest: it is the one that nothing may be ahead of.
  const [known] = shelf.interfaces
    .filter((each) => each.name === name)
    .sort((one, other) => compareVersions(other.version, one.version));
  if (known !== undefined || shelf.unread.has(name)) return known;
  const {message, help} = unknownWord(`There is no interface ${quote(name)}.`, name, {
    existing: shelf.interfaces.map((each) => each.name),
    seeAll: 'kraft-ts list shows the interfaces that there are.',
  });
  report(at, message, help === undefined ? {} : {help});
  return undefined;
}

/**
 * Limits and exclusions may name what this catalog does not hold: it may hold it elsewhere. A name that is nearly one
 * that exists is a slip, though.
 */
function checkLimit(
  {name, at, noun, existing}: {name: LibName; at: Location; noun: string; existing: readonly LibName[]},
  {shelf, report, warn}: {shelf: Shelf; report: Report; warn: Report},
): void {
  if (existing.includes(name) || shelf.unread.has(name)) return;
  const meant = didYouMean(name, existing);
  if (meant !== undefined) report(at, `There is no ${noun} ${quote(name)}.`, {help: `Did you mean ${quote(meant)}?`});
  else warn(at, `There is no ${noun} ${quote(name)} in this catalog.`);
}
