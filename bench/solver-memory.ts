// SPDX-License-Identifier: BSD-3-Clause
// Prints the bytes that the best answer for 10,000 libs takes at its highest: for a row of the table.

import {solve} from '../toolkit/solve/index.ts';
import {solverShape} from './rows/solver.ts';
import {madeUpQuestion} from './solver-catalog.ts';

const answer = await solve(madeUpQuestion(solverShape(10_000)));
if (answer.kind !== 'solution') throw new Error('There is an answer');
process.stdout.write(`${process.resourceUsage().maxRSS * 1024}\n`);
