// SPDX-License-Identifier: BSD-3-Clause

/** What ninja's environment must have for its output, and its programs', to be understood. */
export const ninjaEnvironment = {NINJA_STATUS: '[%f/%t] ', LC_ALL: 'C'};

/** A step that ended, with what its program printed. */
export interface NinjaStep {
  readonly done: number;
  readonly total: number;
  readonly description: string;
  /** The files that it failed to make; empty: it made them. */
  readonly failed: readonly string[];
  readonly text: string;
}

/** Reads ninja's output as it comes. `onStep` is called when the step's whole text is known. */
export function ninjaOutput({
  onProgress,
  onStep,
}: {
  onProgress: (step: NinjaStep) => void;
  onStep: (step: NinjaStep) => void;
}) {
  let rest = '';
  let current: {-readonly [Key in keyof NinjaStep]: NinjaStep[Key]} | undefined;
  let skipCommand = false;
  const complaints: string[] = [];

  const finish = (): void => {
    if (current !== undefined) onStep(current);
    current = undefined;
  };
  const line = (text: string): void => {
    const [, done, total, description] = /^\[(\d+)\/(\d+)\] (.*)$/.exec(text) ?? [];
    if (done !== undefined && total !== undefined && description !== undefined) {
      finish();
      current = {done: Number(done), total: Number(total), description, failed: [], text: ''};
      onProgress(current);
    } else if (text.startsWith('ninja: ')) {
      finish();
      complaints.push(text.slice('ninja: '.length));
    } else if (current === undefined) {
      if (text !== '') complaints.push(text);
    } else if (current.failed.length === 0 && current.text === '' && text.startsWith('FAILED: ')) {
      current.failed = text.slice('FAILED: '.length).trim().split(' ');
      skipCommand = true; // ninja prints it next
    } else if (skipCommand) {
      skipCommand = false;
    } else {
      current.text += `${text}\n`;
    }
  };
  return {
    write(chunk: string): void {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const one of lines) line(one);
    },
    /** Ends the last step; what ninja said of itself. */
    end(): readonly string[] {
      if (rest !== '') line(rest);
      finish();
      return complaints;
    },
  };
}
