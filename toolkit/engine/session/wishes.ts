// SPDX-License-Identifier: BSD-3-Clause

import {type InterfaceName, type LibName, parseSize, type VersionRange, versionRange} from '../../base/index.ts';
import type {OptionValue} from '../../catalog/index.ts';
import type {Edit, Spec} from '../../spec/index.ts';

/** What a Kraftfile asks for, without where it says so: what a configurator shows and changes. */
export interface Wishes {
  readonly needs: Readonly<Record<InterfaceName, VersionRange>>;
  readonly libraries: Readonly<Record<LibName, LibWish>>;
  readonly choose: Readonly<Record<InterfaceName, LibName>>;
  readonly prefer: readonly LibName[];
  readonly minimize: readonly string[];
  /** As `PLATFORM/ARCH`. */
  readonly targets: readonly string[];
  readonly machine: string | undefined;
  /** Bytes. */
  readonly memory: number | undefined;
  readonly rootfs: string | undefined;
}

export interface LibWish {
  readonly version: VersionRange;
  readonly options: Readonly<Record<string, OptionValue>>;
}

export const noWishes: Wishes = {
  needs: {},
  libraries: {},
  choose: {},
  prefer: [],
  minimize: [],
  targets: [],
  machine: undefined,
  memory: undefined,
  rootfs: undefined,
};

const any = versionRange('*');

export function wishesOf(spec: Spec): Wishes {
  return {
    needs: Object.fromEntries(spec.needs.map(({name, version}) => [name, version])),
    libraries: Object.fromEntries(
      spec.libraries.map(({name, version, options}) => [
        name,
        {version, options: Object.fromEntries(options.map((option) => [option.name, option.value]))},
      ]),
    ),
    choose: Object.fromEntries(spec.choose.map((row) => [row.interface.value, row.provider.value])),
    prefer: spec.prefer.map((lib) => lib.value),
    minimize: spec.minimize.map((goal) => goal.value),
    targets: spec.targets.map(({platform, arch}) => `${platform}/${arch}`),
    machine: spec.machine?.value,
    memory: spec.memory?.value,
    rootfs: spec.rootfs?.value,
  };
}

/** What the Kraftfile asks for after a change; as `wishesOf` the changed text would say. */
export function wishesAfter(wishes: Wishes, edit: Edit): Wishes {
  switch (edit.kind) {
    case 'set':
      return withKey(wishes, edit.key, typeof edit.value === 'string' ? [edit.value] : edit.value);
    case 'unset':
      return withKey(wishes, edit.key, undefined);
    case 'want': {
      const now = wishes.libraries[edit.lib];
      const version = edit.version ?? now?.version ?? any;
      return {...wishes, libraries: {...wishes.libraries, [edit.lib]: {version, options: now?.options ?? {}}}};
    }
    case 'drop':
      return {...wishes, libraries: without(wishes.libraries, edit.lib)};
    case 'set-option': {
      const now = wishes.libraries[edit.lib] ?? {version: any, options: {}};
      const options = {...now.options, [edit.option]: edit.value};
      return {...wishes, libraries: {...wishes.libraries, [edit.lib]: {...now, options}}};
    }
    case 'unset-option': {
      const now = wishes.libraries[edit.lib];
      if (now === undefined) return wishes;
      const options = without(now.options, edit.option);
      return {...wishes, libraries: {...wishes.libraries, [edit.lib]: {...now, options}}};
    }
    case 'choose':
      return {...wishes, choose: {...wishes.choose, [edit.interface]: edit.lib}};
    case 'unchoose':
      return {...wishes, choose: without(wishes.choose, edit.interface)};
    case 'need': {
      const version = edit.version ?? wishes.needs[edit.interface] ?? any;
      return {...wishes, needs: {...wishes.needs, [edit.interface]: version}};
    }
    case 'drop-need':
      return {...wishes, needs: without(wishes.needs, edit.interface)};
    case 'retarget': {
      const from = `${edit.from.platform}/${edit.from.arch}`;
      const to = `${edit.to.platform}/${edit.to.arch}`;
      const targets = wishes.targets.length === 0 ? [to] : wishes.targets.map((each) => (each === from ? to : each));
      return {...wishes, targets: [...new Set(targets)]};
    }
  }
}

/** Of the keys that are set as a whole, those that a configurator shows. */
function withKey(wishes: Wishes, key: string, value: readonly string[] | undefined): Wishes {
  if (key === 'minimize' || key === 'targets' || key === 'prefer') return {...wishes, [key]: value ?? []};
  if (key === 'rootfs' || key === 'machine') return {...wishes, [key]: value?.[0]};
  if (key === 'memory') return {...wishes, memory: value === undefined ? undefined : parseSize(value[0] ?? '')};
  return wishes;
}

function without<T>(rows: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(rows).filter(([key]) => key !== name));
}

/** Whether two Kraftfiles ask for the same. */
export function sameWishes(one: Wishes, other: Wishes): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, inOrder(inner)]);
}
