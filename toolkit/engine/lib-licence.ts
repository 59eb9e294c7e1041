// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, quote} from '../base/index.ts';
import type {Authored} from './author.ts';
import type {Engine} from './engine.ts';
import {shown} from './project.ts';

/** Files that say their licence in a line: those that are compiled, or included. */
const code = /\.(?:c|h|S|inc|cc|cpp|hpp|rs)$/;

/** Where a licence is not one that SPDX could know, or a file does not say the manifest's. */
export async function licenceProblems(engine: Engine, {folder, what}: Authored): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const license = what.kind === 'lib' ? what.lib.license : undefined;
  const at = what.kind === 'lib' ? what.lib.at : what.interface.at;
  const {isLicenseExpression} = await import('../sbom/index.ts');
  if (license !== undefined && !isLicenseExpression(license)) {
    const message = `The licence ${quote(license)} is not written as SPDX writes one.`;
    found.push({
      severity: 'error',
      message,
      at,
      help: 'As in BSD-3-Clause, or MIT OR Apache-2.0; see spdx.org/licenses.',
    });
  }
  const parts = ['src', 'include', 'conformance', 'fake', 'hosted', 'bench', 'test'];
  const files = (await Promise.all(parts.map((part) => filesUnder(engine, folder, part)))).flat();
  for (const file of files.filter((name) => code.test(name))) {
    const text = (await engine.host.readFile(join(folder, file))) ?? '';
    const [, said] = /SPDX-License-Identifier: (.*?)\s*(?:\*\/)?$/m.exec(text.slice(0, 400)) ?? [];
    const path = shown(engine, join(folder, file));
    if (said === undefined) {
      const help = `Begin it with /* SPDX-License-Identifier: ${license ?? 'BSD-3-Clause'} */`;
      found.push({severity: 'error', message: `${path} does not say its licence.`, help});
    } else if (license !== undefined && said !== license) {
      found.push({severity: 'error', message: `${path} says ${said}, but the manifest says ${license}.`, at});
    }
  }
  return found;
}

async function filesUnder(engine: Engine, folder: string, part: string): Promise<readonly string[]> {
  const names = (await engine.host.list(join(folder, part))) ?? [];
  const found = await Promise.all(
    names.map((name) => (name.includes('.') ? [join(part, name)] : filesUnder(engine, folder, join(part, name)))),
  );
  return found.flat();
}
