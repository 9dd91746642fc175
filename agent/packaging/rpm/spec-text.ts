import { PROGRAM_FOLDER, UNIT_FOLDER } from '../installed-linux.ts';
import { forgetUnits, refreshService, removeService } from '../linux-scripts.ts';

/** What the spec says beside constants. */
export interface SpecOptions {
  readonly version: string;
  /** Folder with the files as they are installed. */
  readonly rootFolder: string;
}

/**
 * Text of the spec for `rpmbuild -bb`.
 *
 * What the runtime loads is found by rpmbuild in its ELF header. There is no purge in RPM: a removal keeps the state.
 */
export function specText({ version, rootFolder }: SpecOptions): string {
  return [
    'Name: tramdo-agent',
    `Version: ${version}`,
    'Release: 1',
    'Summary: Measures the network and security baselines of a state agency',
    'License: Apache-2.0 AND MIT',
    'Group: System Environment/Daemons',
    'AutoProv: no',
    '',
    '%description',
    'Looks at hardware, operating system, updates, antivirus, firewall, disk encryption, clock and networks of this',
    'machine and sends a signed report to the collector of its agency. It opens no port and judges nothing.',
    'Nothing is sent before "tramdo-agent service install --join STRING".',
    '',
    '%install',
    `cp -a '${rootFolder}/.' '%{buildroot}/'`,
    '',
    '%post',
    ...refreshService(),
    '',
    '%preun',
    '# 0: the last version goes; 1: an upgrade',
    'if [ "$1" = 0 ]; then',
    ...removeService(),
    'fi',
    '',
    '%postun',
    ...forgetUnits(),
    '',
    '%files',
    '%defattr(-,root,root,-)',
    '/usr/bin/tramdo-agent',
    PROGRAM_FOLDER,
    `${UNIT_FOLDER}/tramdo-agent*`,
    '%doc /usr/share/doc/tramdo-agent',
    '',
  ].join('\n');
}
