// SPDX-License-Identifier: BSD-3-Clause

import type {Mark} from '../model/row.ts';
import type {Tone} from './line.ts';

/** How a mark is drawn, and how loud. */
export const markSigns: Readonly<Record<Mark, {readonly sign: string; readonly tone: Tone}>> = {
  none: {sign: '   ', tone: 'dim'},
  asked: {sign: '[x]', tone: 'good'},
  in: {sign: '[•]', tone: 'good'},
  'in-locked': {sign: '-•-', tone: 'good'},
  out: {sign: '[ ]', tone: 'dim'},
  'out-locked': {sign: '- -', tone: 'dim'},
  chosen: {sign: '(•)', tone: 'good'},
  'not-chosen': {sign: '( )', tone: 'dim'},
  'not-choosable': {sign: '- -', tone: 'dim'},
  yes: {sign: ' • ', tone: 'good'},
  no: {sign: ' · ', tone: 'dim'},
  opens: {sign: '   ', tone: 'dim'},
  warn: {sign: ' ! ', tone: 'bad'},
};

/** What the marks of a list say. */
export const marks: readonly {readonly mark: string; readonly means: string}[] = [
  {mark: '[x]', means: 'The Kraftfile asks for it.'},
  {mark: '[•]', means: 'In the image, because something needs it.'},
  {mark: '-•-', means: 'In the image, whatever else is chosen: locked.'},
  {mark: '[ ]', means: 'Not in the image.'},
  {mark: '- -', means: 'Cannot be in the image as things stand: locked. w says why.'},
  {mark: '(•)', means: 'Chosen among several.'},
  {mark: '*', means: 'Differs from what would be so by itself.'},
];
