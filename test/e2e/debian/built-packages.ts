import { join } from 'node:path';
import { runProgram } from '../../child-process.ts';
import { freshFolder } from '../collector-process.ts';

const PACKAGE_SCRIPT = join(import.meta.dirname, '../../../agent/packaging/package.ts');

/** Makes packages as `npm run package` does, into a folder of their own; gives the folder. */
export async function builtPackages(...options: string[]): Promise<string> {
  const folder = freshFolder('packages');
  const { status, stderr } = await runProgram([PACKAGE_SCRIPT, '--quick', ...options, '--out', folder]);
  if (status !== 0) throw new Error(stderr);
  return folder;
}
