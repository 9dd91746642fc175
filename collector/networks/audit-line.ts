import type { AuditAction, AuditEntry } from '../people/audit.ts';
import type { NetworkDefinition } from './network-definition.ts';

/** What the audit log says of a change to a network: its definition as it is then, or was until it was removed. */
export function auditLine(
  actor: AuditEntry['actor'],
  action: Extract<AuditAction, `network.${string}`>,
  definition: NetworkDefinition,
  atMs: number,
): AuditEntry {
  const { id, name, kind, targets, cidrs, beaconKeys, isTranslated, isMetered, isLimited } = definition;
  const detail = {
    name,
    kind,
    targets: targets.join(' '),
    cidrs: cidrs.join(' '),
    beaconKeyCount: beaconKeys.length,
    isTranslated,
    isMetered,
    isLimited,
  };
  return { atMs, actor, action, target: id, detail };
}
