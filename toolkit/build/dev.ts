// SPDX-License-Identifier: BSD-3-Clause
// Builds an app before there is a solver: npx tsx toolkit/build/dev.ts apps/hello [platform/arch] [gcc|clang] [lib:option=value …]

import {basename, dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type Diagnostic, type InterfaceName, type LibName, libName, printDiagnostics} from '../base/index.ts';
import {findManifests} from '../catalog/find-manifests.ts';
import type {Catalog, Interface, Lib} from '../catalog/index.ts';
import {readInterface, readLib} from '../catalog/read-manifest.ts';
import {nodeHost} from '../host/index.ts';
import {type Places, plan} from '../plan/index.ts';
import type {Solution} from '../solve/index.ts';
import {parseKraftfile} from '../spec/index.ts';
import {buildFolder, execute, findToolchain, listFiles} from './index.ts';

const host = nodeHost();
const kit = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const die = (diagnostics: readonly Diagnostic[]): never => {
  say(printDiagnostics(diagnostics));
  process.exit(1);
};

const [folderArgument = '.', target = 'kvm/x86_64', compiler = 'gcc', ...settings] = process.argv.slice(2);
const folder = resolve(folderArgument);
const kraftfile = join(folder, 'Kraftfile');
const text = await host.readFile(kraftfile);
if (text === undefined) throw new Error(`no ${kraftfile}`);
const parsed = parseKraftfile({path: kraftfile, text}, kraftfile);
const spec = parsed.ok ? parsed.value : die(parsed.error);

const interfaces: Interface[] = [];
const libs: Lib[] = [];
for (const root of [
  {folder: kit, origin: 'bundled'},
  {folder, origin: 'project'},
] as const) {
  for (const manifest of await findManifests(host, root)) {
    if (manifest.source === undefined) continue;
    if (manifest.kind === 'interface') {
      const one = readInterface(manifest.source, manifest);
      if (one.ok) interfaces.push(one.value);
      else say(printDiagnostics(one.error));
    } else {
      const one = readLib(manifest.source, manifest);
      if (one.ok)
        libs.push({
          ...one.value,
          needs: one.value.needs.map((need) => ({
            ...need,
            atLeast: typeof need.atLeast === 'object' ? need.atLeast.value : (need.atLeast ?? 1),
          })),
        });
      else say(printDiagnostics(one.error));
    }
  }
}
const byName = <T extends {readonly name: string}>(items: T[]): T[] => items.sort((a, b) => (a.name < b.name ? -1 : 1));
const catalog: Catalog = {interfaces: byName(interfaces), libs: byName(libs)};

const [platformName = '', archName = ''] = target.split('/');
const platform = libName(platformName);
const arch = libName(archName);
const fits = (lib: Lib): boolean =>
  (lib.arches === undefined || lib.arches.value.includes(arch)) &&
  (lib.platforms === undefined || lib.platforms.value.includes(platform)) &&
  (lib.kind === 'lib' || lib.name === platform || lib.name === arch);
const chosen = new Map<LibName, Lib>();
const providers = new Map<InterfaceName, LibName[]>();
const take = (name: LibName): void => {
  if (chosen.has(name)) return;
  const lib = catalog.libs.find((one) => one.name === name);
  if (lib === undefined) throw new Error(`no lib ${name}`);
  chosen.set(name, lib);
  for (const one of lib.provides) providers.set(one.interface, [...(providers.get(one.interface) ?? []), name].sort());
  for (const need of lib.needs) if (need.when === undefined) want(need.interface, need.atLeast);
};
const feasible = (lib: Lib, seen: ReadonlySet<string> = new Set()): boolean =>
  fits(lib) &&
  lib.needs.every((need) => {
    if (need.when !== undefined || need.atLeast === 0 || providers.has(need.interface) || seen.has(need.interface))
      return true;
    return catalog.libs.some(
      (one) =>
        one.provides.some((each) => each.interface === need.interface) &&
        feasible(one, new Set([...seen, need.interface])),
    );
  });
function want(name: InterfaceName, atLeast = 1): void {
  const cardinality = catalog.interfaces.find((one) => one.name === name)?.cardinality;
  const wished = spec.choose.find((one) => one.interface.value === name)?.provider.value;
  if (wished !== undefined) take(wished);
  if ((providers.get(name) ?? []).length > 0 || atLeast === 0) return;
  const candidates = catalog.libs.filter((lib) => lib.provides.some((one) => one.interface === name) && feasible(lib));
  candidates.sort(
    (a, b) => Number(b.recommended === true) - Number(a.recommended === true) || (a.name < b.name ? -1 : 1),
  );
  const [first] = candidates;
  if (first === undefined) throw new Error(`nothing provides ${name} (${cardinality ?? 'no such interface'})`);
  if (candidates.length > 1)
    say(`${name}: ${first.name}, of ${candidates.map((one) => one.name).join(', ')} (say which under choose:)`);
  take(first.name);
}
for (const lib of spec.libraries) take(lib.name);
take(platform);
take(arch);
for (const need of spec.needs) want(need.name);

const solution: Solution = {
  kind: 'solution',
  platform,
  arch,
  libs: [...chosen.values()].map((lib) => ({
    name: lib.name,
    version: lib.version,
    options: Object.fromEntries(
      lib.options.map((option) => {
        const typed = settings.find((one) => one.startsWith(`${lib.name}:${option.name}=`))?.split('=')[1];
        const set = spec.libraries
          .find((one) => one.name === lib.name)
          ?.options.find((one) => one.name === option.name);
        const value =
          typed === undefined
            ? (set?.value ?? option.default)
            : option.type === 'boolean'
              ? typed === 'true'
              : option.type === 'string' || option.type === 'enumeration'
                ? typed
                : Number(typed);
        return [option.name, value];
      }),
    ),
    reasons: [],
  })),
  providers,
  costs: [],
  proven: true,
};
say(`libs: ${[...chosen.keys()].sort().join(' ')}`);

const store = join(host.home, '.cache', 'kraft-ts', 'sources');
const places: Places = {project: folder, kit, store, packages: {}};
const sources = new Map(
  await Promise.all(
    [...chosen.values()]
      .flatMap((lib) => lib.sources)
      .map(async (one) => [one.sha256, await listFiles(host, join(store, one.sha256))] as const),
  ),
);
const boot = chosen.get(platform)?.boot;
const script =
  boot?.script === undefined ? undefined : await host.readFile(join(chosen.get(platform)?.folder ?? '', boot.script));
const planned = plan({
  ...(script !== undefined && {script}),
  spec,
  solution,
  catalog,
  compiler: compiler === 'clang' ? 'clang' : 'gcc',
  places,
  files: await listFiles(host, folder),
  sources,
});
const value = planned.ok ? planned.value : die(planned.error);
const toolchain = await findToolchain(host, {
  compiler: value.compiler,
  triple: value.triple,
  cacheFolder: dirname(store),
});
const start = performance.now();
const built = await execute(host, {
  plan: value,
  places,
  toolchain: toolchain.ok ? toolchain.value : die(toolchain.error),
  onEvent: (event) => {
    if (event.reason === 'output') say(event.text);
  },
});
if (!built.ok) die(built.error);
else {
  say(
    `${join(buildFolder(places, value), built.value.image)}: ${built.value.loaded} bytes loaded, ${Math.round(performance.now() - start)} ms`,
  );
  for (const one of built.value.segments)
    say(`  ${one.name.padEnd(8)} ${one.access} 0x${one.address.toString(16)} ${one.memorySize}`);
  for (const one of built.value.shares)
    say(`  ${one.owner.padEnd(24)} text ${one.text} rodata ${one.rodata} data ${one.data} bss ${one.bss}`);
  for (const machine of built.value.machines)
    if (machine.qemu !== undefined)
      say(
        `  ${built.value.qemu} -M ${machine.qemu} ${machine.arguments.join(' ')} -kernel ${basename(built.value.image)}`,
      );
}
