// SPDX-License-Identifier: BSD-3-Clause

import type {Catalog} from '../../catalog/index.ts';
import type {Solution} from '../../solve/index.ts';
import {type Figures, figuresOf, type LastBuild} from '../last-build.ts';

/** What an image is thought to come to. Bytes and instructions. */
export interface Estimate {
  readonly libs: number;
  readonly size: number;
  readonly memory: number;
  /** Instructions until main, of the libs that have a figure; undefined where none has. */
  readonly boot: number | undefined;
  /** Libs without any figure of their size. */
  readonly unknown: number;
}

export function estimate({libs}: Solution, catalog: Catalog, built: LastBuild | undefined): Estimate {
  const versions = new Map(catalog.libs.map((lib) => [`${lib.name} ${lib.version}`, lib]));
  const chosen = libs.flatMap(({name, version}) => versions.get(`${name} ${version}`) ?? []);
  const figures = chosen.map((lib) => figuresOf(lib, built));
  const boots = chosen.flatMap((lib) => lib.measured.boot ?? []);
  const sum = (part: keyof Figures): number =>
    figures.reduce((total, each) => total + (each[part] ?? 0), built?.rest[part] ?? 0);
  return {
    libs: libs.length,
    size: sum('size'),
    memory: sum('memory'),
    boot: boots.length === 0 ? undefined : boots.reduce((total, each) => total + each, 0),
    unknown: figures.filter((each) => each.size === undefined).length,
  };
}
