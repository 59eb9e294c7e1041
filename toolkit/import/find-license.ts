// SPDX-License-Identifier: BSD-3-Clause

/** Words that stand in one licence only, as SPDX calls it; the more particular ones first. */
const texts: readonly (readonly [string, RegExp])[] = [
  ['Apache-2.0', /Apache License,?\s+Version 2\.0/i],
  ['MPL-2.0', /Mozilla Public License,? (?:Version|v\.) ?2\.0/i],
  ['LGPL-3.0-or-later', /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/i],
  ['LGPL-2.1-or-later', /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1/i],
  ['GPL-3.0-or-later', /GNU GENERAL PUBLIC LICENSE\s+Version 3/i],
  ['GPL-2.0-or-later', /GNU GENERAL PUBLIC LICENSE\s+Version 2/i],
  ['BSL-1.0', /Boost Software License - Version 1\.0/i],
  ['Unlicense', /This is free and unencumbered software released into the public domain/i],
  ['CC0-1.0', /CC0 1\.0 Universal/i],
  ['Zlib', /Altered source versions must be plainly marked as such/i],
  ['ISC', /Permission to use, copy, modify, and(?:\/or)? distribute this software for any\s+purpose/i],
  ['MIT', /Permission is hereby granted, free of charge, to any person obtaining a copy/i],
  ['BSD-3-Clause', /Redistributions in binary form must reproduce[\s\S]*?(?:Neither the name|The names? of)/i],
  ['BSD-2-Clause', /Redistributions in binary form must reproduce/i],
];

/**
 * The licence of an archive, as SPDX writes it: what most of its compiled files say of themselves in an
 * SPDX-License-Identifier, else what its licence file is the text of. Undefined where neither tells.
 */
export function findLicense(texts: ReadonlyMap<string, string>, compiled: readonly string[]): string | undefined {
  const tags = new Map<string, number>();
  for (const file of compiled) {
    const [, tag] = /SPDX-License-Identifier:[ \t]*([^\n*]+?)[ \t]*(?:\*\/|\n|$)/.exec(texts.get(file) ?? '') ?? [];
    if (tag !== undefined) tags.set(tag, (tags.get(tag) ?? 0) + 1);
  }
  const [most] = [...tags].sort(([, one], [, other]) => other - one);
  if (most !== undefined && most[1] * 2 >= compiled.length) return most[0];
  const files = [...texts.keys()].filter((file) => /^(?:LICEN[CS]E|COPYING|COPYRIGHT|README|NOTICE)[^/]*$/i.test(file));
  const order = (file: string): number => (/^(?:LICEN|COPYING)/i.test(file) ? 0 : 1);
  for (const file of files.sort((one, other) => order(one) - order(other) || (one < other ? -1 : 1))) {
    const found = textual(texts.get(file) ?? '');
    if (found !== undefined) return found;
  }
  return compiled.map((file) => textual((texts.get(file) ?? '').slice(0, 4000))).find((one) => one !== undefined);
}

function textual(text: string): string | undefined {
  const plain = text.replaceAll(/^[ \t]*(?:\*|\/\/|#)[ \t]?/gm, '').replaceAll(/\s+/g, ' ');
  return texts.find(([, pattern]) => pattern.test(plain))?.[0];
}
