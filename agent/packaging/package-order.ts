/** What is packed, and into what; every kind of package is made from this. */
export interface PackageOrder {
  /** Version of the agent and of its packages: three numbers with dots. */
  readonly version: string;
  /** Instant that every file and header in a package carries, in seconds since 1970: equal sources, equal bytes. */
  readonly stampSeconds: number;
  /** Folder with the bundle of the agent, as agent/build.ts makes it. */
  readonly bundleFolder: string;
  /** File with the public key that signs updates; absent: what is installed never updates itself. */
  readonly releaseKeyFile?: string;
  /** Folder into which the packages are put. */
  readonly outFolder: string;
  /** Folder for what is in between. */
  readonly workFolder: string;
  /** For tests: larger files, made in a few seconds. */
  readonly isQuick: boolean;
}

/** A package to be made: one row of `packages.json`, without what is known only afterwards. */
export interface PackageKind {
  readonly platform: 'darwin' | 'linux' | 'win32';
  readonly architecture: 'arm64' | 'x64' | 'x86';
  readonly format: 'deb' | 'msi' | 'rpm' | 'tar';
}
