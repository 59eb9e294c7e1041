// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, digestOf, type LibName, type Location} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {AuditAction, Owner, Plan} from '../plan/index.ts';
import {auditMessage} from './audit-message.ts';
import {auditOwner, type Finding, unfitSection} from './audit-owner.ts';
import type {BuildPaths} from './build-paths.ts';
import {type Elf, readElf, readElfMachine} from './elf.ts';
import {locateWord} from './locate.ts';

export interface Audit {
  readonly plan: Plan;
  readonly paths: BuildPaths;
  readonly manifests?: ReadonlyMap<LibName | 'app', Location>;
  /** Of owners that are in the image in part: see `AuditContext`. */
  readonly unmet?: ReadonlyMap<Owner, ReadonlySet<string>>;
}

/** The third lock, for every owner of the image. What passed before and has not changed is not read again. */
export async function audit(host: Host, context: Audit): Promise<readonly Diagnostic[]> {
  const {plan, paths, unmet} = context;
  const actions = plan.actions.filter((one): one is AuditAction => one.kind === 'audit');
  const passed = new Map(await readPassed(host, paths));
  // Plans are equal byte for byte, so their parts need not be put in order first: that takes long.
  const owners = digestOf(JSON.stringify([plan.symbolOwners, plan.openInterfaces, plan.elfMachine]));
  const results = await Promise.all(
    actions.map(async (action) => {
      const key = await fingerprint(host, {action, paths, owners, unmet: [...(unmet?.get(action.owner) ?? [])]});
      if (passed.get(action.owner) === key) return {action, key, found: []};
      return {action, key, found: await auditAction(host, {...context, action})};
    }),
  );
  const clean = results.filter(({found}) => found.length === 0).map(({action, key}) => `${action.owner}\t${key}\n`);
  await host.writeFileIfChanged(join(paths.folder, 'audited.txt'), clean.join(''));
  return [...twoProviders(actions), ...results.flatMap(({found}) => found)];
}

/** A symbol that two owners promise: a solution never has such a pair, but one written by hand may. */
function twoProviders(actions: readonly AuditAction[]): readonly Diagnostic[] {
  const first = new Map<string, string>();
  const pairs = new Map<string, Diagnostic>();
  for (const {owner, promises} of actions) {
    for (const {symbol, interface: name} of promises) {
      const other = first.get(symbol);
      first.set(symbol, other ?? owner);
      if (other === undefined) continue;
      const message =
        name === 'start'
          ? `${other} and ${owner} both are started at ${symbol}.`
          : `${other} and ${owner} both provide ${name}, of which an image has one.`;
      const notes = name === 'start' ? [] : [{message: `Both define ${symbol}.`}];
      if (!pairs.has(message)) pairs.set(message, {severity: 'error', message, notes});
    }
  }
  return [...pairs.values()];
}

async function readPassed(host: Host, {folder}: BuildPaths): Promise<readonly [string, string][]> {
  const text = (await host.readFile(join(folder, 'audited.txt'))) ?? '';
  return text.split('\n').map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]);
}

async function fingerprint(
  host: Host,
  {action, paths, owners, unmet}: {action: AuditAction; paths: BuildPaths; owners: string; unmet: readonly string[]},
): Promise<string> {
  const facts = await host.facts(relocatable(action, paths));
  return digestOf(JSON.stringify([facts?.modified ?? 0, facts?.size ?? 0, action, owners, unmet]));
}

/** The joined objects before symbols were made local. */
function relocatable({input}: AuditAction, paths: BuildPaths): string {
  return join(paths.folder, `${paths.inside(input)}.all`);
}

interface OwnerAudit extends Audit {
  readonly action: AuditAction;
}

async function auditAction(host: Host, owner: OwnerAudit): Promise<readonly Diagnostic[]> {
  const {action, plan, paths} = owner;
  const unmet = owner.unmet?.get(action.owner);
  const elf = action.objects.length === 0 ? nothing(plan) : await readObject(host, relocatable(action, paths));
  const findings =
    elf === undefined
      ? await otherArch(host, owner)
      : auditOwner(action, elf, {...plan, ...(unmet !== undefined && {unmet})});
  return Promise.all(findings.map((finding) => describe(host, {...owner, finding})));
}

/** Objects that could not even be joined. */
async function otherArch(host: Host, {action, plan, paths}: OwnerAudit): Promise<readonly Finding[]> {
  for (const {output} of action.objects) {
    const bytes = await host.readBytes(join(paths.folder, paths.inside(output)));
    const machine = bytes === undefined ? undefined : readElfMachine(bytes);
    if (machine !== undefined && machine !== plan.elfMachine) return [{kind: 'other-arch', machine}];
  }
  return [];
}

/** What an owner without a file has. */
function nothing({elfMachine}: Plan): Elf {
  return {kind: 'relocatable', machine: elfMachine, entry: 0, segments: [], symbols: [], sections: []};
}

async function readObject(host: Host, path: string): Promise<Elf | undefined> {
  const bytes = await host.readBytes(path);
  if (bytes === undefined) return undefined;
  const elf = readElf(bytes);
  if (elf === undefined) throw new Error(`Internal error: ${path} is no ELF file`);
  return elf;
}

async function describe(host: Host, owner: OwnerAudit & {finding: Finding}): Promise<Diagnostic> {
  const {action, plan, paths, finding, manifests} = owner;
  const symbol = 'symbol' in finding ? finding.symbol : undefined;
  const shown = await shows(host, owner);
  const input = shown?.input;
  const said = shown?.symbol === undefined ? undefined : await demangled(host, shown.symbol);
  const at =
    input === undefined || symbol === undefined
      ? undefined
      : await locateWord(host, {paths, path: input, word: symbol});
  const definer = finding.kind === 'wants' ? await definerOf(host, {plan, paths, symbol: finding.symbol}) : undefined;
  const manifestAt = action.owner === 'generated' ? undefined : manifests?.get(action.owner);
  return auditMessage(finding, {
    plan,
    action,
    manifest: paths.shown(action.manifest),
    ...(input !== undefined && {file: paths.shown(input)}),
    ...(at !== undefined && {at}),
    ...(manifestAt !== undefined && {manifestAt}),
    ...(definer !== undefined && {definer}),
    ...(said !== undefined && {said}),
  });
}

/** What the source says for a symbol with a name of C++ or Rust. */
async function demangled(host: Host, symbol: string): Promise<string | undefined> {
  if (!/^_[ZR]/.test(symbol)) return undefined;
  const said = await host.run('c++filt', [symbol]);
  return said === 'not-found' || said.exitCode !== 0 ? undefined : said.stdout.trim();
}

/** The first of the owner's files whose object shows the finding, and the symbol that does. */
async function shows(
  host: Host,
  {action, paths, finding}: OwnerAudit & {finding: Finding},
): Promise<{readonly input: string; readonly symbol?: string} | undefined> {
  for (const {output, input} of action.objects) {
    const bytes = await host.readBytes(join(paths.folder, paths.inside(output)));
    const match = bytes === undefined ? undefined : matches(bytes, finding);
    if (match !== undefined) return {input, ...match};
  }
  return undefined;
}

function matches(bytes: Uint8Array, finding: Finding): {readonly symbol?: string} | undefined {
  const {kind} = finding;
  if (kind === 'other-arch') return readElfMachine(bytes) === finding.machine ? {} : undefined;
  const elf = readElf(bytes);
  if (elf === undefined) return undefined;
  if (kind === 'constructor' || kind === 'thread-data')
    return elf.sections.some((name) => unfitSection(name) === kind) ? {} : undefined;
  if (!('symbol' in finding)) return undefined;
  const {symbol} = finding;
  const named = elf.symbols.find(({name, place}) => name === symbol && (place === 'undefined') === (kind === 'wants'));
  if (named !== undefined) return {symbol};
  if (kind !== 'lacks') return undefined;
  // The same function, with a name of C++.
  const mangled = new RegExp(`^_Z${symbol.length}${symbol}`);
  const other = elf.symbols.find(({name, place}) => place !== 'undefined' && mangled.test(name));
  return other && {symbol: other.name};
}

async function definerOf(
  host: Host,
  {plan, paths, symbol}: {plan: Plan; paths: BuildPaths; symbol: string},
): Promise<string | undefined> {
  for (const action of plan.actions) {
    if (action.kind !== 'audit' || action.objects.length === 0) continue;
    const elf = await readObject(host, relocatable(action, paths));
    const defines = elf?.symbols.some(
      ({name, place, binding}) => name === symbol && place !== 'undefined' && binding !== 'local',
    );
    if (defines === true) return action.owner === 'app' ? 'The app' : action.owner;
  }
  return undefined;
}
