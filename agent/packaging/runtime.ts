import runtimes from './runtimes.json' with { type: 'json' };

/** One official build of Node as npm packages carry it, pinned so that every build of a package holds the same bytes. */
export interface Runtime {
  /** npm package. */
  readonly package: string;
  readonly version: string;
  /** SHA-256 of the archive of the npm package, in hexadecimal digits. */
  readonly archiveSha256: string;
  /** Path of the program in the archive, below `package/`. */
  readonly program: string;
  /** SHA-256 of the program, in hexadecimal digits; README.md says what it is to be compared with. */
  readonly programSha256: string;
  /** The runtime whose archive holds the licence text; absent when its own does (those for Windows do not). */
  readonly licenseOf?: RuntimeName;
  /** Why this version, and what it needs of the system. */
  readonly why: string;
}

/** Key of `runtimes.json`: platform, architecture, and a purpose when there is more than one. */
export type RuntimeName = keyof typeof runtimes;

/** Every name of `runtimes.json`, sorted. */
export const RUNTIME_NAMES: readonly RuntimeName[] = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64',
  'linux-x64',
  'win32-x64',
  'win32-x64-wine',
  'win32-x86',
];

const RUNTIMES: Readonly<Record<string, Omit<Runtime, 'licenseOf'> & { readonly licenseOf?: string }>> = runtimes;

/** Looks a runtime up in `runtimes.json`. */
export function runtimeNamed(name: RuntimeName): Runtime {
  const found = RUNTIMES[name];
  if (found === undefined) throw new RangeError(`runtimes.json has no "${name}"`);
  const { licenseOf, ...runtime } = found;
  const licensed = RUNTIME_NAMES.find((one) => one === licenseOf);
  return { ...runtime, ...(licensed === undefined ? {} : { licenseOf: licensed }) };
}
