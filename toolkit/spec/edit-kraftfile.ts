// SPDX-License-Identifier: BSD-3-Clause

import {isMap, isScalar, isSeq, type YAMLMap} from 'yaml';
import {type InterfaceName, type LibName, unreachable, type VersionRange} from '../base/index.ts';
import {insertInto} from './edit-insert.ts';
import {put} from './edit-put.ts';
import {take} from './edit-take.ts';
import {type PlatformAndArch, retarget} from './edit-targets.ts';
import {keyName, nodeAt, pairOf, rootOf} from './edit-tree.ts';
import {type Plain, writeValue} from './edit-value.ts';
import {kraftfileOrder} from './kraftfile-order.ts';

/** One change to what a Kraftfile says. */
export type Edit =
  /** A key of the table, or an entry of one; a list of one is written as one word where the key takes that. */
  | {readonly kind: 'set'; readonly key: string; readonly entry?: string; readonly value: string | readonly string[]}
  | {readonly kind: 'unset'; readonly key: string; readonly entry?: string}
  /** Ask for a lib; without a version: in any, or as it is asked for already. */
  | {readonly kind: 'want'; readonly lib: LibName; readonly version?: VersionRange}
  | {readonly kind: 'drop'; readonly lib: LibName}
  | {
      readonly kind: 'set-option';
      readonly lib: LibName;
      readonly option: string;
      readonly value: boolean | number | string;
    }
  | {readonly kind: 'unset-option'; readonly lib: LibName; readonly option: string}
  | {readonly kind: 'choose'; readonly interface: InterfaceName; readonly lib: LibName}
  | {readonly kind: 'unchoose'; readonly interface: InterfaceName}
  | {readonly kind: 'need'; readonly interface: InterfaceName; readonly version?: VersionRange}
  | {readonly kind: 'drop-need'; readonly interface: InterfaceName}
  /** Build for another target in the place of one. */
  | {readonly kind: 'retarget'; readonly from: PlatformAndArch; readonly to: PlatformAndArch};

/**
 * The text of a Kraftfile with changes made: as few lines as possible are touched, comments, order and formatting
 * stay, and what says so already is left alone byte by byte. Undefined when the text is no YAML map.
 */
export function editKraftfile(text: string, edits: readonly Edit[]): string | undefined {
  if (rootOf(text) === undefined) return undefined;
  return edits.reduce(editOne, text);
}

function editOne(text: string, edit: Edit): string {
  switch (edit.kind) {
    case 'set':
      return put(text, pathOf(edit), setting(text, edit.key, edit.value), kraftfileOrder);
    case 'unset':
      return take(text, pathOf(edit));
    case 'want':
      return want(text, edit.lib, edit.version);
    case 'drop':
      return take(text, ['libraries', edit.lib]);
    case 'set-option':
      return setOption(text, edit);
    case 'unset-option':
      return unsetOption(text, edit.lib, edit.option);
    case 'choose':
      return put(text, ['choose', edit.interface], edit.lib, kraftfileOrder);
    case 'unchoose':
      return take(text, ['choose', edit.interface]);
    case 'need':
      return need(text, edit.interface, edit.version);
    case 'drop-need':
      return take(text, ['needs', edit.interface]);
    case 'retarget':
      return retarget(text, edit.from, edit.to);
    default:
      return unreachable(edit);
  }
}

function pathOf({key, entry}: {readonly key: string; readonly entry?: string}): readonly string[] {
  return entry === undefined ? [key] : [key, entry];
}

/** Keys that take one word as well as a list of them. */
const oneOrMore = ['sources', 'include', 'minimize'];

function setting(text: string, key: string, value: string | readonly string[]): Plain {
  if (typeof value === 'string') return value;
  const [only] = value;
  const isOne = value.length === 1 && oneOrMore.includes(key) && !isSeq(nodeAt(text, [key]));
  return isOne && only !== undefined ? only : value;
}

function want(text: string, lib: LibName, version: VersionRange | undefined): string {
  const path = ['libraries', lib];
  if (isMap(nodeAt(text, path)))
    return version === undefined ? text : put(text, [...path, 'version'], version, kraftfileOrder);
  const isThere = isMap(nodeAt(text, ['libraries'])) && nodeAt(text, path) !== undefined;
  return isThere && version === undefined ? text : put(text, path, version ?? '*', kraftfileOrder);
}

function setOption(text: string, {lib, option, value}: Extract<Edit, {kind: 'set-option'}>): string {
  const path = ['libraries', lib];
  const now = nodeAt(text, path);
  const range = isScalar(now) ? rangeOf(now) : undefined;
  if (range === undefined) return put(text, [...path, 'options', option], value, kraftfileOrder);
  return put(text, path, {version: range, options: {[option]: value}}, kraftfileOrder);
}

/** A range as text, which YAML may have taken for a number. */
function rangeOf({value, source}: {value: unknown; source?: string}): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? source : undefined;
}

/** The lib itself stays asked for. */
function unsetOption(text: string, lib: LibName, option: string): string {
  const path = ['libraries', lib];
  const map = nodeAt(text, path);
  const options = nodeAt(text, [...path, 'options']);
  if (!isMap(map) || !isMap(options) || pairOf(options, option) === undefined) return text;
  const isLast = options.items.length === 1;
  if (isLast && map.items.length === 1) return put(text, path, '*', kraftfileOrder);
  const without = take(text, [...path, 'options', option]);
  const left = nodeAt(without, path);
  const version = isMap(left) && isBare(left, without) ? left.get('version', true) : undefined;
  const range = isScalar(version) ? rangeOf(version) : undefined;
  return isLast && range !== undefined ? put(without, path, range, kraftfileOrder) : without;
}

/** `{version: ^1}` in one line, which is the long form of `^1`. */
function isBare(map: YAMLMap, text: string): boolean {
  const [start = 0, end = 0] = map.range ?? [];
  return map.flow === true && map.items.length === 1 && !text.slice(start, end).includes('\n');
}

function need(text: string, name: InterfaceName, version: VersionRange | undefined): string {
  const now = nodeAt(text, ['needs']);
  if (isSeq(now)) {
    const names = now.items.map((item) => (isScalar(item) ? String(item.value) : ''));
    if (version !== undefined && version !== '*') {
      const ranges = Object.fromEntries([...names, name].map((each) => [each, each === name ? version : '*']));
      return put(text, ['needs'], ranges, kraftfileOrder);
    }
    if (names.includes(name)) return text;
    return insertInto(text, now, {index: names.length, entry: writeValue(name, now.flow === true ? 'flow' : 'block')});
  }
  if (isMap(now)) {
    const isThere = now.items.some((pair) => keyName(pair) === name);
    return isThere && version === undefined ? text : put(text, ['needs', name], version ?? '*', kraftfileOrder);
  }
  return put(text, ['needs'], version === undefined ? [name] : {[name]: version}, kraftfileOrder);
}
