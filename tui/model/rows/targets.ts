// SPDX-License-Identifier: BSD-3-Clause

import {type LibView, printSize} from '../../../toolkit/engine.ts';
import type {CatalogIndex} from '../catalog-index.ts';
import {targetNow, wishesNow} from '../now.ts';
import type {Row} from '../row.ts';
import type {State} from '../state.ts';

/** Every platform with every arch; the machines of the one that is looked at; the memory of the machine. */
export function targetRows(state: State, catalog: CatalogIndex): readonly Row[] {
  const {targets} = wishesNow(state);
  const looked = targetNow(state);
  const platform = looked && catalog.libs.get(looked.platform);
  return [
    ...catalog.platforms.flatMap((each) => catalog.arches.map((arch) => targetRow(state, each, arch))),
    ...(looked === undefined ? [] : partRows(catalog, [looked.platform, looked.arch])),
    ...(platform === undefined ? [] : machineRows(state, platform)),
    memoryRow(state),
  ].map((row) => (targets.length === 0 && row.mark === 'asked' ? {...row, changed: false} : row));
}

function targetRow(state: State, platform: LibView, arch: LibView): Row {
  const {targets} = wishesNow(state);
  const name = `${platform.name}/${arch.name}`;
  const place = targets.indexOf(name);
  const looked = targetNow(state)?.target;
  const isImplied = targets.length === 0 && looked === name;
  const next = place === -1 ? [...targets, name] : targets.filter((each) => each !== name);
  return {
    id: `target:${name}`,
    mark: place !== -1 || isImplied ? 'asked' : 'out',
    name,
    value: [
      place === 0 && targets.length > 1 ? 'built first' : '',
      isImplied ? 'the only one' : '',
      looked === name ? 'shown' : '',
    ]
      .filter((word) => word !== '')
      .join(', '),
    note: platform.summary,
    changed: place !== -1,
    heading: 'Build for',
    thing: {kind: 'target', name},
    space: {
      kind: 'edit',
      title: place === -1 ? `Build for ${name}` : `No longer build for ${name}`,
      edits: next.length === 0 ? [{kind: 'unset', key: 'targets'}] : [{kind: 'set', key: 'targets', value: next}],
    },
    enter:
      place === -1
        ? {kind: 'tell', text: `${name} is no target of the Kraftfile. Space makes it one.`}
        : {kind: 'look-at', target: name},
  };
}

function partRows(catalog: CatalogIndex, names: readonly string[]): readonly Row[] {
  return names.flatMap((name): readonly Row[] => {
    const lib = catalog.libs.get(name);
    if (lib === undefined) return [];
    return [
      {
        id: `lib:${name}`,
        mark: 'opens',
        name,
        value: lib.kind,
        note: lib.summary,
        changed: false,
        heading: 'Made of',
        opens: {kind: 'lib', name},
        thing: {kind: 'lib', name},
      },
    ];
  });
}

/** The first is the one that the platform prefers, and taken unless the Kraftfile names another. */
function machineRows(state: State, {name: platform, machines}: LibView): readonly Row[] {
  const {machine} = wishesNow(state);
  const taken = machines.find(({name}) => name === machine)?.name ?? machines[0]?.name;
  return machines.map(({name, means}, index): Row => {
    const isPreferred = index === 0;
    return {
      id: `machine:${name}`,
      mark: name === taken ? 'chosen' : 'not-chosen',
      name,
      value: isPreferred ? 'preferred' : '',
      note: means,
      changed: name === machine && !isPreferred,
      heading: `Machines of ${platform}`,
      thing: {kind: 'lib', name: platform},
      space: {
        kind: 'edit',
        title: `Boot on ${name}`,
        edits: [isPreferred ? {kind: 'unset', key: 'machine'} : {kind: 'set', key: 'machine', value: name}],
      },
    };
  });
}

export function memoryRow(state: State): Row {
  const {memory} = wishesNow(state);
  return {
    id: 'memory',
    mark: 'none',
    name: 'memory',
    value: memory === undefined ? 'what the machine has' : printSize(memory),
    note: 'How much memory the machine has when it runs.',
    changed: memory !== undefined,
    heading: 'Machine',
    thing: {kind: 'memory', name: 'memory'},
    space: {
      kind: 'input',
      text: memory === undefined ? '' : printSize(memory),
      input: {
        title: 'memory',
        means: 'How much memory the machine has when it runs.',
        expects: 'A size from 64 KiB on, such as 8 MiB. Empty: what the machine has by itself.',
        kind: 'size',
        range: [64 * 1024, 2 ** 50],
        empty: 'back to the default',
        target: {kind: 'memory'},
      },
    },
  };
}
