// SPDX-License-Identifier: BSD-3-Clause
// Folders of the host in a guest: what is written there stays, and what is wrong is told.

import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, onTestFinished, test, vi} from 'vitest';
import {openEngine, type RunRequest, runCommand, runProject} from '../../toolkit/engine.ts';
import {runTool} from '../rig/tool.ts';
import {untilSaid} from '../rig/until-said.ts';

vi.setConfig({testTimeout: 120_000});

const kit = join(import.meta.dirname, '..', '..');
const kraftfile = "spec: v1\nname: keeper\nneeds: [vfs, print]\nvolumes: ['./data:/data']\ntargets: [kvm/x86_64]\n";

let folder = '';

beforeAll(() => {
  const source = readFileSync(join(import.meta.dirname, 'volumes', 'keeper.c'), 'utf8');
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kraft-ts-volumes-')));
  writeFileSync(here('Kraftfile'), kraftfile);
  writeFileSync(here('keeper.c'), source);
  for (const name of ['data', 'more']) mkdirSync(join(folder, name));
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

const here = (name: string) => join(folder, name);

function engineAt(cwd: string, show: (bytes: Uint8Array) => void) {
  return openEngine({
    kit,
    cwd,
    directory: undefined,
    onEvent: (event) => {
      if (event.type === 'run' && event.reason === 'console') show(event.bytes);
    },
  });
}

/** The same app, with a disk for its data. */
function diskProject(): string {
  const disk = here('disk');
  mkdirSync(disk, {recursive: true});
  writeFileSync(join(disk, 'Kraftfile'), kraftfile.replace('./data:', './data.img:'));
  writeFileSync(join(disk, 'keeper.c'), readFileSync(here('keeper.c')));
  rmSync(join(disk, 'data.img'), {force: true});
  return disk;
}

const usual = {build: 'when-needed', ports: [], accelerator: 'tcg', timeout: 60_000} as const;

/** What the guest said, a line each, and how it ended; or what was wrong. */
async function run(args: readonly string[], more: Partial<RunRequest> = {}, where = folder) {
  const shown: Uint8Array[] = [];
  const ended = await runProject(
    engineAt(where, (bytes) => shown.push(bytes)),
    {...usual, args, ...more},
  );
  if (!ended.ok) return ended.error.map(({message, help}) => `${message} ${help ?? ''}`.trim());
  expect(ended.value).toEqual({kind: 'exited', status: 0});
  return Buffer.concat(shown).toString('utf8').trimEnd().split('\n');
}

test('what one guest writes and syncs, another machine finds, and so does the host', async () => {
  expect(
    await run(['write', '/data/note', 'from microvm', 'mkdir', '/data/a b', 'link', 'note', '/data/a b/to']),
  ).toEqual(['write 12', 'mkdir 0', 'link 0']);
  expect(readFileSync(here('data/note'), 'utf8')).toBe('from microvm');
  writeFileSync(here('data/Zoë'), 'from the host');
  const all = ['read', '/data/note', 'read', '/data/Zoë', 'read', '/data/a b/../note', 'list', '/data'];
  for (const machine of ['q35', 'pc']) {
    const [note, zoe, again, ...names] = await run(all, {machine});
    expect([note, zoe, again]).toEqual(['from microvm', 'from the host', 'from microvm']);
    expect(names.sort()).toEqual(['.', '..', 'Zoë', 'a b', 'note']);
  }
});

test('a file is cut, renamed over another, removed while it is open, and appended to', async () => {
  const steps = ['write', '/data/x', '12345', 'write', '/data/y', 'y', 'rename', '/data/x', '/data/y'];
  const more = [
    'read',
    '/data/y',
    'read',
    '/data/x',
    'cut',
    '/data/y',
    '2',
    'append',
    '/data/y',
    '!',
    'read',
    '/data/y',
  ];
  expect(await run([...steps, ...more, 'gone', '/data/y', 'read', '/data/y'])).toEqual([
    'write 5',
    'write 1',
    'rename 0',
    '12345',
    'read -2',
    'cut 0',
    'append 1',
    '12!',
    'gone 3 links 0',
    'read -2',
  ]);
});

test('a file and a folder whose permission is changed stay what they are, in a folder and on a disk', async () => {
  const disk = diskProject();
  writeFileSync(join(disk, 'data.img'), new Uint8Array(8 * 1024 * 1024));
  for (const where of [folder, disk]) {
    const steps = ['write', '/data/mine', 'my own', 'chmod', '/data/mine', '600', 'mkdir', '/data/inner'];
    const changed = await run([...steps, 'chmod', '/data/inner', '700', 'read', '/data/mine'], {}, where);
    expect(changed).toEqual(['write 6', 'chmod 0 8180', 'mkdir 0', 'chmod 0 41c0', 'my own']);
    const later = ['read', '/data/mine', 'write', '/data/inner/x', 'x', 'chmod', '/data/mine', '644'];
    expect(await run(later, {}, where)).toEqual(['my own', 'write 1', 'chmod 0 81a4']);
  }
});

test('a folder with many entries is listed whole, each once', async () => {
  mkdirSync(here('more/many'));
  const names = Array.from({length: 1500}, (_, index) => `a rather long name, number ${index}`);
  for (const name of names) writeFileSync(here(`more/many/${name}`), '');
  const found = await run(['list', '/more/many'], {volumes: [`${here('more')}:/more`]});
  expect(found.sort()).toEqual(['.', '..', ...names].sort());
});

test('two volumes are two; one that is read-only stays as it is', async () => {
  writeFileSync(here('more/kept'), 'kept');
  const volumes = [`${here('more')}:/srv/deep/more:ro`];
  const steps = ['read', '/srv/deep/more/kept', 'write', '/srv/deep/more/kept', 'x', 'mkdir', '/srv/deep/more/d'];
  expect(await run([...steps, 'write', '/data/both', 'x'], {volumes})).toEqual([
    'kept',
    'write -30',
    'mkdir -30',
    'write 1',
  ]);
  expect(readFileSync(here('more/kept'), 'utf8')).toBe('kept');
});

test('nothing outside the folder is reached, by dots or by a link of the host', async () => {
  writeFileSync(here('secret'), 'secret');
  symlinkSync('../secret', here('data/out'));
  symlinkSync(here('secret'), here('data/far'));
  const answers = await run(['read', '/data/../secret', 'read', '/data/out', 'read', '/data/far']);
  expect(answers).toEqual(['read -2', 'read -40', 'read -40']);
});

test('a folder that is missing, that is a file, or that no image can see: a sentence, and nothing starts', async () => {
  expect(await run([], {volumes: [`${here('nowhere')}:/data`]})).toEqual([
    `The folder of the volume ${here('nowhere')} is not there: ${here('nowhere')}. mkdir -p ${here('nowhere')}`,
  ]);
  expect(existsSync(here('nowhere'))).toBe(false);
  expect(await run([], {volumes: [`${here('keeper.c')}:/data`]})).toEqual([
    `The volume ${here('keeper.c')} is to be a folder, but ${here('keeper.c')} is none. The name of a disk image ends in .img.`,
  ]);
  expect(await run([], {volumes: ['data']})).toEqual([
    'Expected a volume as HOST:GUEST, but was "data". For example ./data:/data, or ./data:/data:ro to read only.',
  ]);
});

test('a machine without the device: the guest says so and does not begin', async () => {
  const command = await runCommand(
    engineAt(folder, () => {}),
    {...usual, args: ['read', '/data/note']},
  );
  if (!command.ok) throw new Error(command.error[0]?.message);
  const words = command.value.words.filter(
    (word, index, all) => !/^-fsdev$|^local,|9p-device/.test(word) && !/9p-device/.test(all[index + 1] ?? ''),
  );
  const [program = '', ...args] = words;
  const ended = spawnSync(program, args, {encoding: 'utf8', input: '', timeout: 60_000});
  expect(ended.stdout.trim()).toBe(
    'vfs-core: the volume v0 (9p) cannot be mounted upon /data: the machine has no such device, or the image no driver of it.',
  );
  expect(ended.status).toBe(3); // status 1 of the guest, as isa-debug-exit has it
});

test('a disk image of zeros is an empty disk, and keeps what is written on every machine', async () => {
  const folder = diskProject();
  writeFileSync(join(folder, 'data.img'), new Uint8Array(8 * 1024 * 1024));
  const first = ['write', '/data/note', 'on the disk', 'mkdir', '/data/a b', 'link', '../note', '/data/a b/to'];
  expect(await run(first, {}, folder)).toEqual(['write 11', 'mkdir 0', 'link 0']);
  for (const machine of ['microvm', 'q35', 'pc']) {
    const [note, ...names] = await run(['read', '/data/a b/to', 'list', '/data'], {machine}, folder);
    expect([note, names.sort()]).toEqual(['on the disk', ['.', '..', 'a b', 'note']]);
  }
  const later = ['rename', '/data/note', '/data/b', 'cut', '/data/b', '2', 'gone', '/data/b', 'read', '/data/b'];
  expect(await run(later, {}, folder)).toEqual(['rename 0', 'cut 0', 'gone 2 links 0', 'read -2']);
  expect(await run(['list', '/data'], {volumes: [`${join(folder, 'data.img')}:/data:ro`]}, folder)).toHaveLength(3);
});

test('what the tool copies to a disk a guest reads, and the other way round', async () => {
  const folder = diskProject();
  const tool = async (...words: string[]) => runTool(['volume', ...words], folder);
  mkdirSync(join(folder, 'from/a b'), {recursive: true});
  writeFileSync(join(folder, 'from/a b/Zoë'), 'from the host');
  symlinkSync('a b/Zoë', join(folder, 'from/to'));
  const image = join(folder, 'data.img');
  expect(await tool('create', image, '--size', '8MiB')).toMatchObject({status: 0});
  expect(await tool('cp', join(folder, 'from'), `${image}:/`)).toMatchObject({status: 0, out: 'Copied 4 files.\n'});
  const steps = ['read', '/data/from/to', 'append', '/data/from/a b/Zoë', ', and the guest', 'mkdir', '/data/made'];
  expect(await run(steps, {}, folder)).toEqual(['from the host', 'append 15', 'mkdir 0']);
  const whole = await tool('check', image);
  expect(whole.out).toMatch(/^It is whole: 6 files, /);
  expect(whole.status).toBe(0);
  expect((await tool('ls', image)).out).toBe('from\nmade\n');
  expect((await tool('ls', '-l', `${image}:/from`)).out).toMatch(/^drwxr-xr-x .* a b\nlrwxrwxrwx .* to -> a b\/Zoë\n$/);
  expect(await tool('cp', `${image}:/from/a b/Zoë`, join(folder, 'back'))).toMatchObject({status: 0});
  expect(readFileSync(join(folder, 'back'), 'utf8')).toBe('from the host, and the guest');
  const neither = await tool('cp', 'here', 'there');
  expect(neither).toMatchObject({status: 2, error: expect.stringContaining('IMAGE:/PATH, but neither is.')});
  expect(await run(['list', '/data'], {}, folder)).toHaveLength(4);
});

test('what a program left open and wrote without a sync is there when it ended by itself', async () => {
  const folder = diskProject();
  writeFileSync(join(folder, 'data.img'), new Uint8Array(8 * 1024 * 1024));
  expect(await run(['leave', '/data/left', 'on the disk'], {}, folder)).toEqual(['leave 11']);
  expect(await run(['read', '/data/left'], {}, folder)).toEqual(['on the disk']);
});

test('a disk image that is missing, a folder, or something else: a sentence', async () => {
  const folder = diskProject();
  const image = join(folder, 'data.img');
  expect(await run([], {}, folder)).toEqual([
    `The disk image of the volume ./data.img is not there: ${image}. kraft-ts volume create ${image}`,
  ]);
  for (const [content, reason] of [
    [Buffer.alloc(1024 * 1024, 'x'), 'it holds no file system of this type'],
    ['', 'the disk is too small for a file system'],
    [new Uint8Array(4096), 'the disk is too small for a file system'],
  ] as const) {
    writeFileSync(image, content);
    const {out, status} = await runTool(['run'], folder);
    expect(status).toBe(1);
    expect(out.trim()).toBe(`vfs-core: the volume v0 (disk) cannot be mounted upon /data: ${reason}.`);
  }
});

test('one place for two volumes, two places for one disk, a disk that somebody has: a sentence', async () => {
  const folder = diskProject();
  const image = join(folder, 'data.img');
  writeFileSync(image, new Uint8Array(1024 * 1024));
  expect(await run([], {volumes: [`${here('data')}:/m`, `${here('more')}:/m/`]}, folder)).toEqual([
    'Two volumes lie at "/m".',
  ]);
  expect(await run([], {volumes: [`${image}:/tmp`]}, folder)).toEqual([
    `The disk image ${image} is to be at /tmp, but it is at /data already. A disk that nobody writes can be at several places: add :ro to each.`,
  ]);
  const both = {volumes: [`${image}:/data:ro`, `${image}:/tmp:ro`]};
  expect(await run(['write', '/tmp/x', 'x', 'write', '/data/x', 'x'], both, folder)).toEqual([
    'write -30',
    'write -30',
  ]);
  const drive = ['-drive', `if=none,id=a,file=${image},format=raw`, '-device', 'virtio-blk-device,drive=a'];
  const other = spawn('qemu-system-x86_64', ['-M', 'microvm', '-display', 'none', '-S', '-qmp', 'stdio', ...drive]);
  onTestFinished(() => void other.kill());
  await untilSaid(other, 'QMP');
  expect(await run([], {}, folder)).toEqual([`The disk image ${image} is in use: one guest at a time can have it.`]);
});

test('a guest that is killed after a sync has lost nothing', async () => {
  const command = await runCommand(
    engineAt(folder, () => {}),
    {...usual, args: ['write', '/data/kept', 'all of it', 'wait']},
  );
  if (!command.ok) throw new Error(command.error[0]?.message);
  const [program = '', ...args] = command.value.words;
  const guest = spawn(program, args, {stdio: ['pipe', 'pipe', 'inherit']});
  const gone = once(guest, 'close');
  await untilSaid(guest, 'write 9');
  guest.kill('SIGKILL');
  await gone;
  expect(readFileSync(here('data/kept'), 'utf8')).toBe('all of it');
});
