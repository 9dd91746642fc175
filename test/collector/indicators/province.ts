import type { AgencyFigures, MachineGroup } from '#collector/metrics/metric-family.ts';

const good = {
  'antivirus-active': 'pass',
  'antivirus-signatures': 'pass',
  'firewall-on': 'pass',
  'os-supported': 'pass',
  'updates-recent': 'pass',
} as const;

/** A group of desktops of department H47.02 that report and pass everything; change what the situation needs. */
export function group(changes: Partial<MachineGroup> = {}): MachineGroup {
  return { agencyCode: 'H47.02', kind: 'desktop', state: 'reporting', verdicts: good, machineCount: 1, ...changes };
}

/** The verdicts of {@link group} with changes. */
export function verdicts(changes: MachineGroup['verdicts'] = {}): MachineGroup['verdicts'] {
  return { ...good, ...changes };
}

/** Department H47.02 with 20 officials and 12 declared computers; change what the situation needs. */
export function department(changes: Partial<AgencyFigures> = {}): AgencyFigures {
  return { code: 'H47.02', nameVi: 'Sở Y tế', level: 'department', officialCount: 20, computerCount: 12, ...changes };
}
