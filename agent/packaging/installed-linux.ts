import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ServiceProgram } from '../service/service-program.ts';
import { SYSTEMD_UNITS, systemdTimer, systemdUnit } from '../service/systemd.ts';
import { installedCommand } from './commands-for-people.ts';
import { layOutProgram, writeText } from './lay-out-program.ts';
import type { PackageOrder } from './package-order.ts';

/** Where the packages for Linux put the program. */
export const PROGRAM_FOLDER = '/usr/lib/tramdo-agent';
/** Where packages put units; what an administrator writes lies in /etc and wins. */
export const UNIT_FOLDER = '/usr/lib/systemd/system';
/** The state folder that a purge removes; agent/config.ts has the same default. */
export const STATE_FOLDER = '/var/lib/tramdo-agent';

/** What the units of a package start. */
export const INSTALLED_PROGRAM: ServiceProgram = {
  nodePath: `${PROGRAM_FOLDER}/node`,
  scriptPath: `${PROGRAM_FOLDER}/tramdo-agent.mjs`,
};

/** Fills the root of a package for Linux: program folder, command for people, units, copyright. */
export function layOutLinux(order: PackageOrder, architecture: 'arm64' | 'x64', root: string): void {
  layOutProgram(order, `linux-${architecture}`, join(root, PROGRAM_FOLDER));
  writeText(join(root, 'usr/bin/tramdo-agent'), installedCommand(PROGRAM_FOLDER), 0o755);
  const units = {
    [SYSTEMD_UNITS.resident]: systemdUnit({ program: INSTALLED_PROGRAM, mode: 'resident' }),
    [SYSTEMD_UNITS.report]: systemdUnit({ program: INSTALLED_PROGRAM, mode: 'scheduled' }),
    [SYSTEMD_UNITS.timer]: systemdTimer(),
  };
  for (const [name, text] of Object.entries(units)) writeText(join(root, UNIT_FOLDER, name), text);
  writeText(join(root, 'usr/share/doc/tramdo-agent/copyright'), copyrightText());
}

/** Compressed so that equal texts give equal bytes. */
export function compressedText(text: string): Buffer {
  return gzipSync(text, { level: 9 });
}

function copyrightText(): string {
  return [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    'Upstream-Name: tramdo',
    '',
    'Files: *',
    'Copyright: 2026 the tramdo contributors',
    'License: Apache-2.0',
    ' On Debian systems, the text is in /usr/share/common-licenses/Apache-2.0;',
    ` in any case in ${PROGRAM_FOLDER}/LICENSE.`,
    '',
    `Files: ${PROGRAM_FOLDER.slice(1)}/node`,
    'Copyright: 2009-2026 Node.js contributors, Joyent, Inc. and other Node contributors',
    'License: MIT and others',
    ` The texts, with those of the libraries in it, are in ${PROGRAM_FOLDER}/LICENSE-node.`,
    '',
  ].join('\n');
}
