// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Host} from '../host/index.ts';
import {archiveName, type PinnedSource} from './pinned-source.ts';

/** A place that may hold an archive: a file's absolute path, or a URL. */
export type Place = string;

/** Where to look for an archive, in order: the user's own mirror, then where it was published. */
export async function* placesOf(host: Host, source: PinnedSource): AsyncGenerator<Place> {
  yield* mirrorPlaces(host, source);
  yield* await publishedPlaces(host, source); // only now: asking apt takes most of a second
}

function mirrorPlaces(host: Host, source: PinnedSource): readonly Place[] {
  const mirror = host.env.KRAFT_TS_MIRROR;
  if (mirror === undefined || mirror === '') return [];
  const names = [source.sha256, archiveName(source), ...(source.from.kind === 'debian' ? [source.from.path] : [])];
  return names.map((name) => within(host, mirror, name));
}

async function publishedPlaces(host: Host, source: PinnedSource): Promise<readonly Place[]> {
  switch (source.from.kind) {
    case 'local':
      return [source.from.path];
    case 'url':
      return [source.from.url];
    case 'npm': {
      const {name} = source.from;
      return [within(host, await npmRegistry(host, name), `${name}/-/${archiveName(source)}`)];
    }
    case 'debian': {
      const {path} = source.from;
      const security = path.startsWith('pool/updates/');
      const mirrors = [
        ...(await aptMirrors(host)),
        'http://deb.debian.org/debian',
        'http://deb.debian.org/debian-security',
      ];
      const unique = [...new Set(mirrors.map((uri) => uri.replace(/\/+$/, '')))];
      // Each archive holds one half of the pool; the likelier half first saves a question that ends in 404.
      const likely = unique.filter((uri) => uri.includes('security') === security);
      return [...likely, ...unique.filter((uri) => !likely.includes(uri))].map((uri) => within(host, uri, path));
    }
  }
}

/** The mirrors that this machine installs packages from; none where there is no apt. */
async function aptMirrors(host: Host): Promise<readonly string[]> {
  const result = await host.run('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
  if (result === 'not-found' || result.exitCode !== 0) return [];
  return result.stdout
    .split('\n')
    .map((line) => line.trim().replace(/^(file|copy):\/*(?=\/)/, ''))
    .filter((uri) => /^https?:\/\//.test(uri) || uri.startsWith('/'));
}

/** The registry that npm is configured to, from its environment and its files. */
export async function npmRegistry(host: Host, name: string): Promise<string> {
  const files = [
    join(host.cwd, '.npmrc'),
    host.env.npm_config_userconfig ?? join(host.home, '.npmrc'),
    host.env.npm_config_globalconfig ?? '/etc/npmrc',
  ];
  const settings = (await Promise.all(files.map((file) => host.readFile(file)))).map((text) =>
    npmSettings(text ?? '', host.env),
  );
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : undefined;
  const scoped =
    scope === undefined ? undefined : settings.find((one) => one.has(`${scope}:registry`))?.get(`${scope}:registry`);
  return (
    scoped ??
    host.env.npm_config_registry ??
    host.env.NPM_CONFIG_REGISTRY ??
    settings.find((one) => one.has('registry'))?.get('registry') ??
    'https://registry.npmjs.org'
  );
}

function npmSettings(text: string, env: Host['env']): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\s*([^#;=\s][^=]*?)\s*=\s*"?([^"]*?)"?\s*$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    settings.set(
      match[1],
      match[2].replace(/\$\{(\w+)\}/g, (_, variable: string) => env[variable] ?? ''),
    );
  }
  return settings;
}

/** A URL joins with a slash; a folder is made absolute. */
function within(host: Host, root: string, path: string): Place {
  if (/^https?:\/\//.test(root)) return `${root.replace(/\/+$/, '')}/${path.split('/').map(encodeSegment).join('/')}`;
  const folder = root.replace(/^file:\/\//, '');
  return join(folder.startsWith('/') ? folder : join(host.cwd, folder), path);
}

/** Debian's mirrors and npm's registries write `+` and `@` as they are. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%2B/g, '+').replace(/%40/g, '@').replace(/%3A/g, ':');
}
