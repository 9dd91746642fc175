import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { parseFdesetup } from './parse-fdesetup.ts';

/**
 * Asks FileVault, which covers the one volume group macOS and its users live on; other volumes are not looked at, as
 * their names are words of people.
 *
 * @throws {TramdoError} those of the command
 */
export async function readMacosDiskEncryption(host: Host): Promise<Observation<'disk-encryption'>> {
  const { stdout } = await host.run('fdesetup-status');
  return { volumes: [{ mount: '/', isSystem: true, ...parseFdesetup(stdout) }] };
}
