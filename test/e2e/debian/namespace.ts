import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess } from '../../child-process.ts';
import { freshFolder } from '../collector-process.ts';
import { endAfterwards } from '../leftovers.ts';
import { debianProgram } from './debian-program.ts';

/** What a process there has of its own. */
export type NamespaceKind = 'mount' | 'net' | 'uts';

/**
 * Makes a view of this machine that only those see who are started in it: other mounts, interfaces, another host name.
 * Only root can; it lasts until the end of the test file.
 *
 * @param prepare commands of a shell that change the view
 * @returns path of a program that runs Node in it
 */
export async function openNamespace(kinds: readonly NamespaceKind[], prepare: string): Promise<string> {
  const flags = kinds.map((kind) => `--${kind}`);
  const script = `set -e\n${prepare}\necho prepared\nexec sleep infinity`;
  const unshare = debianProgram('/usr/bin/unshare', 'util-linux');
  const holder = endAfterwards(startProcess([...flags, '/bin/sh', '-c', script], { program: unshare }));
  await holder.waitFor('prepared');
  const program = join(freshFolder('namespace'), 'node');
  const enter = `exec /usr/bin/nsenter --target ${holder.pid} ${flags.join(' ')} -- '${process.execPath}' "$@"`;
  writeFileSync(program, `#!/bin/sh\n${enter}\n`, { mode: 0o755 });
  return program;
}
