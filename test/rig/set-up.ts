// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {repository} from './repository.ts';

/** Before any test: the bundle is of today's sources. */
export function setup(): void {
  execFileSync('bash', [path.join(repository, 'scripts/setup.sh')], {stdio: 'inherit'});
}
