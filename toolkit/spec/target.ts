// SPDX-License-Identifier: BSD-3-Clause

import {
  archRule,
  derive,
  type LibName,
  libName,
  namePattern,
  platformRule,
  record,
  required,
  type Shape,
  ways,
  word,
} from '../base/index.ts';
import {foreignTargetKeys} from './foreign-keys.ts';

interface PlatformAndArch {
  readonly platform: LibName;
  readonly arch: LibName;
}

/** What to build for: `PLATFORM/ARCH`, or the same as a map. */
export const target: Shape<PlatformAndArch> = ways(
  [
    word({
      expects: 'a target such as PLATFORM/ARCH',
      pattern: `^${namePattern}/${namePattern}$`,
      make: (written): PlatformAndArch => {
        const [platform = '', arch = ''] = written.split('/');
        return {platform: libName(platform), arch: libName(arch)};
      },
    }),
    derive(
      record(
        {
          platform: required(word(platformRule), {means: 'The platform.', example: 'PLATFORM', aliases: ['plat']}),
          architecture: required(word(archRule), {means: 'The arch.', example: 'ARCH', aliases: ['arch']}),
        },
        {expects: 'a map of platform and architecture', foreign: foreignTargetKeys},
      ),
      ({platform, architecture}) => ({platform: platform.value, arch: architecture.value}),
    ),
  ],
  'a target such as PLATFORM/ARCH',
);
