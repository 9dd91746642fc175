import { isErrorCode } from '#shared/errors.ts';
import type { Reason } from '../baselines/reasons.ts';
import type { MachineDetail, Sample } from './metric-family.ts';

/** One metric of the page of one agency. */
export interface MachineFamily<Label extends string = string> {
  readonly metric: string;
  readonly kind?: 'gauge';
  /** What the value means, with its unit, one sentence without quotes. */
  readonly help: string;
  readonly labels: readonly Label[];
  /** Most series one machine can cause; a rule counts once. */
  readonly seriesPerMachine: number | 'rules';
  /** In the order of the machines given. */
  samples(details: readonly MachineDetail[]): readonly Sample<Label>[];
}

/** Longest host name shown, in characters; the shipped scrape configuration cuts off at 200. */
const MAX_HOSTNAME_LENGTH = 63;

/**
 * Makes a host name fit to be a label value: one line, no control or invisible characters (Unicode category C),
 * at most 63 characters; `-` when nothing is left.
 */
export function safeHostname(hostname: string): string {
  const visible = hostname
    .normalize('NFC')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  const cut = [...visible].slice(0, MAX_HOSTNAME_LENGTH).join('');
  return cut === '' ? '-' : cut;
}

const machineInfo: MachineFamily<'machine' | 'hostname' | 'kind'> = {
  metric: 'tramdo_machine_info',
  help: 'A machine of the agency with its host name and kind; always 1.',
  labels: ['machine', 'hostname', 'kind'],
  seriesPerMachine: 1,
  samples: (details) =>
    details.map(({ machineId, hostname, kind }) => ({
      labels: { machine: machineId, hostname: safeHostname(hostname), kind: kind ?? 'unspecified' },
      value: 1,
    })),
};

const machineLastReport: MachineFamily<'machine'> = {
  metric: 'tramdo_machine_last_report_timestamp_seconds',
  help: 'Unix time at which the newest report of the machine arrived, in seconds; absent until the first one.',
  labels: ['machine'],
  seriesPerMachine: 1,
  samples: (details) =>
    details.flatMap(({ machineId, lastSeenAtMs }) =>
      lastSeenAtMs === undefined ? [] : [{ labels: { machine: machineId }, value: lastSeenAtMs / 1_000 }],
    ),
};

const machineClockOffset: MachineFamily<'machine'> = {
  metric: 'tramdo_machine_clock_offset_seconds',
  help: 'Clock of the machine minus clock of the collector, in seconds, the way of the report included; absent until the first report.',
  labels: ['machine'],
  seriesPerMachine: 1,
  samples: (details) =>
    details.flatMap(({ machineId, clockOffsetMs }) =>
      clockOffsetMs === undefined ? [] : [{ labels: { machine: machineId }, value: clockOffsetMs / 1_000 }],
    ),
};

const machineRule: MachineFamily<'machine' | 'rule' | 'verdict' | 'reason' | 'failure'> = {
  metric: 'tramdo_machine_rule_info',
  help: 'What a rule says of the machine, the code of the reason, and the code of the failure where a probe failed (else empty); always 1.',
  labels: ['machine', 'rule', 'verdict', 'reason', 'failure'],
  seriesPerMachine: 'rules',
  samples: (details) =>
    details.flatMap(({ machineId, verdicts }) =>
      verdicts.map(({ ruleId, verdict, reason }) => ({
        labels: { machine: machineId, rule: ruleId, verdict, reason: reason.code, failure: failureOf(reason) },
        value: 1,
      })),
    ),
};

/** The code of a failed probe; machines send it, so that only those of the catalogue become a label. */
function failureOf({ params: { failure } }: Reason): string {
  if (failure === undefined) return '';
  return typeof failure === 'string' && isErrorCode(failure) ? failure : 'other';
}

/** Every metric of the page of one agency, sorted by name. */
export const MACHINE_FAMILIES: readonly MachineFamily[] = [
  machineClockOffset,
  machineInfo,
  machineLastReport,
  machineRule,
];
