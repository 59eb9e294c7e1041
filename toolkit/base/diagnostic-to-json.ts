// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from './diagnostic.ts';
import type {Location} from './location.ts';
import {endOf, startOf} from './position.ts';

/** A place for programs: lines and columns from 1, the end exclusive. */
export interface JsonPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A diagnostic for programs: without the text of the files. */
export interface JsonDiagnostic {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly at?: JsonPlace;
  readonly notes?: readonly {readonly message: string; readonly at?: JsonPlace}[];
  readonly help?: string;
}

export function diagnosticToJson(diagnostic: Diagnostic): JsonDiagnostic {
  const {severity, message, at, notes, help} = diagnostic;
  return {
    severity,
    message,
    ...(at !== undefined && {at: placeToJson(at)}),
    ...(notes !== undefined && {
      notes: notes.map((note) => ({message: note.message, ...(note.at !== undefined && {at: placeToJson(note.at)})})),
    }),
    ...(help !== undefined && {help}),
  };
}

/** A location for programs. */
export function placeToJson(at: Location): JsonPlace {
  const end = endOf(at);
  return {path: at.source.path, ...startOf(at), endLine: end.line, endColumn: end.column};
}
