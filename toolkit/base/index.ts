// SPDX-License-Identifier: BSD-3-Clause

export type {Digest, InterfaceName, LibName, Version, VersionRange} from './brand.ts';
export {digest, interfaceName, libName, version, versionRange} from './brand.ts';
export {compareVersions} from './compare-versions.ts';
export type {Diagnostic} from './diagnostic.ts';
export type {JsonDiagnostic, JsonPlace} from './diagnostic-to-json.ts';
export {diagnosticToJson, placeToJson} from './diagnostic-to-json.ts';
export {didYouMean} from './did-you-mean.ts';
export {canonicalJson, digestOf, digestOfValue} from './digest.ts';
export {list, listOfDistinct, type MapRow, map, oneOrMore} from './document/collections.ts';
export {type JsonSchema, schemaFile} from './document/json-schema.ts';
export {archRule, interfaceRule, libRule, namePattern, optionRule, platformRule, symbolRule} from './document/names.ts';
export {type Checked, readDocument} from './document/read-document.ts';
export {type ForeignKey, optional, record, required} from './document/record.ts';
export {type KeyEntry, keysOf, markdownReference, printKeys} from './document/reference.ts';
export {
  boolean,
  choice,
  integer,
  range,
  sentence,
  size,
  text,
  version as versionShape,
  type WordRule,
  word,
} from './document/scalars.ts';
export {type Content, derive, type KeyFacts, named, type Page, type Shape} from './document/shape.ts';
export {flag, optionValue, pathInside} from './document/values.ts';
export {nothing, variants, ways} from './document/ways.ts';
export {matchesGlob} from './glob.ts';
export {findCycle, type Order, topologicalOrder} from './graph.ts';
export {isUnit, type Language, languageOf} from './language.ts';
export type {Located, Location, SourceText} from './location.ts';
export {endOf, type Position, printPlace, startOf, textAt} from './position.ts';
export {type Colour, inOrder, printDiagnostic, printDiagnostics} from './print-diagnostic.ts';
export type {Result} from './result.ts';
export {fail, ok} from './result.ts';
export {parseSize, printRoundSize, printSize, respellSize} from './size.ts';
export {unreachable} from './unreachable.ts';
export {alternatives, counted, listing, printCount, quote} from './words.ts';
