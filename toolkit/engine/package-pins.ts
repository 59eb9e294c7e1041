// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, ok, type Result, version} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import type {Installed} from '../packages/index.ts';
import type {LockedPackage} from '../solve/index.ts';
import {type Answer, solveProject} from './answer.ts';
import type {Engine} from './engine.ts';
import {writeLock} from './lock.ts';
import {shown} from './project.ts';
import type {TargetRequest} from './target.ts';

/** What `kraft.lock` holds of packages, by name. */
export type Pins = ReadonlyMap<string, LockedPackage>;

interface PinRequest {
  readonly answer: Pick<Answer, 'spec' | 'catalog' | 'lock'>;
  /** What goes into the image. */
  readonly libs: readonly Lib[];
  readonly lockfile?: 'keep' | 'obey' | undefined;
}

/**
 * The pins of packages, each that is used compared with what is installed: its version, the tarball that it came from,
 * and its files. A package that is used for the first time is pinned as it is.
 */
export async function checkPins(
  engine: Engine,
  {answer: {spec, catalog, lock}, libs, lockfile}: PinRequest,
): Promise<Result<Pins>> {
  const pins = new Map(lock?.packages ?? []);
  const contracts = catalog.interfaces.filter(({origin}) => origin === 'package');
  const used = new Set([...libs.filter(({origin}) => origin === 'package'), ...contracts].map(({folder}) => folder));
  if (used.size === 0) return ok(pins);
  const {installedPackages} = await import('../packages/index.ts');
  const wrong: Diagnostic[] = [];
  for (const installed of await installedPackages(engine.host, spec.folder)) {
    if (!used.has(installed.folder)) continue;
    const pin = pins.get(installed.name);
    const now = await pinOf(engine, installed);
    const better = pin !== undefined && pin.content === undefined && now.content !== undefined;
    if (pin === undefined && lockfile === 'obey') wrong.push(notPinned(installed));
    else if (pin === undefined) pins.set(installed.name, now);
    else {
      if (better && pin.version === now.version && pin.integrity === undefined) pins.set(installed.name, now);
      wrong.push(
        ...difference({
          installed,
          pin,
          now,
          shown: shown(engine, installed.folder),
          lock: shown(engine, join(spec.folder, 'kraft.lock')),
        }),
      );
    }
  }
  return wrong.length > 0 ? fail(wrong) : ok(pins);
}

/** What is installed, as a pin. */
export async function pinOf({host}: Engine, installed: Installed): Promise<LockedPackage> {
  const {folderDigest} = await import('../packages/index.ts');
  if (installed.link !== undefined) return {version: version(installed.version)};
  return {
    version: version(installed.version),
    ...(installed.integrity !== undefined && {integrity: installed.integrity}),
    content: await folderDigest(host, installed.folder),
  };
}

interface Difference {
  readonly installed: Installed;
  readonly pin: LockedPackage;
  readonly now: LockedPackage;
  /** Where it is installed, and the lock, as the user would write them. */
  readonly shown: string;
  readonly lock: string;
}

function difference({installed: {name, link}, pin, now, shown: folder, lock}: Difference): readonly Diagnostic[] {
  if (link !== undefined) return [];
  if (pin.version !== now.version) {
    const message = `${lock} pins ${name} ${pin.version}, but ${now.version} is installed.`;
    return [
      {
        severity: 'error',
        message,
        help: `kraft-ts update ${name} pins what is installed; kraft-ts add ${name}@${pin.version} installs what is pinned.`,
      },
    ];
  }
  if (pin.integrity !== undefined && now.integrity !== undefined && pin.integrity !== now.integrity) {
    return [
      {
        severity: 'error',
        message: `${lock} and package-lock.json disagree on ${name} ${pin.version}: it is not the tarball that was pinned.`,
        notes: [{message: `Pinned: ${pin.integrity}`}, {message: `Installed: ${now.integrity}`}],
        help: `Find out who changed a version that was published. kraft-ts remove ${name} and kraft-ts add ${name} pin it anew.`,
      },
    ];
  }
  if (pin.content === undefined || pin.content === now.content) return [];
  return [
    {
      severity: 'error',
      message: `The files in ${folder} are not those of ${name} ${pin.version} that ${lock} pins.`,
      help: `Remove ${folder} and run kraft-ts add, which installs what is pinned. To change a lib, add a folder of your own.`,
    },
  ];
}

function notPinned({name, version: installed}: Installed): Diagnostic {
  return {
    severity: 'error',
    message: `kraft.lock does not pin ${name} ${installed}, which is installed, and --locked asks for it.`,
    help: 'Run kraft-ts build without --locked, which pins it, and keep the lock with the Kraftfile.',
  };
}

export interface PinInstalledRequest extends TargetRequest {
  readonly folder: string;
  /** `renew`: those of these names; all, where none are given. */
  readonly pins: 'keep' | 'renew';
  readonly names?: readonly string[];
}

/**
 * Solves, and writes a lock that pins what is installed; a pin that is kept and disagrees is refused. Answers for other
 * targets stay, but for those with a lib that no package brings any more.
 */
export async function pinInstalled(engine: Engine, request: PinInstalledRequest): Promise<Result<Pins>> {
  const {installedPackages} = await import('../packages/index.ts');
  const answer = await solveProject(engine, {plat: request.plat, arch: request.arch});
  if (!answer.ok) return answer;
  const {lock, catalog} = answer.value;
  const installed = await installedPackages(engine.host, request.folder);
  const old = new Map([...(lock?.packages ?? [])].filter(([name]) => installed.some((each) => each.name === name)));
  if (request.pins === 'renew') for (const name of request.names ?? old.keys()) old.delete(name);
  const libs = catalog.libs.filter(({origin}) => origin === 'package');
  const known = new Set(catalog.libs.map(({name}) => name));
  const targets = (lock?.targets ?? []).filter((target) => target.libs.every(({name}) => known.has(name)));
  const kept = {format: 1 as const, targets, packages: old};
  const pins = await checkPins(engine, {answer: {...answer.value, lock: kept}, libs});
  if (!pins.ok) return pins;
  await writeLock(engine, {...answer.value, lock: kept}, pins.value);
  return pins;
}
