import * as z from 'zod';
import { windowsFlag, windowsList, windowsNumber, windowsText } from './windows-values.ts';

/** One entry of Windows Security Center, as security-center-script.ts gives it. */
export const securityCenterProduct = z.object({
  name: windowsText,
  guid: windowsText,
  state: windowsNumber,
  programs: windowsList(z.object({ path: windowsText, isThere: windowsFlag }), 4),
});

/** See {@link securityCenterProduct}. */
export type SecurityCenterProduct = z.infer<typeof securityCenterProduct>;

/** Entries of Windows Security Center, at most 64; empty where it lists none or could not be asked. */
export const securityCenterList = windowsList(securityCenterProduct, 64);

/**
 * Tells that every program an entry names is gone: entries outlive the product they were made for. False when it names
 * no file at all, as nothing was looked for then.
 */
export function hasLostItsPrograms({ programs }: SecurityCenterProduct): boolean {
  const lookedFor = programs.filter(({ isThere }) => isThere !== undefined);
  return lookedFor.length > 0 && lookedFor.every(({ isThere }) => isThere === false);
}

/** File names of an entry's programs without their folders, which may name a person; what is no `.exe` is left out. */
export function programNamesOf({ programs }: SecurityCenterProduct): string[] {
  const names = programs.map(({ path }) => /([^\\/]+\.exe)(?=$|["\s])/i.exec(path ?? '')?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}
