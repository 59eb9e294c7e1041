// SPDX-License-Identifier: BSD-3-Clause

import type {ForeignKey} from '../base/index.ts';

const kconfig: ForeignKey = {
  message: 'The key "kconfig" is KraftKit\'s: here settings belong to the lib that reads them.',
  help: 'Write them as options of libs: libraries: {LIB: {options: {…}}}',
};

/** Keys that KraftKit's Kraftfiles have and ours do not, and what to write instead. */
export const foreignKeys: Readonly<Record<string, ForeignKey>> = {
  unikraft: {
    message: 'The key "unikraft" is KraftKit\'s: here there is no core to configure, everything is a lib.',
    help: 'Remove it. What it set in kconfig are options of libs: libraries: {LIB: {options: {…}}}',
  },
  kconfig,
  template: {
    message: 'The key "template" is KraftKit\'s: here a project begins as a copy.',
    help: 'Remove it, and start from kraft-ts init --template.',
  },
  runtime: {
    message: 'The key "runtime" is KraftKit\'s: here an app is compiled from its sources.',
    help: 'Say which files with sources, and what they use with needs.',
  },
  outdir: {
    message: 'The key "outdir" is KraftKit\'s: here builds go to the folder .kraft beside the Kraftfile.',
    help: 'Remove it.',
  },
  architectures: {
    message: 'The key "architectures" belongs to old files of KraftKit.',
    help: 'Write targets: [PLATFORM/ARCH]',
  },
  platforms: {message: 'The key "platforms" belongs to old files of KraftKit.', help: 'Write targets: [PLATFORM/ARCH]'},
  version: {
    message: 'The key "version" is KraftKit\'s: here a Kraftfile has none.',
    help: 'Remove it, or write it under labels.',
  },
  networks: {
    message: 'The key "networks" is KraftKit\'s: here ports are opened when the image is run.',
    help: 'Remove it, and write kraft-ts run -p HOST:GUEST.',
  },
  ports: {
    message: 'The key "ports" is not the Kraftfile\'s: ports are opened when the image is run.',
    help: 'Remove it, and write kraft-ts run -p HOST:GUEST.',
  },
};

/** The same for one lib under `libraries`. */
export const foreignLibraryKeys: Readonly<Record<string, ForeignKey>> = {
  kconfig: {
    message: 'The key "kconfig" is KraftKit\'s: here a lib has typed options.',
    help: 'Write options: {NAME: VALUE}',
  },
  source: {
    message: 'The key "source" is KraftKit\'s: here a lib is found by its name.',
    help: "Put the lib's folder into libs/ beside the Kraftfile.",
  },
};

/** The same for one target. */
export const foreignTargetKeys: Readonly<Record<string, ForeignKey>> = {
  kconfig,
  name: {message: 'The key "name" is KraftKit\'s: here a target is named PLATFORM/ARCH.', help: 'Remove it.'},
};
