// SPDX-License-Identifier: BSD-3-Clause

import {isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type Node as YamlNode} from 'yaml';
import {quote} from '../words.ts';
import type {Extent, KeyNode, Node} from './node.ts';
import type {Page} from './shape.ts';
import {sayYamlMistake} from './yaml-mistakes.ts';

/**
 * A text read by the parser of all of YAML, whose mistakes it can name. Undefined when it is not YAML: then one mistake
 * is reported, the first, since those behind it are mostly its consequences.
 */
export function readAnyYaml(page: Page): Node | undefined {
  const document = parseDocument(page.source.text, {uniqueKeys: false, logLevel: 'error', prettyErrors: false});
  const [mistake] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (mistake !== undefined) return sayYamlMistake(mistake, page);
  return convert(document.contents, {page, place: {offset: 0, length: 0}, depth: 0});
}

interface Surroundings {
  readonly page: Page;
  /** Where to say that something is missing. */
  readonly place: Extent;
  readonly depth: number;
}

const deepest = 40;

function convert(node: YamlNode | null, around: Surroundings): Node {
  const {page, place} = around;
  const nothing: Node = {kind: 'nothing', offset: place.offset, length: place.length};
  if (node === null) return nothing;
  const extent = extentOf(node, place);
  const refused = plainDataOnly(node, page.source.text);
  if (refused !== undefined) {
    const {offset, length = extent.length} = refused;
    page.error(page.at({offset: offset ?? extent.offset, length}), refused.message, {help: refused.help});
    return {kind: 'mistake', ...extent};
  }
  if (around.depth > deepest) {
    page.error(page.at({...extent, length: 0}), 'Lists and maps are nested too deeply here.');
    return {kind: 'mistake', ...extent};
  }
  if (isMap(node)) return tight(convertMap(node.items, extent, around), node.flow);
  if (isSeq(node)) {
    const items = node.items.map((item) => {
      const itemPlace = isNode(item) ? {...extentOf(item, extent), length: 0} : extent;
      return convert(isNode(item) ? item : null, {page, place: itemPlace, depth: around.depth + 1});
    });
    return tight({kind: 'list', items, ...extent}, node.flow);
  }
  if (!isScalar(node)) return nothing;
  const text = page.source.text.slice(extent.offset, extent.offset + extent.length);
  return convertScalar(node.value, node.source ?? '', {extent: {...extent, length: text.trimEnd().length}, nothing});
}

/** A list or map in lines ends where its last value does, whatever comments come after it. */
function tight(node: Node, flow: boolean | undefined): Node {
  if (flow === true) return node;
  const values =
    node.kind === 'map' ? node.entries.map((entry) => entry.value) : node.kind === 'list' ? node.items : [];
  const last = values.at(-1);
  return last === undefined ? node : {...node, length: last.offset + last.length - node.offset};
}

function convertScalar(value: unknown, written: string, {extent, nothing}: {extent: Extent; nothing: Node}): Node {
  if (typeof value === 'string') return {kind: 'string', value, written, ...extent};
  if (typeof value === 'number') return {kind: 'number', value, written, ...extent};
  if (typeof value === 'boolean') return {kind: 'boolean', value, written, ...extent};
  return nothing;
}

function convertMap(pairs: readonly Pair[], extent: Extent, {page, place, depth}: Surroundings): Node {
  const entries: {key: KeyNode; value: Node}[] = [];
  const seen = new Map<string, KeyNode>();
  for (const pair of pairs) {
    const key = convertKey(pair.key, page, extent);
    if (key === undefined) continue;
    const first = seen.get(key.name);
    if (first !== undefined) {
      page.error(page.at(key), `The key ${quote(key.name)} is written twice.`, {
        notes: [{message: 'It was written first here.', at: page.at(first)}],
      });
      continue;
    }
    seen.set(key.name, key);
    const value = convert(isNode(pair.value) ? pair.value : null, {page, place: key, depth: depth + 1});
    entries.push({key, value});
  }
  return {kind: 'map', entries, place, ...extent};
}

function convertKey(node: unknown, page: Page, extent: Extent): KeyNode | undefined {
  if (!isNode(node) || !isScalar(node) || plainDataOnly(node, page.source.text) !== undefined) {
    const at = isNode(node) ? extentOf(node, extent) : {...extent, length: 0};
    return page.error(page.at(at), 'Expected a key, but was something else.', {
      help: 'A key that begins with a special character needs quotes.',
    });
  }
  const name = typeof node.value === 'string' ? node.value : (node.source ?? '');
  return {name, ...extentOf(node, extent)};
}

function isNode(value: unknown): value is YamlNode {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function extentOf(node: YamlNode, otherwise: Extent): Extent {
  const [start, end] = node.range ?? [otherwise.offset, otherwise.offset];
  return {offset: start, length: end - start};
}

interface Refused {
  readonly message: string;
  readonly help: string;
  readonly offset?: number;
  readonly length?: number;
}

/** What YAML has beyond plain data, where a node has some of it. */
function plainDataOnly(node: YamlNode, text: string): Refused | undefined {
  if (isAlias(node)) {
    const written = `*${node.source}`;
    return {
      message: `Expected a value, but was the YAML alias ${quote(written)}.`,
      help: `Write '${written}', in quotes, if the asterisk is meant.`,
    };
  }
  if (node.tag !== undefined && explicitTag(node)) {
    const {word, ...extent} = wordBefore('!', node, text);
    return {
      message: `Expected a value, but was the YAML tag ${quote(word)}.`,
      help: 'Put the value in quotes if the exclamation mark is meant.',
      ...extent,
    };
  }
  if (node.anchor !== undefined) {
    const {word, ...extent} = wordBefore('&', node, text);
    return {
      message: `Expected a value, but was the YAML anchor ${quote(word)}.`,
      help: 'Put the value in quotes if the ampersand is meant.',
      ...extent,
    };
  }
  return undefined;
}

function wordBefore(mark: '!' | '&', node: YamlNode, text: string): {word: string; offset: number; length: number} {
  const offset = Math.max(0, text.lastIndexOf(mark, (node.range?.[0] ?? 0) - 1));
  const [word = mark] = /^\S+/.exec(text.slice(offset)) ?? [];
  return {word, offset, length: word.length};
}

/** The parser writes a tag into collections of its own accord. */
function explicitTag(node: YamlNode): boolean {
  return (
    !(isMap(node) && node.tag === 'tag:yaml.org,2002:map') && !(isSeq(node) && node.tag === 'tag:yaml.org,2002:seq')
  );
}
