import { STATE_FOLDER } from '../installed-linux.ts';
import { forgetUnits, refreshService, removeService } from '../linux-scripts.ts';

/** What the control file of a package says beside constants. */
export interface ControlOptions {
  readonly version: string;
  /** As Debian names it. */
  readonly architecture: string;
  /** Size of the files, in KiB. */
  readonly installedKib: number;
}

/**
 * What the runtime loads, by the symbol versions in its ELF header (`readelf --version-info`): GLIBC_2.28, GCC_3.4,
 * CXXABI_1.3.11. Debian 10, Ubuntu 20.04 and newer ones have all three installed. The agent itself asks programs that
 * may be missing, and says so in its report.
 */
const DEPENDS = 'libc6 (>= 2.28), libgcc-s1 (>= 3.4) | libgcc1, libstdc++6 (>= 7)';

/** Text of `DEBIAN/control` (deb-control(5)). */
export function controlText({ version, architecture, installedKib }: ControlOptions): string {
  return [
    'Package: tramdo-agent',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Maintainer: tramdo <tramdo@example.org>',
    `Installed-Size: ${installedKib}`,
    `Depends: ${DEPENDS}`,
    'Section: admin',
    'Priority: optional',
    'Description: measures the network and security baselines of a state agency',
    ' Looks at hardware, operating system, updates, antivirus, firewall, disk',
    ' encryption, clock and networks of this machine and sends a signed report to',
    ' the collector of its agency. It opens no port and judges nothing.',
    ' .',
    ' Nothing is sent before "tramdo-agent service install --join STRING".',
    '',
  ].join('\n');
}

/** Maintainer scripts by name (deb-postinst(5), deb-prerm(5), deb-postrm(5)); each may run twice. */
export function maintainerScripts(): Readonly<Record<'postinst' | 'postrm' | 'prerm', string>> {
  return {
    postinst: script('configure', refreshService()),
    prerm: script('remove', removeService()),
    postrm: [
      '#!/bin/sh',
      'set -e',
      'case "$1" in',
      '  purge)',
      `    rm -rf ${STATE_FOLDER}`,
      '    ;;',
      'esac',
      ...forgetUnits(),
      '',
    ].join('\n'),
  };
}

function script(when: string, lines: readonly string[]): string {
  return ['#!/bin/sh', 'set -e', `if [ "$1" = ${when} ]; then`, ...lines.map((line) => `  ${line}`), 'fi', ''].join(
    '\n',
  );
}

/** Text of `changelog.gz`: a package that comes from elsewhere than Debian has its history elsewhere. */
export function changelogText(version: string, stampSeconds: number): string {
  const date = new Date(stampSeconds * 1_000).toUTCString().replace('GMT', '+0000');
  return [
    `tramdo-agent (${version}) stable; urgency=medium`,
    '',
    '  * See the releases of tramdo.',
    '',
    ` -- tramdo <tramdo@example.org>  ${date}`,
    '',
  ].join('\n');
}

/** What lintian is told not to complain of, each with its reason. */
export function lintianOverrides(): string {
  return [
    '# the runtime is the official binary of Node, byte for byte, so that its hash can be compared',
    'tramdo-agent: embedded-library *',
    'tramdo-agent: hardening-no-pie *',
    'tramdo-agent: unstripped-binary-or-object *',
    '# "tramdo-agent --help" says everything',
    'tramdo-agent: no-manual-page',
    '# made for whoever runs a collector, who is the one to ask',
    'tramdo-agent: bogus-mail-host',
    '',
  ].join('\n');
}
