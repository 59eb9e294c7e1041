// SPDX-License-Identifier: BSD-3-Clause
// A root of ten thousand files with names of every kind, and one large file (200 MB in the soak run): each is there, with what it had.

import {closeSync, linkSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync, writeSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {times} from '../rig/soak.ts';
import {runTool} from '../rig/tool.ts';

const large = times(20_000_000, 200_000_000);
const small = 10_000;
const walker = readFileSync(path.join(import.meta.dirname, 'roots/walker.c'), 'utf8');
const kraftfile = 'spec: v1\nname: walker\nneeds: [vfs, print]\nrootfs: ./root\ntargets: [kvm/x86_64, linuxu/x86_64]\n';

/** What the walker is to find, as it says it. */
class Expected {
  #files = 0;
  #folders = 0;
  #links = 0;
  #bytes = 0;
  #sum = 0;

  folder(): void {
    this.#folders += 1;
  }

  file(name: string, read: Buffer, size = read.length): void {
    this.#files += 1;
    this.#bytes += size;
    this.#add(name, read);
  }

  link(name: string, target: string): void {
    this.#links += 1;
    this.#add(name, Buffer.from(target));
  }

  #add(name: string, content: Buffer): void {
    const sum = Buffer.concat([Buffer.from(name), content]);
    this.#sum = (this.#sum + sum.reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261)) >>> 0;
  }

  toString(): string {
    const counts = `${this.#files} files ${this.#folders} folders ${this.#links} links ${this.#bytes} bytes`;
    return `${counts}, sum ${this.#sum.toString(16).padStart(8, '0')}, wrong 0\n`;
  }
}

function fill(root: string): Expected {
  const expected = new Expected();
  const shelves = ['plain', 'with spaces in it', 'häßliche Ümläute', '日本語', 'quote\'s and "more"', 'a/b/c/d/e'];
  mkdirSync(root);
  for (const shelf of shelves) mkdirSync(path.join(root, shelf), {recursive: true});
  for (let folder = 0; folder < shelves.length + 4; folder += 1) expected.folder(); // a, b, c and d are four more
  for (let index = 0; index < small; index += 1) {
    const name = `/${shelves[index % shelves.length] ?? ''}/file ${index} é`;
    const content = Buffer.from(`what file ${index} holds\n`.repeat(index % 7));
    writeFileSync(path.join(root, name), content);
    expected.file(name, content);
  }
  for (const name of ['/empty', '/plain/empty too']) {
    mkdirSync(path.join(root, name));
    expected.folder();
  }
  symlinkSync('with spaces in it/file 1 é', path.join(root, 'to a file'));
  expected.link('/to a file', 'with spaces in it/file 1 é');
  linkSync(path.join(root, '/plain/file 6 é'), path.join(root, 'again'));
  expected.file('/again', Buffer.from('what file 6 holds\n'.repeat(6)));
  const file = openSync(path.join(root, 'large'), 'w');
  writeSync(file, 'first sixteen by', 0);
  writeSync(file, 'last sixteen byt', large - 16);
  closeSync(file);
  expected.file('/large', Buffer.from('first sixteen bylast sixteen byt'), large);
  for (const name of ['dev', 'proc', 'tmp']) if (!shelves.includes(name)) expected.folder();
  return expected;
}

test(`a root of 10,000 files and ${large / 1e6} MB is read as it was written`, {timeout: 600_000}, async () => {
  const {folder} = temporaryProject({Kraftfile: kraftfile, 'walker.c': walker});
  const expected = fill(path.join(folder, 'root'));
  for (const more of [['linuxu'], ['kvm', '-m', '512M']]) {
    const ended = await runTool(['run', '--plat', ...more], folder);
    expect({...ended, out: ended.out.replaceAll('\r', '')}).toMatchObject({out: expected.toString(), status: 0});
  }
});
