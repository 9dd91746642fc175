import { z } from 'zod';

/** File of a package folder that says what else is in it; `npm run package` writes it. */
export const PACKAGE_LIST_FILE = 'packages.json';

const packageFile = z.strictObject({
  // Names and hashes are written into scripts as they are: no character may mean anything to a shell.
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+~-]{0,127}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  platform: z.enum(['win32', 'linux', 'darwin']),
  architecture: z.enum(['x64', 'x86', 'arm64']),
  format: z.enum(['msi', 'deb', 'rpm', 'tar']),
});

/** One installer: what it is called, what it is for, and the SHA-256 (hexadecimal) and length it must have. */
export type PackageFile = z.infer<typeof packageFile>;

/** What `npm run package` made: the version of the agent and every installer, sorted by name. */
export const packageList = z.strictObject({
  version: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+~-]{0,63}$/),
  files: z
    .array(packageFile)
    .max(64)
    .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, 'has one name twice')
    .refine((files) => files.every(({ name }) => name !== PACKAGE_LIST_FILE), 'lists itself'),
});

/** See {@link packageList}. */
export type PackageList = z.infer<typeof packageList>;
