import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../collector-process.ts';
import { debianProgram } from './debian-program.ts';

/** A small daily database with one signature, built now: the real ones cannot be downloaded everywhere. */
export function buildClamavDatabase(): Buffer {
  const sigtool = debianProgram('/usr/bin/sigtool', 'clamav');
  const folder = join(freshFolder('sigtool'), 'build');
  mkdirSync(folder);
  writeFileSync(join(folder, 'sample.txt'), 'a text that stands for malware\n');
  const signature = execFileSync(sigtool, ['--md5', 'sample.txt'], { cwd: folder });
  writeFileSync(join(folder, 'daily.hdb'), signature);
  writeFileSync(join(folder, 'COPYING'), 'for a test\n');
  const options = ['--unsigned', '--cvd-version=27500', '--max-bad-sigs=1', '--datadir=.'];
  // It asks who built it, and complains about a file it does not need.
  execFileSync(sigtool, ['--build=daily.cud', ...options], {
    cwd: folder,
    input: 'tester\n',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  return readFileSync(join(folder, 'daily.cud'));
}
