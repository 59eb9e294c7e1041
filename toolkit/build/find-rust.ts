// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {firstLine, firstOf} from './ask-program.ts';
import type {Toolchain} from './toolchain.ts';

/**
 * rustc, where it has the core library for a target. It is asked each time: behind a file that stays the same, rustup
 * may have another one today.
 */
export async function findRust(host: Host, target: string): Promise<Result<NonNullable<Toolchain['rust']>>> {
  const program = await firstOf(host, ['rustc']);
  if (program === undefined) return fail([missing()]);
  const [version, folder] = await Promise.all([
    firstLine(host, program, ['--version']),
    firstLine(host, program, ['--print', 'target-libdir', '--target', target]),
  ]);
  if (version === undefined || folder === undefined)
    return fail([{severity: 'error', message: `${program} does not know the target ${target}.`}]);
  const names = (await host.list(folder)) ?? [];
  if (!names.some((name) => /^libcore-.*\.rlib$/.test(name))) return fail([noCore(program, target)]);
  return ok({program, version});
}

function missing(): Diagnostic {
  return {
    severity: 'error',
    message: 'Building an image with Rust in it needs rustc, which is not installed.',
    help: 'Run: sudo apt-get install rustc; or see https://rustup.rs.',
  };
}

function noCore(program: string, target: string): Diagnostic {
  return {
    severity: 'error',
    message: `${program} has no core library for ${target}.`,
    help: `Run: rustup target add ${target}`,
  };
}
