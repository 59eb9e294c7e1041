// SPDX-License-Identifier: BSD-3-Clause

import type {
  Built,
  ClashSheet,
  Edit,
  Explanation,
  Fix,
  Mistake,
  Reading,
  StandingView,
  Step,
} from '../../toolkit/engine.ts';
import type {CatalogIndex} from './catalog-index.ts';

/** All that the configurator knows and shows. Plain data; `reduce` makes the next one. */
export interface State {
  /** The Kraftfile, as the user would write it. */
  readonly file: string;
  /** What stands in it. */
  readonly saved: string;
  /** The draft as far as it is known to be sound, and what the engine knows of it. */
  readonly draft: Reading;
  /** Whether the engine has examined the draft, or only glanced at it. */
  readonly examined: boolean;
  /** Drafts before this one, and what led on from each; and those that were taken back. */
  readonly past: readonly Past[];
  readonly future: readonly Past[];
  /** Steps that the engine has not answered yet, in their order. */
  readonly waiting: readonly Wanted[];
  readonly catalog: CatalogIndex | 'loading';
  readonly standing: (StandingView & {readonly text: string; readonly target: string}) | undefined;
  /** The target that is looked at; absent: the first. */
  readonly target: string | undefined;
  /** Where one is: from the first screen to the one that is shown. Never empty. */
  readonly places: readonly Place[];
  readonly sheet: Sheet | undefined;
  readonly message: Message | undefined;
  /** The draft is to be written, and what comes then. */
  readonly saving: 'stay' | 'quit' | 'build' | undefined;
  /** What is wrong with the draft is to be shown, once it is known. */
  readonly showing: 'problems' | undefined;
  /** What stood in the file when it was opened or last written, examined. */
  readonly base: Reading | undefined;
  /** What somebody else wrote into the file meanwhile, and was told of. */
  readonly elsewhere: string | undefined;
  readonly size: Size;
  /** The exit status, once it is over. */
  readonly quit: number | undefined;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A step and what it is called. */
export interface Wanted {
  readonly step: Step;
  /** As in `Ask for alloc-tlsf`. */
  readonly title: string;
}

export interface Past extends Wanted {
  readonly draft: Reading;
}

export type Screen =
  | {readonly kind: 'home'}
  | {readonly kind: 'interfaces'}
  | {readonly kind: 'interface'; readonly name: string}
  | {readonly kind: 'categories'}
  | {readonly kind: 'category'; readonly name: string}
  | {readonly kind: 'lib'; readonly name: string}
  | {readonly kind: 'targets'}
  | {readonly kind: 'goals'}
  | {readonly kind: 'image'}
  | {readonly kind: 'changed'}
  | {readonly kind: 'search'; readonly query: string};

/** A screen, the row that is marked there, and the first row that is seen. */
export interface Place {
  readonly screen: Screen;
  readonly row: number;
  readonly top: number;
}

/** Something that has a help text and reasons. */
export interface Thing {
  readonly kind: 'lib' | 'interface' | 'option' | 'target' | 'goal' | 'memory';
  /** Of an option: `LIB.OPTION`. */
  readonly name: string;
}

export interface Message {
  readonly tone: 'plain' | 'good' | 'bad';
  readonly text: string;
}

/** What lies on top of the screen until it is answered or closed. */
export type Sheet =
  | {readonly kind: 'help'; readonly thing: Thing; readonly top: number}
  | {readonly kind: 'keys'; readonly top: number}
  | {
      readonly kind: 'why';
      readonly thing: Thing;
      readonly text: string;
      readonly explanation: Explanation | undefined;
      readonly top: number;
    }
  | {readonly kind: 'diff'; readonly top: number}
  /** `wanted` is absent where the file itself clashes. */
  | {
      readonly kind: 'clash';
      readonly wanted: Wanted | undefined;
      readonly clash: ClashSheet;
      readonly row: number;
      readonly top: number;
    }
  /** Mistakes of the draft, or those that a step would make. */
  | {
      readonly kind: 'mistakes';
      readonly text: string;
      readonly mistakes: readonly Mistake[];
      readonly fixes: readonly Fix[] | undefined;
      readonly refused: boolean;
      readonly row: number;
      readonly top: number;
    }
  | {readonly kind: 'choices'; readonly title: string; readonly choices: readonly Choice[]; readonly row: number}
  | {readonly kind: 'input'; readonly input: Input; readonly text: string; readonly cursor: number}
  | {readonly kind: 'question'; readonly question: Question; readonly row: number}
  | {
      readonly kind: 'build';
      readonly target: string;
      readonly done: number;
      readonly total: number;
      readonly step: string;
      readonly lines: readonly string[];
      readonly stopping: boolean;
      readonly result: Built | undefined;
      readonly top: number;
    };

export interface Choice {
  readonly name: string;
  readonly note: string;
  readonly chosen: boolean;
  readonly edits: readonly Edit[];
}

/** What is typed in a sheet. */
export interface Input {
  readonly title: string;
  readonly means: string;
  /** As in `A whole number from 1 to 64`. */
  readonly expects: string;
  readonly kind: 'integer' | 'size' | 'string';
  readonly range?: readonly [number, number];
  readonly empty: 'allowed' | 'back to the default';
  /** What to do with the value as it is written in a Kraftfile; undefined: back to the default. */
  readonly target: {readonly kind: 'option'; readonly lib: string; readonly option: string} | {readonly kind: 'memory'};
}

export type Question = 'quit' | 'build' | 'elsewhere';

export function placeNow({places}: State): Place {
  const place = places.at(-1);
  if (place === undefined) throw new Error('Internal error: there is no screen');
  return place;
}

/** Whether there is anything that the file does not say. */
export function isUnsaved({saved, draft, waiting}: State): boolean {
  return draft.text !== saved || waiting.length > 0;
}
