// SPDX-License-Identifier: BSD-3-Clause

import {dirname, join} from 'node:path';
import {type Diagnostic, ok, quote, type Result} from '../base/index.ts';
import type {NpmFailure} from '../packages/index.ts';
import type {Engine} from './engine.ts';
import {openCatalog, openKraftfile} from './project.ts';

/** The folder whose packages are meant: that of the nearest Kraftfile, or of the lib or interface that is being written. */
export async function packagesFolder(
  engine: Engine,
): Promise<Result<{readonly folder: string; readonly kraftfile: boolean}>> {
  for (let folder = engine.folder; ; folder = dirname(folder)) {
    const names = (await engine.host.list(folder)) ?? [];
    const {kraftfileNames} = await import('../spec/index.ts');
    if (kraftfileNames.some((name) => names.includes(name))) return ok({folder, kraftfile: true});
    if (names.includes('lib.yaml') || names.includes('interface.yaml')) return ok({folder, kraftfile: false});
    if (folder === dirname(folder)) break;
  }
  const none = await openKraftfile(engine);
  return none.ok ? ok({folder: dirname(none.value.path), kraftfile: true}) : none;
}

/** Files that npm and the toolkit change when a package comes or goes, as they are now. */
export async function remember({host}: Engine, folder: string): Promise<() => Promise<void>> {
  const {kraftfileNames} = await import('../spec/index.ts');
  const files = ['package.json', 'package-lock.json', 'kraft.lock', ...kraftfileNames];
  const texts = await Promise.all(files.map((name) => host.readFile(join(folder, name))));
  const hadModules = (await host.facts(join(folder, 'node_modules'))) !== undefined;
  return async () => {
    for (const [index, name] of files.entries()) {
      const text = texts[index];
      if (text === undefined) await host.remove(join(folder, name));
      else await host.writeFileIfChanged(join(folder, name), text);
    }
    if (!hadModules) return host.remove(join(folder, 'node_modules'));
    const {callNpm} = await import('../packages/index.ts');
    await callNpm(host, ['install', '--prefer-offline'], {cwd: folder});
  };
}

/** What npm could not do, in the user's words. */
export async function npmDiagnostic(
  engine: Engine,
  {code, summary}: NpmFailure,
  {spec, folder}: {readonly spec: string; readonly folder: string},
): Promise<Diagnostic> {
  const error = (message: string, more: Pick<Diagnostic, 'help' | 'notes'> = {}): Diagnostic => ({
    severity: 'error',
    message,
    ...more,
  });
  const name = spec.replace(/(?<=.)@[^@/]*$/, '');
  switch (code) {
    case 'NO-NPM':
      return error('npm is not installed.', {help: 'It comes with Node.'});
    case 'UNREACHABLE':
      return error(
        `The registry ${await registryOf(engine, folder)} cannot be reached, and npm's cache lacks what is needed for ${quote(spec)}.`,
        {
          notes: [{message: summary}],
          help: 'Go online, or add a folder or a tarball.',
        },
      );
    case 'E404': {
      const catalog = await openCatalog({...engine, packages: [], emit: () => undefined}, engine.kit);
      const bundled = catalog.ok && catalog.value.libs.some((lib) => lib.name === name);
      return error(`The registry ${await registryOf(engine, folder)} has no package ${quote(name)}.`, {
        help: bundled
          ? `The toolkit itself brings ${name}: name it in the Kraftfile, under libraries or choose.`
          : 'kraft-ts search WORD looks for one. A folder is written with a slash: ./NAME',
      });
    }
    case 'ETARGET': {
      const there = await versionsOf(engine, name, folder);
      return error(`No version of ${name} fits ${quote(spec.slice(name.length + 1))}.`, {
        notes: [
          {
            message:
              there.length === 0
                ? 'There is none at all.'
                : `There ${there.length === 1 ? 'is' : 'are'} ${there.join(', ')}.`,
          },
        ],
      });
    }
    case 'EINTEGRITY':
      return error(
        `The tarball of ${name} is not the one that its integrity was written down for. Nothing was installed.`,
        {
          notes: [{message: summary}],
          help: 'Somebody changed it on its way or in the registry: find out who, and do not install it.',
        },
      );
    case 'E401':
    case 'ENEEDAUTH':
      return error(`The registry ${await registryOf(engine, folder)} wants to know who you are.`, {
        help: 'Run npm login.',
      });
    case 'E403':
    case 'E409':
    case 'EPUBLISHCONFLICT':
      return error(`The registry ${await registryOf(engine, folder)} refuses: ${summary}.`);
    case 'EINVALIDTAGNAME':
      return error(
        `Expected a version, a range or a tag after ${name}@, but was ${quote(spec.slice(name.length + 1))}.`,
      );
    default:
      return error(`npm refuses (${code}): ${summary.trim().replace(/\.+$/, '')}.`);
  }
}

async function versionsOf({host}: Engine, name: string, folder: string): Promise<readonly string[]> {
  const {npmJson} = await import('../packages/index.ts');
  const found = await npmJson(host, ['view', name, 'versions'], {cwd: folder});
  if (!found.ok) return [];
  const list = Array.isArray(found.value) ? found.value : [found.value];
  return list.filter((one) => typeof one === 'string');
}

async function registryOf({host}: Engine, folder: string): Promise<string> {
  const asked = await host.run('npm', ['config', 'get', 'registry'], {cwd: folder});
  return asked === 'not-found' ? '' : asked.stdout.trim();
}
