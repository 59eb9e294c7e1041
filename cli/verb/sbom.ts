// SPDX-License-Identifier: BSD-3-Clause

import {sbomOf} from '../../toolkit/engine.ts';
import {compilerFlags, lockFlags, targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const sbom = verb({
  name: 'sbom',
  summary: 'Print what the image is made of, as SPDX or CycloneDX.',
  about: `A software bill of materials of one target's image: the app, each lib with version, licence and options, each third-party source with the SHA-256 of its archive, and who needs whom. It follows from the Kraftfile and the lock, so nothing is built, and equal images have equal documents.

The time in the document is what SOURCE_DATE_EPOCH says, else the beginning of 1970.`,
  positionals: [],
  flags: {
    format: {
      value: 'NAME',
      choices: ['spdx', 'cyclonedx'],
      means: 'SPDX 2.3 or CycloneDX 1.5, both in JSON. Default: spdx.',
    },
    ...targetFlags,
    ...compilerFlags,
    ...lockFlags,
  },
  examples: [
    {command: 'kraft-ts sbom > shop.spdx.json', means: 'For whoever asks which licences are in it.'},
    {command: 'kraft-ts sbom --format cyclonedx --locked', means: 'For a scanner, and only of what the lock says.'},
  ],
  async act({flags, reporter, engine}) {
    const document = await sbomOf(engine, {
      format: flags.format === 'cyclonedx' ? 'cyclonedx' : 'spdx',
      plat: flags.plat,
      arch: flags.arch,
      compiler: flags.compiler === 'clang' ? 'clang' : 'gcc',
      lockfile: flags.locked ? 'obey' : 'keep',
    });
    reporter.settle();
    if (!document.ok) {
      reporter.diagnostics(document.error);
      return exitStatus.diagnostics;
    }
    reporter.json(document.value);
    return exitStatus.ok;
  },
});
