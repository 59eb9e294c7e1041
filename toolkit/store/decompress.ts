// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';

type Refusal = {readonly message: string; readonly help?: string};

/** The bytes within a compressed file, which its first bytes tell the kind of; uncompressed ones as they are. */
export async function decompress(host: Host, bytes: Uint8Array, atMost: number): Promise<Result<Uint8Array, Refusal>> {
  if (startsWith(bytes, [0x1f, 0x8b])) return gunzip(bytes, atMost);
  const format = formats.find(({magic}) => startsWith(bytes, magic));
  if (format === undefined) return bytes.length > atMost ? fail(tooLarge(atMost)) : ok(bytes);
  return throughProgram(host, format, {bytes, atMost});
}

const formats = [
  {program: 'xz', package: 'xz-utils', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]},
  {program: 'bzip2', package: 'bzip2', magic: [0x42, 0x5a, 0x68]},
  {program: 'zstd', package: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd]},
] as const;

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

async function gunzip(bytes: Uint8Array, atMost: number): Promise<Result<Uint8Array, Refusal>> {
  const zlib = await import('node:zlib');
  return new Promise((resolve) => {
    zlib.gunzip(bytes, {maxOutputLength: atMost}, (error, result) => {
      if (error === null) return resolve(ok(result));
      const code = 'code' in error ? error.code : undefined;
      resolve(
        fail(code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(atMost) : {message: `it is damaged (${error.message}).`}),
      );
    });
  });
}

async function throughProgram(
  host: Host,
  format: (typeof formats)[number],
  input: {readonly bytes: Uint8Array; readonly atMost: number},
): Promise<Result<Uint8Array, Refusal>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let complaint = '';
  let stop = (): void => {};
  const child = await host.spawn(format.program, ['-d', '-c'], {
    stdin: input.bytes,
    onStdout: (chunk) => {
      size += chunk.length;
      if (size > input.atMost) stop();
      else chunks.push(chunk);
    },
    onStderr: (chunk) => {
      complaint += Buffer.from(chunk).toString();
    },
  });
  if (child === 'not-found') {
    return fail({
      message: `the program ${format.program}, which unpacks it, is missing.`,
      help: `sudo apt-get install -y ${format.package}`,
    });
  }
  stop = () => child.kill('SIGKILL');
  if (size > input.atMost) stop();
  const {exitCode} = await child.exited;
  if (size > input.atMost) return fail(tooLarge(input.atMost));
  if (exitCode !== 0)
    return fail({message: `it is damaged (${complaint.trim() === '' ? format.program : complaint.trim()}).`});
  return ok(Buffer.concat(chunks));
}

function tooLarge(atMost: number): Refusal {
  const size = atMost >= 1024 * 1024 ? `${Math.floor(atMost / 1024 / 1024)} MiB` : `${atMost} bytes`;
  return {message: `unpacked, it is larger than ${size}.`};
}
