// SPDX-License-Identifier: BSD-3-Clause

import type {Plugin} from 'esbuild';

export const throughDoors: Plugin;
