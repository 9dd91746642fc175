import type { Observation, ObservationMap } from '#shared/observations/index.ts';
import type { Language } from '../catalogues/language.ts';
import { formatDate } from '../catalogues/viet-nam-time.ts';
import { KIND_TEXTS } from '../console/texts.ts';
import { ENCRYPTION_TEXTS, MACHINE_TEXTS, REAL_TIME_TEXTS } from './machine-texts.ts';

/** Says in plain words what was seen on a machine, one line a subject; what was not seen has no line. */
export function describeObservations(seen: ObservationMap, language: Language): readonly string[] {
  const lines = [
    line('hardware', language, seen.hardware === undefined ? undefined : hardwareText(seen.hardware, language)),
    line('os', language, seen.os === undefined ? undefined : osText(seen.os)),
    line('antivirus', language, seen.antivirus === undefined ? undefined : antivirusText(seen.antivirus, language)),
    line('firewall', language, seen.firewall === undefined ? undefined : firewallText(seen.firewall, language)),
    line('updates', language, seen.updates === undefined ? undefined : updatesText(seen.updates, language)),
    line('diskEncryption', language, encryptionText(seen['disk-encryption'], language)),
    line('network', language, seen.network === undefined ? undefined : networkText(seen.network, language)),
    line('connectivity', language, reachText(seen.connectivity, language)),
    line('agent', language, seen.self === undefined ? undefined : agentText(seen.self, language)),
  ];
  return lines.filter((text) => text !== undefined);
}

function line(subject: keyof typeof MACHINE_TEXTS, language: Language, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${MACHINE_TEXTS[subject][language]}: ${text}`;
}

function agentText({ agentVersion, update }: Observation<'self'>, language: Language): string {
  const { onTrial, failed } = update ?? {};
  const trial = onTrial === undefined ? [] : [`${MACHINE_TEXTS.onTrial[language]} ${onTrial}`];
  const back = failed === undefined ? [] : [`${MACHINE_TEXTS.wentBack[language]} ${failed.version}: ${failed.reason}`];
  return [agentVersion, ...trial, ...back].join(', ');
}

function hardwareText(
  { maker, model, kind, cpuModel, memoryBytes, disks }: Observation<'hardware'>,
  language: Language,
): string {
  const name = [maker, model].filter((part) => part !== undefined).join(' ');
  const memory = `${Math.round(memoryBytes / 1_073_741_824)} GiB RAM`;
  const storage = disks.map(
    (disk) => `${Math.round(disk.sizeBytes / 1_000_000_000)} GB ${orUnsure(disk.kind, language)}`,
  );
  return [name, KIND_TEXTS[kind][language], cpuModel, memory, ...storage]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

function osText({ name, version, build, architecture }: Observation<'os'>): string {
  const full = name.includes(version) ? name : `${name} ${version}`;
  return [full, build, architecture].filter((part) => part !== undefined).join(', ');
}

function antivirusText({ products }: Observation<'antivirus'>, language: Language): string {
  if (products.length === 0) return MACHINE_TEXTS.none[language];
  return products
    .map(({ name, realTime, signaturesAt }) => {
      const state = REAL_TIME_TEXTS[realTime][language];
      return `${name} (${[state, ...(signaturesAt === undefined ? [] : [dateOf(signaturesAt)])].join(', ')})`;
    })
    .join('; ');
}

function firewallText({ isOn, products }: Observation<'firewall'>, language: Language): string {
  const state = MACHINE_TEXTS[isOn ? 'on' : 'off'][language];
  const names = products.map(
    ({ id, isOn: filters }) =>
      `${id === 'other' ? MACHINE_TEXTS.other[language] : id} ${MACHINE_TEXTS[filters ? 'on' : 'off'][language]}`,
  );
  return names.length === 0 ? MACHINE_TEXTS.none[language] : `${state} (${names.join(', ')})`;
}

function updatesText(updates: Observation<'updates'>, language: Language): string {
  const { source, lastInstalledAt, pendingCount, isRebootNeeded } = updates;
  const when = lastInstalledAt === undefined ? MACHINE_TEXTS.unsure[language] : dateOf(lastInstalledAt);
  const pending = pendingCount === undefined ? [] : [`${pendingCount} ${MACHINE_TEXTS.pending[language]}`];
  const reboot = isRebootNeeded === true ? [MACHINE_TEXTS.reboot[language]] : [];
  return [orUnsure(source, language), `${MACHINE_TEXTS.lastInstalled[language]} ${when}`, ...pending, ...reboot].join(
    ', ',
  );
}

function encryptionText(
  encryption: Observation<'disk-encryption'> | undefined,
  language: Language,
): string | undefined {
  return encryption?.volumes
    .map(({ mount, method, state }) => {
      const how = method === 'none' || method === 'unknown' ? [] : [method];
      return [mount, ...how, `(${ENCRYPTION_TEXTS[state][language]})`].join(' ');
    })
    .join(', ');
}

function networkText({ interfaces, defaultGateways }: Observation<'network'>, language: Language): string {
  const up = interfaces.filter(({ isUp }) => isUp).map(({ name, addresses }) => [name, ...addresses].join(' '));
  const gateways = defaultGateways.map((gateway) => `→ ${gateway}`);
  return [...up, ...gateways].join(', ') || MACHINE_TEXTS.none[language];
}

function reachText(connectivity: Observation<'connectivity'> | undefined, language: Language): string | undefined {
  if (connectivity === undefined || connectivity.networks.length === 0) return undefined;
  const words = {
    reached: MACHINE_TEXTS.reached,
    not_reached: MACHINE_TEXTS.notReached,
    unknown: MACHINE_TEXTS.unsure,
  };
  return connectivity.networks.map(({ id, result }) => `${id} ${words[result][language]}`).join(', ');
}

/** A name of the system's own, or the word for one that is not known. */
function orUnsure(name: string, language: Language): string {
  return name === 'unknown' ? MACHINE_TEXTS.unsure[language] : name;
}

function dateOf(instant: string): string {
  return formatDate(Date.parse(instant));
}
