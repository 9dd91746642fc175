import { TramdoError } from '#shared/errors.ts';
import type { NetworkVersion } from '../store/network-store.ts';
import type { Store } from '../store/store.ts';
import { auditLine } from './audit-line.ts';
import { type NetworkDefinition, problemOfNetworks } from './network-definition.ts';
import { newestVersions, standingNetworks } from './network-record.ts';

/** Who the audit log names for what the settings file says. */
const SETTINGS_FILE = { kind: 'command', id: '', name: 'settings file' } as const;

/**
 * Writes down the networks of the settings where they differ from what stands, and that those are gone which the file no
 * longer has. A network that agents attempted before any was written down has stood since then.
 *
 * @param store that of a transaction
 * @throws {TramdoError} CONFIG_INVALID when people made a network of the same id, or all together are too many
 */
export async function adoptSettings(
  store: Store,
  settings: readonly NetworkDefinition[],
  nowMs: number,
): Promise<void> {
  const versions = await store.networks.after(0);
  const newest = newestVersions(versions);
  const isFirstTime = !versions.some(({ origin }) => origin === 'settings');
  networksWith(settings, versions);
  const common = { origin: 'settings', changedBy: SETTINGS_FILE.name } as const;
  for (const definition of settings) {
    const { id: network } = definition;
    const before = newest.get(network)?.definition;
    if (JSON.stringify(before) === JSON.stringify(definition)) continue;
    const attemptedMs = isFirstTime ? await store.networks.firstAttemptedMs(network) : undefined;
    const fromMs = Math.min(nowMs, attemptedMs ?? nowMs);
    await store.networks.add({ ...common, network, fromMs, definition });
    const action = before === undefined ? 'network.add' : 'network.set';
    await store.audit.append(auditLine(SETTINGS_FILE, action, definition, nowMs));
  }
  const kept = new Set(settings.map(({ id }) => id));
  for (const { network, definition, origin } of newest.values()) {
    if (origin !== 'settings' || definition === undefined || kept.has(network)) continue;
    await store.networks.add({ ...common, network, fromMs: nowMs, definition: undefined });
    await store.audit.append(auditLine(SETTINGS_FILE, 'network.remove', definition, nowMs));
  }
}

/**
 * The networks that stand once a server has started with these settings: those of the settings, and those of people.
 *
 * @throws {TramdoError} CONFIG_INVALID as {@link adoptSettings}
 */
export function networksWith(
  settings: readonly NetworkDefinition[],
  versions: readonly NetworkVersion[],
): readonly NetworkDefinition[] {
  const ofPeople = standingNetworks(versions, [])
    .filter(({ origin }) => origin === 'people')
    .map(({ definition }) => definition);
  const twice = ofPeople.find(({ id }) => settings.some((one) => one.id === id));
  if (twice !== undefined) {
    throw new TramdoError(
      'CONFIG_INVALID',
      `Cannot use "networks": current value has "${twice.id}", which was made by command or API as well; ` +
        `take it out of the file, or remove it with "network remove ${twice.id}"`,
    );
  }
  const all = [...settings, ...ofPeople];
  const problem = problemOfNetworks(all);
  if (problem === undefined) return all;
  throw new TramdoError('CONFIG_INVALID', `Cannot use "networks" together with those of commands and API: ${problem}`);
}
