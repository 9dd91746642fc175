import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../../collector-process.ts';
import type { TestHosts } from './test-hosts.ts';

/** Path of a program that runs Node on a host, for processes that are started as on this machine. */
export function nodeOnHost(hosts: TestHosts, host: string): string {
  const program = join(freshFolder(`node-${host}`), 'node');
  const enter = `exec /usr/sbin/ip netns exec ${hosts.space(host)} '${process.execPath}' "$@"`;
  writeFileSync(program, `#!/bin/sh\n${enter}\n`, { mode: 0o755 });
  return program;
}
