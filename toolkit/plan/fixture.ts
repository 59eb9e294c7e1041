// SPDX-License-Identifier: BSD-3-Clause
// A catalog for tests: values only, no files.

import {
  digest,
  type InterfaceName,
  interfaceName,
  type LibName,
  type Location,
  libName,
  version,
  versionRange,
} from '../base/index.ts';
import type {Catalog, Interface, Lib, Need} from '../catalog/index.ts';
import type {Solution} from '../solve/index.ts';
import type {PlanInput} from './plan.ts';

/** A place in a file, for values that want one. */
export function place(path: string, text: string = ''): Location {
  return {source: {path, text}, offset: 0, length: text.length};
}

/** A need of one provider, whatever its version. */
export function need(name: string, more: Partial<Need> = {}): Need {
  return {
    interface: interfaceName(name),
    version: versionRange('^1'),
    atLeast: 1,
    options: {},
    at: place(`needs ${name}`, name),
    ...more,
  };
}

export function anInterface(name: string, more: Partial<Interface> = {}): Interface {
  return {
    name: interfaceName(name),
    version: version('1.0.0'),
    summary: '',
    cardinality: 'one',
    contract: 'closed',
    symbols: [],
    generated: [],
    uses: [],
    folder: `/kit/libs/interfaces/${name}`,
    headers: [`kraft/${name}.h`],
    at: place(`${name}/interface.yaml`),
    ...more,
  };
}

export type LibChange = Partial<Omit<Lib, 'needs' | 'provides'>> & {
  readonly provides?: readonly string[];
  readonly needs?: readonly (string | Need)[];
};

export function aLib(name: string, {provides = [], needs = [], ...more}: LibChange = {}): Lib {
  return {
    kind: 'lib',
    name: libName(name),
    version: version('1.0.0'),
    summary: '',
    license: 'BSD-3-Clause',
    provides: provides.map((one) => ({interface: interfaceName(one), version: version('1.0.0'), at: place(name)})),
    needs: needs.map((one) => (typeof one === 'string' ? need(one) : one)),
    excludes: [],
    options: [],
    exports: [],
    flags: [],
    budget: {},
    measured: {},
    sources: [],
    folder: `/kit/libs/${name}`,
    files: ['src/main.c'],
    origin: 'bundled',
    at: place(`libs/${name}/lib.yaml`, name),
    ...more,
  };
}

export const platform = (change: LibChange = {}): Lib =>
  aLib('metal', {
    kind: 'platform',
    folder: '/kit/platforms/metal',
    provides: ['boot'],
    boot: {
      machines: [{name: 'box', means: 'A box.', qemu: 'box', arguments: [], at: place('box')}],
      defaultMachine: 'box',
      entry: 'metal_entry',
      base: 0x100000,
      compileFlags: [],
      linkFlags: [],
    },
    ...change,
  });

export const arch = (change: LibChange = {}): Lib =>
  aLib('chip', {
    kind: 'arch',
    folder: '/kit/arch/chip',
    files: [],
    compile: {
      triple: 'chip-linux-gnu',
      flags: ['-mchip'],
      linkFlags: [],
      symbols: ['memcpy'],
      elfMachine: 999,
      qemu: 'qemu-system-chip',
    },
    ...change,
  });

export const bootInterface = anInterface('boot', {
  symbols: ['kr_boot_exit'],
  generated: ['kr_boot_default_arguments', 'kr_boot_default_environment', 'kr_boot_step_count', 'kr_boot_steps'],
});

/** A solution with all of these libs in it, each option at its default. */
export function solution(libs: readonly Lib[]): Solution {
  const providers = new Map<InterfaceName, LibName[]>();
  for (const lib of libs) {
    for (const one of lib.provides) providers.set(one.interface, [...(providers.get(one.interface) ?? []), lib.name]);
  }
  return {
    kind: 'solution',
    platform: libName('metal'),
    arch: libName('chip'),
    libs: libs.map(({name, version: chosen, options}) => ({
      name,
      version: chosen,
      options: Object.fromEntries(options.map((one) => [one.name, one.default])),
      reasons: [{text: `the test wants ${name}`}],
    })),
    providers,
    costs: [],
    proven: true,
  };
}

/** A plan's input for an app that needs these interfaces and gets all of these libs, on the platform and the arch. */
export function planInput(
  {
    libs = [],
    interfaces = [],
    needs = [],
  }: {libs?: readonly Lib[]; interfaces?: readonly Interface[]; needs?: readonly string[]},
  change: Partial<PlanInput> = {},
): PlanInput {
  const all = libs.some(({kind}) => kind === 'platform') ? libs : [platform(), arch(), ...libs];
  const catalog: Catalog = {interfaces: [bootInterface, ...interfaces], libs: all};
  return {
    spec: {
      path: '/work/shop/Kraftfile',
      folder: '/work/shop',
      name: {value: 'shop', at: place('Kraftfile', 'shop')},
      sources: [],
      include: [],
      flags: [],
      cmd: [],
      env: {},
      labels: {},
      needs: needs.map((name) => ({name: interfaceName(name), version: versionRange('^1'), at: place('Kraftfile')})),
      libraries: [],
      choose: [],
      prefer: [],
      minimize: [],
      volumes: [],
      targets: [],
    },
    solution: solution(all),
    catalog,
    compiler: 'gcc',
    places: {project: '/work/shop', kit: '/kit', store: '/store', packages: {}},
    files: ['main.c'],
    sources: new Map(),
    ...change,
  };
}

export const someDigest = digest('0a'.repeat(32));
