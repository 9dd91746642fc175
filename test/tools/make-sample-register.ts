import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleFiles } from './samples/sample-files.ts';

const FOLDER = join(import.meta.dirname, '../../docs/samples');

/**
 * Writes the samples of docs/samples, or compares them with what is there.
 *
 * @returns the names of those that were not current
 */
export function makeSampleRegister(isCheckOnly: boolean, folder = FOLDER): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return Object.entries(sampleFiles())
    .filter(([name, text]) => textOf(join(folder, name)) !== text)
    .map(([name, text]) => {
      if (!isCheckOnly) writeFileSync(join(folder, name), text);
      return name;
    });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

if (import.meta.main) {
  const isCheckOnly = process.argv.includes('--check');
  const names = makeSampleRegister(isCheckOnly);
  for (const name of names) console.log(`${isCheckOnly ? 'not current' : 'wrote'}: docs/samples/${name}`);
  if (isCheckOnly && names.length > 0) process.exitCode = 1;
}
