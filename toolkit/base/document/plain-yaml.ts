// SPDX-License-Identifier: BSD-3-Clause

import type {Extent, KeyNode, Node} from './node.ts';
import {scalarNode, Unusual} from './plain-scalar.ts';

/**
 * The YAML that people write in Kraftfiles and manifests, read in one pass: maps and lists, in lines or in brackets,
 * and scalars on one line. Undefined for everything else, right or wrong: then the parser of all of YAML decides. A
 * catalog of dozens of manifests is read by every command, and that parser takes most of its time.
 */
export function readPlainYaml(text: string): Node | undefined {
  try {
    return new PlainYaml(text).document();
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

const keyPattern = /([A-Za-z_][A-Za-z0-9_.-]*):(?=[ \n]|$)/y;
/** What may follow a backslash in double quotes; the others are unusual. */
const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', '"': '"', '\\': '\\'};
const deepest = 20;
/** The column where there is no more content. */
const end = -1;

/** Between two calls, `#at` is at the next content, and `#column` is where that begins in its line. */
class PlainYaml {
  readonly #text: string;
  #at = 0;
  #column: number = end;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Node {
    if (/[\t\r\ufeff]/.test(this.#text)) this.#unusual();
    if (this.#toContent(0) !== 0) this.#unusual();
    const root = this.#blockMap(0, {offset: 0, length: 0});
    if (this.#column !== end) this.#unusual();
    return root;
  }

  #blockMap(indent: number, place: Extent): Node {
    this.#enter();
    const entries: {key: KeyNode; value: Node}[] = [];
    const names = new Set<string>();
    const offset = this.#at;
    while (this.#column === indent && !this.#atDash()) {
      const key = this.#key();
      if (names.has(key.name)) this.#unusual();
      names.add(key.name);
      entries.push({key, value: this.#valueOf(key, indent)});
    }
    if (this.#column > indent || entries.length === 0) this.#unusual();
    this.#depth--;
    return {kind: 'map', entries, place, offset, length: endOf(entries.at(-1)?.value, offset) - offset};
  }

  #key(): KeyNode {
    keyPattern.lastIndex = this.#at;
    const name = keyPattern.exec(this.#text)?.[1] ?? this.#unusual();
    const key = {name, offset: this.#at, length: name.length};
    this.#at += name.length + 1;
    return key;
  }

  #valueOf(key: KeyNode, indent: number): Node {
    this.#skipBlanks();
    const character = this.#text[this.#at] ?? '\n';
    if (character !== '\n' && character !== '#') return this.#inLine(indent, key);
    this.#endLine();
    if (this.#column > indent) {
      if (this.#atDash()) return this.#blockList(this.#column);
      return this.#atBracket() ? this.#inLine(indent, key) : this.#blockMap(this.#column, key);
    }
    if (this.#column === indent && this.#atDash()) return this.#blockList(indent);
    return {kind: 'nothing', offset: key.offset, length: key.length};
  }

  #blockList(indent: number): Node {
    this.#enter();
    const items: Node[] = [];
    const offset = this.#at;
    while (this.#column === indent && this.#atDash()) {
      const dash = this.#at;
      this.#at++;
      this.#skipBlanks();
      const place = {offset: this.#at, length: 0};
      keyPattern.lastIndex = this.#at;
      if (keyPattern.test(this.#text)) {
        this.#column = indent + this.#at - dash;
        items.push(this.#blockMap(this.#column, place));
      } else items.push(this.#inLine(indent, place));
    }
    if (this.#column > indent) this.#unusual();
    this.#depth--;
    return {kind: 'list', items, offset, length: endOf(items.at(-1), offset) - offset};
  }

  /** A value on the line of its key or dash. */
  #inLine(indent: number, place: Extent): Node {
    const character = this.#text[this.#at];
    if (character === '>') return this.#folded(indent);
    const value = this.#atBracket() ? this.#flow(indent, place) : this.#scalar(/[^\n]*/y);
    this.#endLine();
    if (this.#column > indent) this.#unusual();
    return value;
  }

  #flow(indent: number, place: Extent): Node {
    const character = this.#text[this.#at];
    if (character === '{') return this.#flowMap(indent, place);
    if (character === '[') return this.#flowList(indent);
    return this.#scalar(/[^\n,[\]{}]*/y);
  }

  #flowMap(indent: number, place: Extent): Node {
    this.#enter();
    const entries: {key: KeyNode; value: Node}[] = [];
    const names = new Set<string>();
    const offset = this.#at++;
    for (this.#skipInFlow(indent); this.#text[this.#at] !== '}'; this.#comma('}', indent)) {
      const key = this.#key();
      if (names.has(key.name)) this.#unusual();
      names.add(key.name);
      this.#skipInFlow(indent);
      entries.push({key, value: this.#flow(indent, key)});
    }
    this.#at++;
    this.#depth--;
    return {kind: 'map', entries, place, offset, length: this.#at - offset};
  }

  #flowList(indent: number): Node {
    this.#enter();
    const items: Node[] = [];
    const offset = this.#at++;
    for (this.#skipInFlow(indent); this.#text[this.#at] !== ']'; this.#comma(']', indent)) {
      items.push(this.#flow(indent, {offset: this.#at, length: 0}));
    }
    this.#at++;
    this.#depth--;
    return {kind: 'list', items, offset, length: this.#at - offset};
  }

  #comma(bracket: ']' | '}', indent: number): void {
    this.#skipInFlow(indent);
    if (this.#text[this.#at] === ',') {
      this.#at++;
      this.#skipInFlow(indent);
    } else if (this.#text[this.#at] !== bracket) this.#unusual();
  }

  /** In quotes, or plain: then as far as `extent` goes, but not into a comment. */
  #scalar(extent: RegExp): Node {
    const offset = this.#at;
    const quote = this.#text[offset];
    if (quote === '"' || quote === "'") {
      const pattern = quote === '"' ? /"(?:[^"\\\n]|\\[nt"\\])*"/y : /'(?:[^'\n]|'')*'/y;
      pattern.lastIndex = offset;
      const written = pattern.exec(this.#text)?.[0] ?? this.#unusual();
      this.#at += written.length;
      const inside = written.slice(1, -1);
      const value =
        quote === '"'
          ? inside.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter)
          : inside.replaceAll("''", "'");
      return {kind: 'string', value, written: value, offset, length: written.length};
    }
    extent.lastIndex = offset;
    const written = (extent.exec(this.#text)?.[0] ?? '').replace(/ +#.*$/, '').trimEnd();
    this.#at += written.length;
    return scalarNode(written, {offset, length: written.length});
  }

  /** A text over several lines after `>-`, where every line is indented alike. */
  #folded(indent: number): Node {
    const offset = this.#at;
    if (!this.#text.startsWith('>-\n', offset)) this.#unusual();
    const lines: string[] = [];
    let column: number | undefined;
    let next = offset + 3;
    let last = next;
    for (;;) {
      const lineEnd = this.#text.indexOf('\n', next);
      const line = this.#text.slice(next, lineEnd === -1 ? undefined : lineEnd);
      const content = line.trimStart();
      const lineColumn = line.length - content.length;
      if (content === '' || lineColumn <= indent) break;
      column ??= lineColumn;
      if (lineColumn !== column || content.endsWith(' ')) this.#unusual();
      lines.push(content);
      last = next + line.length;
      if (lineEnd === -1) break;
      next = lineEnd + 1;
    }
    if (lines.length === 0) this.#unusual();
    this.#at = last;
    this.#endLine();
    if (this.#column > indent) this.#unusual();
    const value = lines.join(' ');
    return {kind: 'string', value, written: value, offset, length: last - offset};
  }

  #atBracket(): boolean {
    return this.#text[this.#at] === '[' || this.#text[this.#at] === '{';
  }

  #atDash(): boolean {
    return this.#text[this.#at] === '-' && this.#text[this.#at + 1] === ' ';
  }

  #skipBlanks(): void {
    while (this.#text[this.#at] === ' ') this.#at++;
  }

  /** Blanks, line ends and comments within brackets; lines that go on must be indented. */
  #skipInFlow(indent: number): void {
    for (;;) {
      const before = this.#at;
      this.#skipBlanks();
      if (this.#text[this.#at] === '#' && this.#at > before) this.#skipComment();
      if (this.#text[this.#at] !== '\n') return;
      this.#toContent(this.#at + 1);
      if (this.#column <= indent) this.#unusual();
    }
  }

  #skipComment(): void {
    const lineEnd = this.#text.indexOf('\n', this.#at);
    this.#at = lineEnd === -1 ? this.#text.length : lineEnd;
  }

  /** Nothing but a comment may follow a value. */
  #endLine(): void {
    this.#skipBlanks();
    if (this.#text[this.#at] === '#' && this.#text[this.#at - 1] === ' ') this.#skipComment();
    if (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#unusual();
    this.#toContent(this.#at + 1);
  }

  /** From the beginning of a line to the next content, past empty lines and comments. */
  #toContent(lineStart: number): number {
    let start = lineStart;
    let character: string | undefined;
    do {
      this.#at = start;
      this.#skipBlanks();
      character = this.#text[this.#at];
      this.#column = character === undefined ? end : this.#at - start;
      if (character === '\n' || character === '#') this.#skipComment();
      start = this.#at + 1;
    } while (character === '\n' || character === '#');
    return this.#column;
  }

  #enter(): void {
    if (++this.#depth > deepest) this.#unusual();
  }

  #unusual(): never {
    throw new Unusual();
  }
}

function endOf(node: Node | undefined, otherwise: number): number {
  return node === undefined ? otherwise : node.offset + node.length;
}
