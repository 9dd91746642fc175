import { execFileSync } from 'node:child_process';
import { debianProgram } from './debian-program.ts';

/** Rows of a table of an installer, by the first column, which is the key of every table that is looked at here. */
export function msiTable(path: string, table: string): ReadonlyMap<string, readonly string[]> {
  const msiinfo = debianProgram('/usr/bin/msiinfo', 'msitools');
  const lines = execFileSync(msiinfo, ['export', path, table], { encoding: 'utf8' }).split(/\r?\n/);
  // Names of columns, their types, and the table with its keys stand before the rows.
  const rows = lines.slice(3).filter((line) => line !== '');
  return new Map(
    rows.map((line) => {
      const [key = '', ...values] = line.split('\t');
      return [key, values];
    }),
  );
}

/** Value of a property of an installer. */
export function msiProperty(path: string, name: string): string {
  return msiTable(path, 'Property').get(name)?.[0] ?? '';
}
