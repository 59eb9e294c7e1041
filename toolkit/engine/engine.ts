// SPDX-License-Identifier: BSD-3-Clause

import {resolve} from 'node:path';
import type {Event} from '../events.ts';
import {type Host, nodeHost} from '../host/index.ts';

/** What every function of the engine works with. */
export interface Engine {
  readonly host: Host;
  /** The folder that holds the toolkit's own libs, platforms and arches, absolute. */
  readonly kit: string;
  /** Where a project is looked for: here, then upwards. Absolute. */
  readonly folder: string;
  readonly emit: (event: Event) => void;
  /** Folders of libs and interfaces that are in the catalog beside what the project has, absolute. */
  readonly packages?: readonly string[];
}

export interface EngineOptions {
  readonly kit: string;
  /** The current folder. */
  readonly cwd: string;
  /** What `-C` says. */
  readonly directory: string | undefined;
  readonly onEvent: (event: Event) => void;
  /** Absent: the real one. */
  readonly host?: Host;
}

export function openEngine({kit, cwd, directory, onEvent, host = nodeHost()}: EngineOptions): Engine {
  return {host, kit: resolve(kit), folder: resolve(cwd, directory ?? '.'), emit: onEvent};
}
