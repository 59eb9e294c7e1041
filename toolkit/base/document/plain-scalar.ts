// SPDX-License-Identifier: BSD-3-Clause

import type {Extent, Node} from './node.ts';

/** Thrown where a text is no plain YAML; caught by `readPlainYaml`. */
export class Unusual extends Error {}

/** A scalar that stands without quotes, as YAML's core schema reads it. */
export function scalarNode(written: string, extent: Extent): Node {
  if (!begins.test(written) || /: |:$|\u0000/.test(written) || rare.test(written)) throw new Unusual();
  if (/^(?:null|Null|NULL|~)$/.test(written)) throw new Unusual();
  if (/^(?:true|True|TRUE)$/.test(written)) return {kind: 'boolean', value: true, written, ...extent};
  if (/^(?:false|False|FALSE)$/.test(written)) return {kind: 'boolean', value: false, written, ...extent};
  if (number.test(written)) return {kind: 'number', value: Number(written), written, ...extent};
  return {kind: 'string', value: written, written, ...extent};
}

/** What cannot be mistaken for one of YAML's own characters. */
const begins = /^(?:[A-Za-z0-9_/.^<=$(+~\u00a1-\ud7ff]|-[^ ,[\]{}])/;
const number = /^(?:[-+]?[0-9]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*))$/;
/** Octal, exponents, infinity: left to the parser of all of YAML. */
const rare =
  /^(?:0o[0-7]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
