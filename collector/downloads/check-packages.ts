import type { FastifyBaseLogger } from 'fastify';
import { type ErrorCode, messageOf, TramdoError } from '#shared/errors.ts';
import type { PackageShelf } from './package-shelf.ts';

/**
 * Looks at every package and says in the log which ones are not what `packages.json` names. It does so while the
 * collector works already: hashing hundreds of megabytes must not delay a start, and a package that is asked for
 * meanwhile is checked then.
 *
 * @returns when all were looked at; it never fails
 */
export async function checkPackages(packages: PackageShelf, log: Pick<FastifyBaseLogger, 'info' | 'error'>) {
  const refuse = (error: unknown) => {
    const code: ErrorCode = error instanceof TramdoError ? error.code : 'INTERNAL';
    log.error({ code, reason: messageOf(error) }, 'Package refused');
  };
  try {
    const list = await packages.list();
    if (list === undefined) return;
    const { version, files } = list;
    // One after another: the disk is needed for reports.
    for (const file of files) await packages.check(file).catch(refuse);
    log.info({ version, packageCount: files.length }, 'Packages were checked');
  } catch (error) {
    refuse(error);
  }
}
