// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, type Location, languageOf, unreachable} from '../base/index.ts';
import type {AuditAction, Plan} from '../plan/index.ts';
import type {Finding} from './audit-owner.ts';

/** What a message about a finding can point at. */
export interface Evidence {
  readonly plan: Plan;
  readonly action: AuditAction;
  /** The file whose object shows it, as messages show it; and where in it. */
  readonly file?: string;
  readonly at?: Location;
  /** The manifest, likewise. */
  readonly manifest: string;
  readonly manifestAt?: Location;
  /** What the source calls a symbol that has a name of C++ or Rust. */
  readonly said?: string;
  /** A lib of the image that defines a symbol which no interface has. */
  readonly definer?: string;
}

/** A finding in a sentence that names the owner, the symbol, the file, and the interface to declare. */
export function auditMessage(finding: Finding, evidence: Evidence): Diagnostic {
  switch (finding.kind) {
    case 'wants':
      return wants(finding.symbol, evidence);
    case 'lacks':
      return lacks(finding, evidence);
    case 'leaks':
      return leaks(finding, evidence);
    case 'constructor':
      return error(
        `${who(evidence)} registers a constructor${inFile(evidence)}, but in an image nothing registers itself.`,
        evidence,
        {help: insteadOfConstructor(evidence)},
      );
    case 'thread-data':
      return error(
        `${who(evidence)} keeps data for each thread${inFile(evidence)}, but does not need anybody to make room for it.`,
        evidence,
        {help: `Declare thread-data under \`needs\` in ${evidence.manifest}.`},
      );
    case 'other-arch': {
      const {arch, elfMachine} = evidence.plan;
      const message = `${evidence.file ?? who(evidence)} is compiled for ELF machine ${finding.machine}, but ${arch} is ELF machine ${elfMachine}.`;
      return error(message, evidence, {});
    }
    default:
      return unreachable(finding);
  }
}

function wants(symbol: string, evidence: Evidence): Diagnostic {
  const {plan, definer, manifest} = evidence;
  const start = `${who(evidence)} wants ${evidence.said ?? symbol}${inFile(evidence)}`;
  if (operatorNew.test(symbol)) {
    const help = `Declare alloc under \`needs\` in ${manifest}: new takes memory from it.`;
    return error(`${start}, but does not need an interface that has memory for it.`, evidence, {help});
  }
  const owner = Object.hasOwn(plan.symbolOwners, symbol) ? plan.symbolOwners[symbol] : undefined;
  if (owner !== undefined) {
    const help = `Declare ${owner} under \`needs\` in ${manifest}.`;
    return error(`${start}, but does not need the interface ${owner}, which has it.`, evidence, {help});
  }
  const note = definer === undefined ? [] : [{message: `${definer} defines it, but promises it by no interface.`}];
  return error(`${start}, but no interface has it.`, evidence, {notes: note});
}

/** Itanium C++ ABI, 5.1.5: `nw` and `na`. */
const operatorNew = /^_Zn[wa]m/;

/** What else brings about what a constructor was to do. */
function insteadOfConstructor({action, manifest, file = ''}: Evidence): string {
  if (languageOf(file) === 'c++')
    return 'Give the object a constexpr constructor and say constinit; or make it a static one of a function, which is made when that is first called.';
  return action.owner === 'app'
    ? 'Call the function from main.'
    : `Call the function from the one that ${manifest} names as \`starts\`.`;
}

function lacks(finding: Finding & {kind: 'lacks'}, evidence: Evidence): Diagnostic {
  const {action, file, at: _, ...rest} = evidence;
  const at = evidence.at ?? evidence.manifestAt;
  const place = {action, ...rest, ...(at !== undefined && {at})};
  const {symbol} = finding;
  const notes =
    file === undefined
      ? []
      : [
          {
            message:
              evidence.said === undefined ? `${file} has it, but static.` : `${file} has ${evidence.said}, of C++.`,
          },
        ];
  const mangled = evidence.said !== undefined && {
    help: `Say extern "C" before ${symbol}, or include the header that declares it.`,
  };
  if (finding.interface !== 'start') {
    return error(`${action.owner} provides ${finding.interface}, but does not define ${symbol}.`, place, {
      notes,
      ...mangled,
    });
  }
  if (action.owner === 'app') {
    return error('The app does not define main.', place, {notes, help: 'Write `int main(int argc, char **argv)`.'});
  }
  return error(`${action.owner} is started at ${symbol}, but does not define it.`, place, {notes, ...mangled});
}

function leaks(finding: Finding & {kind: 'leaks'}, evidence: Evidence): Diagnostic {
  const {action, manifest} = evidence;
  const {symbol, interface: owner} = finding;
  const message = `${who(evidence)} defines ${symbol}${inFile(evidence)}, which belongs to the interface ${owner}`;
  if (action.owner === 'app') return error(`${message}.`, evidence, {help: 'Rename it, or make it static.'});
  const help = `Make it static, or declare ${owner} under \`provides\` in ${manifest}.`;
  return error(`${message}, but does not provide it.`, evidence, {help});
}

function error(message: string, {at}: Pick<Evidence, 'at'>, more: Pick<Diagnostic, 'notes' | 'help'>): Diagnostic {
  const {notes = [], help} = more;
  return {
    severity: 'error',
    message,
    ...(at !== undefined && {at}),
    ...(notes.length > 0 && {notes}),
    ...(help !== undefined && {help}),
  };
}

function who({action}: Evidence): string {
  return action.owner === 'app' ? 'The app' : action.owner;
}

function inFile({file}: Evidence): string {
  return file === undefined ? '' : ` in ${file}`;
}
