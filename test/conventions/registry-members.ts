import { join } from 'node:path';
import { listFiles, ROOT } from './source-files.ts';

/** One exported value of a file that looks like a unit of a registry. */
export interface RegistryMember {
  /** Path of the file from the root. */
  readonly path: string;
  readonly value: unknown;
}

/** Every export under a folder that has all the named properties: what a registry of that folder should hold. */
export async function exportedMembers(folder: string, properties: readonly string[]): Promise<RegistryMember[]> {
  const members: RegistryMember[] = [];
  for (const path of listFiles(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('/index.ts'))) {
    const module: Readonly<Record<string, unknown>> = await import(join(ROOT, path));
    for (const value of Object.values(module)) {
      if (typeof value !== 'object' || value === null) continue;
      if (properties.every((property) => property in value)) members.push({ path, value });
    }
  }
  return members;
}

/** What is exported and not registered, and what is registered and not exported by any file of the folder. */
export function registryBreaches(members: readonly RegistryMember[], registry: readonly unknown[]): string[] {
  const missing = members
    .filter(({ value }) => !registry.includes(value))
    .map(({ path }) => `${path} is not registered`);
  const strays = registry
    .filter((unit) => !members.some(({ value }) => value === unit))
    .map((unit) => `no file exports ${JSON.stringify(unit).slice(0, 80)}`);
  return [...missing, ...strays];
}

/** Ids that stand out of code-point order or twice. */
export function unsortedIds(ids: readonly string[]): string[] {
  return ids.filter((id, index) => id !== [...new Set(ids)].toSorted()[index]).map((id) => `${id} is out of order`);
}
