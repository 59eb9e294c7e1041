// SPDX-License-Identifier: BSD-3-Clause

/** The files of a project: a small app for one target, and what a test changes. */
export function appFiles(changes: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    Kraftfile: kraftfile(''),
    'main.c': 'int main(void)\n{\n    return 7;\n}\n',
    ...changes,
  };
}

/** A Kraftfile with more keys. */
export function kraftfile(more: string): string {
  return `spec: v1\nname: app\nneeds: [libc]\n${more}`;
}

/** The manifest of a lib of the project's own. */
export function libManifest(name: string, more: string): string {
  return `name: ${name}\nversion: 0.1.0\nsummary: For a test.\nlicense: BSD-3-Clause\n${more}`;
}
