// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {
  type Checked,
  derive,
  fail,
  type Located,
  type Location,
  ok,
  type Page,
  quote,
  readDocument,
  type Shape,
  type SourceText,
} from '../base/index.ts';
import type {Manifest} from './find-manifests.ts';
import {fitOption} from './fit-option.ts';
import type {Interface} from './interface.ts';
import {interfaceTable} from './interface-table.ts';
import type {Condition, Exclusion, Lib, Need} from './lib.ts';
import {libTable} from './lib-table.ts';
import type {Settings, WrittenCondition, WrittenNeed} from './need-table.ts';
import type {Option, OptionValue} from './option.ts';
import type {Source} from './source.ts';
import {unknownWord} from './unknown-word.ts';

/** A need before its interface is known, which says how many providers it asks for when the manifest does not. */
export interface OpenNeed extends Omit<Need, 'atLeast'> {
  readonly atLeast?: Located<number>;
  readonly settings: Settings;
}

/** A lib as its manifest says it, before it has met the rest of the catalog. */
export interface OpenLib extends Omit<Lib, 'needs'> {
  readonly needs: readonly OpenNeed[];
}

/** An interface, and where its manifest says what the rest of the catalog may contradict. */
export interface OpenInterface extends Interface {
  readonly places: {
    readonly cardinality: Location;
    readonly symbols: Location;
    readonly driver: Location;
    readonly uses: readonly Location[];
  };
}

type Beside = Omit<Manifest, 'source'>;
type ValuesOf<S> = S extends Shape<infer T> ? T : never;
type Values = ValuesOf<typeof libTable>;
type Inside = Omit<OpenLib, 'folder' | 'files' | 'headers' | 'origin'>;

/** An interface.yaml, checked. */
export function readInterface(source: SourceText, {folder, headers, origin}: Beside): Checked<OpenInterface> {
  const document = readDocument(source, interfaceTable);
  if (!document.ok) return {...fail(document.error), warnings: document.warnings};
  const values = document.value.value;
  const value: OpenInterface = {
    name: values.name.value,
    version: values.version.value,
    summary: values.summary.value,
    cardinality: values.cardinality.value,
    contract: values.contract?.value ?? 'closed',
    symbols: plain(values.symbols?.value),
    ...(values.driver !== undefined && {driver: values.driver.value}),
    generated: plain(values.generated?.value),
    uses: plain(values.uses?.value),
    ...(values.hosted !== undefined && {hosted: values.hosted.value}),
    folder,
    headers,
    origin,
    at: values.name.at,
    places: {
      cardinality: values.cardinality.at,
      symbols: values.symbols?.at ?? values.name.at,
      driver: values.driver?.at ?? values.name.at,
      uses: (values.uses?.value ?? []).map((used) => used.at),
    },
  };
  return {...ok(value), warnings: document.warnings};
}

/** A lib.yaml, checked by itself. */
export function readLib(source: SourceText, {folder, files, headers, place, origin}: Beside): Checked<OpenLib> {
  const document = readDocument(source, openLib);
  if (!document.ok) return {...fail(document.error), warnings: document.warnings};
  const value: OpenLib = {
    ...document.value.value,
    sources: document.value.value.sources.map((source) => within(source, folder)),
    ...(place === 'fake' && {onlyByName: true}),
    folder,
    files,
    headers,
    origin,
  };
  return {...ok(value), warnings: document.warnings};
}

/** An archive that lies beside the manifest. */
function within(source: Source, folder: string): Source {
  return source.from.kind === 'local'
    ? {...source, from: {kind: 'local', path: join(folder, source.from.path)}}
    : source;
}

const openLib: Shape<Inside> = derive(libTable, (values, _at, page): Inside | undefined => {
  const options: readonly Option[] = (values.options?.value ?? []).map((row) => ({
    ...row.value.value,
    name: row.name.value,
    at: row.name.at,
  }));
  const errorsBefore = page.errorCount;
  const needs = needsOf(values, options, page);
  const excludes = excludesOf(values, options, page);
  if (values.ends !== undefined && values.starts === undefined) {
    page.error(values.ends.at, "A lib with 'ends' has 'starts', too: what has not been started is not ended.");
  }
  if (page.errorCount > errorsBefore) return undefined;
  return {
    kind: kindOf(values),
    name: values.name.value,
    version: values.version.value,
    summary: values.summary.value,
    license: values.license.value,
    ...(values.category !== undefined && {category: values.category.value}),
    provides: (values.provides?.value ?? []).map((row) => ({
      interface: row.name.value,
      version: row.value.value,
      at: row.name.at,
    })),
    needs,
    excludes,
    options,
    ...(values.arch !== undefined && {arches: {value: plain(values.arch.value), at: values.arch.at}}),
    ...(values.platform !== undefined && {platforms: {value: plain(values.platform.value), at: values.platform.at}}),
    ...(values.recommended?.value === true && {recommended: true}),
    ...((values['only-by-name']?.value === true || values.traces !== undefined) && {onlyByName: true}),
    ...(values.starts !== undefined && {starts: values.starts.value}),
    ...(values.ends !== undefined && {ends: values.ends.value}),
    ...(values.main !== undefined && {main: values.main.value}),
    ...(values.wraps !== undefined && {wraps: values.wraps.value.map(({value, at}) => ({interface: value, at}))}),
    ...(values.traces !== undefined && {traces: values.traces.value}),
    exports: plain(values.exports?.value),
    ...(values.exempt !== undefined && {
      exempt: Object.fromEntries(values.exempt.value.map((row) => [row.name.value, row.value.value])),
    }),
    flags: plain(values.flags?.value),
    budget: numbers(values.budget?.value),
    measured: numbers(values.measured?.value),
    sources: plain(values.sources?.value),
    ...(values.boot !== undefined && {boot: values.boot.value}),
    ...(values.compile !== undefined && {compile: values.compile.value}),
    at: values.name.at,
  };
});

function kindOf(values: Values): Lib['kind'] {
  if (values.boot !== undefined) return 'platform';
  return values.compile === undefined ? 'lib' : 'arch';
}

function needsOf(values: Values, options: readonly Option[], page: Page): readonly OpenNeed[] {
  return (values.needs?.value ?? []).map(({name, value}): OpenNeed => {
    const {when, ...rest}: WrittenNeed = value.value;
    return {
      interface: name.value,
      ...rest,
      options: Object.fromEntries(rest.settings.map((row) => [row.name.value, row.value.value])),
      ...(when !== undefined && {when: conditionOf(when, options, page)}),
      at: name.at,
    };
  });
}

function excludesOf(values: Values, options: readonly Option[], page: Page): readonly Exclusion[] {
  return (values.excludes?.value ?? []).map(
    ({
      name,
      value: {
        value: {when, ...rest},
      },
    }): Exclusion => ({
      lib: name.value,
      ...rest,
      ...(when !== undefined && {when: conditionOf(when, options, page)}),
      at: name.at,
    }),
  );
}

/** What a condition says of the lib's own options, in their own values. */
function conditionOf({settings, ...rest}: WrittenCondition, options: readonly Option[], page: Page): Condition {
  const values: Record<string, OptionValue> = {};
  for (const {name, value} of settings) {
    const option = options.find((each) => each.name === name.value);
    if (option === undefined) {
      const {message, help} = unknownWord(`This lib has no option ${quote(name.value)}.`, name.value, {
        existing: options.map((each) => each.name),
      });
      page.error(name.at, message, help === undefined ? {} : {help});
      continue;
    }
    const fitted = fitOption(option, value.value);
    if (fitted.ok) values[option.name] = fitted.value;
    else
      page.error(value.at, fitted.error.message, {
        ...(fitted.error.help !== undefined && {help: fitted.error.help}),
        notes: [{message: `The option ${quote(option.name)} is described here.`, at: option.at}],
      });
  }
  return {...rest, options: values};
}

function plain<T>(items: readonly {readonly value: T}[] = []): readonly T[] {
  return items.map((item) => item.value);
}

function numbers<K extends string>(
  values: {readonly [N in K]?: {readonly value: number}} | undefined,
): {readonly [N in K]?: number} {
  const result: {[N in K]?: number} = {};
  for (const name in values) {
    const located = values[name];
    if (located !== undefined) result[name] = located.value;
  }
  return result;
}
