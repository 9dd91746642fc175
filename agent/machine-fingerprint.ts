import { createHash, randomBytes } from 'node:crypto';
import type { Host } from './host/host.ts';
import { fingerprintOf, readFingerprintIds } from './probes/hardware/fingerprint.ts';

/**
 * The machine's fingerprint as it is now. A machine without any hardware id that is not junk keeps the random one it
 * joined with, so that two of them are never taken for one.
 */
export async function machineFingerprint(host: Host, joinedWith: string | undefined): Promise<string> {
  const ids = await readFingerprintIds(host);
  if (ids.length > 0) return fingerprintOf(ids);
  return joinedWith ?? createHash('sha256').update(randomBytes(32)).digest('base64url');
}
