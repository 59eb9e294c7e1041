// SPDX-License-Identifier: BSD-3-Clause

import {basename, dirname} from 'node:path';
import {
  type Checked,
  type Diagnostic,
  fail,
  type Located,
  type Location,
  ok,
  readDocument,
  type SourceText,
} from '../base/index.ts';
import {kraftfileTable} from './kraftfile-table.ts';
import type {Spec} from './spec.ts';

const defaultSources = ['*.{c,cc,cpp,cxx,S}', 'src/**/*.{c,cc,cpp,cxx,S}'];

type Values = Extract<ReturnType<typeof read>, {ok: true}>['value']['value'];
const read = (source: SourceText) => readDocument(source, kraftfileTable);

/** A Kraftfile, checked: the spec, or every mistake in it and the spec without them. `path` is where it lies, absolute. */
export function parseKraftfile(source: SourceText, path: string): Checked<Spec> {
  const document = read(source);
  const {warnings} = document;
  const start: Location = {source, offset: 0, length: 0};
  if (!document.ok) {
    const name = document.rest?.value.name ?? {value: 'nameless', at: start};
    const rest = document.rest && toSpec(document.rest.value, {path, name, start});
    return {...fail(document.error), warnings, ...(rest !== undefined && {rest})};
  }
  const name = document.value.value.name ?? nameOfFolder(path, start);
  if (name === undefined) return {...fail([namelessFolder(path, start)]), warnings};
  return {...ok(toSpec(document.value.value, {path, name, start})), warnings};
}

function toSpec(values: Values, {path, name, start}: {path: string; name: Located<string>; start: Location}): Spec {
  const located = (items: readonly string[]): readonly Located<string>[] => items.map((value) => ({value, at: start}));
  return {
    path,
    folder: dirname(path),
    name,
    sources: values.sources?.value ?? located(defaultSources),
    include: values.include?.value ?? [],
    flags: values.flags?.value ?? [],
    cmd: values.cmd?.value ?? [],
    env: Object.fromEntries((values.env?.value ?? []).map((variable) => [variable.name, variable.value])),
    labels: Object.fromEntries((values.labels?.value ?? []).map((row) => [row.name.value, row.value.value])),
    needs: (values.needs?.value ?? []).map((need) => ({
      name: need.name.value,
      version: need.version,
      at: need.name.at,
    })),
    libraries: (values.libraries?.value ?? []).map(({name: lib, value}) => ({
      name: lib.value,
      version: value.value.version,
      options: value.value.options.map((option) => ({
        name: option.name.value,
        value: option.value.value,
        nameAt: option.name.at,
        at: option.value.at,
      })),
      at: lib.at,
    })),
    choose: (values.choose?.value ?? []).map((row) => ({interface: row.name, provider: row.value})),
    prefer: values.prefer?.value ?? [],
    minimize: values.minimize?.value ?? [],
    ...(values.budget !== undefined && {budget: values.budget.value}),
    ...(values.rootfs !== undefined && {rootfs: values.rootfs}),
    volumes: values.volumes?.value ?? [],
    targets: (values.targets?.value ?? []).map(({value, at}) => ({...value, at})),
    ...(values.machine !== undefined && {machine: values.machine}),
    ...(values.memory !== undefined && {memory: values.memory}),
  };
}

function nameOfFolder(path: string, at: Location): Located<string> | undefined {
  const value = basename(dirname(path));
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value) ? {value, at} : undefined;
}

function namelessFolder(path: string, at: Location): Diagnostic {
  const message = `The app has no name, and its folder "${basename(dirname(path))}" is named in a way that an app cannot be.`;
  return {severity: 'error', message, at, help: 'Add name: shop'};
}
