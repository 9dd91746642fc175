import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { parseSmbConf } from './parse-smb-conf.ts';

/** Protocols up to SMB 1 (smb.conf(5), "server max protocol"). */
const UP_TO_SMB1 = new Set(['CORE', 'COREPLUS', 'LANMAN1', 'LANMAN2', 'NT1']);

/**
 * Reads whether the file server of the machine speaks SMB 1. Without a word in smb.conf(5) the default counts, which
 * is SMB 2 since Samba 4.11 (2019); settings from elsewhere make an unspoken one unknown.
 */
export async function readSmb1(host: Host): Promise<Observation<'hardening'>['smb1']> {
  if ((await host.stat('/usr/sbin/smbd')) === undefined) return 'not_applicable';
  const { serverMinProtocol, hasOtherSources } = parseSmbConf((await host.readText('/etc/samba/smb.conf')) ?? '');
  if (serverMinProtocol === undefined) return hasOtherSources ? 'unknown' : 'off';
  if (UP_TO_SMB1.has(serverMinProtocol)) return 'on';
  return /^(?:SMB[23]|DEFAULT$)/.test(serverMinProtocol) ? 'off' : 'unknown';
}
