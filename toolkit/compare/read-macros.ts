// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {findWord, type Headers} from './headers.ts';
import type {Macro} from './surface.ts';
import {argumentsOf, type SurfaceRequest} from './surface-request.ts';

/** The macros that the headers define and leave defined, by name; not the guards around them. */
export async function readMacros(
  host: Host,
  {request, folder, headers}: {readonly request: SurfaceRequest; readonly folder: string; readonly headers: Headers},
): Promise<Result<ReadonlyMap<string, Macro>>> {
  const input = join(folder, 'macros.c');
  await host.writeFile(input, request.headers.map((header) => `#include <${header}>\n`).join(''));
  const result = await host.run(request.toolchain.cc, [...argumentsOf(request), '-E', '-dD', input], {
    env: {LC_ALL: 'C'},
  });
  if (result === 'not-found' || result.exitCode !== 0)
    return fail([{severity: 'error', message: `The headers of ${request.name} cannot be preprocessed.`}]);
  return ok(macrosIn(result.stdout, headers));
}

/** Reads `-dD`: lines `#define` and `#undef` among line markers `# 12 "file" flags`. */
function macrosIn(text: string, headers: Headers): ReadonlyMap<string, Macro> {
  const macros = new Map<string, Macro>();
  let file = '';
  let line = 0;
  for (const row of text.split('\n')) {
    const marker = /^# (\d+) "((?:[^"\\]|\\.)*)"/.exec(row);
    if (marker !== null) {
      line = Number(marker[1]);
      file = marker[2] ?? '';
      continue;
    }
    const define = /^#define ([A-Za-z_]\w*)(\([^)]*\))?(?: (.*))?$/.exec(row);
    const undef = /^#undef ([A-Za-z_]\w*)/.exec(row);
    if (define?.[1] !== undefined) {
      const [, name, parameters, value = ''] = define;
      const at = findWord(headers, {file, line, word: name});
      if (at !== undefined && !isGuard(name, value, headers.texts.get(file)?.text ?? ''))
        macros.set(name, {...(parameters !== undefined && {parameters: plain(parameters)}), value: plain(value), at});
    }
    if (undef?.[1] !== undefined) macros.delete(undef[1]);
    line += 1;
  }
  return macros;
}

/** `#ifndef X`, `#define X`: says that the header was here already. */
function isGuard(name: string, value: string, text: string): boolean {
  return (
    /^1?$/.test(value) &&
    new RegExp(
      `#\\s*(?:ifndef\\s+|if\\s+!\\s*defined\\s*\\(?\\s*)${name}\\b[^\\n]*\\n\\s*#\\s*define\\s+${name}\\b`,
    ).test(text)
  );
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
