// SPDX-License-Identifier: BSD-3-Clause

/** The operating system refused something that the tool did not expect it to. */
export class HostError extends Error {
  readonly code: string;
  readonly path: string | undefined;

  constructor(message: string, code: string, path?: string) {
    super(message);
    this.name = 'HostError';
    this.code = code;
    this.path = path;
  }
}
