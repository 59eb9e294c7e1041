// SPDX-License-Identifier: BSD-3-Clause

export {type Configuration, configure, type Ended} from './configurator.tsx';
export type {Tty} from './terminal/tty.ts';
