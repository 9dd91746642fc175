import type { StoredObservation } from '#collector/baselines/evaluate.ts';
import type { ObservationMap } from '#shared/observations/index.ts';
import { AT_MS } from './judge-rule.ts';
import { clamav } from './rules/products.ts';

/** What the probes saw on a laptop that passes every rule at the judged instant. */
export const GOOD_LAPTOP = {
  antivirus: { products: [clamav()] },
  'disk-encryption': { volumes: [{ mount: '/', isSystem: true, method: 'luks2', state: 'encrypted' }] },
  firewall: { isOn: true, products: [{ id: 'ufw', isOn: true, inboundDefault: 'deny' }] },
  hardening: { smb1: 'off', autorun: 'off', screenLock: 'on', screenLockAfterSeconds: 600 },
  hardware: { kind: 'laptop', memoryBytes: 8_589_934_592, disks: [] },
  os: { family: 'linux', id: 'debian', name: 'Debian GNU/Linux', version: '12', architecture: 'x86_64' },
  time: { service: 'systemd-timesyncd', isSynchronised: true, offsetSeconds: 0 },
  updates: { source: 'apt', lastInstalledAt: '2026-11-18T03:00:00Z', pendingCount: 0 },
} satisfies ObservationMap;

/** The same as the store keeps it, all looked at an hour before the judged instant. */
export function goodObservations(): Map<string, StoredObservation> {
  const observedAtMs = AT_MS - 3_600_000;
  return new Map(Object.entries(GOOD_LAPTOP).map(([probe, value]) => [probe, { observedAtMs, value }]));
}
