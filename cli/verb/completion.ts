// SPDX-License-Identifier: BSD-3-Clause

import {bashCompletion} from '../completion/bash.ts';
import {fishCompletion} from '../completion/fish.ts';
import {zshCompletion} from '../completion/zsh.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export const completion = verb({
  name: 'completion',
  summary: 'Print what makes a shell complete verbs and flags.',
  about: `Prints a script for bash, zsh or fish. Put it where your shell reads it, once.`,
  positionals: [{name: 'SHELL', means: 'bash, zsh or fish.', required: true, completes: shells}],
  flags: {},
  examples: [
    {command: 'kraft-ts completion bash > ~/.local/share/bash-completion/completions/kraft-ts', means: 'bash'},
    {command: 'kraft-ts completion zsh > ~/.zfunc/_kraft-ts', means: 'zsh, with ~/.zfunc in fpath'},
    {command: 'kraft-ts completion fish > ~/.config/fish/completions/kraft-ts.fish', means: 'fish'},
  ],
  async act({positionals: [shell = ''], reporter, verbs}) {
    const scripts = {bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion};
    const known = shells.find((name) => name === shell);
    if (known === undefined) {
      const message = `Expected bash, zsh or fish, but was "${shell}".`;
      reporter.diagnostics([{severity: 'error', message}]);
      return exitStatus.usage;
    }
    const script = scripts[known](verbs);
    if (reporter.format === 'json') reporter.json({shell: known, script});
    else reporter.print(script);
    return exitStatus.ok;
  },
});
