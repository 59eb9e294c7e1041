// SPDX-License-Identifier: BSD-3-Clause

import type {Host} from '../host/index.ts';

/**
 * A guest's console on its way to the user. Bytes pass through as they come, until a line begins with `panic:`; what
 * follows is kept until the end, when `symbolise` turns its addresses into functions and lines, all in one go.
 */
export function panicFilter(pass: (bytes: Uint8Array) => void): {
  write(bytes: Uint8Array): void;
  /** What was kept, from the panic's line on. */
  end(): Uint8Array | undefined;
} {
  let line: number[] = [];
  let kept: Uint8Array[] | undefined;
  return {
    write: (bytes) => {
      if (kept !== undefined) return void kept.push(bytes);
      const begins = panicAt(bytes, line);
      if (begins === undefined) return pass(bytes);
      // The beginning of the line has already been passed on where a chunk ended within the word.
      if (begins > 0) pass(bytes.subarray(0, begins));
      kept = [bytes.subarray(begins)];
      line = [];
    },
    end: () => (kept === undefined ? undefined : Buffer.concat(kept)),
  };
}

const word = [...Buffer.from('panic: ')];

/** Where in a chunk the part of a panic's line begins that this chunk holds. `line` is how the current line began. */
function panicAt(bytes: Uint8Array, line: number[]): number | undefined {
  let start = 0;
  for (const [index, byte] of bytes.entries()) {
    if (byte === 0x0a || byte === 0x0d) {
      line.length = 0;
      start = index + 1;
      continue;
    }
    if (line.length > word.length) continue;
    line.push(byte);
    if (line.length === word.length && line.every((one, at) => one === word[at])) return start;
  }
  return undefined;
}

/** The text of a panic with its `  at 0x…` lines as `  at function (file:line)`, where the debug file knows them. */
export async function symbolise(
  host: Host,
  {text, debugPath}: {readonly text: string; readonly debugPath: string},
): Promise<string> {
  const interrupted = text.startsWith('panic: cpu: ') || text.includes('\npanic: cpu: ');
  const addresses = [...text.matchAll(frame)].map((match, index) => {
    const address = BigInt(`0x${match[1]}`);
    // The first of an exception is the instruction itself. All others are where a call returns to: that may be another
    // line, or the next function, where the call is the last of its own.
    return `0x${((index === 0 && interrupted) || address === 0n ? address : address - 1n).toString(16)}`;
  });
  if (addresses.length === 0 || (await host.facts(debugPath)) === undefined) return text;
  const result = await host.run('addr2line', ['-f', '-i', '-a', '-e', debugPath, ...addresses]);
  if (result === 'not-found')
    return `${text}  (install binutils to see functions and lines here: sudo apt-get install -y binutils)\n`;
  if (result.exitCode !== 0) return text;
  const places = readPlaces(result.stdout);
  let index = 0;
  return text.replace(frame, (line) => {
    const known = places.get(Number(addresses[index++]));
    return known === undefined || known.length === 0 ? line : known.map((place) => `  at ${place}`).join('\n');
  });
}

/** Builds call their folder /build; in it are the project, the toolkit and the store, which readers know by themselves. */
const builtIn = /^\/build\/(?:(?:project|kit)\/|store\/[0-9a-f]{64}\/)?/;

const frame = /^ {2}at 0x([0-9a-f]+)(?=\r?$)/gm;

/** addr2line's answer: an address, then a function and a place, then those that it is inlined into. */
function readPlaces(output: string): ReadonlyMap<number, readonly string[]> {
  const places = new Map<number, string[]>();
  let current: string[] = [];
  const lines = output.trimEnd().split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^0x[0-9a-f]+$/.test(line)) {
      current = [];
      places.set(Number(line), current);
      continue;
    }
    index += 1;
    const place = (lines[index] ?? '').replace(/ \(discriminator \d+\)$/, '').replace(builtIn, '');
    if (line === '??') continue;
    current.push(place.startsWith('??') ? line : `${line} (${place.replace(/:\?$/, '')})`);
  }
  return places;
}
