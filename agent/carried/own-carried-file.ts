import { CARRIED_LIMITS, type CarriedFile, readCarriedFile } from '#shared/carried-file.ts';
import { TramdoError } from '#shared/errors.ts';
import { readCarriedIfThere } from '../host/carried-path.ts';

/**
 * Makes sure that nothing is overwritten that this machine did not write to be carried.
 *
 * @param isOwn whether a file that is there is an earlier one of the same kind and machine
 * @throws {TramdoError} FILE_UNWRITABLE, which asks for another name
 */
export async function requireOwnCarriedFile(path: string, isOwn: (file: CarriedFile) => boolean): Promise<void> {
  const bytes = readCarriedIfThere(path, CARRIED_LIMITS.fileBytes);
  if (bytes === undefined) return;
  const file = await readCarriedFile(bytes).catch((error: unknown) => {
    if (error instanceof TramdoError) return undefined;
    throw error;
  });
  if (file !== undefined && isOwn(file)) return;
  throw new TramdoError(
    'FILE_UNWRITABLE',
    `Cannot write "${path}": there is a file of that name that is no earlier one of this machine: name another one`,
  );
}
