// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, type Digest, fail, type InterfaceName, ok, type Result} from '../base/index.ts';
import type {Catalog} from '../catalog/index.ts';
import type {Solution} from '../solve/index.ts';
import type {Spec} from '../spec/index.ts';
import type {Action, CombineAction, CompilerName, LinkAction, Plan} from './action.ts';
import {planApp} from './app-actions.ts';
import {bootOrder} from './boot-order.ts';
import {planGenerated} from './generated-actions.ts';
import {type ImageLibs, imageLibs} from './image-libs.ts';
import {planLib} from './lib-actions.ts';
import {linkerScript} from './linker-script.ts';
import type {Places} from './places.ts';
import {headerOwners, openInterfaces, symbolOwners, wrappedSymbols} from './symbols.ts';

export interface PlanInput {
  readonly spec: Spec;
  readonly solution: Solution;
  readonly catalog: Catalog;
  readonly compiler: CompilerName;
  readonly places: Places;
  /** Files in the Kraftfile's folder, relative to it. */
  readonly files: readonly string[];
  /** Files of each unpacked source, relative to its folder in the store. */
  readonly sources: ReadonlyMap<Digest, readonly string[]>;
  /** Texts of the files of sources that headers are made of, by path: `$store/…`. */
  readonly texts?: ReadonlyMap<string, string>;
  /** The platform's own linker script template, read from the file that its manifest names as `boot.script`. */
  readonly script?: string;
  /** The digest of the packed root file system, where there is one. */
  readonly rootfs?: Digest;
  /** For an image beside the usual one, which it must not replace. */
  readonly variant?: 'traced' | 'supposed';
  /** More flags for the libs' own C files, such as -Werror for whoever works on them. */
  readonly libFlags?: readonly string[];
}

/** What the parts of planning hand each other. */
export interface Planning extends PlanInput {
  readonly image: ImageLibs;
}

/** Actions of one owner, or why they cannot be planned. */
export interface Planned {
  readonly actions: readonly Action[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Everything that will be done for one image. Runs nothing and reads nothing: equal inputs give equal plans. */
export function plan(input: PlanInput): Result<Plan> {
  const image = imageLibs(input.solution, input.catalog);
  const planning: Planning = {...input, image};
  const order = bootOrder(image);
  const owners = [planApp(planning), ...image.libs.map((one) => planLib(one, planning))];
  const diagnostics = [...(order.ok ? [] : order.error), ...owners.flatMap((one) => one.diagnostics)];
  if (!order.ok || diagnostics.length > 0) return fail(diagnostics);

  const generated = planGenerated(order.value, planning);
  const parts = [...owners.flatMap(({actions}) => actions), ...generated];
  const actions = inStages([...parts, ...planLink(parts, planning)]);
  return ok(wholePlan(actions, planning));
}

function wholePlan(actions: readonly Action[], {spec, catalog, compiler, image, variant}: Planning): Plan {
  const {platform, arch} = image;
  const compile = arch.lib.compile;
  const boot = platform.lib.boot;
  if (compile === undefined || boot === undefined)
    throw new Error('Internal error: a platform boots, an arch compiles');
  return {
    format: 1,
    name: spec.name.value,
    platform: platform.lib.name,
    arch: arch.lib.name,
    ...(variant !== undefined && {variant}),
    compiler,
    triple: compile.triple,
    ...(compile.rust !== undefined && actions.some(isRust) && {rust: compile.rust}),
    elfMachine: compile.elfMachine,
    image: imagePath(spec),
    machine: {
      machines: boot.machines.map(({at: _at, ...machine}) => machine),
      defaultMachine: boot.machines.find(({name}) => name === spec.machine?.value)?.name ?? boot.defaultMachine,
      qemu: compile.qemu,
      ...(spec.memory === undefined ? {} : {memory: spec.memory.value}),
      cmd: spec.cmd,
      drives: drives(image),
    },
    actions,
    symbolOwners: symbolOwners(catalog),
    openInterfaces: openInterfaces(catalog),
    headerOwners: headerOwners(catalog),
  };
}

function isRust(action: Action): boolean {
  return action.kind === 'compile' && action.language === 'rust';
}

function planLink(parts: readonly Action[], {spec, image, script}: Planning): readonly Action[] {
  const {boot} = image.platform.lib;
  if (boot === undefined) throw new Error('Internal error: a platform boots');
  if (boot.script !== undefined && script === undefined) throw new Error(`Internal error: ${boot.script} is not given`);
  const scriptPath = '$build/generated/image.ld';
  const relocatables = parts.filter((one): one is CombineAction => one.kind === 'combine').map(({output}) => output);
  const link: LinkAction = {
    kind: 'link',
    inputs: relocatables.sort(),
    script: scriptPath,
    debugOutput: `$build/${spec.name.value}.debug.elf`,
    output: imagePath(spec),
    flags: [
      '-static',
      '-nostdlib',
      '--gc-sections',
      '--build-id=none',
      '-z',
      'noexecstack',
      '-z',
      'max-page-size=4096',
      ...(image.arch.lib.compile?.linkFlags ?? []),
      ...aroundMain(image),
      ...aroundCalls(image),
      ...boot.linkFlags,
    ],
    because: 'the libs and the app become one image',
  };
  const content = linkerScript({entry: boot.entry, base: boot.base}, script);
  return [
    {kind: 'generate', output: scriptPath, content, because: `${image.platform.lib.name} says where an image lies`},
    link,
  ];
}

/** Whoever calls main calls the one that a lib has put around it. */
function aroundMain({libs}: ImageLibs): readonly string[] {
  return libs.flatMap(({lib}) => (lib.main === undefined ? [] : ['--wrap=main', `--defsym=__wrap_main=${lib.main}`]));
}

/** Whoever calls what a lib wraps calls the lib. */
function aroundCalls(image: ImageLibs): readonly string[] {
  return image.libs.flatMap(({lib}) => wrappedSymbols(lib, image).map(({symbol}) => `--wrap=${symbol}`));
}

function drives({libs}: ImageLibs): readonly InterfaceName[] {
  const drivers = libs.filter(({needs}) => needs.some((need) => need.interface === 'virtio'));
  const names = drivers.flatMap(({lib}) => lib.provides.map((one) => one.interface));
  return [...new Set(names)].sort();
}

function imagePath(spec: Spec): string {
  return `$build/${spec.name.value}.elf`;
}

const stages: readonly Action['kind'][] = ['fetch', 'generate', 'compile', 'combine', 'audit', 'link'];

/** In the order in which a reader would do them; within a stage, as planned: the app, libs by name, the rest. */
function inStages(actions: readonly Action[]): readonly Action[] {
  return stages.flatMap((kind) => actions.filter((one) => one.kind === kind));
}
