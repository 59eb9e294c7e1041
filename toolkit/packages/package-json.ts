// SPDX-License-Identifier: BSD-3-Clause

/** What a package.json says, as far as the toolkit looks. What is not of the right type is as if it were not there. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** `engines.kraft-ts`: a range of versions of the toolkit. A package that says this brings a lib or an interface. */
  readonly toolkit?: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** npm publishes no package that says so. */
  readonly isPrivate: boolean;
  /** Of a project: libs of the toolkit that packages may take the place of, `"kraft-ts": {"replaces": […]}`. */
  readonly replaces: readonly string[];
}

/** The text of a package.json; undefined where it is no JSON object. */
export function readPackageJson(text: string): PackageFacts | undefined {
  const value = parse(text);
  if (!isObject(value)) return undefined;
  const engines = isObject(value.engines) ? value.engines : {};
  const toolkit = engines['kraft-ts'];
  const own = isObject(value['kraft-ts']) ? value['kraft-ts'] : {};
  return {
    name: stringOr(value.name, ''),
    version: stringOr(value.version, ''),
    license: stringOr(value.license, ''),
    ...(typeof toolkit === 'string' && {toolkit}),
    isPrivate: value.private === true,
    dependencies: isObject(value.dependencies) ? texts(value.dependencies) : {},
    replaces: Array.isArray(own.replaces) ? own.replaces.filter((name) => typeof name === 'string') : [],
  };
}

/** The name that the lib of a package has: the package's own, without a scope. */
export function libNameOf(packageName: string): string {
  return packageName.replace(/^@[^/]+\//, '');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON; undefined where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function stringOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function texts(value: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}
