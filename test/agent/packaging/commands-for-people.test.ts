import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedCommand, portableCommand, windowsCommand } from '#agent/packaging/commands-for-people.ts';
import { REPORT_NODE_FLAGS } from '#agent/service/service-program.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tramdo command '));
  // Prints what it was started with, as node would be.
  writeFileSync(join(folder, 'node'), '#!/bin/sh\nprintf "%s|" "[$NODE_OPTIONS$OPENSSL_CONF]" "$@"\n', { mode: 0o755 });
  writeFileSync(join(folder, 'tramdo-agent'), portableCommand(), { mode: 0o755 });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function startedBy(path: string): string {
  const env = { ...process.env, NODE_OPTIONS: '--require=/tmp/evil.js', OPENSSL_CONF: '/tmp/evil.cnf' };
  return execFileSync(path, ['status', 'two words'], { encoding: 'utf8', env, cwd: folder });
}

describe('portableCommand()', () => {
  it('starts the program beside it with the arguments as they are, and without options from the environment', () => {
    expect(startedBy(join(folder, 'tramdo-agent'))).toBe(
      `[]|${REPORT_NODE_FLAGS.join('|')}|${folder}/tramdo-agent.mjs|status|two words|`,
    );
  });

  it.each(['tramdo-agent', './tramdo-agent'])('finds the program through a link to "%s"', (target) => {
    symlinkSync(target, join(folder, 'link'));
    expect(startedBy(join(folder, 'link'))).toContain(`|${folder}/tramdo-agent.mjs|`);
  });

  it('finds the program through an absolute link', () => {
    symlinkSync(join(folder, 'tramdo-agent'), join(folder, 'link'));
    expect(startedBy('./link')).toContain(`|${folder}/tramdo-agent.mjs|`);
  });
});

describe('installedCommand()', () => {
  it('starts the program where the package put it', () => {
    expect(installedCommand('/usr/lib/tramdo-agent')).toBe(
      '#!/bin/sh\nunset NODE_COMPILE_CACHE NODE_OPTIONS NODE_REDIRECT_WARNINGS NODE_V8_COVERAGE ' +
        'OPENSSL_CONF OPENSSL_ENGINES OPENSSL_MODULES\n' +
        `exec /usr/lib/tramdo-agent/node ${REPORT_NODE_FLAGS.join(' ')} /usr/lib/tramdo-agent/tramdo-agent.mjs "$@"\n`,
    );
  });
});

describe('windowsCommand()', () => {
  it('has the line ends of Windows throughout', () => {
    expect(windowsCommand().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each(['NODE_OPTIONS', 'NODE_COMPILE_CACHE', 'OPENSSL_CONF'])('takes %s away', (name) => {
    expect(windowsCommand()).toContain(`\r\nset ${name}=\r\n`);
  });
});
