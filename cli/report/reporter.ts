// SPDX-License-Identifier: BSD-3-Clause

import {
  counted,
  type Diagnostic,
  diagnosticToJson,
  type Event,
  printDiagnostic,
  printDiagnostics,
  toJson,
} from '../../toolkit/engine.ts';
import {type Terminal, wantsColour} from '../terminal.ts';
import {wordsFor} from './event-words.ts';
import {statusLine} from './status-line.ts';

/** What verbs say things through: results to the output, everything about them to the error stream. */
export interface Reporter {
  readonly format: 'text' | 'json';
  /** A result for people; a line end is added. */
  print(text: string): void;
  /** A result for programs: with --json, the only thing on the output. */
  json(value: unknown): void;
  /** A line beside the result. */
  note(text: string): void;
  /** Bytes of the guest, as they come. */
  console(bytes: Uint8Array): void;
  /** What to wait for before there are more of them, if anything. */
  drained(): Promise<void> | undefined;
  diagnostics(diagnostics: readonly Diagnostic[]): void;
  event(event: Event): void;
  /** Takes the status line away, if there is one. */
  settle(): void;
}

export function reporter(terminal: Terminal, format: 'text' | 'json'): Reporter {
  const colour = wantsColour(terminal, terminal.errorIsTty) ? 'colour' : 'plain';
  const status = statusLine(terminal);

  return {format, print, json, note, console, drained: terminal.drained, diagnostics, event, settle: status.clear};

  function print(text: string): void {
    status.clear();
    terminal.out(`${text}\n`);
  }

  function json(value: unknown): void {
    status.clear();
    terminal.out(`${JSON.stringify(toJson(value), undefined, 2)}\n`);
  }

  function note(text: string): void {
    status.clear();
    terminal.error(`${text}\n`);
  }

  function console(bytes: Uint8Array): void {
    status.clear();
    if (format === 'json') return terminal.error(bytes);
    terminal.out(bytes);
  }

  function trace(bytes: Uint8Array): void {
    status.clear();
    terminal.error(bytes);
  }

  function diagnostics(found: readonly Diagnostic[]): void {
    if (found.length === 0) return;
    status.clear();
    const errors = found.filter(({severity}) => severity === 'error');
    if (format === 'json' && errors.length > 0) return json({diagnostics: found.map(diagnosticToJson)});
    terminal.error(`${printDiagnostics(found, colour)}\n`);
    // Each is shown once, so each is counted once.
    const shown = new Set(errors.map((error) => printDiagnostic(error))).size;
    if (shown > 1) terminal.error(`\n${counted(shown, 'error')}.\n`);
  }

  function event(happened: Event): void {
    if (happened.type === 'diagnostic') return diagnostics([happened.diagnostic]);
    if (happened.type === 'run' && happened.reason === 'console') return console(happened.bytes);
    if (happened.type === 'run' && happened.reason === 'trace') return trace(happened.bytes);
    const words = wordsFor(happened);
    if (words === undefined) return;
    if (words.kind === 'line') return note(words.text);
    status.show(words.text, words.milestone);
  }
}
