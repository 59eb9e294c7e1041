// SPDX-License-Identifier: BSD-3-Clause

import {buildProject, counted, type Plan} from '../../toolkit/engine.ts';
import {compilerFlags, targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {figures, table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const audit = verb({
  name: 'audit',
  summary: 'Check that every lib of the image keeps its promises.',
  about: `Builds where needed, then compares each lib's object code with its manifest: it must define what its interfaces promise, want only what it needs, and let nothing else out. The build does this too; here you see what was checked, and for each lib that comes in a package or compiles third-party code which interfaces it can reach, and by which symbols.`,
  positionals: [],
  flags: {...targetFlags, ...compilerFlags},
  examples: [
    {command: 'kraft-ts audit', means: 'What each part of the image promises and wants.'},
    {command: 'kraft-ts audit --json', means: 'Symbol by symbol, for a program.'},
  ],
  async act({flags, reporter, engine, signal}) {
    const compiler = flags.compiler === 'clang' ? 'clang' : 'gcc';
    const built = await buildProject(engine, {plat: flags.plat, arch: flags.arch, compiler, signal});
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!built.ok) {
      reporter.diagnostics(built.error);
      return exitStatus.diagnostics;
    }
    const audited = auditsOf(built.value.plan);
    if (reporter.format === 'json') reporter.json(audited);
    else reporter.print([...listing(audited), ...reachLines(audited)].join('\n'));
    return exitStatus.ok;
  },
});

type AuditAction = Extract<Plan['actions'][number], {kind: 'audit'}>;

interface Audit extends AuditAction {
  /** Of a lib that comes in a package, or compiles third-party code: interface → symbols of it that the code may call. */
  readonly reaches?: Readonly<Record<string, readonly string[]>>;
}

function auditsOf({actions, symbolOwners}: Plan): readonly Audit[] {
  const fetched = new Set<string>(actions.flatMap((action) => (action.kind === 'fetch' ? [action.lib] : [])));
  return actions.flatMap((action) => {
    if (action.kind !== 'audit') return [];
    const isOthers = fetched.has(action.owner) || action.manifest.startsWith('$package.');
    return isOthers ? [{...action, reaches: reachOf(action, symbolOwners)}] : [action];
  });
}

/** Its own promises are no reach; what no interface has is the compiler's. */
function reachOf(
  {mayWant, promises}: AuditAction,
  owners: Plan['symbolOwners'],
): Readonly<Record<string, readonly string[]>> {
  const own = new Set(promises.map(({symbol}) => symbol));
  const groups = new Map<string, string[]>();
  for (const symbol of mayWant) {
    if (own.has(symbol)) continue;
    const owner = (Object.hasOwn(owners, symbol) ? owners[symbol] : undefined) ?? 'the compiler';
    groups.set(owner, [...(groups.get(owner) ?? []), symbol]);
  }
  return Object.fromEntries([...groups].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function reachLines(audits: readonly Audit[]): readonly string[] {
  const rows = audits.flatMap(({owner, reaches}) =>
    Object.entries(reaches ?? {}).map(([name, symbols], index) => [
      index === 0 ? owner : '',
      name,
      symbols.length > 4 ? `${symbols.slice(0, 3).join(' ')} and ${symbols.length - 3} more` : symbols.join(' '),
    ]),
  );
  return rows.length === 0 ? [] : ['', ...table([['THIRD-PARTY CODE', 'CAN REACH', 'BY'], ...rows])];
}

function listing(audits: readonly Audit[]): readonly string[] {
  const rows = audits.map(({owner, promises, mayWant, manifest}) => [
    owner,
    String(promises.length),
    String(mayWant.length),
    [...new Set(promises.map((promise) => promise.interface))].join(' ') || manifest,
  ]);
  return [
    ...figures(
      [
        ['PART', 'PROMISES', 'MAY WANT', 'INTERFACES'],
        ...rows.map(([a, b, c, d]) => [a ?? '', b ?? '', c ?? '', d ?? '']),
      ],
      [1, 2],
    ),
    `${counted(audits.length, 'part')}: each defines what it promises and wants only what it needs.`,
  ];
}
