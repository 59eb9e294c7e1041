// SPDX-License-Identifier: BSD-3-Clause

import {ok, type Result} from '../base/index.ts';
import type {Engine} from './engine.ts';
import {openCatalog, projectFolder} from './project.ts';

/** A program that the tool calls, and what it is for. */
export interface Finding {
  readonly name: string;
  readonly needed: 'always' | 'sometimes';
  readonly means: string;
  /** Where it is, and what it says of itself; absent: missing. */
  readonly path?: string;
  readonly version?: string;
  /** What Debian calls the package that brings it. */
  readonly package: string;
}

export interface Examination {
  readonly node: string;
  readonly cores: number;
  readonly programs: readonly Finding[];
  /** For each arch: what would execute its guests, and why. */
  readonly accelerators: readonly {
    readonly arch: string;
    readonly accelerator: 'kvm' | 'tcg';
    readonly because: string;
  }[];
  /** Where fetched sources are kept. */
  readonly store: string;
  /** The command that installs what is missing and always needed. */
  readonly install?: string;
}

interface Wanted {
  readonly name: string;
  readonly needed: Finding['needed'];
  readonly means: string;
  readonly package: string;
}

const programs: readonly Wanted[] = [
  {name: 'gcc', needed: 'always', means: 'compiles', package: 'gcc'},
  {name: 'ld', needed: 'always', means: 'links', package: 'binutils'},
  {name: 'objcopy', needed: 'always', means: 'hides the symbols that a lib keeps to itself', package: 'binutils'},
  {name: 'ninja', needed: 'always', means: 'runs the steps of a build', package: 'ninja-build'},
  {name: 'xz', needed: 'always', means: 'unpacks third-party sources', package: 'xz-utils'},
  {name: 'bzip2', needed: 'sometimes', means: 'unpacks some third-party sources', package: 'bzip2'},
  {name: 'clang', needed: 'sometimes', means: 'compiles, with --compiler clang', package: 'clang'},
  {name: 'g++', needed: 'sometimes', means: 'compiles C++', package: 'g++'},
  {name: 'rustc', needed: 'sometimes', means: 'compiles Rust', package: 'rustc'},
  {name: 'addr2line', needed: 'sometimes', means: "names the functions in a panic's backtrace", package: 'binutils'},
  {name: 'gdb', needed: 'sometimes', means: 'debugs a guest, with run --gdb', package: 'gdb'},
];

/** What this machine has of what the tool needs, and the command that installs what it lacks. */
export async function examine(engine: Engine): Promise<Result<Examination>> {
  const {host} = engine;
  const catalog = await openCatalog(engine, await projectFolder(engine));
  if (!catalog.ok) return catalog;
  const arches = catalog.value.libs.filter((lib) => lib.kind === 'arch');
  const machines = arches.flatMap(({compile}) => (compile === undefined ? [] : [machineProgram(compile.qemu)]));
  const findings = await Promise.all([...programs, ...machines].map((wanted) => find(engine, wanted)));
  const {chooseAccelerator} = await import('../machine/index.ts');
  const accelerators = await Promise.all(
    arches.map(async ({name}) => {
      const choice = await chooseAccelerator(host, {wanted: 'auto', arch: name});
      return choice.ok ? [{arch: name, ...choice.value}] : [];
    }),
  );
  const {storeFolder} = await import('../store/index.ts');
  const missing = findings.filter(({needed, path}) => needed === 'always' && path === undefined);
  const packages = [...new Set(missing.map((finding) => finding.package))];
  return ok({
    node: process.version,
    cores: host.cores,
    programs: findings,
    accelerators: accelerators.flat(),
    store: storeFolder(host),
    ...(packages.length > 0 && {install: `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`}),
  });
}

/** Debian's packages provide each of QEMU's programs under its own name. */
function machineProgram(qemu: string): Wanted {
  return {
    name: qemu,
    needed: 'always',
    means: 'makes the machine that images boot on',
    package: qemu.replaceAll('_', '-'),
  };
}

async function find({host}: Engine, {name, ...wanted}: Wanted): Promise<Finding> {
  const path = await host.which(name);
  if (path === undefined) return {name, ...wanted};
  const said = await host.run(path, ['--version']);
  const version = said === 'not-found' ? undefined : /\d+\.\d+(\.\d+)*/.exec(said.stdout + said.stderr)?.[0];
  return {name, ...wanted, path, ...(version !== undefined && {version})};
}
