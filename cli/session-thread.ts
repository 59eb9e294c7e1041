// SPDX-License-Identifier: BSD-3-Clause
// A thread of menuconfig: the engine works here, so that the other one is free for keys.

import {serveSession} from '../toolkit/engine.ts';

serveSession();
