// SPDX-License-Identifier: BSD-3-Clause

/** The proxy for a URL, as curl reads http_proxy (lower case only), https_proxy and no_proxy; undefined: none. */
export function proxyFor(url: URL, env: Readonly<Record<string, string | undefined>>): URL | undefined {
  const proxy = url.protocol === 'https:' ? (env.https_proxy ?? env.HTTPS_PROXY) : env.http_proxy;
  if (proxy === undefined || proxy === '') return undefined;
  const direct = (env.no_proxy ?? env.NO_PROXY ?? '')
    .split(',')
    .map((name) => name.trim().replace(/^\*?\./, ''))
    .filter((name) => name !== '');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (direct.some((name) => name === '*' || host === name || host.endsWith(`.${name}`))) return undefined;
  return new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}
