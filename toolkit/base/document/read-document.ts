// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from '../diagnostic.ts';
import type {Located, SourceText} from '../location.ts';
import {fail, ok, type Result} from '../result.ts';
import {readYaml} from './read-yaml.ts';
import {Page, type Shape} from './shape.ts';

/**
 * A result that may come with things worth saying although nothing is wrong; or, where something is, with what is
 * left without it, so that the rest can be checked too.
 */
export type Checked<T> = Result<T> & {readonly warnings: readonly Diagnostic[]; readonly rest?: T};

/** A YAML text checked against a shape: its value, or every mistake in it. */
export function readDocument<T>(source: SourceText, shape: Shape<T>): Checked<Located<T>> {
  const page = new Page(source);
  const node = readYaml(page);
  const value = node === undefined ? undefined : shape.check(node, page);
  const warnings = page.diagnostics.filter((found) => found.severity === 'warning');
  const errors = page.diagnostics.filter((found) => found.severity === 'error');
  if (errors.length > 0) {
    const rest = node && shape.check(node, new Page(source, 'what is right'));
    return {...fail(errors), warnings, ...(rest !== undefined && {rest})};
  }
  if (value === undefined) throw new Error(`Internal error: ${source.path} was refused without a reason`);
  return {...ok(value), warnings};
}
