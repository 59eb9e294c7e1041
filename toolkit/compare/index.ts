// SPDX-License-Identifier: BSD-3-Clause

export type {Bump, Change} from './change.ts';
export {compareInterfaces} from './compare-interfaces.ts';
export {compareLibs} from './compare-libs.ts';
export {compareSurfaces} from './compare-surfaces.ts';
export {readSurface} from './read-surface.ts';
export type {Surface} from './surface.ts';
export {type Comparison, verdict} from './verdict.ts';
