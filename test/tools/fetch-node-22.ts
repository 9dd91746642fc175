import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_22_FOLDER, NODE_22_PATH } from './node-22-path.ts';

/** npm prints the name of the archive last. */
function pack(name: string): string {
  const printed = execFileSync('npm', ['pack', name, '--silent', '--pack-destination', NODE_22_FOLDER], {
    encoding: 'utf8',
  });
  return join(NODE_22_FOLDER, printed.trim().split('\n').at(-1) ?? '');
}

if (!existsSync(NODE_22_PATH)) {
  mkdirSync(NODE_22_FOLDER, { recursive: true });
  const archive = pack(`node-${process.platform}-${process.arch}@22`);
  execFileSync('tar', ['-xzf', archive, '-C', NODE_22_FOLDER]);
  rmSync(archive);
}
const version = execFileSync(NODE_22_PATH, ['--version'], { encoding: 'utf8' });
if (!version.startsWith('v22.')) throw new Error(`Cannot use "${NODE_22_PATH}": its version is ${version}`);
console.log(`Node ${version.trim()} is at ${NODE_22_PATH}`);
