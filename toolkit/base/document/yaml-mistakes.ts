// SPDX-License-Identifier: BSD-3-Clause

import type {YAMLError} from 'yaml';
import {lineAround} from '../position.ts';
import {quote} from '../words.ts';
import type {Extent} from './node.ts';
import type {Page} from './shape.ts';

interface Words extends Extent {
  readonly message: string;
  readonly help?: string;
}

/** A mistake in YAML itself, in words for somebody who does not know YAML's. */
export function sayYamlMistake(mistake: YAMLError, page: Page): undefined {
  const {message, help, ...extent} = wordsFor(mistake, page.source.text);
  return page.error(page.at(extent), message, help === undefined ? {} : {help});
}

function wordsFor(mistake: YAMLError, text: string): Words {
  const [offset, end] = mistake.pos;
  const rest = restOfLine(text, offset);
  const here = {offset, length: Math.max(0, Math.min(end, text.length) - offset)};
  switch (mistake.code) {
    case 'TAB_AS_INDENT':
      return {
        ...here,
        message: 'Expected blanks at the beginning of the line, but was a tab.',
        help: 'YAML is indented with blanks only.',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return colonInValue(text, offset);
    case 'BAD_ALIAS':
      return {
        ...here,
        message: `Expected a value, but was ${rest}, which means something else in YAML.`,
        help: `Write ${inQuotes(rest)}`,
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return missingColon(text, offset);
    case 'BAD_SCALAR_START':
      return {
        offset,
        length: rest.length,
        message: `Expected a value, but a value cannot begin with ${rest.slice(0, 1)} unless it is in quotes.`,
        help: `Write ${inQuotes(rest)}`,
      };
    case 'BAD_DQ_ESCAPE':
      return {
        ...here,
        length: 2,
        message: `Expected an escape such as \\n, but was ${text.slice(offset, offset + 2)}.`,
        help: 'Write a backslash twice, or use single quotes.',
      };
    case 'RESOURCE_EXHAUSTION':
      return {...here, length: 0, message: 'Lists and maps are nested too deeply here.'};
    case 'MULTIPLE_DOCS':
      return {offset, length: 3, message: 'Expected one document, but a second one begins here.'};
    case 'TAG_RESOLVE_FAILED':
      return {
        ...here,
        message: `Expected a value, but was the YAML tag ${quote(text.slice(offset, end))}.`,
        help: 'Put the value in quotes if the exclamation mark is meant.',
      };
    case 'BAD_INDENT':
      return badIndent(text, here, mistake.message);
    case 'MISSING_CHAR':
      return missingCharacter(text, here, mistake.message);
    case 'UNEXPECTED_TOKEN':
      return unexpected(text, here, mistake.message);
    default:
      return {...here, message: `This is not YAML: ${mistake.message}.`};
  }
}

function colonInValue(text: string, offset: number): Words {
  const rest = restOfLine(text, offset);
  if (/: |:$/.test(rest)) {
    return {
      offset,
      length: rest.length,
      message: 'Expected one value, but was a value with a colon in it.',
      help: `Put it in quotes: ${inQuotes(rest)}`,
    };
  }
  const nextLine = text.indexOf('\n', offset) + 1;
  const blanks = /^\s*/.exec(text.slice(nextLine))?.[0].length ?? 0;
  return {
    offset: nextLine + blanks,
    length: restOfLine(text, nextLine + blanks).length,
    message: 'This line is indented as if it went on with the value above.',
    help: 'Write as many blanks before it as before the lines that it belongs with.',
  };
}

function missingColon(text: string, offset: number): Words {
  const line = restOfLine(text, offset);
  const colon = line.indexOf(':');
  const help =
    colon > 0 && line[colon + 1] !== ' '
      ? `Write a blank after the colon: ${line.slice(0, colon)}: ${line.slice(colon + 1)}`
      : undefined;
  return {
    offset,
    length: line.length,
    message: 'Expected a key with a colon and a blank after it.',
    ...(help !== undefined && {help}),
  };
}

function badIndent(text: string, here: Extent, message: string): Words {
  const bracket = /end with a ([\]}])/.exec(message)?.[1];
  if (bracket !== undefined) return unclosed(text, here.offset, bracket);
  const start = lineAround({path: '', text}, here.offset);
  const indented = start.text.length - start.text.trimStart().length;
  return {
    offset: start.offset + indented,
    length: 0,
    message: 'This line is indented otherwise than the lines that it belongs with.',
  };
}

function missingCharacter(text: string, here: Extent, message: string): Words {
  const quoteMark = /Missing closing (['"])/.exec(message)?.[1];
  if (quoteMark !== undefined) {
    return {
      ...openingQuote(text, here.offset, quoteMark),
      message: `The text that begins with this ${quoteMark} has no end.`,
      help: `Write a second ${quoteMark} after it.`,
    };
  }
  const bracket = /end with a ([\]}])/.exec(message)?.[1];
  if (bracket !== undefined) return unclosed(text, here.offset, bracket);
  if (message.startsWith('Implicit map keys')) return missingColon(text, here.offset);
  if (message.startsWith('Missing ,')) return {...here, length: 0, message: 'Expected a comma between two values.'};
  if (message.startsWith('Comments'))
    return {
      ...here,
      message: 'Expected a blank before the comment.',
      help: 'Put the value in quotes if the # belongs to it.',
    };
  return {...here, message: `This is not YAML: ${message}.`};
}

function unexpected(text: string, here: Extent, message: string): Words {
  const rest = restOfLine(text, here.offset);
  if (message.startsWith('Block scalar header')) {
    const start = Math.max(text.lastIndexOf(' ', here.offset), text.lastIndexOf('\n', here.offset)) + 1;
    const written = restOfLine(text, start);
    return {
      offset: start,
      length: written.length,
      message: `Expected a value, but a value cannot begin with ${written.slice(0, 1)} unless it is in quotes.`,
      help: `Write ${inQuotes(written)}`,
    };
  }
  if (message.startsWith('Unexpected block-seq-ind on same line')) {
    return {
      ...here,
      message: 'Expected the list on lines of its own, but it begins on the line of its key.',
      help: 'Begin a new line before the -, or write [a, b].',
    };
  }
  const left = rest.trimStart();
  return {
    offset: here.offset + rest.length - left.length,
    length: Math.max(1, left.length),
    message: `Expected the end of the value, but was ${quote(left)}.`,
  };
}

function unclosed(text: string, offset: number, bracket: string): Words {
  const opening = bracket === ']' ? '[' : '{';
  let depth = 0;
  for (let at = Math.min(offset, text.length - 1); at >= 0; at--) {
    if (text[at] === bracket && at < offset) depth++;
    if (text[at] === opening && depth-- === 0) {
      return {
        offset: at,
        length: 1,
        message: `This ${opening} is not closed.`,
        help: `Write ${bracket} after its last value.`,
      };
    }
  }
  return {offset, length: 0, message: `Expected ${bracket} here.`};
}

/** The parser says where the text ran out; people want to see where it began. */
function openingQuote(text: string, end: number, mark: string): Extent {
  let open: number | undefined;
  for (let at = 0; at < end; at++) {
    if (text[at] === '\\' && open !== undefined && mark === '"') at++;
    else if (text[at] === mark && (open !== undefined || /[\s[{,]/.test(text[at - 1] ?? ' ')))
      open = open === undefined ? at : undefined;
  }
  return {offset: open ?? end, length: open === undefined ? 0 : 1};
}

function restOfLine(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(offset, end === -1 ? undefined : end).replace(/(\s+#.*)?\s*$/, '');
}

function inQuotes(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
