// SPDX-License-Identifier: BSD-3-Clause

import {type Edit, type LibView, type OptionView, parseSize, printSize} from '../../../toolkit/engine.ts';
import {imageNow, wishesNow} from '../now.ts';
import type {Press, Row} from '../row.ts';
import type {Choice, Input, State} from '../state.ts';

type Value = boolean | number | string;

/** The options of a lib, with the values that they have. */
export function optionRows(state: State, lib: LibView): readonly Row[] {
  return lib.options.map((option) => optionRow(state, lib, option));
}

export function optionRow(state: State, lib: LibView, option: OptionView): Row {
  const set = wishesNow(state).libraries[lib.name]?.options[option.name];
  const value = settingNow(state, lib, option);
  const name = `${lib.name}.${option.name}`;
  return {
    id: `option:${name}`,
    mark: option.type === 'boolean' ? (value === true ? 'yes' : 'no') : 'none',
    name: option.name,
    value: option.type === 'boolean' ? (value === true ? 'on' : 'off') : printed(option, value),
    note: option.means,
    changed: set !== undefined,
    thing: {kind: 'option', name},
    space: pressOf(state, {lib, option, value}, 'next'),
    enter: pressOf(state, {lib, option, value}, 'choose'),
  };
}

/** What it is set to; else what it is in the image; else its default. */
function settingNow(state: State, lib: LibView, option: OptionView): Value {
  const set = wishesNow(state).libraries[lib.name]?.options[option.name];
  if (set !== undefined) return option.type === 'size' && typeof set === 'string' ? (parseSize(set) ?? set) : set;
  const chosen = imageNow(state)?.libs.find((each) => each.name === lib.name);
  return chosen?.options[option.name] ?? option.default;
}

export function printed(option: OptionView, value: Value): string {
  if (option.type === 'size' && typeof value === 'number') return printSize(value);
  return value === '' ? 'empty' : String(value);
}

interface Setting {
  readonly lib: LibView;
  readonly option: OptionView;
  readonly value: Value;
}

function pressOf(state: State, {lib, option, value}: Setting, how: 'next' | 'choose'): Press {
  switch (option.type) {
    case 'boolean':
      return settingPress(state, {lib, option, value: value !== true});
    case 'enumeration': {
      if (how === 'next') {
        const next = option.values[(option.values.indexOf(String(value)) + 1) % option.values.length] ?? option.default;
        return settingPress(state, {lib, option, value: next});
      }
      const choices = option.values.map(
        (each): Choice => ({
          name: each,
          note: each === option.default ? 'the default' : '',
          chosen: each === value,
          edits: editsFor(state, {lib, option, value: each}),
        }),
      );
      return {kind: 'choices', title: `${lib.name}.${option.name}`, choices};
    }
    default:
      return {kind: 'input', input: inputFor(lib, option), text: value === '' ? '' : printed(option, value)};
  }
}

function settingPress(state: State, setting: Setting): Press {
  const {lib, option, value} = setting;
  return {
    kind: 'edit',
    title: `${lib.name}.${option.name}: ${typeof value === 'boolean' ? (value ? 'on' : 'off') : printed(option, value)}`,
    edits: editsFor(state, setting),
  };
}

function inputFor(lib: LibView, option: OptionView): Input {
  const base = {
    title: `${lib.name}.${option.name}`,
    means: option.means,
    target: {kind: 'option', lib: lib.name, option: option.name},
  } as const;
  if (option.type === 'integer') {
    const [least, most] = option.range;
    const expects = `A whole number from ${least} to ${most}. Default: ${option.default}.`;
    return {...base, kind: 'integer', expects, range: option.range, empty: 'back to the default'};
  }
  if (option.type === 'size') {
    const [least, most] = option.range.map(printSize);
    const expects = `A size from ${least ?? ''} to ${most ?? ''}, such as 64 KiB. Default: ${printSize(option.default)}.`;
    return {...base, kind: 'size', expects, range: option.range, empty: 'back to the default'};
  }
  const expects = `Text. Default: ${option.default === '' ? 'empty' : String(option.default)}.`;
  return {...base, kind: 'string', expects, empty: 'allowed'};
}

/** What sets an option; what takes the setting away where that comes to the same. */
export function editsFor(state: State, {lib, option, value}: Setting): readonly Edit[] {
  if (value !== option.default) {
    const written = option.type === 'size' && typeof value === 'number' ? printSize(value) : value;
    return [{kind: 'set-option', lib: lib.name, option: option.name, value: written}];
  }
  const unset: Edit = {kind: 'unset-option', lib: lib.name, option: option.name};
  const others = Object.keys(wishesNow(state).libraries[lib.name]?.options ?? {}).filter(
    (name) => name !== option.name,
  );
  return others.length === 0 && cameWithAnOption(state, lib) ? [unset, {kind: 'drop', lib: lib.name}] : [unset];
}

/** Whether the Kraftfile names the lib only because an option of it was set, here and not by hand. */
function cameWithAnOption({past, draft, waiting}: State, {name}: LibView): boolean {
  const first = past[0]?.draft ?? draft;
  if (name in first.wishes.libraries) return false;
  return ![...past, ...waiting].some(
    ({step}) => step.kind === 'edits' && step.edits.some((edit) => edit.kind === 'want' && edit.lib === name),
  );
}
